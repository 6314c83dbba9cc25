/** Law: what the operations of the scenarios do, their inverse undoes, but for ids that are meant to be new; and undoing that does it again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { inventoryShape } from '../store/testing/inventoryShape.ts';
import { shapeDifference } from '../store/testing/shapeDifference.ts';
import { openEmptyLab, readScenario, scenarioNames, walkScenario } from './testing/walkScenario.ts';

/** A hundred tenants do a hundred times what others do once. */
const scenarios = scenarioNames.filter((name) => name !== 'hundred-tenants.yaml');

/** A secret that is typed again is sealed anew. */
const sealed = { besides: /^secret$/ };

it.each(scenarios)('%s', async (name) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hnv-undo-'));
  const file = path.join(folder, 'lab.sqlite');
  const lab = await openEmptyLab(file);
  const undone: string[] = [];
  try {
    await walkScenario(readScenario(name), {
      lab,
      visit: (step) => {
        const before = inventoryShape(file);
        const last = latestJob(lab);
        return async () => {
          const job = latestJob(lab);
          if (job === undefined || job.id === last?.id || job.undoRefusal !== null) return;
          const after = inventoryShape(file, sealed);
          const undo = lab.undo.start(job.id);
          expect(await lab.jobs.waitFor(undo), `undo of ${step.do}`).toMatch(/Completed|SucceedWithInfo/);
          expect(shapeDifference(inventoryShape(file), before), `undo of ${step.do} ${JSON.stringify(step.input)}`).toEqual([]);
          const again = lab.lists.jobs.get(undo).undoRefusal === null ? lab.undo.start(undo) : lab.operations.start(step.do, step.input);
          expect(await lab.jobs.waitFor(again), `undo of the undo of ${step.do}`).toMatch(/Completed|SucceedWithInfo/);
          expect(shapeDifference(inventoryShape(file, sealed), after), `undo of the undo of ${step.do}`).toEqual([]);
          undone.push(step.do);
        };
      },
    });
    expect(undone.length, 'operations that were undone').toBeGreaterThan(0);
  } finally {
    lab.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function latestJob(lab: Lab) {
  return lab.lists.jobs.list({ offset: 0, limit: 1, filter: '', scope: 'all' }).rows[0];
}
