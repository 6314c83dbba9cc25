/** Puts what was read from a file in the place of the inventory that is there, which stays as a snapshot. */
import { wholeInventory } from '../../jobs/plan.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findOrProblem } from '../problems.ts';
import { keepStep, replaceStep } from '../snapshot/keepSteps.ts';

export const importLab: Operation<'lab.import'> = {
  id: 'lab.import',
  title: labels.importLab,
  noScript: 'A lab file fills the database of this console. A real VMM finds what is there.',

  check({ preparation }, { readImport }) {
    const read = findOrProblem(['preparation'], () => readImport(preparation));
    return 'problem' in read ? [read.problem] : [];
  },

  plan({ preparation }, { readImport, snapshots }) {
    const { fileName, labName, open } = readImport(preparation);
    return {
      name: labels.importLab,
      resultType: 'Lab',
      resultId: null,
      resultName: labName,
      locks: [wholeInventory],
      steps: [{ key: 'import', number: '1', name: `${labels.importLab} ${labName} from ${fileName}` }, keepStep(snapshots, '1.1', `Before importing ${fileName}`), replaceStep('1.2', open)],
    };
  },
};
