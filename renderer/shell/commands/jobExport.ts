/** Export of the job log: of the job at hand, or of what is chosen in the window. */
import { ArrowExportLtr24Regular } from '@fluentui/react-icons';
import type { JobRow } from '../../../shared/contract/jobs.ts';
import { isEmpty } from '../../views/jobs/jobQuery.ts';
import { shownJobQuery } from '../../views/jobs/useJobQuery.ts';
import type { Command } from '../command.ts';
import type { Console } from '../console.tsx';

type Open = Pick<Console, 'open'>;

/** On the Home tab of the Jobs workspace. */
export function exportJobs({ open, selection }: Open & Pick<Console, 'selection'>): Command {
  const job = selection?.kind === 'job' ? { id: selection.row.id, name: selection.row.name } : undefined;
  return command('job.exportAll', 'Write the job log to a file', () => {
    const query = shownJobQuery();
    open({ kind: 'exportJobs', job, isForJob: false, list: isEmpty(query) && query.scope === 'all' ? undefined : query });
  });
}

export function exportJob({ id, name }: JobRow, { open }: Open): Command {
  return command('job.export', 'Write the log of this job to a file', () => open({ kind: 'exportJobs', job: { id, name }, isForJob: true, list: undefined }));
}

function command(id: string, description: string, run: () => void): Command {
  return { id, label: 'Export…', icon: ArrowExportLtr24Regular, disabledReason: undefined, description, run };
}
