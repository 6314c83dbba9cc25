/** Brings the inventory of a snapshot back. The job log goes on: that something was undone is part of what happened. */
import { wholeInventory } from '../../jobs/plan.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findOrProblem } from '../problems.ts';
import { keepStep, replaceStep } from './keepSteps.ts';

export const restoreSnapshot: Operation<'snapshot.restore'> = {
  id: 'snapshot.restore',
  title: labels.restoreSnapshot,
  noScript: 'Snapshots are files of this console. A real VMM is kept by the backup of its database.',

  check(input, { snapshots }) {
    const found = findOrProblem(['snapshot'], () => {
      const snapshot = snapshots.snapshot(input.snapshot);
      snapshots.requireFile(snapshot);
      return snapshot;
    });
    return 'problem' in found ? [found.problem] : [];
  },

  plan(input, { snapshots, openSnapshot }) {
    const { id, name } = snapshots.snapshot(input.snapshot);
    return {
      name: labels.restoreSnapshot,
      resultType: 'LabSnapshot',
      resultId: id,
      resultName: name,
      locks: [wholeInventory],
      steps: [{ key: 'restore', number: '1', name: `${labels.restoreSnapshot} ${name}` }, keepStep(snapshots, '1.1', `Before restoring ${name}`), replaceStep('1.2', () => openSnapshot(id))],
    };
  },
};
