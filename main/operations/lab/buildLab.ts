/** Builds a lab in an inventory in which there is nothing yet. */
import type { Inventory } from '../../store/inventory/inventory.ts';
import { labBuilds } from './labBuilds.ts';
import type { LabDefinition } from './labDefinition.ts';

export interface BuildSurroundings {
  readonly newId: () => string;
  readonly now: () => Date;
  /** Told what is built next. */
  readonly tell?: (name: string) => void;
}

/** Throws ConsoleError for what does not fit together. */
export function buildLab(inventory: Inventory, lab: LabDefinition, { newId, now, tell }: BuildSurroundings): void {
  const context = {
    inventory,
    newId,
    now,
    audit: () => undefined,
    setResult: () => undefined,
    output: () => null,
  };
  for (const { name, build } of labBuilds(lab.seed)) {
    tell?.(name);
    build(context, lab);
  }
}
