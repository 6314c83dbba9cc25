/** Places in an answer: `rows.0.name`, `compartments.*.nat.externalAddress`. */

export const answerPathPattern = /^(?:[\w-]+|\*)(?:\.(?:[\w-]+|\*))*$/;

/** What stands at a place; undefined where there is nothing. `*` gives what stands at the place in each element, as a list. */
export function valueAt(answer: unknown, path: string): unknown {
  return path === '' ? answer : follow(answer, path.split('.'));
}

function follow(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (key !== '*') return Object.hasOwn(value, key) ? follow((value as Record<string, unknown>)[key], rest) : undefined;
  return Object.values(value).map((element) => follow(element, rest)).filter((element) => element !== undefined);
}

/** Whether `value` has all of `wanted`: part of a text, an element of a list, properties of an object, or the value itself. */
export function contains(value: unknown, wanted: unknown): boolean {
  if (typeof value === 'string' && typeof wanted === 'string') return value.includes(wanted);
  if (Array.isArray(value)) {
    const all = Array.isArray(wanted) ? (wanted as readonly unknown[]) : [wanted];
    return all.every((one) => value.some((element) => hasAll(element, one)));
  }
  return hasAll(value, wanted);
}

function hasAll(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return isEqual(value, wanted);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(wanted).every(([key, part]) => Object.hasOwn(value, key) && hasAll((value as Record<string, unknown>)[key], part));
}

/** Equal as JSON, whatever the order of properties. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a).filter((key) => (a as Record<string, unknown>)[key] !== undefined);
  const others = Object.keys(b).filter((key) => (b as Record<string, unknown>)[key] !== undefined);
  return keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
