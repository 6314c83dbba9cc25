/** Cmdlets of the module RemoteAccess: routing domains, site-to-site interfaces, BGP (fact sheet §4.2, 4.4, 4.6). Never a key. */
import { formatIpv4, formatPrefix } from '../../../../shared/net/ipv4.ts';
import type { BgpPeerState, BgpRouterState } from '../../../simulation/state.ts';
import { tunnelView } from '../../tunnelView.ts';
import type { Cmdlet } from '../command.ts';
import type { Compartment, Machine } from '../machine.ts';
import type { Bound, Parameter } from '../parameters.ts';
import type { PsObject, PsOutput } from '../psObject.ts';
import { TerminalError } from '../terminalError.ts';
import { filtered } from './netTcpIp.ts';

const routingDomain: Parameter = { name: 'RoutingDomain', type: 'list' };
const allRoutingDomains: Parameter = { name: 'AllRoutingDomains', type: 'switch' };
const on: Cmdlet['on'] = ['gateway'];

/** A tenant's compartment; its description is the name that VMM gave the routing domain. */
function tenants(machine: Machine): readonly Compartment[] {
  if (machine.emptyBecause !== null) throw new TerminalError(machine.emptyBecause);
  return machine.compartments.filter(({ id }) => id !== 1);
}

function chosen(bound: Bound, machine: Machine): readonly Compartment[] {
  const wanted = bound.list('RoutingDomain')?.map((name) => name.toLowerCase().replaceAll(/[{}]/g, ''));
  const all = tenants(machine);
  const missing = wanted?.find((name) => !all.some(({ description, guid }) => [description.toLowerCase(), guid].includes(name)));
  if (missing !== undefined) throw new TerminalError(`There is no routing domain ${missing}. Get-RemoteAccessRoutingDomain lists them.`);
  return wanted === undefined ? all : all.filter(({ description, guid }) => wanted.includes(description.toLowerCase()) || wanted.includes(guid));
}

export const remoteAccessCmdlets: readonly Cmdlet[] = [
  {
    kind: 'cmdlet', name: 'Get-RemoteAccessRoutingDomain', summary: 'Routing domains of the multitenant gateway', on, parameters: [{ name: 'Name', type: 'list', position: 0 }],
    run: (bound, machine) => list(filtered(tenants(machine).map((compartment) => domainObject(compartment, machine)), bound, [['Name', 'RoutingDomain']])),
  },
  {
    kind: 'cmdlet', name: 'Get-VpnS2SInterface', summary: 'Site-to-site interfaces of the tenants', on, parameters: [{ name: 'Name', type: 'list', position: 0 }, routingDomain],
    run: (bound, machine) => ({
      objects: filtered(chosen(bound, machine).flatMap((compartment) => tunnelObjects(compartment, machine)), bound, ['Name']),
      view: 'table', properties: ['RoutingDomain', 'Name', 'Destination', 'AdminStatus', 'ConnectionState', 'IPv4Subnet'],
    }),
  },
  {
    kind: 'cmdlet', name: 'Get-VpnS2SInterfaceStatistics', summary: 'Counters of the site-to-site interfaces', on, parameters: [{ name: 'Name', type: 'list', position: 0 }],
    run: (bound, machine) =>
      list(filtered(tenants(machine).flatMap(({ tunnels }) => tunnels.map(({ name, rxBytes, txBytes, rxPackets, txPackets }) => ({ Name: name, BytesReceived: rxBytes, BytesTransmitted: txBytes, PacketsReceived: rxPackets, PacketsTransmitted: txPackets }))), bound, ['Name'])),
  },
  {
    kind: 'cmdlet', name: 'Get-BgpRouter', summary: 'BGP routers of the routing domains', on, parameters: [routingDomain],
    run: (bound, machine) => list(routers(bound, machine).map(({ domain, router }) => ({
      RoutingDomain: domain, BgpIdentifier: formatIpv4(router.routerId), LocalASN: router.asn, PeerName: router.peers.map(({ name }) => name), PolicyName: null, IPv6Routing: 'Disabled',
    }))),
  },
  {
    kind: 'cmdlet', name: 'Get-BgpPeer', summary: 'BGP peers and whether they are connected', on, parameters: [{ name: 'Name', type: 'list', position: 0 }, routingDomain, allRoutingDomains],
    run: (bound, machine) => {
      const objects = routers(bound, machine).flatMap(({ domain, router }) => router.peers.map((peer) => peerObject(domain, router, peer)));
      return { objects: filtered(objects, bound, [['Name', 'PeerName']]), view: 'table', properties: ['PeerName', 'LocalIPAddress', 'PeerIPAddress', 'PeerASN', 'OperationMode', 'ConnectivityStatus', 'RoutingDomain'] };
    },
  },
  {
    kind: 'cmdlet', name: 'Get-BgpRouteInformation', summary: 'Routes that BGP knows', on, parameters: [{ name: 'Network', type: 'list', position: 0 }, routingDomain, { name: 'Type', type: 'string', values: ['All', 'Best', 'Learned'] }],
    run: (bound, machine) => {
      const type = bound.text('Type')?.toLowerCase() ?? 'all';
      const objects = routers(bound, machine).flatMap(({ domain, router }) => router.routes.filter((route) => type === 'all' || (type === 'best' ? route.state === 'Best' : route.learnedFrom !== null)).map((route) => routeObject(domain, route)));
      return { objects: filtered(objects, bound, [['Network', 'DestinationNetwork']]), view: 'table', properties: ['DestinationNetwork', 'NextHop', 'LearnedFromPeer', 'Origin', 'LocalPref', 'MED', 'State', 'RoutingDomain'] };
    },
  },
  {
    kind: 'cmdlet', name: 'Get-BgpStatistics', summary: 'Messages and routes exchanged with the BGP peers', on, parameters: [{ name: 'PeerName', type: 'list', position: 0 }, routingDomain, allRoutingDomains],
    run: (bound, machine) => list(filtered(routers(bound, machine).flatMap(({ domain, router }) => router.peers.map((peer) => statisticsObject(domain, peer))), bound, ['PeerName'])),
  },
];

