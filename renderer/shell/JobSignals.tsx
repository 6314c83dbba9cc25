/** Says in the window that a job failed, and shows the one that was asked for outside of it. Draws nothing itself. */
import { useEffect, useRef } from 'react';
import type { JobFailure } from '../../shared/contract/jobs.ts';
import { useProcedure } from '../bridge/queries.ts';
import { useConsole } from './console.tsx';
import { useNotify } from './notify.tsx';

export function JobSignals(): null {
  const { data } = useProcedure('job.signals', {});
  const { open, windows, selection } = useConsole();
  const notify = useNotify();
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  const shown = useRef<number | undefined>(undefined);

  // Whoever looks at the job sees it fail. A ref, because only what main tells anew is to be looked at.
  const watched = useRef<ReadonlySet<string | undefined>>(new Set());
  useEffect(() => {
    watched.current = new Set([...windows.map(({ window }) => (window.kind === 'jobs' ? window.jobId : undefined)), selection?.kind === 'job' ? selection.row.id : undefined]);
  }, [windows, selection]);
  useEffect(() => {
    if (data === undefined) return;
    const fresh = data.failures.filter((failure) => known.current !== undefined && !known.current.has(keyOf(failure)) && !watched.current.has(failure.id));
    known.current = new Set(data.failures.map(keyOf));
    const [newest] = fresh;
    if (newest === undefined) return;
    const title = fresh.length > 1 ? `${fresh.length} jobs failed` : `${newest.name}${newest.resultName === '' ? '' : ` (${newest.resultName})`} failed`;
    notify.failure(title, newest.message, { label: 'Show job', run: () => open({ kind: 'jobs', jobId: newest.id }) });
  }, [data, notify, open]);

  const toShow = data?.toShow ?? null;
  const number = toShow?.number ?? 0;
  const jobId = toShow?.jobId;
  useEffect(() => {
    if (data === undefined) return;
    const before = shown.current;
    shown.current = number;
    if (before !== undefined && number > before && jobId !== undefined) open({ kind: 'jobs', jobId });
  }, [data, number, jobId, open]);
  return null;
}

/** A job that fails once more after a restart is another failure. */
function keyOf({ id, endTime }: JobFailure): string {
  return `${id} ${endTime}`;
}
