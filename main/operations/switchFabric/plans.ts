/** What creating and deleting have in common for MAC address pools, uplink port profiles and logical switches: one step each, checked again. */
import type { Problem } from '../../../shared/contract/errors.ts';
import type { JobPlan, StepContext } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { refuse } from '../problems.ts';

type Texts = Readonly<Record<string, string>>;

interface Creation {
  readonly type: string;
  readonly label: string;
  readonly name: string;
  readonly check: (inventory: Inventory) => readonly Problem[];
  /** Writes it and gives the audited properties. */
  readonly write: (context: StepContext, id: string) => Texts;
}

export function createPlan({ type, label, name, check, write }: Creation): JobPlan {
  const run = (context: StepContext) => {
    refuse(check(context.inventory));
    const id = context.newId();
    const texts = write(context, id);
    context.setResult(type, id, name);
    auditChanges(context, { type, id, name }, Object.fromEntries(Object.entries({ Name: name, ...texts }).map(([property, value]) => [property, [null, value] as const])));
    return { message: `${name} is created.` };
  };
  return { name: label, resultType: type, resultId: null, resultName: name, locks: [], steps: [{ key: 'create', number: '1', name: `${label} ${name}`, run }] };
}

interface Deletion {
  readonly type: string;
  readonly label: string;
  readonly object: { readonly id: string; readonly name: string };
  readonly check: (inventory: Inventory) => readonly Problem[];
  readonly remove: (inventory: Inventory) => void;
}

export function deletePlan({ type, label, object: { id, name }, check, remove }: Deletion): JobPlan {
  const run = (context: StepContext) => {
    refuse(check(context.inventory));
    remove(context.inventory);
    auditChanges(context, { type, id, name }, { Name: [name, null] });
    return { message: `${name} is deleted.` };
  };
  return { name: label, resultType: type, resultId: id, resultName: name, locks: [id], steps: [{ key: 'delete', number: '1', name: `${label} ${name}`, run }] };
}
