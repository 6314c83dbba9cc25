import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openDatabase, savepointIn, transactionIn } from '../database.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { Answers } from './answers.ts';
import { IpAddressPools, type IpAddressPool } from './ipAddressPools.ts';

const first = 0x0a00_0001;
const size = 40;

/** What happened to an address of the pool. */
const use = fc.constantFrom('free', 'inUse', 'inUse', 'inUse', 'reserved', 'gateway');

it('gives the lowest address that is neither in use nor blocked, and says whether there is one, however its addresses are used', () => {
  const db = openDatabase({ path: ':memory:' });
  migrate(db, ':memory:', migrations, () => new Date(0));
  // A pool by itself, without the network that it stands in.
  db.pragma('foreign_keys = OFF');
  const pools = new IpAddressPools(db, new Answers(db));
  let made = 0;
  fc.assert(
    fc.property(fc.array(use, { minLength: 1, maxLength: size }), fc.array(fc.nat(size - 1), { maxLength: 3 }), (uses, offsets) => {
      made += 1;
      const pool: IpAddressPool = { id: `pool ${made}`, networkSiteSubnetId: 'subnet', vmSubnetId: null, name: `Pool ${made}`, description: '', rangeStart: first, rangeEnd: first + uses.length - 1 };
      const used = (wanted: string) => uses.flatMap((entry, at) => (entry === wanted ? [first + at] : []));
      pools.add(pool, {
        gateways: used('gateway').map((address) => ({ address, metric: 1, isAutomatic: false })),
        reservations: used('reserved').map((address) => ({ start: address, end: address, isVip: false })),
        dnsServers: [], dnsSuffix: '', dnsSearchSuffixes: [], winsServers: [], enableNetbios: false,
      });
      // Neighbours of the range, and the same addresses in another pool, are none of its business.
      for (const address of [...used('inUse'), pool.rangeEnd + 1]) pools.allocate(`${made} ${address}`, pool.id, address, { type: 'NetworkService', id: 'holder', description: '' });
      const besides = offsets.map((offset) => first + offset);

      expect(pools.nextFree(pool)).toBe(used('free')[0] ?? null);
      expect(pools.nextFree(pool, besides)).toBe(used('free').find((address) => !besides.includes(address)) ?? null);
      expect(pools.hasFree(pool)).toBe(used('free').length > 0);
    }),
  );
  db.close();
});

type Act = { readonly kind: 'allocate' | 'take' | 'release' | 'move'; readonly at: number } | { readonly kind: 'open' | 'fail' | 'done' };
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('allocate', 'take', 'take', 'take', 'release', 'move'), at: fc.nat(12) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('open', 'fail', 'done') }) },
);

it('gives it whatever was given, given back and taken back before', () => {
  const db = openDatabase({ path: ':memory:' });
  migrate(db, ':memory:', migrations, () => new Date(0));
  db.pragma('foreign_keys = OFF');
  const answers = new Answers(db);
  const pools = new IpAddressPools(db, answers);
  answers.keep();
  let rolledBack = 0;
  let ids = 0;
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60, size: 'max' }), (acts) => {
      db.exec('DELETE FROM ip_address_allocation; DELETE FROM ip_address_pool');
      const pool: IpAddressPool = { id: 'pool', networkSiteSubnetId: 'subnet', vmSubnetId: null, name: 'Pool', description: '', rangeStart: first, rangeEnd: first + 10 };
      pools.add(pool, { gateways: [{ address: first + 2, metric: 1, isAutomatic: false }], reservations: [], dnsServers: [], dnsSuffix: '', dnsSearchSuffixes: [], winsServers: [], enableNetbios: false });
      const inUse = db.prepare<[], number>(`SELECT address FROM ip_address_allocation WHERE ip_address_pool_id = 'pool'`).pluck();
      const lowest = () => Array.from({ length: 11 }, (_, at) => first + at).find((address) => address !== first + 2 && !inUse.all().includes(address)) ?? null;
      const given = (address: number) => { pools.allocate(`${(ids += 1)}`, 'pool', address, { type: 'NetworkService', id: 'holder', description: '' }); };
      const move = db.prepare(`UPDATE ip_address_allocation SET address = ? WHERE address = ? AND NOT EXISTS (SELECT 1 FROM ip_address_allocation WHERE address = ?)`);
      const rest = acts.values();
      const failed = new Error('taken back');
      const run = () => {
        for (const step of rest) {
          expect(pools.nextFree(pool)).toBe(lowest());
          const next = lowest();
          if (step.kind === 'take' && next !== null) given(next);
          else if (step.kind === 'allocate' && pools.findAllocation('pool', first + step.at) === undefined) given(first + step.at);
          else if (step.kind === 'release') pools.release(pools.findAllocation('pool', first + step.at)?.id ?? '');
          else if (step.kind === 'move') move.run(first + step.at, first + 1, first + step.at);
          else if (step.kind === 'open') nested();
          else if (step.kind === 'done') return;
          else if (step.kind === 'fail' && db.inTransaction) throw failed;
        }
      };
      const nested = () => {
        try {
          if (db.inTransaction) savepointIn(db)(run);
          else transactionIn(db)(run);
        } catch (error) {
          if (error !== failed) throw error;
          rolledBack += 1;
        }
      };
      for (let left = acts.length; left > 0; left -= 1) run();
      expect(pools.nextFree(pool)).toBe(lowest());
    }),
    { numRuns: 200 },
  );
  db.close();
  expect(rolledBack).toBeGreaterThan(30);
});
