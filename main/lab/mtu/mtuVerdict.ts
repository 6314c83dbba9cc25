/** What limits a path and what to do about it, in words. Pure. */
import type { MtuHop, MtuVerdict } from '../../../shared/contract/mtuCheck.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import { dropReasons, type DropReason } from '../../simulation/trace/drops.ts';
import type { PingReplyState } from '../../simulation/state.ts';
import type { MtuStop } from './mtuPath.ts';
import type { SearchResult } from './mtuSearch.ts';

export interface MtuFindings extends SearchResult {
  readonly virtualMachine: string;
  readonly destination: string;
  /** Nothing larger was tried. */
  readonly asked: number;
  readonly stop: MtuStop | null;
  /** To the last packet that did not pass; undefined when there was none. */
  readonly answer: PingReplyState | undefined;
  readonly hops: readonly MtuHop[];
}

/** What NVGRE takes of the provider network's packets (fact sheet §4.7). */
const nvgreOverhead = 42;
/** IPv4 and TCP headers without options. */
const tcpHeaders = 40;

export function verdictOf(findings: MtuFindings): MtuVerdict {
  const { largest, stopped, stop, answer } = findings;
  if (largest === null) return unreachable(findings);
  if (stopped === null) return { kind: 'open', largest, sentence: `Packets of ${findings.asked} bytes, the largest that were tried, reach ${findings.destination} whole.`, advice: [`Nothing has to be set in the guest. TCP sends segments of up to ${largest - tcpHeaders} bytes.`] };
  if (answer?.status !== 'fragNeeded') return blackHole(findings, largest);
  if (stop?.place === findings.virtualMachine) return encapsulation(findings, largest);
  const isTunnel = findings.hops.some(({ isLimit, link }) => isLimit && link === 'site-to-site interface');
  const who = `${stop?.place ?? 'A router'}${answer.from === null ? '' : ` (${formatIpv4(answer.from)})`}`;
  return {
    kind: isTunnel ? 'tunnel' : 'link',
    largest,
    sentence: `${who} answers "fragmentation needed" to anything above ${largest} bytes${isTunnel ? ': ESP needs the rest of the 1500 bytes outside' : ''}.`,
    advice: [`A guest that listens to ICMP finds ${largest} by itself (path MTU discovery). Where a firewall drops ICMP, ${inGuest(largest)}`, segments(largest)],
  };
}

function encapsulation({ virtualMachine }: MtuFindings, largest: number): MtuVerdict {
  return {
    kind: 'encapsulation',
    largest,
    sentence: `The adapter of ${virtualMachine} takes ${largest} bytes: NVGRE puts ${nvgreOverhead} bytes around each packet, and the provider network carries ${largest + nvgreOverhead}.`,
    advice: [`Windows guests learn this by themselves. In a guest that stays at 1500, as many Linux guests do, ${inGuest(largest)} Otherwise large packets are lost and connections stall.`, segments(largest)],
  };
}

function blackHole({ stop, destination }: MtuFindings, largest: number): MtuVerdict {
  const where = stop === null ? `Somewhere on the way to ${destination}` : stop.place;
  const why = stop === null || !isDropReason(stop.reason) ? '' : ` ${dropReasons[stop.reason]}`;
  return {
    kind: 'blackHole',
    largest,
    sentence: `${where} loses ${stop?.isOnWayBack === true ? 'answers to packets' : 'packets'} above ${largest} bytes, and nobody tells the sender: a black hole.${why}`,
    advice: [`Mend the link, or let its ICMP "fragmentation needed" through: no path MTU discovery can work here.`, `Until then, ${inGuest(largest)}`, segments(largest)],
  };
}

function unreachable({ destination, stop, stopped }: MtuFindings): MtuVerdict {
  const why = stop === null || !isDropReason(stop.reason) ? '' : ` ${stop.place}: ${dropReasons[stop.reason]}`;
  return { kind: 'unreachable', largest: null, sentence: `Not even ${stopped ?? 0} bytes reach ${destination} and come back, so this is no question of size.${why}`, advice: ['Ping the destination and look at the path of the packet.'] };
}

function inGuest(mtu: number): string {
  return `set it by hand: "netsh interface ipv4 set subinterface Ethernet mtu=${mtu} store=persistent" in Windows, "ip link set dev eth0 mtu ${mtu}" in Linux.`;
}

function segments(mtu: number): string {
  return `TCP then sends segments of up to ${mtu - tcpHeaders} bytes.`;
}

function isDropReason(reason: string): reason is DropReason {
  return Object.hasOwn(dropReasons, reason);
}
