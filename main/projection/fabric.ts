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
import { Concatenation, JoinedParts, OwnedParts, Tally } from './partLists.ts';
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

interface HostLists {
  readonly hosts: JoinedParts<HostRow, HostConfig>;
  /** By host. */
  readonly addresses: OwnedParts<ProviderAddressRow, ProviderAddressConfig>;
}

export class FabricProjection {
  readonly #index: SnapshotIndex;
  /** Sites' subnets that provider addresses come from, of each address one. */
  readonly #providerSubnets: JoinedParts<ProviderAddressRow, { readonly subnet: SiteSubnetRow }>;
  readonly #differentSubnets = new Tally(({ subnet }: { readonly subnet: SiteSubnetRow }) => subnet);
  readonly #flatHosts: HostLists;
  readonly #routedHosts: HostLists;
  readonly #virtualSubnets: JoinedParts<VirtualSubnetRow, VirtualSubnetConfig>;
  readonly #machines: JoinedParts<VirtualMachineRow, VirtualMachineConfig>;
  readonly #machineRecords: JoinedParts<VirtualMachineConfig, LookupRecordConfig>;
  readonly #gatewayRecords: JoinedParts<VmNetworkGatewayRow, LookupRecordConfig>;
  readonly #records = new Concatenation<LookupRecordConfig>();
  readonly #onLinkRoutes: JoinedParts<VirtualSubnetConfig, CustomerRouteConfig>;
  readonly #defaultRoutes: JoinedParts<VmNetworkGatewayRow, CustomerRouteConfig>;
  readonly #routes = new Concatenation<CustomerRouteConfig>();

  constructor(index: SnapshotIndex) {
    const { maker } = index;
    this.#index = index;
    this.#providerSubnets = new JoinedParts(maker, (row) => this.#siteSubnetsOf(row).map((subnet) => ({ subnet })));
    this.#flatHosts = this.#hostsWith(false);
    this.#routedHosts = this.#hostsWith(true);
    this.#virtualSubnets = new JoinedParts(maker, (row) => this.#virtualSubnet(row));
    this.#machines = new JoinedParts(maker, (machine) => (machine.role === 'tenant' ? [this.#machine(machine)] : []));
    this.#machineRecords = new JoinedParts(maker, (machine) => this.#recordsOfMachine(machine));
    this.#gatewayRecords = new JoinedParts(maker, (gateway) => this.#recordsOfGateway(gateway));
    this.#onLinkRoutes = new JoinedParts(maker, (subnet) => [onLinkRoute(subnet)]);
    this.#defaultRoutes = new JoinedParts(maker, (gateway) => this.#defaultRoute(gateway));
  }

  /** With provider addresses from more than one subnet, hosts need a provider route. */
  hosts(snapshot: InventorySnapshot): readonly HostConfig[] {
    const isRouted = this.#differentSubnets.follow(this.#providerSubnets.follow(snapshot.providerAddresses)) > 1;
    const { hosts, addresses } = isRouted ? this.#routedHosts : this.#flatHosts;
    addresses.keep(snapshot.hosts);
    return hosts.follow(snapshot.hosts);
  }

  virtualSubnets(snapshot: InventorySnapshot): readonly VirtualSubnetConfig[] {
    return this.#virtualSubnets.follow(snapshot.virtualSubnets);
  }

  virtualMachines(snapshot: InventorySnapshot): readonly VirtualMachineConfig[] {
    return this.#machines.follow(snapshot.virtualMachines);
  }

  /** Of every address of a VM, and for every gateway leg its own address and the wildcard that catches what goes outside. */
  lookupRecords(snapshot: InventorySnapshot, machines: readonly VirtualMachineConfig[]): readonly LookupRecordConfig[] {
    return this.#records.follow(this.#machineRecords.follow(machines), this.#gatewayRecords.follow(snapshot.vmNetworkGateways));
  }

  /** On-link for every virtual subnet; where there is a gateway, the default route to its address. */
  customerRoutes(snapshot: InventorySnapshot, subnets: readonly VirtualSubnetConfig[]): readonly CustomerRouteConfig[] {
    return this.#routes.follow(this.#onLinkRoutes.follow(subnets), this.#defaultRoutes.follow(snapshot.vmNetworkGateways));
  }

  #hostsWith(routed: boolean): HostLists {
    const addresses = new OwnedParts(this.#index.maker, (row: ProviderAddressRow) => this.#providerAddress(row, routed));
    return { addresses, hosts: new JoinedParts(this.#index.maker, (host) => [this.#host(host, addresses)]) };
  }

  #host(host: HostRow, addresses: HostLists['addresses']): HostConfig {
    return {
      id: host.id,
      name: host.name,
      isVirtual: host.isVirtual === 1,
      dedicatedGateway: host.isDedicatedGateway === 1,
      physicalNic: { name: host.nicName, mac: host.nicMac },
      virtualSwitches: this.#index.switchesOfHost.get(host.id).map(({ name }) => name),
      providerAddresses: addresses.of(host.id, this.#index.providerAddressesOfHost.get(host.id)),
    };
  }

  #providerAddress(row: ProviderAddressRow, routed: boolean): readonly ProviderAddressConfig[] {
    const allocation = this.#index.allocations.get(row.allocationId);
    if (!allocation) return [];
    const gateway = routed ? (this.#index.poolGateways.get(allocation.poolId)[0]?.address ?? null) : null;
    return this.#siteSubnetsOf(row).map(({ prefixLength }) => ({ vsid: row.vsid, address: allocation.address, prefixLength, mac: row.mac, gateway }));
  }

  /** Site's subnet that a provider address comes from, if there is one. */
  #siteSubnetsOf({ allocationId }: ProviderAddressRow): readonly SiteSubnetRow[] {
    const pool = this.#index.pools.get(this.#index.allocations.get(allocationId)?.poolId ?? '');
    const subnet = this.#index.siteSubnets.get(pool?.siteSubnetId ?? '');
    return subnet ? [subnet] : [];
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

function lookupRecord(vsid: number, customerAddress: Ipv4Address, mac: number, providerAddress: Ipv4Address, type: LookupRecordConfig['type']): LookupRecordConfig {
  return { vsid, customerAddress, mac, providerAddress, rule: 'TranslationMethodEncap', type };
}

function onLinkRoute({ routingDomainId, vsid, prefix }: VirtualSubnetConfig): CustomerRouteConfig {
  return { routingDomainId, vsid, destination: prefix, nextHop: 0, metric: customerRouteMetric };
}
