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
import type { AdapterRow, HostRow, InventorySnapshot, ProviderAddressRow, SiteSubnetRow, VirtualMachineRow, VirtualSubnetRow, VmNetworkGatewayRow } from '../store/inventory/snapshot.ts';
import { Parts } from './parts.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';

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

export class FabricProjection {
  readonly #index: SnapshotIndex;
  readonly #providerSubnets: Parts<ProviderAddressRow, SiteSubnetRow | undefined>;
  readonly #hosts: { readonly flat: Parts<HostRow, HostConfig>; readonly routed: Parts<HostRow, HostConfig> };
  readonly #virtualSubnets: Parts<VirtualSubnetRow, readonly VirtualSubnetConfig[]>;
  readonly #machines: Parts<VirtualMachineRow, VirtualMachineConfig>;
  readonly #machineRecords: Parts<VirtualMachineConfig, readonly LookupRecordConfig[]>;
  readonly #gatewayRecords: Parts<VmNetworkGatewayRow, readonly LookupRecordConfig[]>;
  readonly #onLinkRoutes: Parts<VirtualSubnetConfig, CustomerRouteConfig>;
  readonly #defaultRoutes: Parts<VmNetworkGatewayRow, readonly CustomerRouteConfig[]>;

  constructor(index: SnapshotIndex) {
    const { maker } = index;
    this.#index = index;
    this.#providerSubnets = new Parts(maker, (row) => this.#siteSubnetOf(row));
    this.#hosts = { flat: new Parts(maker, (host) => this.#host(host, false)), routed: new Parts(maker, (host) => this.#host(host, true)) };
    this.#virtualSubnets = new Parts(maker, (row) => this.#virtualSubnet(row));
    this.#machines = new Parts(maker, (machine) => this.#machine(machine));
    this.#machineRecords = new Parts(maker, (machine) => this.#recordsOfMachine(machine));
    this.#gatewayRecords = new Parts(maker, (gateway) => this.#recordsOfGateway(gateway));
    this.#onLinkRoutes = new Parts(maker, onLinkRoute);
    this.#defaultRoutes = new Parts(maker, (gateway) => this.#defaultRoute(gateway));
  }

  hosts(snapshot: InventorySnapshot): readonly HostConfig[] {
    const parts = this.#hasSeveralProviderSubnets(snapshot) ? this.#hosts.routed : this.#hosts.flat;
    return snapshot.hosts.map((host) => parts.get(host));
  }

  virtualSubnets(snapshot: InventorySnapshot): readonly VirtualSubnetConfig[] {
    return joined(snapshot.virtualSubnets, this.#virtualSubnets);
  }

  virtualMachines(snapshot: InventorySnapshot): readonly VirtualMachineConfig[] {
    return snapshot.virtualMachines.filter((machine) => machine.role === 'tenant').map((machine) => this.#machines.get(machine));
  }

  /** Of every address of a VM, and for every gateway leg its own address and the wildcard that catches what goes outside. */
  lookupRecords(snapshot: InventorySnapshot, machines: readonly VirtualMachineConfig[]): readonly LookupRecordConfig[] {
    return joined(snapshot.vmNetworkGateways, this.#gatewayRecords, joined(machines, this.#machineRecords));
  }

  /** On-link for every virtual subnet; where there is a gateway, the default route to its address. */
  customerRoutes(snapshot: InventorySnapshot, subnets: readonly VirtualSubnetConfig[]): readonly CustomerRouteConfig[] {
    return joined(snapshot.vmNetworkGateways, this.#defaultRoutes, subnets.map((subnet) => this.#onLinkRoutes.get(subnet)));
  }

  #host(host: HostRow, routed: boolean): HostConfig {
    return {
      id: host.id,
      name: host.name,
      isVirtual: host.isVirtual === 1,
      dedicatedGateway: host.isDedicatedGateway === 1,
      physicalNic: { name: host.nicName, mac: host.nicMac },
      virtualSwitches: this.#index.switchesOfHost.get(host.id).map(({ name }) => name),
      providerAddresses: this.#index.providerAddressesOfHost.get(host.id).flatMap((row) => this.#providerAddress(row, routed)),
    };
  }

  #providerAddress(row: ProviderAddressRow, routed: boolean): readonly ProviderAddressConfig[] {
    const allocation = this.#index.allocations.get(row.allocationId);
    const subnet = this.#providerSubnets.get(row);
    if (!allocation || !subnet) return [];
    const gateway = routed ? (this.#index.poolGateways.get(allocation.poolId)[0]?.address ?? null) : null;
    return [{ vsid: row.vsid, address: allocation.address, prefixLength: subnet.prefixLength, mac: row.mac, gateway }];
  }

  #siteSubnetOf({ allocationId }: ProviderAddressRow): SiteSubnetRow | undefined {
    const pool = this.#index.pools.get(this.#index.allocations.get(allocationId)?.poolId ?? '');
    return this.#index.siteSubnets.get(pool?.siteSubnetId ?? '');
  }

  /** Sites' subnets that provider addresses come from; with more than one, hosts need a provider route. */
  #hasSeveralProviderSubnets(snapshot: InventorySnapshot): boolean {
    let first: SiteSubnetRow | undefined;
    return snapshot.providerAddresses.some((row) => {
      const subnet = this.#providerSubnets.get(row);
      first ??= subnet;
      return subnet !== undefined && subnet !== first;
    });
  }

  #virtualSubnet({ vsid, vmNetworkId, routerMac }: VirtualSubnetRow): readonly VirtualSubnetConfig[] {
    const gateway = this.#index.gatewayOfVsid.get(vsid);
    const subnet = this.#index.vmSubnetOfVsid.get(vsid);
    const network = this.#index.vmNetworks.get(vmNetworkId);
    const named = gateway === undefined ? subnet && { name: subnet.name, prefix: { address: subnet.address, length: subnet.prefixLength } } : { name: gateway.name, prefix: gatewayPrefix(gateway) };
    return named && network ? [{ vsid, routingDomainId: network.routingDomainId, ...named, routerMac }] : [];
  }

