/** One pair of ESP security associations in tunnel mode (RFC 4303): AES-256-CBC (RFC 3602) with HMAC-SHA-1-96 (RFC 2404). */
import { aes256KeyLength, aesBlockLength, areEqual, decryptBlocks, encryptBlocks, hmacSha1, sha1Length, sha196Length } from '../crypto.ts';
import type { Random } from '../kernel/prng.ts';

const headerLength = 8;
const nextHeaderIpv4 = 4;
const windowSize = 64;
const lastSequence = 0xffffffff;

/** Keys of one direction. */
export interface EspKeys {
  readonly encryption: Uint8Array;
  readonly integrity: Uint8Array;
}

export const espKeysLength = aes256KeyLength + sha1Length;

export function espKeysOf(material: Uint8Array): EspKeys {
  return { encryption: material.slice(0, aes256KeyLength), integrity: material.slice(aes256KeyLength, espKeysLength) };
}

/** SPI of an ESP packet; undefined when it is cut short. */
export function espSpi(bytes: Uint8Array): number | undefined {
  return bytes.length < headerLength ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

/** Length of the ESP payload around an inner packet. */
export function espLength(innerLength: number): number {
  return headerLength + aesBlockLength + paddedLength(innerLength) + sha196Length;
}

function paddedLength(innerLength: number): number {
  return Math.ceil((innerLength + 2) / aesBlockLength) * aesBlockLength;
}

export class OutboundAssociation {
  readonly spi: number;
  readonly #keys: EspKeys;
  #sequence = 0;
  bytes = 0;

  constructor(spi: number, keys: EspKeys) {
    this.spi = spi;
    this.#keys = keys;
  }

  /** No sequence number may be used twice (RFC 4303 §3.3.3). */
  get isWornOut(): boolean {
    return this.#sequence === lastSequence;
  }

  /** Writes the ESP packet around `inner` into `out`, which has `espLength(inner.length)` bytes. */
  seal(inner: Uint8Array, out: Uint8Array, random: Random): void {
    this.#sequence += 1;
    const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
    view.setUint32(0, this.spi);
    view.setUint32(4, this.#sequence);
    for (let at = headerLength; at < headerLength + aesBlockLength; at += 4) view.setUint32(at, random.uint32());
    const plain = new Uint8Array(paddedLength(inner.length));
    plain.set(inner);
    const padding = plain.length - inner.length - 2;
    for (let count = 1; count <= padding; count += 1) plain[inner.length + count - 1] = count;
    plain[plain.length - 2] = padding;
    plain[plain.length - 1] = nextHeaderIpv4;
    out.set(encryptBlocks(this.#keys.encryption, out.subarray(headerLength, headerLength + aesBlockLength), plain), headerLength + aesBlockLength);
    const end = out.length - sha196Length;
    out.set(hmacSha1(this.#keys.integrity, out.subarray(0, end)).subarray(0, sha196Length), end);
    this.bytes += inner.length;
  }
}

export type OpenFailure = 'malformed' | 'espNotAuthentic' | 'espReplayed';

export class InboundAssociation {
  readonly spi: number;
  readonly #keys: EspKeys;
  #highest = 0;
  /** Bit n: sequence number `highest - n` has come. */
  #window = 0n;

  constructor(spi: number, keys: EspKeys) {
    this.spi = spi;
    this.#keys = keys;
  }

  /** The inner packet, or why it is refused; in the order of RFC 4303 §3.4. */
  open(bytes: Uint8Array): Uint8Array | OpenFailure {
    const sealed = bytes.length - headerLength - aesBlockLength - sha196Length;
    if (sealed < aesBlockLength || sealed % aesBlockLength !== 0) return 'malformed';
    const sequence = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
    if (this.#isReplayed(sequence)) return 'espReplayed';
    const end = bytes.length - sha196Length;
    const code = hmacSha1(this.#keys.integrity, bytes.subarray(0, end)).subarray(0, sha196Length);
    if (!areEqual(code, bytes.subarray(end))) return 'espNotAuthentic';
    this.#remember(sequence);
    const iv = headerLength + aesBlockLength;
    return unpadded(decryptBlocks(this.#keys.encryption, bytes.subarray(headerLength, iv), bytes.subarray(iv, end))) ?? 'malformed';
  }

  #isReplayed(sequence: number): boolean {
    if (sequence === 0) return true;
    if (sequence > this.#highest) return false;
    const behind = this.#highest - sequence;
    return behind >= windowSize || ((this.#window >> BigInt(behind)) & 1n) === 1n;
  }

  #remember(sequence: number): void {
    if (sequence > this.#highest) {
      const ahead = sequence - this.#highest;
      this.#window = ahead >= windowSize ? 1n : BigInt.asUintN(windowSize, (this.#window << BigInt(ahead)) | 1n);
      this.#highest = sequence;
    } else {
      this.#window |= 1n << BigInt(this.#highest - sequence);
    }
  }
}

function unpadded(plain: Uint8Array): Uint8Array | undefined {
  const padding = plain[plain.length - 2] ?? 0;
  const length = plain.length - 2 - padding;
  return plain[plain.length - 1] === nextHeaderIpv4 && length > 0 ? plain.subarray(0, length) : undefined;
}
