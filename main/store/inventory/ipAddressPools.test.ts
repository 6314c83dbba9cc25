import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
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
