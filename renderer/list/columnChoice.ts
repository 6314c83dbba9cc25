/** Which columns of a list are shown, and in which order. */

interface Choosable {
  readonly id: string;
  readonly isOptional?: boolean;
}

/** The columns of a choice in its order. A choice may name columns that are gone; one without any column that exists counts for nothing. */
export function chosenColumns<C extends Choosable>(columns: readonly C[], chosen: readonly string[] | undefined): readonly C[] {
  const found = [...new Set(chosen ?? [])].map((id) => columns.find((column) => column.id === id)).filter((column) => column !== undefined);
  return found.length > 0 ? found : columns.filter(({ isOptional }) => isOptional !== true);
}

/** The choice after a column was shown or hidden. A column that comes stands last; the last one that is left stays. */
export function toggledColumn(shown: readonly Choosable[], id: string): readonly string[] {
  const ids = shown.map((column) => column.id);
  if (!ids.includes(id)) return [...ids, id];
  return ids.length === 1 ? ids : ids.filter((other) => other !== id);
}

/** The choice after column `id` was put in place `to`, counted from 0; beyond the ends is at the end. */
export function movedColumn(shown: readonly Choosable[], id: string, to: number): readonly string[] {
  const ids = shown.map((column) => column.id);
  if (!ids.includes(id)) return ids;
  const others = ids.filter((other) => other !== id);
  const place = Math.min(Math.max(0, to), others.length);
  return [...others.slice(0, place), id, ...others.slice(place)];
}
