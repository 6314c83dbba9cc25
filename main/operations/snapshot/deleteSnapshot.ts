/** Takes a snapshot off the list, and then its file away. */
import { wholeInventory } from '../../jobs/plan.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findOrProblem } from '../problems.ts';

export const deleteSnapshot: Operation<'snapshot.delete'> = {
  id: 'snapshot.delete',
  title: labels.deleteSnapshot,
  noScript: 'Snapshots are files of this console. A real VMM is kept by the backup of its database.',

  check(input, { snapshots }) {
    const found = findOrProblem(['snapshot'], () => snapshots.snapshot(input.snapshot));
    return 'problem' in found ? [found.problem] : [];
  },

  plan(input, { snapshots }) {
    // A restart may find the snapshot off the list already; then only its file is left.
    const found = findOrProblem(['snapshot'], () => snapshots.snapshot(input.snapshot));
    const snapshot = 'found' in found ? found.found : undefined;
    return {
      name: labels.deleteSnapshot,
      resultType: 'LabSnapshot',
      resultId: snapshot?.id ?? null,
      resultName: snapshot?.name ?? input.snapshot,
      locks: [wholeInventory],
      steps: [
        {
          key: 'remove',
          number: '1',
          name: `${labels.deleteSnapshot} ${snapshot?.name ?? input.snapshot}`,
          run: (context) => {
            const { id, name } = snapshots.snapshot(input.snapshot);
            snapshots.remove(id);
            auditChanges(context, { type: 'LabSnapshot', id, name }, { Name: [name, null] });
            return { message: `${name} is off the list.` };
          },
        },
        {
          key: 'file',
          number: '2',
          name: labels.removeSnapshotFile,
          run: () => {
            snapshots.removeStrays();
            return { message: 'Its file is gone.' };
          },
        },
      ],
    };
  },
};
