/** Virtual machines of an inventory: those that a gateway device names become gateway virtual machines. */
import { formatIpv4, parseIpv4, type Ipv4Address } from '../../../../shared/net/ipv4.ts';
import { readConnectionString } from '../../../../shared/net/connectionString.ts';
import { ById, UniqueNames, type AdapterInput, type Draft, type HostInput, type MachineInput } from './draft.ts';
import type { Fabric, Site } from './fabric.ts';
import type { Placed, VmmInventory } from './inventoryReader.ts';
import type { Item } from './inventorySchema.ts';
import type { PlaceholderMacs } from './placeholderMacs.ts';
import type { AddressPool } from './poolParts.ts';
import type { Tenants } from './tenants.ts';

type AdapterItem = Item<'VirtualMachines'>['Adapters'][number];

export interface Machine {
  readonly input: MachineInput;
  /** Adapters by the ID that VMM gives them. */
  readonly adapters: ById<AdapterInput>;
}

export interface Machines {
  readonly virtualMachines: readonly MachineInput[];
  readonly gatewayVirtualMachines: readonly MachineInput[];
  /** By name in lower case. */
  readonly gateways: ReadonlyMap<string, Machine>;
}

interface Context {
  readonly draft: Draft;
  readonly fabric: Fabric;
  readonly tenants: Tenants;
  readonly macs: PlaceholderMacs;
}

export function machinesOf(inventory: VmmInventory, context: Context): Machines {
  const names = new UniqueNames(context.draft.report);
  const gatewayNames = new Set(inventory.NetworkServices.flatMap(({ item }) => readConnectionString(item.ConnectionString).gatewayVm?.toLowerCase() ?? []));
  const virtualMachines: MachineInput[] = [];
  const gateways = new Map<string, Machine>();
  for (const placed of inventory.VirtualMachines) {
    const isGateway = gatewayNames.has(placed.item.Name.toLowerCase()) && !gateways.has(placed.item.Name.toLowerCase());
    const machine = machineOf(placed, context, names, isGateway);
    if (machine === undefined) continue;
    if (isGateway) gateways.set(placed.item.Name.toLowerCase(), machine);
    else virtualMachines.push(machine.input);
  }
  return { virtualMachines, gatewayVirtualMachines: [...gateways.values()].map(({ input }) => input), gateways };
}

function machineOf({ item, place }: Placed<'VirtualMachines'>, context: Context, names: UniqueNames, isGateway: boolean): Machine | undefined {
  const { draft, fabric } = context;
  const host = fabric.hosts.get(item.HostID);
  if (host === undefined) {
    draft.report.add(`${place}.HostID`, `virtual machine ${item.Name} is on no host that is known here; it is left out`);
    return undefined;
  }
  const adapters = new ById<AdapterInput>();
  const made = item.Adapters.map((adapter, at) => {
    const input = adapterOf(adapter, at, `${place}.Adapters[${at}]`, host, context);
    adapters.add(adapter.ID, input);
    return input;
  });
  giveNames(item, made);
  if (item.Generation !== undefined && item.Generation !== 1 && item.Generation !== 2) draft.report.add(`${place}.Generation`, `${item.Generation} is not known here; 1 is used instead`);
  const input = draft.from(place, {
    name: names.take(item.Name, place),
    host: host.name,
    generation: item.Generation === 2 ? (2 as const) : (1 as const),
    running: item.Status === 'Running',
    adapters: made,
    // A device that VMM has accepted is one on which all this was done (fact sheet §1.2); VMM itself does not know it.
    ...(isGateway ? { firewallOn: false, remoteAccessInstalled: true, vpnDeployed: true } : {}),
  });
  return { input, adapters };
}

