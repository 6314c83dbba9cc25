/**
 * Neighbour (ARP) table of one interface (RFC 826): resolves, queues while it waits, and finds out who is gone. States and times are those of
 * neighbour unreachability detection (RFC 4861 §7.3), which Windows does for IPv4 too.
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
/** RECALL: base reachable time of Windows. */
const reachableNs = 30 * second;
/** A stale entry is used at once, and asked about so much later (DELAY_FIRST_PROBE_TIME). */
const delayNs = 5 * second;
const retryNs = second;
const tries = 3;
const queueLimit = 64;

interface Entry {
  mac: MacAddress | undefined;
  /** Header of frames to this neighbour, once its MAC is known. */
  addresses: EthernetAddresses | undefined;
  updatedAt: number;
  triesLeft: number;
  /** What is being done about an entry that was used when it was stale. */
  check: 'none' | 'delay' | 'probe';
  readonly waiting: Packet[];
}

export interface NeighbourOwner {
  /** To everybody, or to the one who should have the address. */
  sendArpRequest(address: Ipv4Address, to?: MacAddress): void;
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
      if (entry.check === 'none' && this.#world.queue.now - entry.updatedAt > reachableNs) this.#delay(address, entry);
      this.#owner.sendResolved(packet, entry.addresses);
      return;
    }
    if (entry === undefined) {
      this.#entries.set(address, { mac: undefined, addresses: undefined, updatedAt: this.#world.queue.now, triesLeft: tries - 1, check: 'none', waiting: [packet] });
      this.#ask(address);
      return;
    }
    if (entry.waiting.length < queueLimit) entry.waiting.push(packet);
    else this.#owner.onUnresolved(packet);
  }

  /** Somebody told who has this address. `create`: remember it even if nobody here asked. */
  learn(address: Ipv4Address, mac: MacAddress, create: boolean): void {
    const entry = this.#entries.get(address);
    const addresses = ethernetAddresses(mac, this.#owner.mac);
    if (entry === undefined) {
      if (create) this.#entries.set(address, { mac, addresses, updatedAt: this.#world.queue.now, triesLeft: 0, check: 'none', waiting: [] });
      return;
    }
    entry.mac = mac;
    entry.addresses = addresses;
    entry.updatedAt = this.#world.queue.now;
    entry.check = 'none';
    for (const packet of entry.waiting.splice(0)) this.#owner.sendResolved(packet, addresses);
  }

  onEvent(address: number): void {
    const entry = this.#entries.get(address);
    if (entry === undefined) return;
    if (entry.mac !== undefined) return this.#probe(address, entry, entry.mac);
    if (entry.triesLeft > 0) {
      entry.triesLeft -= 1;
      this.#ask(address);
      return;
    }
    this.#entries.delete(address);
    for (const packet of entry.waiting) this.#owner.onUnresolved(packet);
  }

  #delay(address: Ipv4Address, entry: Entry): void {
    entry.check = 'delay';
    entry.triesLeft = tries;
    this.#world.queue.schedule(delayNs, this, address, null);
  }

  /** Asks the neighbour itself; one that does not answer is forgotten, and the next packet asks everybody. */
  #probe(address: Ipv4Address, entry: Entry, mac: MacAddress): void {
    if (entry.check === 'none') return;
    if (entry.triesLeft === 0) {
      this.#entries.delete(address);
      return;
    }
    entry.check = 'probe';
    entry.triesLeft -= 1;
    this.#owner.sendArpRequest(address, mac);
    this.#world.queue.schedule(retryNs, this, address, null);
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
    if (entry.mac === undefined) return 'Incomplete';
    if (entry.check !== 'none') return entry.check === 'delay' ? 'Delay' : 'Probe';
    return this.#world.queue.now - entry.updatedAt <= reachableNs ? 'Reachable' : 'Stale';
  }

  #ask(address: Ipv4Address): void {
    this.#owner.sendArpRequest(address);
    this.#world.queue.schedule(retryNs, this, address, null);
  }
}
