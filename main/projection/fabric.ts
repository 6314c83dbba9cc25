/** Hosts, virtual subnets, tenant VMs, and the policy that VMM gives to the hosts (fact sheet §4.3). */
import { nthAddress, type Ipv4Address, type Ipv4Prefix } from '../../shared/net/ipv4.ts';
import type {
  CustomerRouteConfig,
  HostConfig,
  LookupRecordConfig,
  ProviderAddressConfig,
  VirtualMachineConfig,
  VirtualSubnetConfig,
  VmAdapterConfig,
} from '../simulation/config.ts';
import type { AdapterRow, InventorySnapshot, ProviderAddressRow, VmNetworkGatewayRow } from '../store/inventory/snapshot.ts';
import { hostSubnetKey, type SnapshotIndex } from './snapshotIndex.ts';

/** Metric of customer routes (fact sheet §4.3). */
const customerRouteMetric = 255;

const anyAddress: Ipv4Prefix = { address: 0, length: 0 };

/** Place of the gateway's own address in its subnet; the first is the distributed router's (fact sheet §4.3). */
const gatewayOffset = 2;

export function gatewayPrefix(gateway: VmNetworkGatewayRow): Ipv4Prefix {
  return { address: gateway.subnetAddress, length: gateway.subnetPrefixLength };
}

/** CA of the gateway's leg into the VM network. */
export function gatewayAddress(gateway: VmNetworkGatewayRow): Ipv4Address {
  return nthAddress(gatewayPrefix(gateway), gatewayOffset);
}

export function projectHosts(snapshot: InventorySnapshot, index: SnapshotIndex): readonly HostConfig[] {
  const routed = providerSubnets(snapshot, index).size > 1;
  return snapshot.hosts.map((host) => ({
    id: host.id,
    name: host.name,
    isVirtual: host.isVirtual === 1,
    dedicatedGateway: host.isDedicatedGateway === 1,
    physicalNic: { name: host.nicName, mac: host.nicMac },
    virtualSwitches: (index.switchesOfHost.get(host.id) ?? []).map(({ name }) => name),
    providerAddresses: (index.providerAddressesOfHost.get(host.id) ?? []).flatMap((row) => providerAddress(row, index, routed)),
  }));
}

export function projectVirtualSubnets(snapshot: InventorySnapshot, index: SnapshotIndex): readonly VirtualSubnetConfig[] {
  const named = new Map<number, { readonly name: string; readonly prefix: Ipv4Prefix }>();
  for (const subnet of snapshot.vmSubnets) named.set(subnet.vsid, { name: subnet.name, prefix: { address: subnet.address, length: subnet.prefixLength } });
  for (const gateway of snapshot.vmNetworkGateways) named.set(gateway.vsid, { name: gateway.name, prefix: gatewayPrefix(gateway) });
  return snapshot.virtualSubnets.flatMap(({ vsid, vmNetworkId, routerMac }) => {
    const known = named.get(vsid);
    const network = index.vmNetworks.get(vmNetworkId);
    return known && network ? [{ vsid, routingDomainId: network.routingDomainId, name: known.name, prefix: known.prefix, routerMac }] : [];
  });
}

export function projectVirtualMachines(snapshot: InventorySnapshot, index: SnapshotIndex): readonly VirtualMachineConfig[] {
  return snapshot.virtualMachines
    .filter((machine) => machine.role === 'tenant')
    .map((machine) => ({
      id: machine.id,
      name: machine.name,
      hostId: machine.hostId,
      running: machine.running === 1,
      adapters: (index.adaptersOfMachine.get(machine.id) ?? []).flatMap((adapter) => vmAdapter(adapter, index)),
    }));
}

/** Of every address of a VM, and for every gateway leg its own address and the wildcard that catches what goes outside. */
export function projectLookupRecords(
  snapshot: InventorySnapshot,
  index: SnapshotIndex,
  machines: readonly VirtualMachineConfig[],
): readonly LookupRecordConfig[] {
  const records: LookupRecordConfig[] = [];
  for (const machine of machines) {
    for (const { vsid, address, mac } of machine.adapters) {
      const provider = addressOfProvider(machine.hostId, vsid, index);
      if (provider !== undefined) records.push(lookupRecord(vsid, address, mac, provider, 'Static'));
    }
  }
  for (const gateway of snapshot.vmNetworkGateways) {
    const provider = providerOfGateway(gateway, index);
    if (provider === undefined) continue;
    records.push(lookupRecord(gateway.vsid, gatewayAddress(gateway), gateway.mac, provider, 'Static'));
    records.push(lookupRecord(gateway.vsid, 0, gateway.mac, provider, 'GatewayWildcard'));
  }
  return records;
}

