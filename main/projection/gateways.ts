/** Gateway VMs with their compartments (fact sheet §4.1, 4.2, 4.5). */
import { nthAddress, type Ipv4Address } from '../../shared/net/ipv4.ts';
import type { CompartmentConfig, GatewayAdapterConfig, GatewayConfig, GatewayStandbyConfig, NatConfig } from '../simulation/config.ts';
import type { AdapterRow, InventorySnapshot, NatRuleRow, NetworkServiceRow, VmNetworkGatewayRow } from '../store/inventory/snapshot.ts';
import { compartmentBgp } from './bgp.ts';
import { gatewayAddress, gatewayPrefix } from './fabric.ts';
import { JoinedParts, OwnedParts } from './partLists.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';
import type { TunnelProjection } from './vpn.ts';

/** Metric of the static routes inside a compartment: Windows's own default for New-NetRoute (RECALL). */
const staticRouteMetric = 256;

/** Metric of an adapter whose pool names no gateway. */
const noGatewayMetric = 256;

/** From the active node's end until the passive one carries the role (RECALL). */
const failoverNs = 10e9;

/** IsolationName of a routing domain's mapping, which becomes the interface alias in the guest; the pattern is RECALL. */
function interfaceNameOf(vsid: number): string {
  return `WNVAdapter_${vsid}`;
}

export class GatewayProjection {
  readonly #index: SnapshotIndex;
  readonly #tunnels: TunnelProjection;
  readonly #gateways: JoinedParts<NetworkServiceRow, GatewayConfig>;
  readonly #compartments: OwnedParts<VmNetworkGatewayRow, CompartmentConfig>;

  constructor(index: SnapshotIndex, tunnels: TunnelProjection) {
    this.#index = index;
    this.#tunnels = tunnels;
    this.#gateways = new JoinedParts(index.maker, (service) => this.#gateway(service));
    this.#compartments = new OwnedParts(index.maker, (gateway) => this.#compartment(gateway));
  }

  gateways(snapshot: InventorySnapshot): readonly GatewayConfig[] {
    this.#compartments.keep(snapshot.networkServices);
    return this.#gateways.follow(snapshot.networkServices);
  }

