/** Gateway VMs with their compartments (fact sheet §4.1, 4.2, 4.5), and what is outside. */
import { nthAddress } from '../../shared/net/ipv4.ts';
import type {
  CompartmentConfig,
  ExternalNetworkConfig,
  ExternalRouterConfig,
  GatewayAdapterConfig,
  GatewayConfig,
  GatewayStandbyConfig,
  NatConfig,
} from '../simulation/config.ts';
import type { AdapterRow, InventorySnapshot, NetworkServiceRow, VmNetworkGatewayRow } from '../store/inventory/snapshot.ts';
import { projectCompartmentBgp } from './bgp.ts';
import { gatewayAddress, gatewayPrefix } from './fabric.ts';
import type { SnapshotIndex } from './snapshotIndex.ts';
import { endpointOf, projectTunnels, projectVpnDevices, servicesOf, type PreSharedKeys } from './vpn.ts';

/** Metric of the static routes inside a compartment: Windows's own default for New-NetRoute (RECALL). */
const staticRouteMetric = 256;

/** Metric of an adapter whose pool names no gateway. */
const noGatewayMetric = 256;

/** IsolationName of a routing domain's mapping, which becomes the interface alias in the guest; the pattern is RECALL. */
function interfaceNameOf(vsid: number): string {
  return `WNVAdapter_${vsid}`;
}

export function projectGateways(snapshot: InventorySnapshot, index: SnapshotIndex, keys: PreSharedKeys): readonly GatewayConfig[] {
  return snapshot.networkServices.flatMap((service) => projectGateway(service, index, keys));
}

/** A device whose VM does not exist has nothing to run on. */
function projectGateway(service: NetworkServiceRow, index: SnapshotIndex, keys: PreSharedKeys): readonly GatewayConfig[] {
  const machine = index.virtualMachines.get(service.virtualMachineId ?? '');
  if (!machine) return [];
  const connections = index.connectionsOfService.get(service.id) ?? [];
  const adapterOf = (type: string) => index.adapters.get(connections.find((connection) => connection.type === type)?.adapterId ?? '');
  const frontEnd = adapterOf('FrontEnd');
  const backEnd = adapterOf('BackEnd');
  const management = (index.adaptersOfMachine.get(machine.id) ?? []).find(
    (adapter) => adapter.id !== frontEnd?.id && adapter.id !== backEnd?.id && adapter.siteSubnetId !== null && adapter.allocationId !== null,
  );
  const backEndSwitch = index.switches.get(backEnd?.virtualSwitchId ?? '');
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
      frontEnd: frontEnd ? siteAdapter(frontEnd, index) : null,
      management: management ? siteAdapter(management, index) : null,
      backEnd: backEnd ? { name: backEnd.name, mac: backEnd.mac, switchName } : null,
      compartments: (index.gatewaysOfService.get(service.id) ?? []).flatMap((gateway) => compartment(gateway, index, keys)),
      standby: standbyOf(service, frontEnd, index),
    },
  ];
}

/** From the active node's end until the passive one carries the role (RECALL). */
const failoverNs = 10e9;

/** Adapters of the two nodes belong together by their names. */
function standbyOf(service: NetworkServiceRow, frontEnd: AdapterRow | undefined, index: SnapshotIndex): GatewayStandbyConfig | null {
  const machine = index.virtualMachines.get(service.standbyVirtualMachineId ?? '');
  const own = machine && (index.adaptersOfMachine.get(machine.id) ?? []).find(({ name }) => name.toLowerCase() === frontEnd?.name.toLowerCase());
  if (machine?.running !== 1 || own === undefined) return null;
  return { vmName: machine.name, hostId: machine.hostId, frontEndMac: own.mac, failoverNs };
}