/** On-link for every virtual subnet; where there is a gateway, the default route to its address. */
export function projectCustomerRoutes(
  snapshot: InventorySnapshot,
  index: SnapshotIndex,
  subnets: readonly VirtualSubnetConfig[],
): readonly CustomerRouteConfig[] {
  const routes: CustomerRouteConfig[] = subnets.map(({ routingDomainId, vsid, prefix }) => ({
    routingDomainId,
    vsid,
    destination: prefix,
    nextHop: 0,
    metric: customerRouteMetric,
  }));
  for (const gateway of snapshot.vmNetworkGateways) {
    const network = index.vmNetworks.get(gateway.vmNetworkId);
    if (!network) continue;
    routes.push({
      routingDomainId: network.routingDomainId,
      vsid: gateway.vsid,
      destination: anyAddress,
      nextHop: gatewayAddress(gateway),
      metric: customerRouteMetric,
    });
  }
  return routes;
}

function lookupRecord(
  vsid: number,
  customerAddress: Ipv4Address,
  mac: number,
  providerAddressValue: Ipv4Address,
  type: LookupRecordConfig['type'],
): LookupRecordConfig {
  return { vsid, customerAddress, mac, providerAddress: providerAddressValue, rule: 'TranslationMethodEncap', type };
}

function addressOfProvider(hostId: string, vsid: number, index: SnapshotIndex): Ipv4Address | undefined {
  const row = index.providerAddresses.get(hostSubnetKey(hostId, vsid));
  return row && index.allocations.get(row.allocationId)?.address;
}

function providerOfGateway(gateway: VmNetworkGatewayRow, index: SnapshotIndex): Ipv4Address | undefined {
  const machineId = index.services.get(gateway.networkServiceId)?.virtualMachineId;
  const hostId = machineId ? index.virtualMachines.get(machineId)?.hostId : undefined;
  return hostId === undefined ? undefined : addressOfProvider(hostId, gateway.vsid, index);
}

function siteSubnetOf(allocationId: string, index: SnapshotIndex) {
  const pool = index.pools.get(index.allocations.get(allocationId)?.poolId ?? '');
  const subnet = index.siteSubnets.get(pool?.siteSubnetId ?? '');
  return pool && subnet ? { pool, subnet } : undefined;
}

/** Sites' subnets that provider addresses come from; with more than one, hosts need a provider route. */
function providerSubnets(snapshot: InventorySnapshot, index: SnapshotIndex): ReadonlySet<string> {
  const subnets = new Set<string>();
  for (const { allocationId } of snapshot.providerAddresses) {
    const subnet = siteSubnetOf(allocationId, index)?.subnet;
    if (subnet) subnets.add(subnet.id);
  }
  return subnets;
}

function providerAddress(row: ProviderAddressRow, index: SnapshotIndex, routed: boolean): readonly ProviderAddressConfig[] {
  const allocation = index.allocations.get(row.allocationId);
  const place = siteSubnetOf(row.allocationId, index);
  if (!allocation || !place) return [];
  const gateway = routed ? (index.poolGateways.get(place.pool.id)?.[0]?.address ?? null) : null;
  return [{ vsid: row.vsid, address: allocation.address, prefixLength: place.subnet.prefixLength, mac: row.mac, gateway }];
}

/** An adapter without switch, VM subnet or address takes no part. */
function vmAdapter(adapter: AdapterRow, index: SnapshotIndex): readonly VmAdapterConfig[] {
  const subnet = index.vmSubnets.get(adapter.vmSubnetId ?? '');
  const allocation = index.allocations.get(adapter.allocationId ?? '');
  if (adapter.virtualSwitchId === null) return [];
  if (!subnet || !allocation) return [];
  const configured = index.poolGateways.get(allocation.poolId)?.[0]?.address;
  return [
    {
      id: adapter.id,
      name: adapter.name,
      mac: adapter.mac,
      vsid: subnet.vsid,
      address: allocation.address,
      prefixLength: subnet.prefixLength,
      // Without a gateway in the pool: the distributed router, at the subnet's first address (fact sheet §2.2).
      defaultGateway: configured ?? nthAddress({ address: subnet.address, length: subnet.prefixLength }, 1),
    },
  ];
}
