/** The only way to cryptography in the simulation. Nothing here draws random numbers: those come from the seeded generator. */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';

export const aesBlockLength = 16;
export const aes256KeyLength = 32;
export const sha1Length = 20;
/** HMAC-SHA-1-96 (RFC 2404). */
export const sha196Length = 12;

export function hmacSha1(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const mac = createHmac('sha1', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/** AES-256-CBC of whole blocks, without padding of its own (RFC 3602). */
export function encryptBlocks(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return join(cipher.update(plain), cipher.final());
}

/** Inverse of `encryptBlocks`; `sealed` must be whole blocks. */
export function decryptBlocks(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array {
  const cipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return join(cipher.update(sealed), cipher.final());
}

/** In constant time, as a real implementation compares. */
export function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** prf+ of RFC 7296 §2.13 with HMAC-SHA-1. */
export function expand(key: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let last: Uint8Array = new Uint8Array();
  for (let made = 0, count = 1; made < length; made += sha1Length, count += 1) {
    last = hmacSha1(key, last, seed, Uint8Array.of(count));
    parts.push(last);
  }
  return join(...parts).subarray(0, length);
}

/** One behind the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
