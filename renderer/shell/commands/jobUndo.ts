/** The script of a job, and undoing it. */
import { ArrowUndo24Regular, WindowConsole20Regular } from '@fluentui/react-icons';
import type { JobRow } from '../../../shared/contract/jobs.ts';
import type { Command } from '../command.ts';
import type { Console } from '../console.tsx';

export function undoJob({ id, undoRefusal }: JobRow, undo: (id: string) => void): Command {
  return { id: 'job.undo', label: 'Undo', icon: ArrowUndo24Regular, disabledReason: undoRefusal ?? undefined, description: 'Start a job that undoes this one', run: () => undo(id) };
}

export function jobScript({ id, name }: JobRow, { open }: Pick<Console, 'open'>): Command {
  return { id: 'job.script', label: 'View Script', icon: WindowConsole20Regular, disabledReason: undefined, description: 'The PowerShell of this job, and what would undo it', run: () => open({ kind: 'jobScript', jobId: id, name }) };
}
