/** What the simulation tells about itself: plain messages. Times are virtual nanoseconds, addresses numbers (shared/net). */
import type { Ipv4Address, Ipv4Prefix } from '../../shared/net/ipv4.ts';
import type { MacAddress } from '../../shared/net/mac.ts';
import type { TraceCrossing, TraceStep } from './trace/recorder.ts';
import type { NatConfig, SimulationConfig, SiteToSiteConfig } from './config.ts';

export interface SimulationTotals {
  readonly forwarded: number;
  readonly dropped: number;
}

export interface DropState {
  readonly reason: string;
  readonly sentence: string;
  readonly packets: number;
}

export interface InterfaceState {
  readonly name: string;
  readonly address: Ipv4Address;
  readonly prefixLength: number;
  readonly mac: MacAddress;
  readonly mtu: number;
  readonly rxPackets: number;
  readonly rxBytes: number;
  readonly txPackets: number;
  readonly txBytes: number;
}

export type RouteProtocol = 'Connected' | 'Static' | 'Default' | 'NetNat' | 'Bgp';

export interface RouteState {
  readonly destination: Ipv4Prefix;
  /** 0 for on-link. */
  readonly nextHop: Ipv4Address;
  readonly interfaceName: string;
  readonly metric: number;
  readonly protocol: RouteProtocol;
}

export type NeighbourStateName = 'Incomplete' | 'Reachable' | 'Stale' | 'Delay' | 'Probe';

export interface NeighbourState {
  readonly address: Ipv4Address;
  readonly mac: MacAddress;
  readonly state: NeighbourStateName;
  readonly interfaceName: string;
}

export interface NatSessionState {
  /** Name of the VM network, where the sessions of several were asked for; otherwise empty. */
  readonly owner: string;
  readonly protocol: 'ICMP' | 'TCP' | 'UDP';
  readonly internalAddress: Ipv4Address;
  /** Port, or ICMP identifier. */
  readonly internalPort: number;
  readonly externalAddress: Ipv4Address;
  readonly externalPort: number;
  readonly remoteAddress: Ipv4Address;
  readonly remotePort: number;
  readonly state: string;
  readonly isStatic: boolean;
  /** Of a static mapping: the NAT rule; otherwise empty. */
  readonly ruleName: string;
  /** Virtual instant. */
  readonly createdAt: number;
  readonly idleNs: number;
  /** Infinity for a static mapping. */
  readonly expiresInNs: number;
  /** IPv4 packets and their bytes from inside. */
  readonly outPackets: number;
  readonly outBytes: number;
  readonly inPackets: number;
  readonly inBytes: number;
}

export type NatSessionSort = 'vmNetwork' | 'protocol' | 'internal' | 'external' | 'remote' | 'state' | 'rule' | 'age' | 'expires' | 'sent' | 'received';

export interface NatSessionQuery {
  readonly kind: 'all' | 'dynamic' | 'static';
  /** Substring of what a row shows, case-insensitive; empty for all. */
  readonly filter: string;
  readonly sort: NatSessionSort;
  readonly direction: 'asc' | 'desc';
  /** The first of this many in order; Infinity for all. */
  readonly limit: number;
}

/** External ports (identifiers for ICMP) of one protocol at one address. */
export interface NatPortState {
  readonly externalAddress: Ipv4Address;
  readonly protocol: 'ICMP' | 'TCP' | 'UDP';
  readonly inUse: number;
  readonly available: number;
  /** Virtual instant since which new sessions found no free port; null while there is one. */
  readonly exhaustedSince: number | null;
}

export interface NatState {
  readonly name: string;
  /** At least one. */
  readonly externalAddresses: readonly Ipv4Address[];
  readonly ports: readonly NatPortState[];
  /** Packets that were dropped because no port was free. */
  readonly exhaustedDrops: number;
  readonly sessions: readonly NatSessionState[];
  /** Of all sessions, when `sessions` was cut. */
  readonly sessionCount: number;
}

export type SiteToSiteStateName = 'Disconnected' | 'Dialing' | 'Connected';

/** ESP keys in use. Instants are virtual nanoseconds. */
export interface AssociationState {
  readonly inboundSpi: number;
  readonly outboundSpi: number;
  readonly establishedAt: number;
  readonly rekeyAt: number;
}

/** A site-to-site interface, as Get-VpnS2SInterface tells. Never its key. */
export interface SiteToSiteState {
  readonly id: string;
  readonly name: string;
  readonly localAddress: Ipv4Address;
  readonly destination: Ipv4Address;
  readonly subnets: readonly { readonly prefix: Ipv4Prefix; readonly metric: number }[];
  readonly isEnabled: boolean;
  readonly isPersistent: boolean;
  readonly state: SiteToSiteStateName;
  /** Virtual instant of the last change of `state`. */
  readonly since: number;
  /** One sentence, or null. */
  readonly lastError: string | null;
  /** Tries of the last dial. */
  readonly tries: number;
  /** Packets that wait for the tunnel. */
  readonly waiting: number;
  /** Inner packets and bytes. */
  readonly rxPackets: number;
  readonly rxBytes: number;
  readonly txPackets: number;
  readonly txBytes: number;
  readonly association: AssociationState | null;
}

