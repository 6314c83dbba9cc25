/** The Jobs workspace: the job list with its filter and its details, the selection shared with the ribbon. */
import { useConsole } from '../../shell/console.tsx';
import { usePreference } from '../../shell/preferences.ts';
import { viewKey, type View } from '../../shell/views.ts';
import { JobFilterBar } from '../../views/jobs/JobFilterBar.tsx';
import { JobsView } from '../../views/jobs/JobsView.tsx';
import { useJobQuery } from '../../views/jobs/useJobQuery.ts';
import { useObjectPage } from '../useObjectPage.ts';

export function JobsPage({ view }: { readonly view: Extract<View, { kind: 'jobs' }> }) {
  const { row, onSelect, onOpen, contextCommands } = useObjectPage('job', 'job.open');
  const { navigate } = useConsole();
  const [filters, setFilters] = usePreference('jobFilters');
  const saved = filters.find(({ id }) => id === view.filterId);
  const [query, setQuery] = useJobQuery(viewKey(view), view.scope ?? 'all', saved);
  const save = (name: string) => {
    const id = crypto.randomUUID();
    setFilters([...filters, { id, name, query }].sort((one, other) => one.name.localeCompare(other.name)));
    navigate({ kind: 'jobs', filterId: id });
  };
  const remove = () => {
    setFilters(filters.filter(({ id }) => id !== view.filterId));
    navigate({ kind: 'jobs' });
  };
  const bar = (
    <JobFilterBar
      query={query}
      onChange={setQuery}
      saved={saved}
      all={filters}
      onSave={save}
      onUpdate={() => setFilters(filters.map((filter) => (filter.id === view.filterId ? { ...filter, query } : filter)))}
      onDelete={remove}
    />
  );
  const part = saved?.name ?? (view.scope === 'running' ? 'Running' : undefined);
  const caption = part === undefined ? 'Jobs' : `Jobs: ${part}`;
  return <JobsView selectedId={row?.id ?? null} onSelect={onSelect} onOpen={onOpen} contextCommands={contextCommands} narrowing={{ query, onChange: setQuery, bar, caption }} />;
}