  /** A device whose VM does not exist has nothing to run on. */
  #gateway(service: NetworkServiceRow): readonly GatewayConfig[] {
    const machine = this.#index.virtualMachines.get(service.virtualMachineId ?? '');
    if (!machine) return [];
    const connections = this.#index.connectionsOfService.get(service.id);
    const adapterOf = (type: string) => this.#index.adapters.get(connections.find((connection) => connection.type === type)?.adapterId ?? '');
    const frontEnd = adapterOf('FrontEnd');
    const backEnd = adapterOf('BackEnd');
    const management = this.#index.adaptersOfMachine.get(machine.id).find(
      (adapter) => adapter.id !== frontEnd?.id && adapter.id !== backEnd?.id && adapter.siteSubnetId !== null && adapter.allocationId !== null,
    );
    const backEndSwitch = this.#index.switches.get(backEnd?.virtualSwitchId ?? '');
    const switchName = backEndSwitch?.hostId === machine.hostId ? backEndSwitch.name : null;
    const roleReady = machine.remoteAccessInstalled === 1 && machine.vpnDeployed === 1;
    return [
      {
        id: service.id,
        vmName: machine.name,
        hostId: machine.hostId,
        running: machine.running === 1,
        multitenant: roleReady && frontEnd !== undefined && backEnd !== undefined && switchName !== null,
        firewallOn: machine.firewallOn === 1,
        frontEnd: frontEnd ? this.#siteAdapter(frontEnd) : null,
        management: management ? this.#siteAdapter(management) : null,
        backEnd: backEnd ? { name: backEnd.name, mac: backEnd.mac, switchName } : null,
        compartments: this.#compartments.of(service.id, this.#index.gatewaysOfService.get(service.id)),
        standby: this.#standbyOf(service, frontEnd),
      },
    ];
  }

  /** Adapters of the two nodes belong together by their names. */
  #standbyOf(service: NetworkServiceRow, frontEnd: AdapterRow | undefined): GatewayStandbyConfig | null {
    const machine = this.#index.virtualMachines.get(service.standbyVirtualMachineId ?? '');
    const own = machine && this.#index.adaptersOfMachine.get(machine.id).find(({ name }) => name.toLowerCase() === frontEnd?.name.toLowerCase());
    if (machine?.running !== 1 || own === undefined) return null;
    return { vmName: machine.name, hostId: machine.hostId, frontEndMac: own.mac, failoverNs };
  }

  /** An adapter of the default compartment, with the address from its site's pool. */
  #siteAdapter(adapter: AdapterRow): GatewayAdapterConfig | null {
    const allocation = this.#index.allocations.get(adapter.allocationId ?? '');
    const subnet = this.#index.siteSubnets.get(adapter.siteSubnetId ?? '');
    if (!allocation || !subnet) return null;
    const gateway = this.#index.poolGateways.get(allocation.poolId)[0];
    return {
      name: adapter.name,
      mac: adapter.mac,
      address: allocation.address,
      prefixLength: subnet.prefixLength,
      defaultGateway: gateway?.address ?? null,
      metric: gateway?.metric ?? noGatewayMetric,
    };
  }

  #compartment(gateway: VmNetworkGatewayRow): readonly CompartmentConfig[] {
    const network = this.#index.vmNetworks.get(gateway.vmNetworkId);
    if (!network) return [];
    const subnets = this.#index.subnetsOfNetwork.get(network.id);
    const interfaceName = interfaceNameOf(gateway.vsid);
    return [
      {
        id: gateway.compartmentId,
        guid: network.routingDomainId,
        // The routing domain's name as VMM makes it: name and RDID without anything between (fact sheet §4.2).
        description: `${network.name}${network.routingDomainId}`,
        interfaces: [
          { name: interfaceName, vsid: gateway.vsid, mac: gateway.mac, address: gatewayAddress(gateway), prefixLength: gateway.subnetPrefixLength },
        ],
        routes: subnets.map((subnet) => ({
          destination: { address: subnet.address, length: subnet.prefixLength },
          nextHop: nthAddress(gatewayPrefix(gateway), 1),
          interfaceName,
          metric: staticRouteMetric,
        })),
        nat: this.#nat(gateway),
        isRouted: this.#index.services.get(gateway.networkServiceId)?.directRoutingMode === 1,
        isNatExhausted: false,
        tunnels: this.#tunnels.ofGateway(gateway),
        bgp: compartmentBgp(gateway, this.#index.peersOfGateway.get(gateway.id), subnets),
      },
    ];
  }

  #nat(gateway: VmNetworkGatewayRow): NatConfig | null {
    const connection = this.#index.natOfGateway.get(gateway.id);
    const allocation = this.#index.allocations.get(connection?.allocationId ?? '');
    if (!connection || !allocation) return null;
    const further = this.#index.furtherAddressesOfNat.get(connection.id).flatMap(({ id, allocationId }) => {
      const address = this.#index.allocations.get(allocationId)?.address;
      return address === undefined ? [] : [{ id, address }];
    });
    return {
      id: connection.id,
      name: connection.name,
      externalAddress: allocation.address,
      ...(further.length === 0 ? {} : { furtherAddresses: further.map(({ address }) => address) }),
      portStart: connection.portStart,
      portEnd: connection.portEnd,
      staticMappings: staticMappings(this.#index.rulesOfNat.get(connection.id), further),
    };
  }
}

/** In the order of their external addresses: of several that lead to one endpoint inside the first counts for what that begins itself. */
function staticMappings(rules: readonly NatRuleRow[], further: readonly { readonly id: string; readonly address: Ipv4Address }[]): NatConfig['staticMappings'] {
  const placed = rules.map((rule) => ({ rule, place: further.findIndex(({ id }) => id === rule.natExternalAddressId) }));
  placed.sort((a, b) => a.place - b.place);
  return placed.map(({ rule: { name, protocol, externalPort, internalAddress, internalPort }, place }) => {
    const at = further[place];
    return { name, protocol, ...(at === undefined ? {} : { externalAddress: at.address }), externalPort, internalAddress, internalPort };
  });
}
