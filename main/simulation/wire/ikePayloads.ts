/** Bodies of IKEv2 payloads that a tunnel between two gateways needs (RFC 7296 §3.3-3.13). */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';

const protocolIke = 1;
const protocolEsp = 3;
const attributeKeyLength = 0x800e;

/** Transform type and number (RFC 7296 §3.3.2); `bits` only where the key length is an attribute. */
interface Transform {
  readonly type: number;
  readonly id: number;
  readonly bits?: number;
}

const aes256: Transform = { type: 1, id: 12, bits: 256 };
const prfSha1: Transform = { type: 2, id: 2 };
const sha196: Transform = { type: 3, id: 2 };
/** MODP 1024, the default DHGroup of fact sheet §3.4. */
const group2: Transform = { type: 4, id: 2 };
const noExtendedSequence: Transform = { type: 5, id: 0 };
const group2Length = 128;

function transformBytes({ type, id, bits }: Transform, isLast: boolean): Uint8Array {
  const bytes = new Uint8Array(bits === undefined ? 8 : 12);
  const view = new DataView(bytes.buffer);
  bytes[0] = isLast ? 0 : 3;
  view.setUint16(2, bytes.length);
  bytes[4] = type;
  view.setUint16(6, id);
  if (bits !== undefined) {
    view.setUint16(8, attributeKeyLength);
    view.setUint16(10, bits);
  }
  return bytes;
}

function proposal(protocol: number, spi: Uint8Array, transforms: readonly Transform[]): Uint8Array {
  const bodies = transforms.map((transform, index) => transformBytes(transform, index === transforms.length - 1));
  const length = 8 + spi.length + bodies.reduce((sum, body) => sum + body.length, 0);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(2, length);
  bytes.set([1, protocol, spi.length, transforms.length], 4);
  bytes.set(spi, 8);
  let at = 8 + spi.length;
  for (const body of bodies) {
    bytes.set(body, at);
    at += body.length;
  }
  return bytes;
}

export const ikeProposal = (): Uint8Array => proposal(protocolIke, new Uint8Array(), [aes256, prfSha1, sha196, group2]);
export const espProposal = (spi: number): Uint8Array => proposal(protocolEsp, word(spi), [aes256, sha196, noExtendedSequence]);

/** SPI of an ESP proposal; undefined when it is not one. */
export function espSpiOf(body: Uint8Array): number | undefined {
  if (body.length < 12 || body[5] !== protocolEsp || body[6] !== 4) return undefined;
  return new DataView(body.buffer, body.byteOffset).getUint32(8);
}

export function word(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Public value of the Diffie-Hellman group (RFC 7296 §3.4). */
export function keyExchangeBody(value: (length: number) => Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + group2Length);
  bytes[1] = group2.id;
  bytes.set(value(group2Length), 4);
  return bytes;
}

/** Identification by IPv4 address (RFC 7296 §3.5). */
export function identityBody(address: Ipv4Address): Uint8Array {
  return Uint8Array.of(1, 0, 0, 0, ...word(address));
}

/** Shared key message integrity code (RFC 7296 §3.8). */
export function authBody(code: Uint8Array): Uint8Array {
  return Uint8Array.of(2, 0, 0, 0, ...code);
}

export function notifyBody(type: number, spi: Uint8Array = new Uint8Array()): Uint8Array {
  return Uint8Array.of(spi.length === 0 ? 0 : protocolEsp, spi.length, type >>> 8, type & 0xff, ...spi);
}

/** Type of a notification; undefined when it is cut short. */
export function notifyTypeOf(body: Uint8Array): number | undefined {
  const [, , high, low] = body;
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}

/** All IPv4 traffic: a route-based tunnel (RFC 7296 §3.13). */
export function anySelectorBody(): Uint8Array {
  return Uint8Array.of(1, 0, 0, 0, 7, 0, 0, 16, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff);
}

/** Delete of the IKE SA itself (RFC 7296 §3.11). */
export function deleteIkeBody(): Uint8Array {
  return Uint8Array.of(protocolIke, 0, 0, 0);
}
