/** What every node of the simulation shares: clock, packets, chance, counters. */
import type { SimulationTotals } from '../state.ts';
import { DropCounter, dropReasons, type DropReason } from '../trace/drops.ts';
import { EventQueue } from './eventQueue.ts';
import { PacketPool, type Packet } from './packet.ts';
import type { Random } from './prng.ts';

export class World {
  readonly queue = new EventQueue();
  readonly pool = new PacketPool();
  readonly random: Random;
  readonly drops = new DropCounter();
  #forwarded = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** Ends a packet and says why. `local` is the counter of the place, where it has one. */
  drop(packet: Packet, reason: DropReason, place: string, local?: DropCounter): void {
    this.drops.add(reason);
    local?.add(reason);
    this.explainDrop(packet, reason, place);
    this.pool.release(packet);
  }

  /** Writes the reason into the packet's trace; for packets whose trace goes on with an ICMP error. */
  explainDrop(packet: Packet, reason: DropReason, place: string): void {
    if (packet.trace === null) return;
    packet.trace.add(place, 'drop', reason, dropReasons[reason]);
    packet.trace.fate ??= `Dropped at ${place}: ${dropReasons[reason]}`;
  }

  countForwarded(): void {
    this.#forwarded += 1;
  }

  totals(): SimulationTotals {
    return { forwarded: this.#forwarded, dropped: this.drops.total };
  }
}
