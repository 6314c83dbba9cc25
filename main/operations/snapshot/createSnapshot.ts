/** Keeps the whole lab as it is now under a name. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { wholeInventory } from '../../jobs/plan.ts';
import type { LabSnapshots } from '../../store/snapshots/labSnapshots.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { refuse } from '../problems.ts';
import { takeSnapshotStep } from './keepSteps.ts';

const longestName = 128;

export const createSnapshot: Operation<'snapshot.create'> = {
  id: 'snapshot.create',
  title: labels.createSnapshot,
  noScript: 'Snapshots are files of this console. A real VMM is kept by the backup of its database.',

  check({ name }, { snapshots }) {
    return checkName(name, snapshots);
  },

  plan({ name, description }, { snapshots }) {
    const step = takeSnapshotStep(snapshots, { key: 'create', number: '1', name: `${labels.createSnapshot} ${name}`, snapshot: () => ({ name, description, isAutomatic: false }) });
    return {
      name: labels.createSnapshot,
      resultType: 'LabSnapshot',
      resultId: null,
      resultName: name,
      // Not between two steps of another job, whose work would be half in it.
      locks: [wholeInventory],
      steps: [
        {
          ...step,
          run: (context) => {
            refuse(checkName(name, snapshots));
            return step.run?.(context);
          },
        },
      ],
    };
  },
};

function checkName(name: string, snapshots: LabSnapshots): readonly Problem[] {
  const path = ['name'];
  if (name === '') return [problem('invalidInput', path, 'The snapshot has no name.', 'Type a name.')];
  if (name.length > longestName) return [problem('invalidInput', path, `The name of the snapshot has ${name.length} characters.`, `Type at most ${longestName}.`)];
  const other = snapshots.findByName(name);
  return other === undefined ? [] : [problem('nameInUse', path, `There is a snapshot named ${other.name} already.`, 'Type another name, or delete that one.')];
}
