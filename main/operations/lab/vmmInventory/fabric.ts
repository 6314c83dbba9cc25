/** Host groups, hosts, logical networks with their sites and pools, and Run As accounts of an inventory. */
import { ById, UniqueNames, type Draft, type GroupInput, type HostInput, type LabInput, type LogicalNetworkInput, type PoolInput, type SiteInput } from './draft.ts';
import type { Placed, VmmInventory } from './inventoryReader.ts';
import type { PlaceholderMacs } from './placeholderMacs.ts';
import { AddressPool, poolOf } from './poolParts.ts';

export interface Site {
  readonly name: string;
  readonly logicalNetwork: string;
  /** Host groups that can use it. */
  readonly groups: ReadonlySet<string>;
  readonly pools: readonly AddressPool[];
}

export interface Fabric {
  readonly parts: Pick<LabInput, 'hostGroups' | 'hosts' | 'logicalNetworks' | 'runAsAccounts'> & { readonly runAsAccounts: NonNullable<LabInput['runAsAccounts']> };
  /** Names of the Run As accounts by themselves in lower case. */
  readonly accounts: Map<string, string>;
  readonly groups: ById<string>;
  readonly hosts: ById<HostInput>;
  readonly logicalNetworks: ById<LogicalNetworkInput>;
  readonly sites: ById<Site>;
  readonly allSites: readonly Site[];
  /** Names of a host group and of all above it. */
  readonly groupsAbove: (group: string) => readonly string[];
  readonly poolNames: UniqueNames;
}

export function fabricOf(inventory: VmmInventory, draft: Draft, macs: PlaceholderMacs): Fabric {
  const groups = new ById<string>();
  const hostGroups = groupsOf(inventory, draft, groups);
  const parents = new Map(hostGroups.map(({ name, parent }) => [name, parent]));
  const poolNames = new UniqueNames(draft.report);
  const runAsAccounts = accountsOf(inventory, draft);
  const accounts = new Map(runAsAccounts.map(({ name }) => [name.toLowerCase(), name]));
  const { logicalNetworks, sites, allSites, byId } = networksOf(inventory, draft, groups, poolNames);
  const { hosts, hostsById } = hostsOf(inventory, draft, { groups, root: hostGroups[0]?.name, accounts }, macs);
  return { parts: { hostGroups, hosts, logicalNetworks, runAsAccounts }, accounts, groups, hosts: hostsById, logicalNetworks: byId, sites, allSites, poolNames, groupsAbove: (group) => chainOf(group, parents) };
}

function chainOf(group: string, parents: ReadonlyMap<string, string | undefined>): readonly string[] {
  const chain: string[] = [];
  for (let name: string | undefined = group; name !== undefined && !chain.includes(name); name = parents.get(name)) chain.push(name);
  return chain;
}

/** Parents first, as a lab file has them. A parent that is not there, or is below its own child, is reported. */
function groupsOf({ HostGroups }: VmmInventory, draft: Draft, byId: ById<string>): GroupInput[] {
  const names = new UniqueNames(draft.report);
  const children = new Map<string, Placed<'HostGroups'>[]>();
  const known = new Set(HostGroups.map(({ item }) => item.ID));
  for (const placed of HostGroups) {
    const { ParentID } = placed.item;
    const parent = known.has(ParentID) ? ParentID : '';
    if (parent === '' && ParentID !== '') draft.report.add(`${placed.place}.ParentID`, 'there is no host group with this ID; it stands at the top');
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [placed]);
    else siblings.push(placed);
  }
  const made: GroupInput[] = [];
  const waiting = [...(children.get('') ?? [])];
  const done = new Set<Placed<'HostGroups'>>();
  // The list grows while it is gone through.
  for (const placed of waiting) {
    if (done.has(placed)) continue;
    done.add(placed);
    const parent = byId.get(placed.item.ParentID);
    const name = names.take(placed.item.Name, placed.place);
    made.push(draft.from(placed.place, { name, ...(parent === undefined ? {} : { parent }) }));
    byId.add(placed.item.ID, name);
    if (placed.item.ID !== '') for (const child of children.get(placed.item.ID) ?? []) waiting.push(child);
  }
  for (const placed of HostGroups) if (!done.has(placed)) draft.report.add(`${placed.place}.ParentID`, 'this host group is below itself; it is left out');
  return made;
}

/** A key is told from a user by what uses it: a pre-shared key is what a VPN connection has. */
function accountsOf({ RunAsAccounts, VPNConnections }: VmmInventory, draft: Draft) {
  const names = new UniqueNames(draft.report);
  const keys = new Set(VPNConnections.map(({ item }) => item.RunAsAccount.toLowerCase()));
  return RunAsAccounts.map(({ item, place }) => {
    const kind: 'preSharedKey' | 'credential' = keys.has(item.Name.toLowerCase()) ? 'preSharedKey' : 'credential';
    return draft.from(place, { name: names.take(item.Name, place), description: item.Description, kind, userName: item.UserName });
  });
}

interface HostNeeds {
  readonly groups: ById<string>;
  /** Host group for hosts that name none. */
  readonly root: string | undefined;
  readonly accounts: ReadonlyMap<string, string>;
}

