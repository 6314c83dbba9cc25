/** Fills an empty database from a lab file. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { wholeInventory, type StepDefinition } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { labBuilds, withoutGateways } from './labBuilds.ts';
import type { LabDefinition } from './labDefinition.ts';

export const openLab: Operation<'lab.open'> = {
  id: 'lab.open',
  title: labels.openLab,
  noScript: 'A lab fills the database of this console. A real VMM finds what is there.',

  check(input, { inventory, readLab }) {
    const notEmpty = checkEmpty(inventory);
    if (notEmpty.length > 0) return notEmpty;
    const lab = findOrProblem(['lab'], () => readLab(input.lab));
    return 'problem' in lab ? [lab.problem] : [];
  },

  plan(input, { readLab, seed }) {
    const lab = readLab(input.lab);
    return {
      name: labels.openLab,
      resultType: 'Lab',
      resultId: null,
      resultName: lab.lab,
      locks: [wholeInventory],
      steps: [
        { key: 'lab', number: '1', name: `${labels.openLab} ${lab.lab}` },
        ...stepsOf(input.gateway === 'connected' ? lab : withoutGateways(lab), seed ?? lab.seed),
      ],
    };
  },
};

function stepsOf(lab: LabDefinition, seed: number): readonly StepDefinition[] {
  return labBuilds(seed).map(({ key, name, build }, at) => ({
    key,
    number: `1.${at + 1}`,
    name,
    run: (context) => {
      if (at === 0) refuse(checkEmpty(context.inventory));
      return build(context, lab);
    },
  }));
}

function checkEmpty(inventory: Inventory): readonly Problem[] {
  if (inventory.lab.inventoryIsEmpty) return [];
  const name = inventory.lab.get()?.name;
  const content = name === undefined ? 'objects of its own' : `lab ${name}`;
  return [problem('labNotEmpty', ['lab'], `The database is not empty: it holds ${content}.`, 'Open the lab in a new database.')];
}
