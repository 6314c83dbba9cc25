/** Export of the job log: of the job at hand, or of what is chosen in the window. */
import { ArrowExportLtr24Regular } from '@fluentui/react-icons';
import type { JobRow } from '../../../shared/contract/jobs.ts';
import type { Command } from '../command.ts';
import type { Console } from '../console.tsx';

type Open = Pick<Console, 'open'>;

/** On the Home tab of the Jobs workspace. */
export function exportJobs({ open, selection }: Open & Pick<Console, 'selection'>): Command {
  const job = selection?.kind === 'job' ? { id: selection.row.id, name: selection.row.name } : undefined;
  return command('job.exportAll', 'Write the job log to a file', () => open({ kind: 'exportJobs', job, isForJob: false }));
}

export function exportJob({ id, name }: JobRow, { open }: Open): Command {
  return command('job.export', 'Write the log of this job to a file', () => open({ kind: 'exportJobs', job: { id, name }, isForJob: true }));
}

function command(id: string, description: string, run: () => void): Command {
  return { id, label: 'Export…', icon: ArrowExportLtr24Regular, disabledReason: undefined, description, run };
}
