/**
 * Where there is no system key store: AES-256-GCM. With a key that lives as long as the process (scenario runner, tests) what is sealed can be
 * read by nobody afterwards, this program included; with one that is kept beside the database it is only obfuscated.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretStore } from '../operations/secrets.ts';

export const keyLength = 32;
const ivLength = 12;
const tagLength = 16;

export class LocalSecretStore implements SecretStore {
  readonly isProtecting: boolean;
  readonly #key: Buffer;

  constructor(key: Buffer = randomBytes(keyLength), isProtecting = true) {
    this.#key = key;
    this.isProtecting = isProtecting;
  }

  seal(secret: string): Uint8Array {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv);
    const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }

  open(sealed: Uint8Array): string | undefined {
    if (sealed.length < ivLength + tagLength) return undefined;
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, ivLength));
      decipher.setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
      return Buffer.concat([decipher.update(sealed.subarray(ivLength + tagLength)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}
