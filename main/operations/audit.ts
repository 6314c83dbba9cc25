/** Audit records, with the property names of VMM's object model (fact sheet §3.6). */
import type { StepContext } from '../jobs/plan.ts';

interface AuditedObject {
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

/** Property -> previous and new value; null where there was or is none. Equal values leave no record. */
export function auditChanges(
  context: StepContext,
  object: AuditedObject,
  changes: Readonly<Record<string, readonly [previous: string | null, next: string | null]>>,
): void {
  for (const [property, [previousValue, newValue]] of Object.entries(changes)) {
    if (previousValue === newValue) continue;
    context.audit({ objectType: object.type, objectId: object.id, objectName: object.name, property, previousValue, newValue });
  }
}
