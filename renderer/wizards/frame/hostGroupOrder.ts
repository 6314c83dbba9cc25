/** Host groups, parents before their children, each with its depth. */
import type { InventoryTree } from '../../../shared/contract/inventory.ts';

type HostGroup = InventoryTree['hostGroups'][number];

export function orderedGroups(groups: readonly HostGroup[], parentId: string | null = null, level = 0): readonly { readonly group: HostGroup; readonly level: number }[] {
  return groups.filter((group) => group.parentId === parentId).flatMap((group) => [{ group, level }, ...orderedGroups(groups, group.id, level + 1)]);
}