/** Words of Get-BgpPeer (fact sheet §4.6). */
export type BgpConnectivityStatus = 'Connecting' | 'Connected' | 'Stopped';

/** RFC 4271 §8.2.2 */
export type BgpFsmState = 'Idle' | 'Connect' | 'Active' | 'OpenSent' | 'OpenConfirm' | 'Established';

export interface BgpMessageCounts {
  readonly open: number;
  readonly update: number;
  readonly notification: number;
  readonly keepalive: number;
  readonly routeRefresh: number;
}

/** Counted since the peer was configured. */
export interface BgpStatistics {
  readonly sent: BgpMessageCounts;
  readonly received: BgpMessageCounts;
  readonly sessionsEstablished: number;
  readonly sessionsLost: number;
}

export interface BgpPeerState {
  readonly name: string;
  readonly address: Ipv4Address;
  readonly asn: number;
  readonly localAddress: Ipv4Address;
  readonly status: BgpConnectivityStatus;
  readonly fsmState: BgpFsmState;
  /** Virtual instant of the last change of `status`. */
  readonly since: number;
  /** Why it is not connected, one sentence; or null. */
  readonly lastError: string | null;
  /** BGP identifier of the peer; null before it is connected. */
  readonly identifier: Ipv4Address | null;
  /** Agreed times in virtual nanoseconds; null before it is connected, 0 for none. */
  readonly holdTimeNs: number | null;
  readonly keepaliveNs: number | null;
  readonly prefixesReceived: number;
  readonly prefixesAdvertised: number;
  readonly statistics: BgpStatistics;
}

/** A row of Get-BgpRouteInformation. */
export interface BgpRouteState {
  /** DestinationNetwork */
  readonly destination: Ipv4Prefix;
  /** 0 for an own network. */
  readonly nextHop: Ipv4Address;
  readonly origin: 'IGP' | 'EGP' | 'Incomplete';
  readonly localPref: number;
  readonly med: number | null;
  /** AS numbers, the nearest first; sets in braces. */
  readonly asPath: string;
  /** Name of the peer; null for an own network. */
  readonly learnedFrom: string | null;
  /** Unusable: a loop, or its next hop is this router. */
  readonly state: 'Best' | 'Valid' | 'Unusable';
}

export interface BgpRouterState {
  readonly asn: number;
  readonly routerId: Ipv4Address;
  readonly localAddress: Ipv4Address;
  readonly networks: readonly Ipv4Prefix[];
  readonly peers: readonly BgpPeerState[];
  /** Own networks and all that peers told, by network. */
  readonly routes: readonly BgpRouteState[];
}

/** Where a BGP router is: in a compartment (by its GUID, which is the routing domain's id) or in a VPN device. */
export type BgpPlace =
  | { readonly kind: 'compartment'; readonly gatewayId: string; readonly guid: string }
  | { readonly kind: 'vpnDevice'; readonly deviceId: string };

export interface CompartmentState {
  readonly id: number;
  readonly guid: string;
  readonly description: string;
  readonly interfaces: readonly InterfaceState[];
  readonly routes: readonly RouteState[];
  readonly neighbours: readonly NeighbourState[];
  readonly nat: NatState | null;
  readonly tunnels: readonly SiteToSiteState[];
  readonly counters: { readonly received: number; readonly forwarded: number; readonly dropped: number };
  readonly drops: readonly DropState[];
}

/** Which part of a gateway's state is asked for; what is left out, all of it. */
export interface GatewayStateScope {
  /** Compartments by number. */
  readonly compartments?: readonly number[];
  /** The compartment with this GUID. */
  readonly guid?: string;
  /** Sessions of each compartment at most. */
  readonly sessions?: number;
}

/** What a list of compartments shows of one. */
export interface CompartmentSummary {
  readonly id: number;
  readonly guid: string;
  readonly description: string;
  /** None without NAT. */
  readonly natAddresses: readonly Ipv4Address[];
  readonly sessions: number;
  readonly tunnels: number;
  readonly connectedTunnels: number;
  readonly counters: CompartmentState['counters'];
}

/** The IP stack of a virtual machine. */
export type StackState = Pick<CompartmentState, 'interfaces' | 'routes' | 'neighbours'>;

/** What the simulation was told, without the keys. */
export interface SimulationSettings extends Pick<SimulationConfig, 'hosts' | 'virtualSubnets' | 'virtualMachines' | 'lookupRecords' | 'customerRoutes'> {
  readonly nats: readonly (NatConfig & { readonly gatewayId: string; readonly guid: string })[];
  readonly siteToSite: readonly (Omit<SiteToSiteConfig, 'preSharedKey'> & { readonly gatewayId: string; readonly guid: string })[];
}

