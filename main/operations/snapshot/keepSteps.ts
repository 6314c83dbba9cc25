/** Steps that take a snapshot, and that put another inventory in the place of the one that is there. */
import { randomUUID } from 'node:crypto';
import type { StepContext, StepDefinition, StepResult } from '../../jobs/plan.ts';
import { differencesBetween, type Difference } from '../../store/labDocument/differences.ts';
import type { InventoryFile } from '../../store/snapshots/inventoryFile.ts';
import type { LabSnapshot, LabSnapshots } from '../../store/snapshots/labSnapshots.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';

interface Wanted {
  readonly key: string;
  readonly number: string;
  readonly name: string;
  /** Asked when the copy is there: a name that depends on the time is that of this moment. */
  readonly snapshot: (now: Date) => Pick<LabSnapshot, 'name' | 'description' | 'isAutomatic'>;
}

/** Copies the database first, without holding anything up, and then lists the copy. */
export function takeSnapshotStep(snapshots: LabSnapshots, { key, number, name, snapshot }: Wanted): StepDefinition {
  let taken: Pick<LabSnapshot, 'id' | 'bytes' | 'jobs'> | undefined;
  return {
    key,
    number,
    name,
    prepare: async () => {
      const id = randomUUID();
      taken = { id, ...(await snapshots.backUp(id)) };
    },
    run: (context) => {
      if (taken === undefined) throw new Error('The snapshot was not taken');
      const now = context.now();
      const made = { ...taken, ...snapshot(now), createdAt: now.toISOString() };
      snapshots.add(made);
      auditChanges(context, { type: 'LabSnapshot', id: made.id, name: made.name }, { Name: [null, made.name], Size: [null, String(made.bytes)] });
      return { message: `${made.name}: ${made.bytes} bytes, ${made.jobs} jobs.`, output: made.id };
    },
  };
}

/** Before the inventory is replaced, so that there is a way back. */
export function keepStep(snapshots: LabSnapshots, number: string, reason: string): StepDefinition {
  return takeSnapshotStep(snapshots, {
    key: 'keep',
    number,
    name: labels.keepSnapshot,
    snapshot: (now) => ({ name: freeName(snapshots, `${reason}, ${now.toISOString().slice(0, 19).replace('T', ' ')} UTC`), description: 'Taken by the console before it replaced the inventory.', isAutomatic: true }),
  });
}

/** Two in one second get a number each. */
function freeName(snapshots: LabSnapshots, wanted: string): string {
  let name = wanted;
  for (let at = 2; snapshots.findByName(name) !== undefined; at += 1) name = `${wanted} (${at})`;
  return name;
}

/** Everything in one transaction: either the other inventory is there as a whole, or the old one. */
export function replaceStep(number: string, open: () => InventoryFile): StepDefinition {
  return { key: 'replace', number, name: labels.replaceInventory, run: (context) => replace(context, open) };
}

function replace(context: StepContext, open: () => InventoryFile): StepResult {
  const source = open();
  try {
    const differences = differencesBetween(context.inventory.document(), source.document());
    context.inventory.replaceWith(source);
    for (const difference of differences) auditDifference(context, difference);
    return { message: summary(differences) };
  } finally {
    source.remove();
  }
}

function auditDifference(context: StepContext, { change, kind, id, name, property, before, after }: Difference): void {
  const values = change === 'added' ? ([null, name] as const) : change === 'removed' ? ([name, null] as const) : ([before, after] as const);
  auditChanges(context, { type: kind, id, name }, { [property === '' ? 'Name' : property]: values });
}

function summary(differences: readonly Difference[]): string {
  const count = (change: Difference['change']) => new Set(differences.filter((difference) => difference.change === change).map(({ kind, id }) => `${kind} ${id}`)).size;
  return differences.length === 0 ? 'Nothing differs from what was there.' : `${count('added')} objects added, ${count('removed')} removed, ${count('changed')} changed.`;
}
