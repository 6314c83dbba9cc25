/** Leaves out of a lab what is not right by its grammar, each with its place and reason, until the rest is a lab. */
import { labSchema, type LabDefinition } from '../labDefinition.ts';
import type { Draft, LabInput } from './draft.ts';
import { pathText } from './inventoryReader.ts';

/** What is left out may be needed by others, which then go with it; a chain of references is no longer than this. */
const roundLimit = 12;

/** Parts that an object can be without; of all else the entry of a list goes. */
const separable: ReadonlySet<PropertyKey> = new Set(['gateway', 'nat', 'pool', 'frontEnd', 'backEnd']);

interface Spot {
  readonly owner: object;
  readonly key: PropertyKey;
  readonly place: string | undefined;
}

/** Changes `lab`. `problem`: what could not be left out. */
export function prune(lab: LabInput, draft: Draft): { readonly lab: LabDefinition } | { readonly problem: string } {
  for (let round = 0; ; round += 1) {
    const parsed = labSchema.safeParse(lab);
    if (parsed.success) return { lab: parsed.data };
    const doomed = new Map<object, Set<PropertyKey>>();
    for (const { path, message } of parsed.error.issues) {
      const spot = round < roundLimit ? spotOf(lab, path, draft) : undefined;
      if (spot === undefined) return { problem: `${pathText('', path)}: ${message}` };
      draft.report.add(spot.place ?? pathText('', path), `${String(path.at(-1))}: ${message}; it is left out`);
      doomed.set(spot.owner, (doomed.get(spot.owner) ?? new Set()).add(spot.key));
    }
    for (const [owner, keys] of doomed) leaveOut(owner, keys);
  }
}

/** The smallest part around the fault that can go. */
function spotOf(lab: LabInput, path: readonly PropertyKey[], draft: Draft): Spot | undefined {
  let current: unknown = lab;
  let place: string | undefined;
  let spot: Spot | undefined;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) break;
    const next: unknown = Reflect.get(current, key);
    if (typeof next === 'object' && next !== null) place = draft.placeOf(next) ?? place;
    const canGo = Array.isArray(current) || (separable.has(key) && typeof next === 'object');
    if (canGo) spot = { owner: current, key, place };
    current = next;
  }
  return spot === undefined ? undefined : { ...spot, place };
}

function leaveOut(owner: object, keys: ReadonlySet<PropertyKey>): void {
  if (!Array.isArray(owner)) {
    for (const key of keys) Reflect.deleteProperty(owner, key);
    return;
  }
  const kept: readonly unknown[] = owner.filter((_entry, at) => !keys.has(at));
  owner.length = 0;
  for (const entry of kept) owner.push(entry);
}
