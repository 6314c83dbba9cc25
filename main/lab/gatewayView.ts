/** The live state of a gateway, in the words and notations of Windows. */
import type { CompartmentView, GatewayState } from '../../shared/contract/simulation.ts';
import { formatIpv4, formatPrefix } from '../../shared/net/ipv4.ts';
import { formatMac } from '../../shared/net/mac.ts';
import { tunnelView } from './tunnelView.ts';
import type { CompartmentState, GatewaySummary, GatewayVmState, NatSessionState, NatState } from '../simulation/state.ts';

/** What the inventory knows about the gateway. */
export interface GatewayIdentity {
  readonly networkServiceId: string;
  readonly networkServiceName: string;
  readonly vmName: string;
  readonly host: string;
  /** The other node of its guest cluster; null for a gateway that stands alone. */
  readonly passive: string | null;
  /** The VM network of a routing domain. */
  readonly vmNetworkOf: (routingDomainId: string) => VmNetworkName | null;
}

export interface VmNetworkName {
  readonly id: string;
  readonly name: string;
}

/** `now`: virtual nanoseconds. Of each table of a compartment the first `rows`, all are counted. `live` is undefined when the connection string names no virtual machine that exists. */
export function gatewayView(identity: GatewayIdentity, live: GatewayVmState | undefined, now: number, rows: number): GatewayState {
  const { networkServiceId, networkServiceName, vmName, host, passive, vmNetworkOf } = identity;
  return {
    networkServiceId,
    networkServiceName,
    vmName,
    host,
    running: live?.running ?? false,
    multitenant: live?.multitenant ?? false,
    statusText: gatewayStatusText(live, passive),
    compartments: (live?.compartments ?? []).map((compartment) => compartmentView(compartment, vmNetworkOf(compartment.guid), now, rows)),
  };
}

/** One sentence or two: what RRAS does or why nothing flows, and who stands by. */
export function gatewayStatusText(live: GatewayVmState | GatewaySummary | undefined, passive: string | null): string {
  return passive === null ? statusText(live) : `${statusText(live)} ${passive} stands by.`;
}

function statusText(live: GatewayVmState | GatewaySummary | undefined): string {
  if (!live) return 'The virtual machine that the connection string names does not exist.';
  if (live.blockedBy !== null) return live.blockedBy;
  const tenants = live.compartments.filter(({ id }) => id !== 1).length;
  return `RRAS is running as a multitenant gateway with ${tenants} tenant compartment${tenants === 1 ? '' : 's'}.`;
}

export function compartmentView(compartment: CompartmentState, vmNetwork: VmNetworkName | null, now: number, rows: number): CompartmentView {
  const { interfaces, routes, neighbours, tunnels, drops } = compartment;
  return {
    id: compartment.id,
    guid: compartment.guid,
    description: compartment.description,
    vmNetwork: vmNetwork?.name ?? null,
    vmNetworkId: vmNetwork?.id ?? null,
    interfaces: interfaces.slice(0, rows).map(({ name, address, prefixLength, mac, mtu, rxPackets, rxBytes, txPackets, txBytes }) => ({
      name,
      address: `${formatIpv4(address)}/${prefixLength}`,
      mac: formatMac(mac),
      mtu,
      rxPackets,
      rxBytes,
      txPackets,
      txBytes,
    })),
    routes: routes.slice(0, rows).map(({ destination, nextHop, interfaceName, metric, protocol }) => ({
      destination: formatPrefix(destination),
      nextHop: nextHop === 0 ? 'On-link' : formatIpv4(nextHop),
      interfaceName,
      metric,
      protocol,
    })),
    neighbours: neighbours.slice(0, rows).map(({ address, mac, state, interfaceName }) => ({
      address: formatIpv4(address),
      mac: formatMac(mac),
      state,
      interfaceName,
    })),
    nat: compartment.nat ? natView(compartment.nat, now, rows) : null,
    tunnels: tunnels.slice(0, rows).map((tunnel) => tunnelView(tunnel, now)),
    counters: { ...compartment.counters },
    drops: drops.slice(0, rows).map(({ sentence, packets }) => ({ reason: sentence, packets })),
    rows: { interfaces: interfaces.length, routes: routes.length, neighbours: neighbours.length, tunnels: tunnels.length, drops: drops.length },
  };
}

function natView(nat: NatState, now: number, rows: number): NonNullable<CompartmentView['nat']> {
  const [externalAddress = '', ...furtherAddresses] = nat.externalAddresses.map(formatIpv4);
  return {
    name: nat.name,
    externalAddress,
    furtherAddresses,
    sessions: nat.sessions.slice(0, rows).map((session) => sessionView(session, now)),
    sessionCount: nat.sessionCount,
    exhausted: exhaustedText(nat),
  };
}

/** One sentence or two while no external port is free for new sessions; null otherwise. Of several addresses it names those without one. */
export function exhaustedText({ externalAddresses, ports, exhaustedDrops }: Pick<NatState, 'externalAddresses' | 'ports' | 'exhaustedDrops'>): string | null {
  const where = externalAddresses.flatMap((address) => {
    const protocols = ports.filter(({ externalAddress, exhaustedSince }) => externalAddress === address && exhaustedSince !== null).map(({ protocol }) => protocol);
    return protocols.length === 0 ? [] : [`${protocols.join(' or ')} port${externalAddresses.length === 1 ? '' : ` of ${formatIpv4(address)}`}`];
  });
  if (where.length === 0) return null;
  return `No external ${where.join(', ')} is free. ${exhaustedDrops} packet${exhaustedDrops === 1 ? '' : 's'} of new sessions ${exhaustedDrops === 1 ? 'was' : 'were'} dropped.`;
}

function sessionView(session: NatSessionState, now: number): NonNullable<CompartmentView['nat']>['sessions'][number] {
  return {
    ...sessionEnds(session),
    protocol: session.protocol,
    state: session.state,
    idleSeconds: wholeSeconds(now) - wholeSeconds(now - session.idleNs),
    expiresInSeconds: expiresInSeconds(session, now),
  };
}

/** Addresses with the port, or an ICMP identifier, behind a colon. */
export function sessionEnds(session: NatSessionState): { internal: string; external: string; remote: string } {
  const remote = session.protocol === 'ICMP' ? formatIpv4(session.remoteAddress) : endpoint(session.remoteAddress, session.remotePort);
  return {
    internal: endpoint(session.internalAddress, session.internalPort),
    external: endpoint(session.externalAddress, session.externalPort),
    remote: session.remoteAddress === 0 ? '' : remote,
  };
}

/** Null: never. */
export function expiresInSeconds({ expiresInNs }: NatSessionState, now: number): number | null {
  return expiresInNs === Infinity ? null : wholeSeconds(now + expiresInNs) - wholeSeconds(now);
}

/** Seconds of the virtual clock that are over. Spans are told as differences of these: they all change at once, so a payload changes once a second. */
export function wholeSeconds(instant: number): number {
  return Math.floor(instant / 1e9);
}

function endpoint(address: number, port: number): string {
  return `${formatIpv4(address)}:${port}`;
}