function list(objects: readonly PsObject[]): PsOutput {
  return { objects, view: 'list', properties: Object.keys(objects[0] ?? {}) };
}

function domainObject({ description, guid, tunnels }: Compartment, { inventory }: Machine): PsObject {
  return {
    RoutingDomain: description, RoutingDomainID: `{${guid.toUpperCase()}}`, RoutingStatus: 'Enabled and Available', VpnStatus: 'Disabled', VpnS2SStatus: tunnels.length > 0 ? 'Enabled and Available' : 'Enabled',
    EnableQoS: 'Enabled', TxBandwidthKbps: 5120, RxBandwidthKbps: 5120, 'Capacity(Kbps)': 10_240, TenantName: inventory.vmNetworks.findByRoutingDomain(guid)?.name ?? null, IPAddressRange: [],
  };
}

function tunnelObjects(compartment: Compartment, { settings, inventory, simulation, senderId }: Machine): PsObject[] {
  const network = inventory.vmNetworks.findByRoutingDomain(compartment.guid);
  const gateway = network && inventory.vmNetworkGateways.ofVmNetwork(network.id);
  const connections = gateway === undefined ? [] : inventory.vpnConnections.ofGateway(gateway.id);
  return compartment.tunnels.map((tunnel) => {
    const configured = settings.siteToSite.find(({ id, gatewayId }) => id === tunnel.id && gatewayId === senderId);
    const connection = connections.find(({ id }) => id === tunnel.id);
    const shown = tunnelView(tunnel, simulation.now);
    return {
      RoutingDomain: compartment.description, Name: tunnel.name, Destination: [formatIpv4(tunnel.destination)], AdminStatus: tunnel.isEnabled, ConnectionState: shown.state,
      IPv4Subnet: tunnel.subnets.map(({ prefix, metric }) => `${formatPrefix(prefix)}:${metric}`), IPv6Subnet: [], SourceIpAddress: formatIpv4(tunnel.localAddress), Protocol: connection?.protocol ?? 'IKEv2',
      AuthenticationMethod: connection?.authenticationMethod ?? 'PSKOnly', EncryptionType: 'RequireEncryption', EncryptionMethod: connection?.encryptionMethod ?? null,
      IntegrityCheckMethod: connection?.integrityCheckMethod ?? null, CipherTransformConstants: connection?.cipherTransform ?? null, AuthenticationTransformConstants: connection?.authenticationTransform ?? null,
      PfsGroup: connection?.pfsGroup ?? null, DHGroup: connection?.dhGroup ?? null, Persistent: tunnel.isPersistent, NumberOfTries: configured?.numberOfTries ?? null, RetryInterval: seconds(configured?.retryIntervalNs),
      IdleDisconnect: seconds(configured?.idleDisconnectNs), NetworkOutageTime: seconds(configured?.networkOutageNs), SALifeTime: seconds(configured?.saLifeTimeNs), SADataSizeForRenegotiation: configured?.saDataSizeKilobytes ?? null,
      LastError: tunnel.lastError, UnReachabilityReasons: tunnel.isEnabled ? null : 'The interface is disabled.',
    };
  });
}

function seconds(nanoseconds: number | null | undefined): number | null {
  return nanoseconds === null || nanoseconds === undefined ? null : nanoseconds / 1e9;
}

function routers(bound: Bound, machine: Machine): { readonly domain: string; readonly router: BgpRouterState }[] {
  return chosen(bound, machine).flatMap(({ guid, description }) => {
    const router = machine.simulation.bgpRouterState({ kind: 'compartment', gatewayId: machine.senderId, guid });
    return router === undefined ? [] : [{ domain: description, router }];
  });
}

function peerObject(domain: string, router: BgpRouterState, peer: BgpPeerState): PsObject {
  return {
    PeerName: peer.name, LocalIPAddress: formatIpv4(peer.localAddress), PeerIPAddress: formatIpv4(peer.address), LocalASN: router.asn, PeerASN: peer.asn, OperationMode: 'Mixed', PeeringMode: 'Automatic',
    'HoldTime(s)': seconds(peer.holdTimeNs), ConnectivityStatus: peer.status, RoutingDomain: domain, LastError: peer.lastError,
  };
}

function routeObject(domain: string, { destination, nextHop, learnedFrom, origin, localPref, med, asPath, state }: BgpRouterState['routes'][number]): PsObject {
  return { DestinationNetwork: formatPrefix(destination), NextHop: formatIpv4(nextHop), LearnedFromPeer: learnedFrom, Origin: origin, LocalPref: localPref, MED: med, Path: asPath, State: state, RoutingDomain: domain };
}

function statisticsObject(domain: string, { name, statistics, prefixesReceived, prefixesAdvertised }: BgpPeerState): PsObject {
  const { sent, received } = statistics;
  return {
    PeerName: name, RoutingDomain: domain, OpenMessageSent: sent.open, OpenMessageReceived: received.open, UpdateMessageSent: sent.update, UpdateMessageReceived: received.update,
    KeepAliveMessageSent: sent.keepalive, KeepAliveMessageReceived: received.keepalive, NotificationMessageSent: sent.notification, NotificationMessageReceived: received.notification,
    RouteRefreshMessageSent: sent.routeRefresh, RouteRefreshMessageReceived: received.routeRefresh, RoutesReceived: prefixesReceived, RoutesAdvertised: prefixesAdvertised,
  };
}