/** An adapter of the default compartment, with the address from its site's pool. */
function siteAdapter(adapter: AdapterRow, index: SnapshotIndex): GatewayAdapterConfig | null {
  const allocation = index.allocations.get(adapter.allocationId ?? '');
  const subnet = index.siteSubnets.get(adapter.siteSubnetId ?? '');
  if (!allocation || !subnet) return null;
  const gateway = index.poolGateways.get(allocation.poolId)?.[0];
  return {
    name: adapter.name,
    mac: adapter.mac,
    address: allocation.address,
    prefixLength: subnet.prefixLength,
    defaultGateway: gateway?.address ?? null,
    metric: gateway?.metric ?? noGatewayMetric,
  };
}

function compartment(gateway: VmNetworkGatewayRow, index: SnapshotIndex, keys: PreSharedKeys): readonly CompartmentConfig[] {
  const network = index.vmNetworks.get(gateway.vmNetworkId);
  if (!network) return [];
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
      routes: (index.subnetsOfNetwork.get(network.id) ?? []).map((subnet) => ({
        destination: { address: subnet.address, length: subnet.prefixLength },
        nextHop: nthAddress(gatewayPrefix(gateway), 1),
        interfaceName,
        metric: staticRouteMetric,
      })),
      nat: nat(gateway, index),
      isRouted: isForwarding(index.services.get(gateway.networkServiceId)),
      isNatExhausted: false,
      tunnels: projectTunnels(gateway, index, keys),
      bgp: projectCompartmentBgp(gateway, index),
    },
  ];
}

function nat(gateway: VmNetworkGatewayRow, index: SnapshotIndex): NatConfig | null {
  const connection = index.natOfGateway.get(gateway.id);
  const allocation = index.allocations.get(connection?.allocationId ?? '');
  if (!connection || !allocation) return null;
  const further = (index.furtherAddressesOfNat.get(connection.id) ?? []).flatMap(({ allocationId }) => index.allocations.get(allocationId)?.address ?? []);
  return {
    id: connection.id,
    name: connection.name,
    externalAddress: allocation.address,
    ...(further.length === 0 ? {} : { furtherAddresses: further }),
    portStart: connection.portStart,
    portEnd: connection.portEnd,
    staticMappings: (index.rulesOfNat.get(connection.id) ?? []).map(({ name, protocol, natExternalAddressId, externalPort, internalAddress, internalPort }) => ({
      name,
      protocol,
      ...(natExternalAddressId === null ? {} : { externalAddress: index.allocations.get(index.furtherAddresses.get(natExternalAddressId)?.allocationId ?? '')?.address ?? allocation.address }),
      externalPort,
      internalAddress,
      internalPort,
    })),
  };
}

function isForwarding(service: NetworkServiceRow | undefined): boolean {
  return service?.directRoutingMode === 1;
}

/** Who runs the routers outside tells them of directly routed networks: those of the lab always know them, through the gateway's front end. */
function directRoutes(snapshot: InventorySnapshot, index: SnapshotIndex): ExternalRouterConfig['routes'] {
  return snapshot.networkServices.filter(isForwarding).flatMap((service) => {
    const nextHop = endpointOf(service, index);
    if (nextHop === undefined) return [];
    return (index.gatewaysOfService.get(service.id) ?? []).flatMap(({ vmNetworkId }) =>
      (index.subnetsOfNetwork.get(vmNetworkId) ?? []).map(({ address, prefixLength }) => ({ destination: { address, length: prefixLength }, nextHop })),
    );
  });
}

export function projectExternal(snapshot: InventorySnapshot, index: SnapshotIndex, keys: PreSharedKeys): ExternalNetworkConfig {
  const routes = directRoutes(snapshot, index);
  return {
    routers: snapshot.externalRouters.map((router) => ({ ...router, routes })),
    hosts: snapshot.externalHosts.map(({ id, name, address, mac, services }) => ({
      id,
      name,
      address,
      mac,
      services: servicesOf(services),
    })),
    vpnDevices: projectVpnDevices(snapshot, index, keys),
  };
}
