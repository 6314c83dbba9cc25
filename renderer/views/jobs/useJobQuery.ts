/** What the Jobs workspace is narrowed to now. Kept outside of the page, so that it is still there after a look at another workspace. */
import { useCallback, useEffect, useState } from 'react';
import { emptyQuery, type JobQuery, type SavedJobFilter } from './jobQuery.ts';

/** By view of the workspace. */
const drafts = new Map<string, JobQuery>();
let latest: JobQuery = emptyQuery('all');

/** As the list of the workspace is narrowed, or was when it was last seen. */
export function shownJobQuery(): JobQuery {
  return latest;
}

/** `key` of the view; `saved` is what it starts from. */
export function useJobQuery(key: string, scope: JobQuery['scope'], saved: SavedJobFilter | undefined): readonly [JobQuery, (query: JobQuery) => void] {
  const [query, setQuery] = useState(() => drafts.get(key) ?? saved?.query ?? emptyQuery(scope));
  useEffect(() => {
    latest = query;
  }, [query]);
  const change = useCallback(
    (next: JobQuery) => {
      drafts.set(key, next);
      setQuery(next);
    },
    [key],
  );
  return [query, change];
}
