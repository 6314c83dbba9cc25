import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../kernel/prng.ts';
import { World } from '../kernel/world.ts';
import { macHigh, macLow } from '../wire/ethernet.ts';
import { InterfaceTable } from './interfaceTable.ts';
import { IpInterface, type InterfaceSettings } from './ipInterface.ts';

const numbers = [1, 2, 3, 4];
/** Few names, addresses and MACs, so that they meet; `prefixLength` tells settings of one name apart. */
const pool = fc.sample(
  fc.record<InterfaceSettings>({ name: fc.constantFrom('a', 'b', 'c', 'd'), mac: fc.constantFrom(...numbers), address: fc.constantFrom(...numbers), prefixLength: fc.nat(32), mtu: fc.constant(1500) }),
  { numRuns: 40, seed: 7 },
);
const owner = { onUnresolved: () => undefined, answersArpFor: () => false };
const transmit = () => undefined;

/** One interface a name, as every node has it; mostly those of before. */
const rounds = fc.array(fc.array(fc.tuple(fc.nat(4), fc.constantFrom(...pool), fc.boolean()), { maxLength: 3 }), { maxLength: 10, size: 'max' }).map((changes) => {
  let last: readonly InterfaceSettings[] = [];
  return changes.map((round) => {
    for (const [at, settings, isRemoved] of round) {
      const others = last.filter(({ name }) => name !== settings.name);
      last = isRemoved ? others : [...others.slice(0, at), settings, ...others.slice(at)];
    }
    return last;
  });
});

describe('the interfaces of a node', () => {
  it('are found as if they had been entered anew, and stay the same objects by their names', () => {
    fc.assert(
      fc.property(rounds, (all) => {
        const world = new World(new Random(1));
        const table = new InterfaceTable((wanted) => new IpInterface(world, owner, wanted.settings, wanted.tap, wanted.transmit));
        for (const wanted of all) {
          const before = new Map(table.all.map((entry) => [entry.settings.name, entry]));
          table.replace(wanted.map((settings) => ({ settings, tap: null, transmit })));
          expect(table.all.map(({ settings }) => settings)).toEqual(wanted);
          for (const entry of table.all) expect(entry).toBe(before.get(entry.settings.name) ?? entry);
          for (const number of numbers) {
            expect(table.isOwn(number)).toBe(wanted.some(({ address }) => address === number));
            expect(table.ofMac(macHigh(number), macLow(number))).toBe(table.all.filter(({ settings }) => settings.mac === number).at(-1));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('come behind those that are there as if all had come together', () => {
    const named = fc.uniqueArray(fc.constantFrom(...pool), { selector: ({ name }) => name, maxLength: 4 });
    fc.assert(
      fc.property(named, fc.nat(4), (wanted, first) => {
        const world = new World(new Random(1));
        const [appended, together] = [1, 2].map(() => new InterfaceTable(({ settings, tap, transmit: send }) => new IpInterface(world, owner, settings, tap, send)));
        const entries = wanted.map((settings) => ({ settings, tap: null, transmit }));
        appended?.replace(entries.slice(0, first));
        appended?.append(entries.slice(first));
        together?.replace(entries);
        const seen = (table: InterfaceTable | undefined) => ({
          all: table?.all.map(({ settings }) => settings),
          own: numbers.map((number) => table?.isOwn(number)),
          macs: numbers.map((number) => table?.ofMac(macHigh(number), macLow(number))?.settings),
        });
        expect(seen(appended)).toEqual(seen(together));
      }),
      { numRuns: 300 },
    );
  });
});
