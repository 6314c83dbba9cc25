import { beforeEach, describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import { Packet } from '../kernel/packet.ts';
import { Random } from '../kernel/prng.ts';
import { World } from '../kernel/world.ts';
import { NeighbourTable } from './neighbours.ts';

const second = 1_000_000_000;
const address = ipv4('10.254.254.1');
const mac = 0x001dd8000001;

let world: World;
let table: NeighbourTable;
let asked: (number | undefined)[];
let sent: number;
let unresolved: number;

beforeEach(() => {
  world = new World(new Random(1));
  [asked, sent, unresolved] = [[], 0, 0];
  table = new NeighbourTable(world, {
    mac: 0x001dd8000002,
    sendArpRequest: (_address, to) => void asked.push(to),
    sendResolved: () => void (sent += 1),
    onUnresolved: () => void (unresolved += 1),
  });
});

function pass(seconds: number): void {
  const until = world.queue.now + seconds * second;
  while (world.queue.step(until)) continue;
  world.queue.now = until;
}

const send = (): void => table.send(address, new Packet(64));
const state = (): string | undefined => table.list()[0]?.state;

/** Resolved, and then unused until it is stale. */
function stale(): void {
  send();
  table.learn(address, mac, false);
  pass(31);
  asked = [];
}

describe('neighbours that were not heard for long', () => {
  it('are Reachable for 30 s, then Stale, and nobody asks while nobody sends', () => {
    send();
    expect(state()).toBe('Incomplete');
    table.learn(address, mac, false);
    pass(29);
    expect(state()).toBe('Reachable');
    pass(600);
    expect(state()).toBe('Stale');
    expect(asked).toEqual([undefined]);
  });

  it('are used at once, asked after five seconds by themselves, and Reachable again with the answer', () => {
    stale();
    send();
    expect([sent, state()]).toEqual([2, 'Delay']);
    pass(4.9);
    expect(asked).toEqual([]);
    pass(0.2);
    expect(asked).toEqual([mac]);
    expect(state()).toBe('Probe');
    table.learn(address, mac, false);
    expect(state()).toBe('Reachable');
    pass(20);
    expect(asked).toEqual([mac]);
  });

  it('that speak meanwhile are not asked', () => {
    stale();
    send();
    pass(1);
    table.learn(address, mac + 1, false);
    pass(20);
    expect(asked).toEqual([]);
    expect(table.list()[0]).toMatchObject({ mac: mac + 1, state: 'Reachable' });
  });

  it('that do not answer three times are forgotten, and the next packet asks everybody', () => {
    stale();
    send();
    pass(5 + 2.9);
    expect(asked).toEqual([mac, mac, mac]);
    expect(state()).toBe('Probe');
    pass(0.2);
    expect(table.list()).toEqual([]);
    send();
    expect(asked).toEqual([mac, mac, mac, undefined]);
    pass(3.1);
    expect(unresolved).toBe(1);
  });

  it('that answer before the request returns, as a virtual switch does, are Reachable at once, also when probed', () => {
    table = new NeighbourTable(world, {
      mac: 0x001dd8000002,
      sendArpRequest: (_address, to) => {
        asked.push(to);
        table.learn(address, mac, false);
      },
      sendResolved: () => void (sent += 1),
      onUnresolved: () => void (unresolved += 1),
    });
    send();
    expect([sent, state()]).toEqual([1, 'Reachable']);
    pass(31);
    send();
    pass(5.1);
    expect([asked, state()]).toEqual([[undefined, mac], 'Reachable']);
    pass(60);
    expect([state(), asked.length, unresolved]).toEqual(['Stale', 2, 0]);
  });

  it('that are forgotten and asked for anew get their three tries: what was to happen with them before is off', () => {
    stale();
    send();
    pass(4.5);
    table.clear();
    send();
    pass(2.9);
    expect([asked, state(), unresolved]).toEqual([[undefined, undefined, undefined], 'Incomplete', 0]);
    pass(0.2);
    expect([table.list(), unresolved]).toEqual([[], 1]);
  });

  it('however much is sent to one, it is asked once', () => {
    stale();
    for (let count = 0; count < 10_000; count += 1) send();
    expect(world.queue.size).toBe(1);
    pass(5.1);
    expect(asked).toEqual([mac]);
  });
});
