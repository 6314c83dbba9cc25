import { describe, expect, it } from 'vitest';
import { ipv4 } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Packet } from '../kernel/packet.ts';
import { Random } from '../kernel/prng.ts';
import { World } from '../kernel/world.ts';
import { ethernetAddresses, type EthernetAddresses } from '../wire/ethernet.ts';
import { NeighbourTable, type NeighbourOwner } from './neighbours.ts';

const second = 1_000_000_000;
const own = 0x020000000001;
const address = ipv4('10.0.0.7');
const [firstMac, secondMac] = [0x020000000007, 0x020000000008];

/** A table, and the neighbour on the other end of the wire: `mac` undefined when it is gone. Answers a millisecond later. */
class Link implements NeighbourOwner {
  readonly world = new World(new Random(1));
  readonly table = new NeighbourTable(this.world, this);
  readonly mac = own;
  neighbour: MacAddress | undefined = firstMac;
  /** Answers before the request returns, as a virtual switch does. */
  isImmediate = false;
  /** Seconds at which it was asked, and whom. */
  readonly asked: (readonly [at: number, to: MacAddress | 'everybody'])[] = [];
  /** By the header that frames got. */
  readonly sentTo: EthernetAddresses[] = [];
  unresolved = 0;

  sendArpRequest(_address: number, to: MacAddress | undefined): void {
    this.asked.push([this.world.queue.now / second, to ?? 'everybody']);
    const { neighbour } = this;
    if (neighbour === undefined || (to !== undefined && to !== neighbour)) return;
    if (this.isImmediate) this.table.learn(address, neighbour, false);
    else this.world.queue.schedule(second / 1000, { onEvent: () => this.table.learn(address, neighbour, false) }, 0, null);
  }

  sendResolved(packet: Packet, addresses: EthernetAddresses): void {
    this.sentTo.push(addresses);
    this.world.pool.release(packet);
  }

  onUnresolved(packet: Packet): void {
    this.unresolved += 1;
    this.world.pool.release(packet);
  }

  send(): void {
    this.table.send(address, this.world.pool.acquire(60));
  }

  /** Runs what happens until an instant, in seconds since the start. */
  runTo(seconds: number): void {
    while (this.world.queue.step(seconds * second)) continue;
    this.world.queue.now = seconds * second;
  }

  get state(): string | undefined {
    return this.table.list()[0]?.state;
  }
}

/** A link whose neighbour was learned at 0.001 s. */
function resolved(): Link {
  const link = new Link();
  link.send();
  expect(link.state).toBe('Incomplete');
  link.runTo(0.001);
  expect([link.state, link.sentTo.length]).toEqual(['Reachable', 1]);
  return link;
}

describe('a neighbour', () => {
  it('is reachable for 30 s and then stale; nobody asks for it, and nothing is to happen, while nobody sends', () => {
    const link = resolved();
    link.runTo(30);
    expect(link.state).toBe('Reachable');
    link.runTo(1000);
    expect([link.state, link.asked.length, link.world.queue.size]).toEqual(['Stale', 1, 0]);
  });

  it('that is stale gets its packet at once, and is asked alone 5 s later; the answer makes it reachable', () => {
    const link = resolved();
    link.runTo(100);
    link.send();
    expect([link.state, link.sentTo.length]).toEqual(['Delay', 2]);
    link.runTo(104.9);
    expect([link.state, link.asked.length]).toEqual(['Delay', 1]);
    link.runTo(105);
    expect([link.state, link.asked.slice(1)]).toEqual(['Probe', [[105, firstMac]]]);
    link.send();
    expect(link.sentTo.length).toBe(3);
    link.runTo(105.001);
    expect(link.state).toBe('Reachable');
    link.runTo(135.001);
    expect([link.state, link.asked.length]).toEqual(['Reachable', 2]);
    link.runTo(135.002);
    expect(link.state).toBe('Stale');
  });

  it('that says something by itself in the meantime is not asked', () => {
    const link = resolved();
    link.runTo(100);
    link.send();
    link.runTo(103);
    link.table.learn(address, firstMac, false);
    expect(link.state).toBe('Reachable');
    link.runTo(120);
    expect([link.state, link.asked.length]).toEqual(['Reachable', 1]);
  });

  it('is asked once, not for every packet, and no event is left for any of them', () => {
    const link = resolved();
    link.runTo(100);
    for (let sent = 0; sent < 1000; sent += 1) link.send();
    expect([link.sentTo.length, link.world.queue.size]).toEqual([1001, 1]);
    link.runTo(110);
    for (let sent = 0; sent < 1000; sent += 1) link.send();
    expect([link.asked.length, link.world.queue.size]).toEqual([2, 0]);
  });

  it('that vanished is forgotten after three probes, then everybody is asked three times, and what waits is unreachable', () => {
    const link = resolved();
    link.neighbour = undefined;
    link.runTo(100);
    link.send();
    link.runTo(107.9);
    expect([link.state, link.asked.slice(1)]).toEqual(['Probe', [[105, firstMac], [106, firstMac], [107, firstMac]]]);
    link.runTo(108);
    expect(link.state).toBeUndefined();
    link.send();
    link.send();
    expect([link.state, link.unresolved]).toEqual(['Incomplete', 0]);
    link.runTo(111);
    expect([link.state, link.unresolved, link.asked.slice(4)]).toEqual([undefined, 2, [[108, 'everybody'], [109, 'everybody'], [110, 'everybody']]]);
  });

  it('that changed its MAC without a word is found again', () => {
    const link = resolved();
    link.neighbour = secondMac;
    link.runTo(100);
    link.send();
    link.runTo(108);
    link.send();
    link.runTo(109);
    expect(link.table.list()).toEqual([{ address, mac: secondMac, state: 'Reachable' }]);
    expect(link.sentTo.slice(1)).toEqual([ethernetAddresses(firstMac, own), ethernetAddresses(secondMac, own)]);
  });

  it('that answers before the request returns is reachable at once, also when probed', () => {
    const link = new Link();
    link.isImmediate = true;
    link.send();
    expect([link.state, link.sentTo.length]).toEqual(['Reachable', 1]);
    link.runTo(100);
    expect(link.state).toBe('Stale');
    link.send();
    link.runTo(105);
    expect([link.state, link.asked]).toEqual(['Reachable', [[0, 'everybody'], [105, firstMac]]]);
    link.runTo(200);
    expect([link.state, link.asked.length, link.unresolved]).toEqual(['Stale', 2, 0]);
  });

  it('that is forgotten and asked for anew gets its three tries: what was to happen with it before is off', () => {
    const link = resolved();
    link.neighbour = undefined;
    link.runTo(100);
    link.send();
    link.runTo(104.5);
    link.table.clear();
    link.send();
    link.runTo(107.4);
    expect(link.asked.slice(1)).toEqual([[104.5, 'everybody'], [105.5, 'everybody'], [106.5, 'everybody']]);
    expect([link.state, link.unresolved]).toEqual(['Incomplete', 0]);
    link.runTo(107.5);
    expect([link.state, link.unresolved]).toEqual([undefined, 1]);
  });
});
