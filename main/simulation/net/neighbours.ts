/**
 * Neighbour (ARP) table of one interface (RFC 826) with the states of RFC 4861 §7.3, which Windows keeps for IPv4 too: resolves,
 * queues while it waits, asks again when it has not heard of a neighbour in use for long, forgets one that no longer answers.
 */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { EventTarget } from '../kernel/eventQueue.ts';
import { IntMap } from '../kernel/intMap.ts';
import type { Packet } from '../kernel/packet.ts';
import type { World } from '../kernel/world.ts';
import { ethernetAddresses, type EthernetAddresses } from '../wire/ethernet.ts';
import type { NeighbourStateName } from '../state.ts';

const second = 1_000_000_000;
/** RECALL: base reachable time of Windows; taken as it is, without the random factor of RFC 4861 §6.3.2. Delay and probes are those of RFC 4861 §10. */
export const neighbourTimes = { reachableNs: 30 * second, delayNs: 5 * second, retryNs: second, tries: 3 } as const;
const { reachableNs, delayNs, retryNs, tries } = neighbourTimes;
const queueLimit = 64;

interface Entry {
  mac: MacAddress | undefined;
  /** Header of frames to this neighbour, once its MAC is known. */
  addresses: EthernetAddresses | undefined;
  /** Last instant at which it counts as reachable; meaningless before its MAC is known. */
  reachableUntil: number;
  /** What the one event that counts for this entry ends; idle: there is none. */
  phase: 'resolving' | 'idle' | 'delay' | 'probe';
  /** Instant of that event: others are left over from before. */
  dueAt: number;
  triesLeft: number;
  readonly waiting: Packet[];
}

export interface NeighbourOwner {
  /** To everybody, or to one MAC only. */
  sendArpRequest(address: Ipv4Address, to: MacAddress | undefined): void;
  readonly mac: MacAddress;
  /** The packet stands before its Ethernet header. */
  sendResolved(packet: Packet, addresses: EthernetAddresses): void;
  onUnresolved(packet: Packet): void;
}

export class NeighbourTable implements EventTarget {
  readonly #world: World;
  readonly #owner: NeighbourOwner;
  readonly #entries = new IntMap<Entry>();

  constructor(world: World, owner: NeighbourOwner) {
    this.#world = world;
    this.#owner = owner;
  }

  /** Sends at once when the address is known, otherwise asks and keeps the packet for the answer. */
  send(address: Ipv4Address, packet: Packet): void {
    const entry = this.#entries.get(address);
    if (entry?.addresses !== undefined) {
      if (this.#world.queue.now > entry.reachableUntil && entry.phase === 'idle') this.#wake(address, entry, 'delay', delayNs);
      this.#owner.sendResolved(packet, entry.addresses);
      return;
    }
    if (entry === undefined) this.#resolve(address, packet);
    else if (entry.waiting.length < queueLimit) entry.waiting.push(packet);
    else this.#owner.onUnresolved(packet);
  }

  /** Somebody told who has this address. `create`: remember it even if nobody here asked. */
  learn(address: Ipv4Address, mac: MacAddress, create: boolean): void {
    const entry = this.#entries.get(address) ?? (create ? this.#add(address) : undefined);
    if (entry === undefined) return;
    const addresses = ethernetAddresses(mac, this.#owner.mac);
    entry.mac = mac;
    entry.addresses = addresses;
    entry.reachableUntil = this.#world.queue.now + reachableNs;
    entry.phase = 'idle';
    for (const packet of entry.waiting.splice(0)) this.#owner.sendResolved(packet, addresses);
  }

  onEvent(address: number): void {
    const entry = this.#entries.get(address);
    if (entry === undefined || entry.phase === 'idle' || entry.dueAt !== this.#world.queue.now) return;
    if (entry.phase === 'delay') entry.triesLeft = tries;
    if (entry.triesLeft > 0) this.#ask(address, entry);
    else this.#giveUp(address, entry);
  }

  clear(): void {
    for (const [, entry] of this.#entries.entries()) for (const packet of entry.waiting) this.#owner.onUnresolved(packet);
    this.#entries.clear();
  }

  list(): { address: Ipv4Address; mac: MacAddress; state: NeighbourStateName }[] {
    const entries = [...this.#entries.entries()].sort(([a], [b]) => a - b);
    return entries.map(([address, entry]) => ({ address, mac: entry.mac ?? 0, state: this.#stateOf(entry) }));
  }

  #stateOf(entry: Entry): NeighbourStateName {
    switch (entry.phase) {
      case 'resolving':
        return 'Incomplete';
      case 'idle':
        return this.#world.queue.now <= entry.reachableUntil ? 'Reachable' : 'Stale';
      case 'delay':
        return 'Delay';
      case 'probe':
        return 'Probe';
    }
  }

  #add(address: Ipv4Address): Entry {
    const entry: Entry = { mac: undefined, addresses: undefined, reachableUntil: 0, phase: 'resolving', dueAt: 0, triesLeft: tries, waiting: [] };
    this.#entries.set(address, entry);
    return entry;
  }

  #resolve(address: Ipv4Address, packet: Packet): void {
    const entry = this.#add(address);
    entry.waiting.push(packet);
    this.#ask(address, entry);
  }

  /** Everybody while nobody is known to have the address, otherwise the neighbour alone. */
  #ask(address: Ipv4Address, entry: Entry): void {
    entry.triesLeft -= 1;
    // First, because a virtual switch answers before the request returns.
    this.#wake(address, entry, entry.mac === undefined ? 'resolving' : 'probe', retryNs);
    this.#owner.sendArpRequest(address, entry.mac);
  }

  #giveUp(address: Ipv4Address, entry: Entry): void {
    this.#entries.delete(address);
    for (const packet of entry.waiting) this.#owner.onUnresolved(packet);
  }

  #wake(address: Ipv4Address, entry: Entry, phase: Entry['phase'], delay: number): void {
    const { queue } = this.#world;
    entry.phase = phase;
    entry.dueAt = queue.now + delay;
    queue.schedule(delay, this, address, null);
  }
}