export interface GatewayVmState {
  readonly id: string;
  readonly vmName: string;
  readonly running: boolean;
  readonly multitenant: boolean;
  /** Why nothing flows, or null. */
  readonly blockedBy: string | null;
  readonly compartments: readonly CompartmentState[];
}

/** A gateway with its compartments in short. */
export interface GatewaySummary extends Omit<GatewayVmState, 'compartments'> {
  readonly compartments: readonly CompartmentSummary[];
}

export interface NatSessionsState {
  readonly sessions: readonly NatSessionState[];
  /** That match the filter, and in all. */
  readonly matching: number;
  readonly total: number;
  /** Static mappings among all. */
  readonly statics: number;
}

export interface PingRequest {
  /** Who sends: id of a virtual machine, of a gateway (its default compartment) or of a host (its provider addresses). */
  readonly vmId: string;
  readonly destination: Ipv4Address;
  readonly count: number;
  /** Bytes of data. */
  readonly payloadSize: number;
  readonly timeToLive: number;
  readonly doNotFragment: boolean;
  readonly intervalNs: number;
  readonly timeoutNs: number;
  /** Given: UDP datagrams to this port instead of echo requests. */
  readonly udpPort?: number | undefined;
}

export type PingReplyStatus = 'pending' | 'reply' | 'timeout' | 'unreachable' | 'ttlExpired' | 'fragNeeded' | 'failed';

export interface PingReplyState {
  readonly sequence: number;
  readonly status: PingReplyStatus;
  /** Who answered; null while nobody did. */
  readonly from: Ipv4Address | null;
  readonly timeToLive: number | null;
  readonly roundTripNs: number | null;
  /** ICMP code of an error. */
  readonly code: number | null;
  /** Of "fragmentation needed": the MTU of the next hop (RFC 1191 §4); null otherwise. */
  readonly nextHopMtu: number | null;
}

export interface PingState {
  readonly source: Ipv4Address;
  readonly destination: Ipv4Address;
  readonly payloadSize: number;
  readonly sent: number;
  readonly received: number;
  readonly done: boolean;
  readonly replies: readonly PingReplyState[];
  /** Path of the first request and of its answer. */
  readonly trace: readonly TraceStep[];
  readonly crossings: readonly TraceCrossing[];
  readonly fate: string | null;
}

/** Of tracert. */
export interface RouteProbeRequest {
  /** As in PingRequest. */
  readonly vmId: string;
  readonly destination: Ipv4Address;
  readonly maximumHops: number;
  readonly queriesPerHop: number;
  /** Patience for each query. */
  readonly timeoutNs: number;
}

export interface RouteQueryState {
  readonly status: PingReplyStatus;
  /** Who answered; null while nobody did. */
  readonly from: Ipv4Address | null;
  readonly roundTripNs: number | null;
  /** ICMP code of an error. */
  readonly code: number | null;
}

export interface RouteHopState {
  /** The time to live. */
  readonly hop: number;
  /** Who answered first; null when nobody did. */
  readonly from: Ipv4Address | null;
  readonly queries: readonly RouteQueryState[];
}

export interface RouteProbeState {
  readonly source: Ipv4Address;
  readonly destination: Ipv4Address;
  /** The last one may still be under way. */
  readonly hops: readonly RouteHopState[];
  /** The destination itself answered. */
  readonly reached: boolean;
  readonly done: boolean;
}

export interface TcpProbeRequest {
  /** As in PingRequest. */
  readonly vmId: string;
  readonly destination: Ipv4Address;
  readonly port: number;
}

/** `unreachable`: by an ICMP error; `failed`: the machine could not send. */
export type TcpProbeStatus = 'connecting' | 'connected' | 'refused' | 'timeout' | 'unreachable' | 'stopped' | 'failed';

export interface TcpProbeState {
  readonly source: Ipv4Address;
  readonly sourcePort: number;
  readonly destination: Ipv4Address;
  readonly port: number;
  readonly status: TcpProbeStatus;
  /** Who sent the ICMP error, and its code. */
  readonly from: Ipv4Address | null;
  readonly code: number | null;
  /** From the first SYN to the answer. */
  readonly roundTripNs: number | null;
  /** SYNs. */
  readonly attempts: number;
  readonly done: boolean;
  /** Path of the first SYN and of its answer. */
  readonly trace: readonly TraceStep[];
  readonly fate: string | null;
}

export interface CaptureState {
  readonly frames: number;
  readonly bytes: number;
  /** Frames that the ring buffer had to give up. */
  readonly overwritten: number;
}

/** What was decided about one packet, in order. */
export interface TraceState {
  readonly steps: readonly TraceStep[];
  /** Null while it is still under way. */
  readonly fate: string | null;
}
