/** A host can use the network sites of its host group and of those above it. Taking it elsewhere must not cut off what has addresses there. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { Host, HostGroup } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { listed } from '../wording.ts';

/** The group and those above it, nearest first. */
export function groupsUpFrom(groupId: string, groups: readonly HostGroup[]): readonly string[] {
  const parents = new Map(groups.map(({ id, parentId }) => [id, parentId]));
  const chain: string[] = [];
  for (let id: string | null | undefined = groupId; id !== null && id !== undefined; id = parents.get(id)) chain.push(id);
  return chain;
}

/** One of these groups is in, above or below one of the others: there is a host that sees both. */
export function sharesGroup(one: readonly string[], other: readonly string[], groups: readonly HostGroup[]): boolean {
  const above = (ids: readonly string[]) => new Set(ids.flatMap((id) => groupsUpFrom(id, groups)));
  const [aboveOne, aboveOther] = [above(one), above(other)];
  return one.some((id) => aboveOther.has(id)) || other.some((id) => aboveOne.has(id));
}

/** What the host would lose if it were in `groupId` of these groups. */
export function outOfReach(host: Host, groupId: string, groups: readonly HostGroup[], path: readonly string[], { hostUse, hosts }: Inventory): readonly Problem[] {
  const group = hosts.group(groupId).name;
  const lost = new Map<string, string[]>();
  for (const { site, user } of hostUse.sitesBeyond(host.id, groupsUpFrom(groupId, groups))) {
    const users = lost.get(site) ?? [];
    users.push(user ?? 'its provider addresses');
    lost.set(site, users);
  }
  return [...lost].map(([site, users]) =>
    problem(
      'networkSiteNotUsable',
      path,
      `${host.name} would lose network site ${site}, which host group ${group} cannot use there; it is used by ${listed(users)}.`,
      `Add the host group to network site ${site} first, or choose another place.`,
    ),
  );
}