function hostsOf({ Hosts }: VmmInventory, draft: Draft, { groups, root, accounts }: HostNeeds, macs: PlaceholderMacs) {
  const names = new UniqueNames(draft.report);
  const hostsById = new ById<HostInput>();
  const hosts = Hosts.map(({ item, place }) => {
    const group = groups.get(item.HostGroupID);
    if (group === undefined) draft.report.add(`${place}.HostGroupID`, `there is no host group with this ID; the host is put into ${root ?? 'none'}`);
    const hasAccount = accounts.has(item.RunAsAccount.toLowerCase());
    if (item.RunAsAccount !== '' && !hasAccount) draft.report.add(`${place}.RunAsAccount`, `there is no Run As account ${item.RunAsAccount}`);
    const [nic] = item.NetworkAdapters;
    for (const [at, { Name }] of item.NetworkAdapters.entries()) if (at > 0) draft.report.add(`${place}.NetworkAdapters[${at}]`, `${Name}: a host has one physical network adapter here`);
    const host: HostInput = draft.from(place, {
      name: names.take(item.Name, place),
      hostGroup: group ?? root ?? '',
      ...(hasAccount ? { runAsAccount: item.RunAsAccount } : {}),
      nic: { name: nic?.Name === undefined || nic.Name === '' ? 'NIC1' : nic.Name, mac: macs.of(nic?.MacAddress ?? '', `${place}.NetworkAdapters[0].MacAddress`) },
      virtualSwitches: uniqueSwitches(item.VirtualNetworks),
      dedicatedGateway: item.IsDedicatedToNetworkVirtualizationGateway,
    });
    hostsById.add(item.ID, host);
    return host;
  });
  return { hosts, hostsById };
}

function uniqueSwitches(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [name.trim().toLowerCase(), name.trim()])).values()].filter((name) => name !== '');
}

function networksOf(inventory: VmmInventory, draft: Draft, groups: ById<string>, poolNames: UniqueNames) {
  const names = new UniqueNames(draft.report);
  const byId = new ById<LogicalNetworkInput>();
  const logicalNetworks = inventory.LogicalNetworks.map(({ item, place }) => {
    const kind: LogicalNetworkInput['kind'] = item.IsPVLAN ? 'privateVlan' : item.LogicalNetworkDefinitionIsolation ? 'vlanIndependent' : 'oneConnected';
    const network: LogicalNetworkInput & { sites: SiteInput[] } = draft.from(place, { name: names.take(item.Name, place), description: item.Description, kind, networkVirtualization: item.NetworkVirtualizationEnabled, sites: [] });
    byId.add(item.ID, network);
    return network;
  });
  const sites = new ById<Site>();
  const allSites: Site[] = [];
  const poolsOfSite = poolsByPlace(inventory);
  const siteNames = new UniqueNames(draft.report);
  for (const placed of inventory.LogicalNetworkDefinitions) {
    const { item, place } = placed;
    const network = byId.get(item.LogicalNetworkID);
    if (network?.sites === undefined) {
      draft.report.add(`${place}.LogicalNetworkID`, 'there is no logical network with this ID');
      continue;
    }
    const made = siteOf(placed, siteNames.take(item.Name, place, 64), { draft, groups, poolNames, pools: poolsOfSite.get(item.ID) ?? [] });
    network.sites.push(made.site);
    const site = { name: made.site.name, logicalNetwork: network.name, groups: new Set(made.site.hostGroups), pools: made.pools.map((pool) => new AddressPool(pool)) };
    sites.add(item.ID, site);
    allSites.push(site);
  }
  return { logicalNetworks, sites, allSites, byId };
}

/** By the ID of the network site or of the VM subnet that they are in. */
export function poolsByPlace({ StaticIPAddressPools: pools }: VmmInventory): ReadonlyMap<string, Placed<'StaticIPAddressPools'>[]> {
  const groups = new Map<string, Placed<'StaticIPAddressPools'>[]>();
  for (const pool of pools) {
    const { VMSubnetID, LogicalNetworkDefinitionID } = pool.item;
    const key = VMSubnetID === '' ? LogicalNetworkDefinitionID : VMSubnetID;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pool]);
    else group.push(pool);
  }
  return groups;
}

interface SiteNeeds {
  readonly draft: Draft;
  readonly groups: ById<string>;
  readonly poolNames: UniqueNames;
  readonly pools: readonly Placed<'StaticIPAddressPools'>[];
}

function siteOf({ item, place }: Placed<'LogicalNetworkDefinitions'>, name: string, { draft, groups, poolNames, pools }: SiteNeeds): { readonly site: SiteInput; readonly pools: readonly PoolInput[] } {
  const hostGroups = item.HostGroupIDs.flatMap((id, at) => {
    const group = groups.get(id);
    if (group === undefined) draft.report.add(`${place}.HostGroupIDs[${at}]`, 'there is no host group with this ID');
    return group ?? [];
  });
  const left = new Set(pools);
  const made: PoolInput[] = [];
  const subnets = item.SubnetVLans.map(({ Subnet, VLanID, SecondaryVLanID }, at) => {
    const here = [...left].filter(({ item: pool }) => pool.Subnet === Subnet && (pool.VLanID === undefined || VLanID === undefined || pool.VLanID === VLanID));
    const own = here.map((pool) => {
      left.delete(pool);
      return poolOf(draft, poolNames, pool);
    });
    made.push(...own);
    return draft.from(`${place}.SubnetVLans[${at}]`, { subnet: Subnet, vlan: VLanID ?? 0, ...(SecondaryVLanID === undefined || SecondaryVLanID === 0 ? {} : { secondaryVlan: SecondaryVLanID }), pools: own });
  });
  for (const pool of left) draft.report.add(`${pool.place}.Subnet`, `network site ${item.Name} has no subnet ${pool.item.Subnet}`);
  return { site: draft.from(place, { name, hostGroups: [...new Set(hostGroups)], subnets }), pools: made };
}
