/** A packet is bytes with room before them, so that headers are put on and taken off in place. */
import type { TraceRecorder } from '../trace/recorder.ts';

/** Outer Ethernet, IPv4 and NVGRE are 42 bytes. */
export const headroom = 64;
const pooledSize = 2048;
const poolLimit = 4096;

export class Packet {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** First byte of the packet. */
  start = headroom;
  /** Behind its last byte. */
  end = headroom;
  /** Writes down what happens to this packet, when somebody asked. */
  trace: TraceRecorder | null = null;
  isFree = false;
  /** The IPv4 header at `start` was found right. Nodes keep it right, so that the next one need not look again. */
  isIpChecked = false;
  /** The same for the header inside an encapsulated frame. */
  isInnerChecked = false;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  get length(): number {
    return this.end - this.start;
  }
}

export class PacketPool {
  readonly #free: Packet[] = [];

  /** A packet of `length` bytes of unspecified content behind the headroom. */
  acquire(length: number): Packet {
    const size = headroom + length;
    const packet = size <= pooledSize ? (this.#free.pop() ?? new Packet(pooledSize)) : new Packet(size);
    packet.isFree = false;
    packet.isIpChecked = false;
    packet.isInnerChecked = false;
    packet.start = headroom;
    packet.end = size;
    packet.trace = null;
    return packet;
  }

  /** Gives a packet back. Whoever holds it last does so, once. */
  release(packet: Packet): void {
    if (packet.isFree) throw new Error('a packet was released twice');
    packet.isFree = true;
    packet.trace = null;
    if (packet.bytes.length === pooledSize && this.#free.length < poolLimit) this.#free.push(packet);
  }

  clone(packet: Packet): Packet {
    const copy = this.acquire(packet.length);
    copy.bytes.set(packet.bytes.subarray(packet.start, packet.end), copy.start);
    copy.isIpChecked = packet.isIpChecked;
    copy.isInnerChecked = packet.isInnerChecked;
    copy.trace = packet.trace;
    return copy;
  }
}
