import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv4, ipv4 } from '../../../shared/net/ipv4.ts';
import type { NatSessionQuery, NatSessionSort, NatSessionState } from '../state.ts';
import { ipProtocol } from '../wire/ipv4.ts';
import { firstByPort, selectSessions, SessionScan } from './natSessions.ts';
import { NatTable, natTimeouts } from './natTable.ts';

const second = 1e9;
const protocols = [ipProtocol.icmp, ipProtocol.tcp, ipProtocol.udp] as const;
const sorts: readonly NatSessionSort[] = ['vmNetwork', 'protocol', 'internal', 'external', 'remote', 'state', 'rule', 'age', 'expires', 'sent', 'received'];

interface Flow {
  readonly protocol: (typeof protocols)[number];
  readonly host: number;
  readonly port: number;
  readonly at: number;
  readonly bytes: number;
}

const flows = fc.array(
  fc.record({ protocol: fc.constantFrom(...protocols), host: fc.integer({ min: 0, max: 5 }), port: fc.integer({ min: 1, max: 40 }), at: fc.integer({ min: 0, max: 20 }), bytes: fc.integer({ min: 0, max: 9 }) }),
  { maxLength: 60 },
);

const queries: fc.Arbitrary<NatSessionQuery> = fc.record({
  kind: fc.constantFrom('all', 'dynamic', 'static'),
  filter: fc.constantFrom('', 'tcp', '10.30.1.2', '.2:1', ':7', '20:4', '3', '1.4:8443', 'static', 'Fabrikam', 'nothing like it', '1:2:3'),
  sort: fc.constantFrom(...sorts),
  direction: fc.constantFrom('asc', 'desc'),
  limit: fc.integer({ min: 1, max: 20 }),
});

function tableOf(external: string, wanted: readonly Flow[]): NatTable {
  const table = new NatTable({
    id: 'n',
    name: 'n',
    externalAddress: ipv4(external),
    portStart: 1,
    portEnd: 49_151,
    staticMappings: [{ name: 'Web', protocol: 'TCP', externalPort: 443, internalAddress: ipv4('10.30.1.4'), internalPort: 8443 }],
  });
  for (const { protocol, host, port, at, bytes } of [...wanted].sort((a, b) => a.at - b.at)) {
    const mapping = table.outbound(protocol, ipv4('10.30.1.1') + host, port, at * second);
    if (mapping === undefined) throw new Error('no port is free');
    mapping.outPackets += 1;
    mapping.outBytes += bytes;
  }
  return table;
}

const look = (tables: readonly NatTable[], query: NatSessionQuery, now: number) =>
  selectSessions(tables.map((table, at) => ({ owner: at === 0 ? 'Fabrikam' : 'Adatum', mappings: table.living(now) })), query, now);

function textOf({ protocol, internalAddress, internalPort, externalAddress, externalPort, remoteAddress, remotePort, state, ruleName, owner }: NatSessionState): string {
  const ends = [[internalAddress, internalPort], [externalAddress, externalPort], [remoteAddress, remotePort]] as const;
  return [protocol, ...ends.map(([address, port]) => `${formatIpv4(address)}:${port}`), state, ruleName, owner].join(' ').toLowerCase();
}

