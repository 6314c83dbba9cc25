/** IKEv2 messages (RFC 7296 §3): header and chain of payloads. Bodies are opaque here. */

export const ikePort = 500;
const headerLength = 28;
const payloadHeaderLength = 4;
const version2 = 0x20;
const initiatorFlag = 0x08;
const responseFlag = 0x20;
/** A message that has more is not decoded. */
const payloadLimit = 64;

export const ikeExchange = { init: 34, auth: 35, createChild: 36, informational: 37 } as const;
export const ikePayload = { sa: 33, keyExchange: 34, idInitiator: 35, idResponder: 36, auth: 39, nonce: 40, notify: 41, remove: 42, selectorInitiator: 44, selectorResponder: 45, encrypted: 46 } as const;
export const ikeNotify = { noProposalChosen: 14, authenticationFailed: 24, rekeySa: 16393 } as const;
export const ikeSpiLength = 8;

export interface IkePayload {
  readonly type: number;
  readonly body: Uint8Array;
}

export interface IkeMessage {
  readonly initiatorSpi: Uint8Array;
  readonly responderSpi: Uint8Array;
  readonly exchange: number;
  readonly isFromInitiator: boolean;
  readonly isResponse: boolean;
  readonly messageId: number;
  readonly payloads: readonly IkePayload[];
  /** Type of the first payload inside an encrypted one, which is always the last of a message (RFC 7296 §3.14). */
  readonly innerType: number;
}

export function encodeIke(message: IkeMessage): Uint8Array {
  const chain = encodePayloads(message.payloads, message.innerType);
  const bytes = new Uint8Array(headerLength + chain.length);
  const view = new DataView(bytes.buffer);
  bytes.set(message.initiatorSpi, 0);
  bytes.set(message.responderSpi, ikeSpiLength);
  bytes[16] = message.payloads[0]?.type ?? 0;
  bytes[17] = version2;
  bytes[18] = message.exchange;
  bytes[19] = (message.isFromInitiator ? initiatorFlag : 0) | (message.isResponse ? responseFlag : 0);
  view.setUint32(20, message.messageId);
  view.setUint32(24, bytes.length);
  bytes.set(chain, headerLength);
  return bytes;
}

/** Payloads one behind the other; `last` is what the last one names as next: none, or the first inside an encrypted one. */
export function encodePayloads(payloads: readonly IkePayload[], last = 0): Uint8Array {
  const bytes = new Uint8Array(payloads.reduce((sum, { body }) => sum + payloadHeaderLength + body.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  payloads.forEach(({ body }, index) => {
    bytes[at] = payloads[index + 1]?.type ?? last;
    view.setUint16(at + 2, payloadHeaderLength + body.length);
    bytes.set(body, at + payloadHeaderLength);
    at += payloadHeaderLength + body.length;
  });
  return bytes;
}

/** Undefined when it is not a whole IKEv2 message. */
export function decodeIke(bytes: Uint8Array): IkeMessage | undefined {
  if (bytes.length < headerLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(24) !== bytes.length || view.getUint8(17) !== version2) return undefined;
  const chain = decodePayloads(view.getUint8(16), bytes.subarray(headerLength));
  if (chain === undefined) return undefined;
  const flags = view.getUint8(19);
  return {
    initiatorSpi: bytes.slice(0, ikeSpiLength),
    responderSpi: bytes.slice(ikeSpiLength, 2 * ikeSpiLength),
    exchange: view.getUint8(18),
    isFromInitiator: (flags & initiatorFlag) !== 0,
    isResponse: (flags & responseFlag) !== 0,
    messageId: view.getUint32(20),
    ...chain,
  };
}

/** Undefined when lengths do not add up. */
export function decodePayloads(first: number, bytes: Uint8Array): Pick<IkeMessage, 'payloads' | 'innerType'> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payloads: IkePayload[] = [];
  let type = first;
  let at = 0;
  while (at < bytes.length && type !== 0) {
    if (bytes.length - at < payloadHeaderLength || payloads.length === payloadLimit) return undefined;
    const length = view.getUint16(at + 2);
    if (length < payloadHeaderLength || at + length > bytes.length) return undefined;
    payloads.push({ type, body: bytes.slice(at + payloadHeaderLength, at + length) });
    const next = view.getUint8(at);
    at += length;
    if (type === ikePayload.encrypted) return at === bytes.length ? { payloads, innerType: next } : undefined;
    type = next;
  }
  return at === bytes.length && type === 0 ? { payloads, innerType: 0 } : undefined;
}
