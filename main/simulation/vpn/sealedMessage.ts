/** Encrypted payload of IKEv2 (RFC 7296 §3.14): AES-256-CBC with HMAC-SHA-1-96. */
import { aesBlockLength, areEqual, decryptBlocks, encryptBlocks, hmacSha1, sha196Length } from '../crypto.ts';
import { decodePayloads, encodeIke, encodePayloads, ikePayload, type IkeMessage, type IkePayload } from '../wire/ike.ts';
import type { EspKeys } from './securityAssociation.ts';

export type MessageFields = Omit<IkeMessage, 'payloads' | 'innerType'>;

/** `iv`: 16 bytes. */
export function sealMessage(fields: MessageFields, inner: readonly IkePayload[], keys: EspKeys, iv: Uint8Array): Uint8Array {
  const chain = encodePayloads(inner);
  const plain = new Uint8Array(Math.ceil((chain.length + 1) / aesBlockLength) * aesBlockLength);
  plain.set(chain);
  plain[plain.length - 1] = plain.length - chain.length - 1;
  const body = new Uint8Array(aesBlockLength + plain.length + sha196Length);
  body.set(iv);
  body.set(encryptBlocks(keys.encryption, iv, plain), aesBlockLength);
  const message = encodeIke({ ...fields, payloads: [{ type: ikePayload.encrypted, body }], innerType: inner[0]?.type ?? 0 });
  const end = message.length - sha196Length;
  message.set(hmacSha1(keys.integrity, message.subarray(0, end)).subarray(0, sha196Length), end);
  return message;
}

/** Payloads inside; undefined when it is not authentic, or damaged. `bytes` is the whole message. */
export function openMessage(bytes: Uint8Array, message: IkeMessage, keys: EspKeys): readonly IkePayload[] | undefined {
  const body = message.payloads.at(-1);
  if (body?.type !== ikePayload.encrypted) return undefined;
  const sealed = body.body.length - aesBlockLength - sha196Length;
  if (sealed < aesBlockLength || sealed % aesBlockLength !== 0) return undefined;
  const end = bytes.length - sha196Length;
  if (!areEqual(hmacSha1(keys.integrity, bytes.subarray(0, end)).subarray(0, sha196Length), bytes.subarray(end))) return undefined;
  const plain = decryptBlocks(keys.encryption, body.body.subarray(0, aesBlockLength), body.body.subarray(aesBlockLength, aesBlockLength + sealed));
  const length = plain.length - 1 - (plain[plain.length - 1] ?? 0);
  return length < 0 ? undefined : decodePayloads(message.innerType, plain.subarray(0, length))?.payloads;
}