  #machine(machine: VirtualMachineRow): VirtualMachineConfig {
    const adapters = this.#index.adaptersOfMachine.get(machine.id).flatMap((adapter) => this.#adapter(adapter));
    return { id: machine.id, name: machine.name, hostId: machine.hostId, running: machine.running === 1, adapters };
  }

  /** An adapter without switch, VM subnet or address takes no part. */
  #adapter(adapter: AdapterRow): readonly VmAdapterConfig[] {
    const subnet = this.#index.vmSubnets.get(adapter.vmSubnetId ?? '');
    const allocation = this.#index.allocations.get(adapter.allocationId ?? '');
    if (adapter.virtualSwitchId === null || !subnet || !allocation) return [];
    const configured = this.#index.poolGateways.get(allocation.poolId)[0]?.address;
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

  #recordsOfMachine({ hostId, adapters }: VirtualMachineConfig): readonly LookupRecordConfig[] {
    return adapters.flatMap(({ vsid, address, mac }) => {
      const provider = this.#addressOfProvider(hostId, vsid);
      return provider === undefined ? [] : [lookupRecord(vsid, address, mac, provider, 'Static')];
    });
  }

  #recordsOfGateway(gateway: VmNetworkGatewayRow): readonly LookupRecordConfig[] {
    const machineId = this.#index.services.get(gateway.networkServiceId)?.virtualMachineId;
    const hostId = machineId ? this.#index.virtualMachines.get(machineId)?.hostId : undefined;
    const provider = hostId === undefined ? undefined : this.#addressOfProvider(hostId, gateway.vsid);
    if (provider === undefined) return [];
    return [lookupRecord(gateway.vsid, gatewayAddress(gateway), gateway.mac, provider, 'Static'), lookupRecord(gateway.vsid, 0, gateway.mac, provider, 'GatewayWildcard')];
  }

  #addressOfProvider(hostId: string, vsid: number): Ipv4Address | undefined {
    const row = this.#index.providerAddressesOfVsid.get(vsid).find((address) => address.hostId === hostId);
    return row && this.#index.allocations.get(row.allocationId)?.address;
  }

  #defaultRoute(gateway: VmNetworkGatewayRow): readonly CustomerRouteConfig[] {
    const network = this.#index.vmNetworks.get(gateway.vmNetworkId);
    return network ? [{ routingDomainId: network.routingDomainId, vsid: gateway.vsid, destination: anyAddress, nextHop: gatewayAddress(gateway), metric: customerRouteMetric }] : [];
  }
}

/** What is made of all keys, in their order, behind what is there already: `flatMap` takes several times as long for long lists. */
function joined<K extends object, V>(keys: readonly K[], parts: Parts<K, readonly V[]>, result: V[] = []): V[] {
  for (const key of keys) for (const value of parts.get(key)) result.push(value);
  return result;
}

function lookupRecord(vsid: number, customerAddress: Ipv4Address, mac: number, providerAddress: Ipv4Address, type: LookupRecordConfig['type']): LookupRecordConfig {
  return { vsid, customerAddress, mac, providerAddress, rule: 'TranslationMethodEncap', type };
}

function onLinkRoute({ routingDomainId, vsid, prefix }: VirtualSubnetConfig): CustomerRouteConfig {
  return { routingDomainId, vsid, destination: prefix, nextHop: 0, metric: customerRouteMetric };
}
