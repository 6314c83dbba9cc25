/** The Jobs workspace: the job list with its details, the selection shared with the ribbon. */
import { JobsView } from '../../views/jobs/JobsView.tsx';
import { useObjectPage } from '../useObjectPage.ts';

export function JobsPage() {
  const { row, onSelect, onOpen, contextCommands } = useObjectPage('job', 'job.open');
  return <JobsView selectedId={row?.id ?? null} onSelect={onSelect} onOpen={onOpen} contextCommands={contextCommands} />;
}
