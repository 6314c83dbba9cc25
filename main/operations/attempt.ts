/** A step that is done for a question and taken back: nobody sees its audit records, and its new objects never exist. */
import type { StepContext } from '../jobs/plan.ts';
import type { Inventory } from '../store/inventory/inventory.ts';

/** What `ask` finds after `work`; the inventory stays as it is. */
export function afterwards<T>(inventory: Inventory, work: (context: StepContext) => void, ask: () => T): T {
  let made = 0;
  const context: StepContext = {
    inventory,
    output: (key) => {
      throw new Error(`A question has no output of step "${key}"`);
    },
    audit: () => undefined,
    setResult: () => undefined,
    newId: () => `asked-${(made += 1)}`,
    now: () => new Date(),
  };
  return inventory.attempt(() => {
    work(context);
    return ask();
  });
}
