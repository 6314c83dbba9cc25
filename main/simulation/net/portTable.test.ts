import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macHigh, macLow } from '../wire/ethernet.ts';
import { PortTable } from './portTable.ts';

const sinks = ['a', 'b', 'c', 'd'];
const macs = [1, 2, 3, 4, 5, 0xffffffffffff];

/** The same, in a few lines: filled anew each time. */
class Model {
  readonly ports: string[] = [];
  readonly portOfMac = new Map<number, number>();

  attach(sink: string, own: readonly number[]): void {
    if (!this.ports.includes(sink)) this.ports.push(sink);
    for (const mac of own) this.portOfMac.set(mac, this.ports.indexOf(sink));
  }
}

const attachment = fc.tuple(fc.constantFrom(...sinks), fc.oneof({ weight: 5, arbitrary: fc.subarray(macs) }, { weight: 1, arbitrary: fc.array(fc.constantFrom(...macs), { maxLength: 4 }) }));
const round = fc.array(attachment, { maxLength: 6 });
/** Rounds as configurations make them: mostly the one before, with an attachment gone, come or changed. */
const rounds = fc.tuple(round, fc.array(fc.tuple(fc.nat(6), fc.nat(1), fc.option(attachment)), { maxLength: 8, size: 'max' })).map(([first, changes]) => {
  const all = [first];
  for (const [at, removed, added] of changes) {
    const next = [...(all.at(-1) ?? [])];
    next.splice(at, removed, ...(added === null ? [] : [added]));
    all.push(next);
  }
  return all;
});

describe('the ports of a segment', () => {
  it('are at every moment those of a table that was filled anew', () => {
    fc.assert(
      fc.property(rounds, (all) => {
        const table = new PortTable<string>();
        for (const attachments of all) {
          table.startOver();
          const model = new Model();
          for (const next of [null, ...attachments]) {
            if (next !== null) {
              table.attach(...next);
              model.attach(...next);
            }
            expect(Array.from({ length: table.size + 1 }, (_, port) => table.sink(port))).toEqual([...model.ports, undefined]);
            for (const mac of macs) expect(table.portOf(macHigh(mac), macLow(mac))).toBe(model.portOfMac.get(mac));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