describe('sessions that somebody looks at', () => {
  it('are the first of all matching ones in the wanted order, whatever the bound, and all are counted', () => {
    fc.assert(
      fc.property(flows, flows, queries, (first, second_, query) => {
        const tables = [tableOf('203.0.113.20', first), tableOf('203.0.113.21', second_)];
        const now = 25 * second;
        const all = look(tables, { ...firstByPort, limit: Infinity }, now).sessions;
        const whole = look(tables, { ...query, limit: Infinity }, now).sessions;
        const cut = look(tables, query, now);
        expect(cut.sessions).toEqual(whole.slice(0, query.limit));
        expect([cut.matching, cut.total]).toEqual([whole.length, all.length]);
        expect(cut.statics).toBe(2);
        const wanted = all.filter((session) => (query.kind === 'all' || session.isStatic === (query.kind === 'static')) && textOf(session).includes(query.filter.toLowerCase()));
        expect(new Set(whole.map(textOf))).toEqual(new Set(wanted.map(textOf)));
      }),
      { numRuns: 200 },
    );
  });

  it('are the same when they are looked at in parts, however many at a time', () => {
    fc.assert(
      fc.property(flows, flows, queries, fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 8 }), (first, second_, query, portions) => {
        const now = 25 * second;
        const sources = [tableOf('203.0.113.20', first), tableOf('203.0.113.21', second_)].map((table, at) => ({ owner: at === 0 ? 'Fabrikam' : 'Adatum', mappings: table.living(now) }));
        const scan = new SessionScan(sources, query, now);
        // Whoever gives nothing would wait for ever: each round gives one at least.
        for (let at = 0; !scan.advance((portions[at % portions.length] ?? 0) + Number(at >= portions.length)); at += 1) continue;
        expect(scan.result(now)).toEqual(selectSessions(sources, query, now));
      }),
      { numRuns: 200 },
    );
  });

  it('that end while others are looked at are neither shown nor counted', () => {
    const table = tableOf('203.0.113.20', [{ protocol: ipProtocol.icmp, host: 1, port: 1, at: 0, bytes: 0 }, { protocol: ipProtocol.tcp, host: 1, port: 2, at: 0, bytes: 0 }]);
    const scan = new SessionScan([{ owner: 'Fabrikam', mappings: table.living(0) }], { ...firstByPort, limit: 10 }, 0);
    scan.advance(Infinity);
    const later = natTimeouts.icmpQuery + second;
    table.living(later);
    const { sessions, matching, total, statics } = scan.result(later);
    expect(sessions.map(({ protocol, isStatic }) => [protocol, isStatic])).toEqual([['TCP', false], ['TCP', true]]);
    expect([matching, total, statics]).toEqual([2, 2, 1]);
  });

  it('stand in the wanted order, and turned round in the other one', () => {
    const flow = (port: number, at: number, bytes: number): Flow => ({ protocol: ipProtocol.udp, host: 1, port, at, bytes });
    const tables = [tableOf('203.0.113.20', [flow(9, 0, 5), flow(3, 10, 70), flow(6, 20, 30)])];
    const portsBy = (sort: NatSessionQuery['sort'], direction: NatSessionQuery['direction']) => look(tables, { ...firstByPort, kind: 'dynamic', sort, direction }, 25 * second).sessions.map(({ internalPort }) => internalPort);
    expect(portsBy('internal', 'asc')).toEqual([3, 6, 9]);
    expect(portsBy('age', 'asc')).toEqual([6, 3, 9]);
    expect(portsBy('age', 'desc')).toEqual([9, 3, 6]);
    expect(portsBy('expires', 'asc')).toEqual([9, 3, 6]);
    expect(portsBy('sent', 'desc')).toEqual([3, 6, 9]);
  });

  it('know how long they have lived and will live; a static mapping never ends, and one that ran out is gone', () => {
    const table = tableOf('203.0.113.20', [{ protocol: ipProtocol.udp, host: 1, port: 9, at: 10, bytes: 1 }]);
    const [dynamic] = look([table], { ...firstByPort, kind: 'dynamic' }, 25 * second).sessions;
    expect(dynamic).toMatchObject({ createdAt: 10 * second, idleNs: 15 * second, expiresInNs: natTimeouts.udp - 15 * second, isStatic: false });
    const later = look([table], firstByPort, 10 * second + natTimeouts.udp + 1);
    expect(later.sessions).toMatchObject([{ isStatic: true, ruleName: 'Web', state: 'Static', expiresInNs: Infinity, externalPort: 443 }]);
    expect(later.total).toBe(1);
  });
});
