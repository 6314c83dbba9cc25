import { describe, expect, it } from 'vitest';
import { natSessionsQuerySchema, type NatSessionsView } from '../../shared/contract/liveGateway.ts';
import type { NatLook } from './liveViews.ts';
import { NatLooks } from './natLooks.ts';

const query = natSessionsQuerySchema.parse({ scope: { kind: 'networkService', id: 'g' } });
const other = { ...query, filter: 'tcp' };
const view = (name: string): NatSessionsView => ({ name, unavailable: null, rows: [], matching: 0, dynamicTotal: 0, staticTotal: 0, exhausted: [] });

/** A table of `size` sessions each of which takes a hundredth of a millisecond, on an event loop that is turned by hand. */
class Loop {
  time = 0;
  begun = 0;
  fails = false;
  size = 0;
  readonly waiting: (() => void)[] = [];
  readonly looks = new NatLooks(
    {
      natLook: (): NatLook => {
        this.begun += 1;
        let left = this.size;
        const name = `look ${this.begun}`;
        return {
          advance: (count) => {
            if (this.fails) throw new Error('the table is gone');
            const done = Math.min(left, count);
            left -= done;
            this.time += done / 100;
            return left === 0;
          },
          view: () => view(name),
        };
      },
    },
    { now: () => this.time, later: (callback) => void this.waiting.push(callback) },
  );

  /** Milliseconds that the next turn takes. */
  turn(): number {
    const before = this.time;
    this.waiting.shift()?.();
    return this.time - before;
  }
}

describe('a look at NAT sessions that comes again and again', () => {
  it('is answered at once for a small table, and anew each time', () => {
    const loop = new Loop();
    loop.size = 300;
    expect(loop.looks.read(query)).toEqual(view('look 1'));
    expect(loop.looks.read(query)).toEqual(view('look 2'));
    expect(loop.waiting).toHaveLength(0);
  });

  it('takes no turn for longer than 8 ms, and the view before stands until the new one is whole', () => {
    const loop = new Loop();
    loop.size = 49_000;
    expect(loop.looks.read(query)).toBeUndefined();
    expect(loop.time).toBeLessThan(8);
    let turns = 0;
    for (; loop.waiting.length > 0; turns += 1) {
      expect(loop.looks.read(query)).toBeUndefined();
      expect(loop.turn()).toBeLessThan(8);
    }
    // 490 ms of work.
    expect(turns).toBeGreaterThan(60);
    expect(loop.begun).toBe(1);
    expect(loop.looks.read(query)).toEqual(view('look 1'));
    expect(loop.looks.read(query)).toEqual(view('look 1'));
    while (loop.waiting.length > 0) loop.turn();
    loop.size = 1;
    expect(loop.looks.read(query)).toEqual(view('look 3'));
  });

  it('keeps questions apart', () => {
    const loop = new Loop();
    loop.size = 49_000;
    loop.looks.read(query);
    loop.looks.read(other);
    expect(loop.begun).toBe(2);
    while (loop.waiting.length > 0) loop.turn();
    loop.size = 0;
    expect([loop.looks.read(query), loop.looks.read(other)]).toEqual([view('look 3'), view('look 4')]);
  });

  it('forgets what nobody reads any more', () => {
    const loop = new Loop();
    loop.size = 49_000;
    loop.looks.read(query);
    while (loop.waiting.length > 0) loop.turn();
    for (let at = 0; at < 20; at += 1) loop.looks.read({ ...query, filter: String(at) });
    expect(loop.looks.read(query)).toBeUndefined();
  });

  it('tells of a fault at once, or to the next who reads, and then begins anew', () => {
    const loop = new Loop();
    loop.size = 49_000;
    loop.looks.read(query);
    loop.fails = true;
    loop.turn();
    expect(() => loop.looks.read(query)).toThrow('the table is gone');
    expect(() => loop.looks.read(query)).toThrow('the table is gone');
    loop.fails = false;
    loop.size = 1;
    expect(loop.looks.read(query)).toEqual(view('look 3'));
  });
});
