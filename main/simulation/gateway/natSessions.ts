/**
 * Sessions of NAT tables as somebody looks at them: filtered, sorted, cut. A table may hold 49,151 mappings for each protocol and is
 * looked at ten times a second, so nothing is written out but what is shown.
 */
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { NatSessionQuery, NatSessionSort, NatSessionsState, NatSessionState } from '../state.ts';
import { ipProtocol } from '../wire/ipv4.ts';
import type { NatMapping } from './natMapping.ts';

export const natProtocolNames = { [ipProtocol.icmp]: 'ICMP', [ipProtocol.tcp]: 'TCP', [ipProtocol.udp]: 'UDP' } as const;
const tcpLabels = { transient: 'Opening', established: 'Established', closing: 'Closing' } as const;

/** One NAT table among those that are looked at. */
export interface NatSource {
  /** Name of the VM network. */
  readonly owner: string;
  readonly mappings: Iterable<NatMapping>;
}

export const firstByPort: NatSessionQuery = { kind: 'all', filter: '', sort: 'external', direction: 'asc', limit: Infinity };

interface Candidate {
  readonly source: NatSource;
  readonly mapping: NatMapping;
}

type Comparator = (a: Candidate, b: Candidate) => number;

/** The first `limit` in the wanted order. `now`: virtual nanoseconds. */
export function selectSessions(sources: readonly NatSource[], query: NatSessionQuery, now: number): NatSessionsState {
  const matches = matcherOf(query);
  const compare = comparatorOf(query, now);
  const best: Candidate[] = [];
  let total = 0;
  let matching = 0;
  let statics = 0;
  for (const source of sources) {
    for (const mapping of source.mappings) {
      total += 1;
      if (mapping.isStatic) statics += 1;
      if (!matches(source, mapping)) continue;
      matching += 1;
      keep(best, { source, mapping }, query.limit, compare);
    }
  }
  return { sessions: (query.limit === Infinity ? best.sort(compare) : best).map((entry) => sessionState(entry, now)), matching, total, statics };
}

/** Without a bound everything is kept, to be sorted at the end; with one the best stay in order, and most candidates cost one comparison. */
function keep(best: Candidate[], candidate: Candidate, limit: number, compare: Comparator): void {
  if (limit === Infinity) {
    best.push(candidate);
    return;
  }
  const worst = best[best.length - 1];
  if (best.length >= limit && (worst === undefined || compare(candidate, worst) >= 0)) return;
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = best[middle];
    if (other !== undefined && compare(candidate, other) >= 0) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, candidate);
  if (best.length > limit) best.pop();
}

/** Looks into each column. What many sessions share (addresses, ports, words) is written out and looked at once. */
function matcherOf({ kind, filter }: NatSessionQuery): (source: NatSource, mapping: NatMapping) => boolean {
  const isOfKind = (mapping: NatMapping): boolean => kind === 'all' || mapping.isStatic === (kind === 'static');
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return (_source, mapping) => isOfKind(mapping);
  const hasWord = remembered((text: string) => text.toLowerCase().includes(wanted));
  const isEnd = endMatcher(wanted);
  return (source, mapping) => {
    if (!isOfKind(mapping)) return false;
    const { protocol, internalAddress, internalPort, externalAddress, externalPort, lastRemote, lastRemotePort, ruleName } = mapping;
    if (hasWord(natProtocolNames[protocol]) || hasWord(stateOf(mapping)) || hasWord(ruleName) || hasWord(source.owner)) return true;
    return isEnd(internalAddress, internalPort) || isEnd(externalAddress, externalPort) || isEnd(lastRemote, lastRemotePort);
  };
}

