/** Cuts the stream of a peer into messages. */
import { bgpLengthOf, bgpMaximumLength, decodeBgp, type BgpMessage } from '../wire/bgp.ts';
import type { BgpFault } from '../wire/bgpFault.ts';

export class MessageReader {
  #bytes = new Uint8Array(0);

  push(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + bytes.length);
    joined.set(this.#bytes);
    joined.set(bytes, this.#bytes.length);
    this.#bytes = joined;
  }

  /** The next message, a fault (then the stream is of no more use), or undefined while it is not whole. */
  next(isFourOctet: boolean): BgpMessage | BgpFault | undefined {
    const length = bgpLengthOf(this.#bytes.subarray(0, bgpMaximumLength));
    if (typeof length === 'object') return length;
    if (length === undefined || length > this.#bytes.length) return undefined;
    const message = decodeBgp(this.#bytes.subarray(0, length), isFourOctet);
    this.#bytes = this.#bytes.slice(length);
    return message;
  }
}
