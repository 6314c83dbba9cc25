/** Takes the objects out of a parsed inventory; what is of no known form is reported and left out. */
import { z } from 'zod';
import { inventoryFormat, inventoryKinds, inventoryVersion, type InventoryKind, type Item } from './inventorySchema.ts';
import type { NotUnderstood } from './notUnderstood.ts';

export interface Placed<K extends InventoryKind> {
  readonly item: Item<K>;
  /** In the file, such as `VMNetworks[3]`. */
  readonly place: string;
}

export type VmmInventory = { readonly [K in InventoryKind]: readonly Placed<K>[] } & { readonly name: string };

/** Why the file as a whole cannot be used, and where. */
export interface InventoryFault {
  readonly place: string;
  readonly reason: string;
}

/** Objects of one kind. */
const itemLimit = 200_000;

const headSchema = z.object({ Format: z.literal(inventoryFormat), Version: z.literal(inventoryVersion), VMMServer: z.string().max(256).nullish() });
const headKeys: ReadonlySet<string> = new Set([...Object.keys(headSchema.shape)]);

/** Never throws. */
export function readInventory(value: unknown, report: NotUnderstood): { readonly inventory: VmmInventory } | { readonly fault: InventoryFault } {
  const head = headSchema.safeParse(value);
  if (!head.success) return { fault: { place: pathText('', head.error.issues[0]?.path ?? []), reason: 'this is no inventory that Export-VmmInventory.ps1 of this version wrote' } };
  const members = new Map(Object.entries(value as object));
  const kinds = Object.keys(inventoryKinds) as InventoryKind[];
  const lists = new Map<InventoryKind, readonly Placed<InventoryKind>[]>();
  for (const kind of kinds) {
    const list: unknown = members.get(kind) ?? [];
    if (!Array.isArray(list)) return { fault: { place: kind, reason: 'a list was expected' } };
    if (list.length > itemLimit) return { fault: { place: kind, reason: `it has ${list.length} objects; the limit is ${itemLimit}` } };
    lists.set(kind, readItems(kind, list, report));
  }
  for (const key of members.keys()) if (!headKeys.has(key) && !(key in inventoryKinds)) report.add(key, 'objects of this kind are not known here');
  return { inventory: { ...(Object.fromEntries(lists) as Omit<VmmInventory, 'name'>), name: head.data.VMMServer?.trim() ?? '' } };
}

function readItems(kind: InventoryKind, list: readonly unknown[], report: NotUnderstood): readonly Placed<InventoryKind>[] {
  const schema = inventoryKinds[kind];
  return list.flatMap((entry, at) => {
    const place = `${kind}[${at}]`;
    const parsed = schema.safeParse(entry);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      report.add(pathText(place, issue?.path ?? []), issue?.message ?? 'it is not what was expected');
      return [];
    }
    for (const key of Object.keys(entry as object)) if (!Object.hasOwn(schema.shape, key)) report.add(`${place}.${key}`, 'this property is not known here');
    return [{ item: parsed.data, place }];
  });
}

export function pathText(start: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`), start);
}
