/** A look at the NAT sessions of a full external address, filtered and sorted, as the window asks for it ten times a second. */
import { ipv4 } from '../shared/net/ipv4.ts';
import { natSessionsQuerySchema, type NatSessionsView } from '../shared/contract/liveGateway.ts';
import type { NatLook } from '../main/lab/liveViews.ts';
import { NatLooks } from '../main/lab/natLooks.ts';
import { SessionScan } from '../main/simulation/gateway/natSessions.ts';
import { NatTable } from '../main/simulation/gateway/natTable.ts';
import type { NatSessionQuery } from '../main/simulation/state.ts';
import { ipProtocol } from '../main/simulation/wire/ipv4.ts';
import type { BenchFigure } from './figure.ts';

/** Every port of TCP. */
const sessions = 49_000;
const looks = 40;
const asked = natSessionsQuerySchema.parse({ scope: { kind: 'networkService', id: 'bench' } });
const nothing: NatSessionsView = { name: '', unavailable: null, rows: [], matching: 0, dynamicTotal: 0, staticTotal: 0, exhausted: [] };

const queries: Readonly<Record<string, Partial<NatSessionQuery>>> = {
  'no filter': {},
  'a word': { filter: 'established' },
  'a part of an address': { filter: '51.100.7' },
  'a part of a port': { filter: '77', sort: 'remote', direction: 'desc' },
  'an address and a port': { filter: '30.1.4:1', sort: 'sent', direction: 'desc' },
};

export function run(): Promise<BenchFigure[]> {
  const table = fullTable();
  return Promise.resolve(
    Object.entries(queries).map(([name, change]) => {
      const query: NatSessionQuery = { kind: 'dynamic', filter: '', sort: 'external', direction: 'asc', limit: 200, ...change };
      const turns = Array.from({ length: looks }, () => turnsOf(table, query));
      const wholes = turns.map((times) => times.reduce((sum, time) => sum + time, 0)).sort((a, b) => a - b);
      const longest = turns.map((times) => Math.max(...times)).sort((a, b) => a - b);
      return { name: `a look at ${sessions} NAT sessions, ${name}, longest turn`, value: round(middle(longest)), unit: 'ms', note: `median of ${looks} looks, at most ${round(longest.at(-1) ?? 0)}; a whole look ${round(middle(wholes))} ms`, budget: 8, atMost: true };
    }),
  );
}

function fullTable(): NatTable {
  const table = new NatTable({ id: 'n', name: 'n', externalAddress: ipv4('203.0.113.20'), portStart: 1, portEnd: 49_151, staticMappings: [] });
  for (let at = 0; at < sessions; at += 1) {
    const mapping = table.outbound(ipProtocol.tcp, ipv4('10.30.1.4') + (at % 40), 1024 + Math.floor(at / 40), 0);
    if (mapping === undefined) throw new Error('no port is free');
    // A thousand servers outside.
    mapping.lastRemote = ipv4('198.51.100.0') + ((at * 7919) % 1000);
    mapping.lastRemotePort = 443;
    mapping.outBytes = (at * 31) % 100_000;
  }
  return table;
}

/** Milliseconds of each turn of the event loop that one look takes. */
function turnsOf(table: NatTable, query: NatSessionQuery): number[] {
  const waiting: (() => void)[] = [];
  const looks = new NatLooks({ natLook: () => lookAt(table, query) }, { now: () => performance.now(), later: (callback) => void waiting.push(callback) });
  const times = [timed(() => looks.read(asked))];
  for (let turn = waiting.shift(); turn !== undefined; turn = waiting.shift()) times.push(timed(turn));
  return times;
}

function lookAt(table: NatTable, query: NatSessionQuery): NatLook {
  const scan = new SessionScan([{ owner: 'Fabrikam', mappings: table.living(0) }], query, 0);
  return {
    advance: (count) => scan.advance(count),
    view: () => ({ ...nothing, rows: [], matching: scan.result(0).matching }),
  };
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
