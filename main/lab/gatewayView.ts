/** The live state of a gateway, in the words and notations of Windows. */
import type { CompartmentView, GatewayState } from '../../shared/contract/simulation.ts';
import { formatIpv4, formatPrefix } from '../../shared/net/ipv4.ts';
import { formatMac } from '../../shared/net/mac.ts';
import { tunnelView } from './tunnelView.ts';
import type { CompartmentState, GatewayVmState, NatSessionState, NatState } from '../simulation/state.ts';

/** What the inventory knows about the gateway. */
export interface GatewayIdentity {
  readonly networkServiceId: string;
  readonly networkServiceName: string;
  readonly vmName: string;
  readonly host: string;
  /** The other node of its guest cluster; null for a gateway that stands alone. */
  readonly passive: string | null;
  /** Name of the VM network of a routing domain. */
  readonly vmNetworkOf: (routingDomainId: string) => string | null;
}

/** NAT sessions that are shown of one compartment; the count is always whole. */
const shownSessions = 500;

/** `now`: virtual nanoseconds. `live` is undefined when the connection string names no virtual machine that exists. */
export function gatewayView(identity: GatewayIdentity, live: GatewayVmState | undefined, now: number): GatewayState {
  const { networkServiceId, networkServiceName, vmName, host, passive, vmNetworkOf } = identity;
  return {
    networkServiceId,
    networkServiceName,
    vmName,
    host,
    running: live?.running ?? false,
    multitenant: live?.multitenant ?? false,
    statusText: passive === null ? statusText(live) : `${statusText(live)} ${passive} stands by.`,
    compartments: (live?.compartments ?? []).map((compartment) => compartmentView(compartment, vmNetworkOf(compartment.guid), now)),
  };
}

function statusText(live: GatewayVmState | undefined): string {
  if (!live) return 'The virtual machine that the connection string names does not exist.';
  if (live.blockedBy !== null) return live.blockedBy;
  const tenants = live.compartments.filter(({ id }) => id !== 1).length;
  return `RRAS is running as a multitenant gateway with ${tenants} tenant compartment${tenants === 1 ? '' : 's'}.`;
}

function compartmentView(compartment: CompartmentState, vmNetwork: string | null, now: number): CompartmentView {
  return {
    id: compartment.id,
    guid: compartment.guid,
    description: compartment.description,
    vmNetwork,
    interfaces: compartment.interfaces.map(({ name, address, prefixLength, mac, mtu, rxPackets, rxBytes, txPackets, txBytes }) => ({
      name,
      address: `${formatIpv4(address)}/${prefixLength}`,
      mac: formatMac(mac),
      mtu,
      rxPackets,
      rxBytes,
      txPackets,
      txBytes,
    })),
    routes: compartment.routes.map(({ destination, nextHop, interfaceName, metric, protocol }) => ({
      destination: formatPrefix(destination),
      nextHop: nextHop === 0 ? 'On-link' : formatIpv4(nextHop),
      interfaceName,
      metric,
      protocol,
    })),
    neighbours: compartment.neighbours.map(({ address, mac, state, interfaceName }) => ({
      address: formatIpv4(address),
      mac: formatMac(mac),
      state,
      interfaceName,
    })),
    nat: compartment.nat ? natView(compartment.nat) : null,
    tunnels: compartment.tunnels.map((tunnel) => tunnelView(tunnel, now)),
    counters: { ...compartment.counters },
    drops: compartment.drops.map(({ sentence, packets }) => ({ reason: sentence, packets })),
  };
}

function natView(nat: NatState): NonNullable<CompartmentView['nat']> {
  return {
    name: nat.name,
    externalAddress: formatIpv4(nat.externalAddress),
    sessions: nat.sessions.slice(0, shownSessions).map(sessionView),
    sessionCount: nat.sessions.length,
    exhausted: exhaustedText(nat),
  };
}

function exhaustedText({ ports, exhaustedDrops }: NatState): string | null {
  const protocols = ports.filter(({ exhaustedSince }) => exhaustedSince !== null).map(({ protocol }) => protocol);
  if (protocols.length === 0) return null;
  return `No external ${protocols.join(' or ')} port is free. ${exhaustedDrops} packet${exhaustedDrops === 1 ? '' : 's'} of new sessions ${exhaustedDrops === 1 ? 'was' : 'were'} dropped.`;
}

function sessionView(session: NatSessionState): NonNullable<CompartmentView['nat']>['sessions'][number] {
  return {
    protocol: session.protocol,
    internal: endpoint(session.internalAddress, session.internalPort),
    external: endpoint(session.externalAddress, session.externalPort),
    remote: session.protocol === 'ICMP' ? formatIpv4(session.remoteAddress) : endpoint(session.remoteAddress, session.remotePort),
    state: session.state,
    idleSeconds: session.idleNs / 1e9,
    expiresInSeconds: session.expiresInNs / 1e9,
  };
}

/** With the port, or an ICMP identifier, behind a colon. */
function endpoint(address: number, port: number): string {
  return `${formatIpv4(address)}:${port}`;
}
