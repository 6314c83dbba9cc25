import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskOf } from '../../../shared/net/ipv4.ts';
import { RouteTable, type Route } from './routeTable.ts';

const route = fc
  .record({ address: fc.integer({ min: 0, max: 0xffffffff }), length: fc.integer({ min: 0, max: 32 }), metric: fc.integer({ min: 1, max: 5 }) })
  .map(({ address, length, metric }): Route => ({ destination: { address: (address & maskOf(length)) >>> 0, length }, nextHop: 0, interfaceIndex: 0, metric, protocol: 'Static' }));

/** Every route is looked at; the longest that fits wins, then the lowest metric. */
function slowLookup(routes: readonly Route[], destination: number): Route | undefined {
  let best: Route | undefined;
  for (const candidate of routes) {
    const { address, length } = candidate.destination;
    if ((destination & maskOf(length)) >>> 0 !== address) continue;
    if (best === undefined || length > best.destination.length || (length === best.destination.length && candidate.metric < best.metric)) best = candidate;
  }
  return best;
}

it('finds what the slow way finds', () => {
  fc.assert(
    fc.property(fc.array(route, { maxLength: 40 }), fc.array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: 1 }), (routes, destinations) => {
      const table = new RouteTable();
      table.replace(routes);
      for (const destination of [...destinations, ...routes.map((entry) => entry.destination.address)]) {
        const expected = slowLookup(routes, destination);
        const found = table.lookup(destination);
        expect(found?.destination).toEqual(expected?.destination);
        expect(found?.metric).toBe(expected?.metric);
      }
    }),
  );
});

it('forgets the routes that it had before', () => {
  const table = new RouteTable();
  table.replace([{ destination: { address: 0, length: 0 }, nextHop: 1, interfaceIndex: 0, metric: 1, protocol: 'Default' }]);
  table.replace([]);
  expect(table.lookup(5)).toBeUndefined();
});

it('has what comes behind the others as if all had come together', () => {
  fc.assert(
    fc.property(fc.array(route, { maxLength: 20 }), fc.array(fc.array(route, { maxLength: 3 }), { maxLength: 4 }), fc.array(fc.nat(0xffffffff)), (first, more, destinations) => {
      const [appended, together] = [new RouteTable(), new RouteTable()];
      appended.replace(first);
      // Some of them a second time, where the first wins.
      for (const routes of more) appended.append([...routes, ...first.slice(0, 1)]);
      const all = [...first, ...more.flatMap((routes) => [...routes, ...first.slice(0, 1)])];
      together.replace(all);
      expect(appended.all).toEqual(all);
      for (const destination of [...destinations, ...all.map((entry) => entry.destination.address)]) expect(appended.lookup(destination)).toBe(together.lookup(destination));
    }),
  );
});