/** VMM often calls every adapter of a machine by the name of the machine. */
function giveNames({ Name, Adapters }: Item<'VirtualMachines'>, made: readonly AdapterInput[]): void {
  const given = Adapters.map((adapter) => adapter.Name);
  const isTelling = new Set(given.map((name) => name.toLowerCase())).size === given.length && given.every((name) => name !== '' && (given.length === 1 || name !== Name));
  made.forEach((adapter, at) => { adapter.name = isTelling ? (given[at] ?? '') : at === 0 ? 'Network Adapter' : `Network Adapter ${at + 1}`; });
}

function adapterOf(item: AdapterItem, at: number, place: string, host: HostInput, context: Context): AdapterInput {
  const { draft, macs } = context;
  const hasSwitch = (host.virtualSwitches ?? []).some((entry) => (typeof entry === 'string' ? entry : entry.name).toLowerCase() === item.VirtualNetwork.toLowerCase());
  if (item.VirtualNetwork !== '' && !hasSwitch) draft.report.add(`${place}.VirtualNetwork`, `host ${host.name} has no virtual switch ${item.VirtualNetwork}; the adapter is Not connected`);
  return draft.from(place, {
    name: `Network Adapter ${at + 1}`,
    mac: macs.of(item.MACAddress, `${place}.MACAddress`),
    ...(hasSwitch ? { virtualSwitch: item.VirtualNetwork } : {}),
    ...placeOf(item, place, context),
  });
}

function placeOf(item: AdapterItem, place: string, { draft, fabric, tenants }: Context): Partial<AdapterInput> {
  const subnet = tenants.subnets.get(item.VMSubnetID);
  const network = subnet?.network ?? tenants.byId.get(item.VMNetworkID);
  if (item.VMSubnetID !== '' && subnet === undefined) draft.report.add(`${place}.VMSubnetID`, 'there is no VM subnet with this ID');
  if (item.VMNetworkID !== '' && network === undefined) draft.report.add(`${place}.VMNetworkID`, 'there is no VM network with this ID');
  if (subnet !== undefined) return { vmNetwork: subnet.network.input.name, vmSubnet: subnet.name, ...addressOf(item, place, draft, subnet.pools) };
  if (network === undefined || network.isVirtualized) return {};
  const sites = fabric.allSites.filter(({ logicalNetwork }) => logicalNetwork === network.logicalNetwork);
  const addresses = item.IPv4Addresses.flatMap((text) => parseIpv4(text) ?? []);
  const site = sites.find(({ pools }) => addresses.some((address) => poolFor(pools, address) !== undefined)) ?? sites[0];
  return site === undefined ? {} : inSite(item, place, draft, site);
}

function inSite(item: AdapterItem, place: string, draft: Draft, site: Site): Partial<AdapterInput> {
  return { networkSite: site.name, ...addressOf(item, place, draft, site.pools) };
}

/** The first address that a pool has; the console knows no others. */
function addressOf({ IPv4Addresses }: AdapterItem, place: string, draft: Draft, pools: readonly AddressPool[]): Partial<AdapterInput> {
  let chosen: { readonly address: string; readonly pool: string } | undefined;
  IPv4Addresses.forEach((text, at) => {
    const where = `${place}.IPv4Addresses[${at}]`;
    const address = parseIpv4(text);
    const pool = address === undefined ? undefined : poolFor(pools, address);
    if (address === undefined) draft.report.add(where, `${text} is no IPv4 address`);
    else if (chosen !== undefined) draft.report.add(where, `${text}: an adapter has one address here`);
    else if (pool === undefined) draft.report.add(where, `${text} is in no IP address pool of the adapter's network; the adapter has no address`);
    else if (!pool.take(address)) draft.report.add(where, `${text} is a gateway, or somebody else's, in pool ${pool.name}; the adapter has no address`);
    else chosen = { address: formatIpv4(address), pool: pool.name };
  });
  return chosen ?? { address: 'none' };
}

function poolFor(pools: readonly AddressPool[], address: Ipv4Address): AddressPool | undefined {
  return pools.find((pool) => pool.covers(address));
}