/** Whether "10.30.1.4:443" has the wanted text in it, without writing it out for each session. */
function endMatcher(wanted: string): (address: Ipv4Address, port: number) => boolean {
  if (!/^[\d.:]+$/.test(wanted)) return () => false;
  const colon = wanted.indexOf(':');
  const [before, after] = colon < 0 ? [wanted, undefined] : [wanted.slice(0, colon), wanted.slice(colon + 1)];
  const hasAddress = remembered((address: Ipv4Address) => (after === undefined ? formatIpv4(address).includes(before) : formatIpv4(address).endsWith(before)));
  const hasPort = remembered((port: number) => (after === undefined ? String(port).includes(before) : String(port).startsWith(after)));
  return after === undefined ? (address, port) => hasAddress(address) || hasPort(port) : (address, port) => hasAddress(address) && hasPort(port);
}

function remembered<K>(look: (key: K) => boolean): (key: K) => boolean {
  const known = new Map<K, boolean>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = look(key);
    known.set(key, found);
    return found;
  };
}

const byPort: Comparator = (a, b) =>
  a.mapping.externalAddress - b.mapping.externalAddress || a.mapping.protocol - b.mapping.protocol || a.mapping.externalPort - b.mapping.externalPort;

/** Equal ones stand by external address, protocol and port, so that rows do not jump. */
function comparatorOf({ sort, direction }: NatSessionQuery, now: number): Comparator {
  const first = comparators[sort](now);
  const sign = direction === 'asc' ? 1 : -1;
  return (a, b) => sign * first(a, b) || byPort(a, b);
}

const comparators: Readonly<Record<NatSessionSort, (now: number) => Comparator>> = {
  vmNetwork: () => (a, b) => compareTexts(a.source.owner, b.source.owner),
  protocol: () => (a, b) => compareTexts(natProtocolNames[a.mapping.protocol], natProtocolNames[b.mapping.protocol]),
  internal: () => (a, b) => a.mapping.internalAddress - b.mapping.internalAddress || a.mapping.internalPort - b.mapping.internalPort,
  external: () => byPort,
  remote: () => (a, b) => a.mapping.lastRemote - b.mapping.lastRemote || a.mapping.lastRemotePort - b.mapping.lastRemotePort,
  state: () => (a, b) => compareTexts(stateOf(a.mapping), stateOf(b.mapping)),
  rule: () => (a, b) => compareTexts(a.mapping.ruleName, b.mapping.ruleName),
  age: () => (a, b) => b.mapping.createdAt - a.mapping.createdAt,
  expires: (now) => (a, b) => compareNumbers(expiresIn(a.mapping, now), expiresIn(b.mapping, now)),
  sent: () => (a, b) => a.mapping.outBytes - b.mapping.outBytes,
  received: () => (a, b) => a.mapping.inBytes - b.mapping.inBytes,
};

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As subtraction, but right for two infinities. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function stateOf(mapping: NatMapping): string {
  if (mapping.isStatic) return 'Static';
  return mapping.protocol === ipProtocol.tcp ? tcpLabels[mapping.tcp] : 'Active';
}

function expiresIn({ queue, lastUsed }: NatMapping, now: number): number {
  return queue === null ? Infinity : Math.max(0, queue.timeoutNs - (now - lastUsed));
}

function sessionState({ source, mapping }: Candidate, now: number): NatSessionState {
  const { protocol, internalAddress, internalPort, externalAddress, externalPort, lastRemote, lastRemotePort, isStatic, ruleName } = mapping;
  return {
    owner: source.owner,
    protocol: natProtocolNames[protocol],
    internalAddress,
    internalPort,
    externalAddress,
    externalPort,
    remoteAddress: lastRemote,
    remotePort: lastRemotePort,
    state: stateOf(mapping),
    isStatic,
    ruleName,
    createdAt: mapping.createdAt,
    idleNs: now - mapping.lastUsed,
    expiresInNs: expiresIn(mapping, now),
    outPackets: mapping.outPackets,
    outBytes: mapping.outBytes,
    inPackets: mapping.inPackets,
    inBytes: mapping.inBytes,
  };
}
