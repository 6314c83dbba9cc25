/**
 * Sessions of NAT tables as somebody looks at them: filtered, sorted, cut. A table may hold 49,151 mappings for each protocol and is
 * looked at ten times a second, so nothing is written out but what is shown.
 */
import { formatIpv4, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import { IntMap } from '../kernel/intMap.ts';
import type { NatSessionQuery, NatSessionSort, NatSessionsState, NatSessionState } from '../state.ts';
import { ipProtocol } from '../wire/ipv4.ts';
import type { NatMapping } from './natMapping.ts';

export const natProtocolNames = { [ipProtocol.icmp]: 'ICMP', [ipProtocol.tcp]: 'TCP', [ipProtocol.udp]: 'UDP' } as const;
const staticLabel = 'Static';
const activeLabel = 'Active';
const tcpLabels = { transient: 'Opening', established: 'Established', closing: 'Closing' } as const;

/** One NAT table among those that are looked at. */
export interface NatSource {
  /** Name of the VM network. */
  readonly owner: string;
  readonly mappings: readonly NatMapping[];
}

export const firstByPort: NatSessionQuery = { kind: 'all', filter: '', sort: 'external', direction: 'asc', limit: Infinity };

interface Candidate {
  readonly source: NatSource;
  readonly mapping: NatMapping;
}

/** A mapping of a source against another one: nothing is allocated for those that are not kept. */
type Comparator = (source: NatSource, mapping: NatMapping, other: Candidate) => number;

/** The first `limit` in the wanted order. `now`: virtual nanoseconds. */
export function selectSessions(sources: readonly NatSource[], query: NatSessionQuery, now: number): NatSessionsState {
  const scan = new SessionScan(sources, query, now);
  scan.advance(Infinity);
  return scan.result(now);
}

/** A look at all sessions that can be done in parts; it sees those that lived when it began. */
export class SessionScan {
  readonly #sources: readonly NatSource[];
  readonly #limit: number;
  readonly #matcherFor: (source: NatSource) => Matcher;
  readonly #compare: Comparator;
  readonly #best: Candidate[] = [];
  readonly #total: number;
  #source = 0;
  #mapping = 0;
  #matching = 0;
  #statics = 0;

  constructor(sources: readonly NatSource[], query: NatSessionQuery, now: number) {
    this.#sources = sources;
    this.#limit = query.limit;
    this.#matcherFor = matcherOf(query);
    this.#compare = comparatorOf(query, now);
    this.#total = sources.reduce((sum, { mappings }) => sum + mappings.length, 0);
  }

  /** Looks at the next `count` sessions; true when there are no more. */
  advance(count: number): boolean {
    let left = count;
    for (; this.#source < this.#sources.length; this.#source += 1, this.#mapping = 0) {
      const source = this.#sources[this.#source];
      if (source === undefined) continue;
      const end = Math.min(source.mappings.length, this.#mapping + left);
      left -= end - this.#mapping;
      this.#look(source, end);
      if (this.#mapping < source.mappings.length) return false;
    }
    return true;
  }

  #look(source: NatSource, end: number): void {
    const matches = this.#matcherFor(source);
    for (; this.#mapping < end; this.#mapping += 1) {
      const mapping = source.mappings[this.#mapping];
      if (mapping === undefined) continue;
      if (mapping.isStatic) this.#statics += 1;
      if (!matches(mapping)) continue;
      this.#matching += 1;
      keep(this.#best, source, mapping, this.#limit, this.#compare);
    }
  }

  /** What was found, as it is `now`; sessions that ended since the look began are left out. */
  result(now: number): NatSessionsState {
    const living = this.#best.filter(({ mapping }) => mapping.isStatic || mapping.queue !== null);
    const ended = this.#best.length - living.length;
    if (this.#limit === Infinity) living.sort(byCandidate(this.#compare));
    return { sessions: living.map((entry) => sessionState(entry, now)), matching: this.#matching - ended, total: this.#total - ended, statics: this.#statics };
  }
}

function byCandidate(compare: Comparator): (a: Candidate, b: Candidate) => number {
  return (a, b) => compare(a.source, a.mapping, b);
}

/** Without a bound everything is kept, to be sorted at the end; with one the best stay in order, and most candidates cost one comparison. */
function keep(best: Candidate[], source: NatSource, mapping: NatMapping, limit: number, compare: Comparator): void {
  if (limit === Infinity) {
    best.push({ source, mapping });
    return;
  }
  const worst = best[best.length - 1];
  if (best.length >= limit && (worst === undefined || compare(source, mapping, worst) >= 0)) return;
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = best[middle];
    if (other !== undefined && compare(source, mapping, other) >= 0) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, { source, mapping });
  if (best.length > limit) best.pop();
}

type Matcher = (mapping: NatMapping) => boolean;

/** Looks into each column. What many sessions share (addresses, ports, words) is written out and looked at once. */
function matcherOf({ kind, filter }: NatSessionQuery): (source: NatSource) => Matcher {
  const isOfKind: Matcher = kind === 'all' ? () => true : kind === 'static' ? ({ isStatic }) => isStatic : ({ isStatic }) => !isStatic;
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return () => isOfKind;
  const hasWord = (text: string): boolean => text.toLowerCase().includes(wanted);
  const protocols = [ipProtocol.icmp, ipProtocol.tcp, ipProtocol.udp].filter((protocol) => hasWord(natProtocolNames[protocol]));
  const states = new Set([staticLabel, activeLabel, ...Object.values(tcpLabels)].filter(hasWord));
  const hasState: Matcher = states.size === 0 ? () => false : (mapping) => states.has(stateOf(mapping));
  const isEnd = endMatcher(wanted);
  return (source) => {
    // Whose it is counts for all of them.
    if (hasWord(source.owner)) return isOfKind;
    return (mapping) => {
      if (!isOfKind(mapping)) return false;
      const { protocol, internalAddress, internalPort, externalAddress, externalPort, lastRemote, lastRemotePort, ruleName } = mapping;
      if (protocols.includes(protocol) || hasState(mapping) || (ruleName !== '' && hasWord(ruleName))) return true;
      return isEnd !== null && (isEnd(internalAddress, internalPort) || isEnd(externalAddress, externalPort) || isEnd(lastRemote, lastRemotePort));
    };
  };
}

/** Whether "10.30.1.4:443" has the wanted text in it, without writing it out for each session; null when no end ever has. */
function endMatcher(wanted: string): ((address: Ipv4Address, port: number) => boolean) | null {
  if (!/^[\d.:]+$/.test(wanted)) return null;
  const colon = wanted.indexOf(':');
  const [before, after] = colon < 0 ? [wanted, undefined] : [wanted.slice(0, colon), wanted.slice(colon + 1)];
  const hasAddress = rememberedAddress((address) => (after === undefined ? formatIpv4(address).includes(before) : formatIpv4(address).endsWith(before)));
  const hasPort = rememberedPort((port) => (after === undefined ? String(port).includes(before) : String(port).startsWith(after)));
  return after === undefined ? (address, port) => hasPort(port) || hasAddress(address) : (address, port) => hasPort(port) && hasAddress(address);
}

function rememberedAddress(look: (address: Ipv4Address) => boolean): (address: Ipv4Address) => boolean {
  const known = new IntMap<boolean>();
  return (address) => {
    const before = known.get(address);
    if (before !== undefined) return before;
    const found = look(address);
    known.set(address, found);
    return found;
  };
}

/** 0: not looked at yet, 1: no, 2: yes. */
function rememberedPort(look: (port: number) => boolean): (port: number) => boolean {
  const known = new Uint8Array(0x10000);
  return (port) => {
    if (known[port] === 0) known[port] = look(port) ? 2 : 1;
    return known[port] === 2;
  };
}

const byPort: Comparator = (_source, mapping, { mapping: other }) =>
  mapping.externalAddress - other.externalAddress || mapping.protocol - other.protocol || mapping.externalPort - other.externalPort;

/** Equal ones stand by external address, protocol and port, so that rows do not jump. */
function comparatorOf({ sort, direction }: NatSessionQuery, now: number): Comparator {
  const first = comparators[sort](now);
  const sign = direction === 'asc' ? 1 : -1;
  return (source, mapping, other) => sign * first(source, mapping, other) || byPort(source, mapping, other);
}

const comparators: Readonly<Record<NatSessionSort, (now: number) => Comparator>> = {
  vmNetwork: () => (source, _mapping, other) => compareTexts(source.owner, other.source.owner),
  protocol: () => (_source, a, { mapping: b }) => compareTexts(natProtocolNames[a.protocol], natProtocolNames[b.protocol]),
  internal: () => (_source, a, { mapping: b }) => a.internalAddress - b.internalAddress || a.internalPort - b.internalPort,
  external: () => byPort,
  remote: () => (_source, a, { mapping: b }) => a.lastRemote - b.lastRemote || a.lastRemotePort - b.lastRemotePort,
  state: () => (_source, a, { mapping: b }) => compareTexts(stateOf(a), stateOf(b)),
  rule: () => (_source, a, { mapping: b }) => compareTexts(a.ruleName, b.ruleName),
  age: () => (_source, a, { mapping: b }) => b.createdAt - a.createdAt,
  expires: (now) => (_source, a, { mapping: b }) => compareNumbers(expiresIn(a, now), expiresIn(b, now)),
  sent: () => (_source, a, { mapping: b }) => a.outBytes - b.outBytes,
  received: () => (_source, a, { mapping: b }) => a.inBytes - b.inBytes,
};

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As subtraction, but right for two infinities. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function stateOf(mapping: NatMapping): string {
  if (mapping.isStatic) return staticLabel;
  return mapping.protocol === ipProtocol.tcp ? tcpLabels[mapping.tcp] : activeLabel;
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
