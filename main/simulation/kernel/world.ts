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
    if (packet.trace !== null) {
      packet.trace.add(place, 'drop', reason, dropReasons[reason]);
      packet.trace.fate ??= `Dropped at ${place}: ${dropReasons[reason]}`;
    }
    this.pool.release(packet);
  }

  countForwarded(): void {
    this.#forwarded += 1;
  }

  totals(): SimulationTotals {
    return { forwarded: this.#forwarded, dropped: this.drops.total };
  }
}
