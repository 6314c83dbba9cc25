/** Secrets in the system's key store, by Electron's safeStorage; where there is none, under a key in the user's own folder. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { safeStorage } from 'electron';
import { keyLength, LocalSecretStore } from '../lab/localSecretStore.ts';
import type { SecretStore } from '../operations/secrets.ts';

/** Call once the app is ready. `folder`: of the user's data. */
export function systemSecretStore(folder: string): SecretStore {
  if (!hasKeyStore()) return new LocalSecretStore(keyIn(folder), false);
  return {
    isProtecting: true,
    seal: (secret) => safeStorage.encryptString(secret),
    open(sealed) {
      try {
        return safeStorage.decryptString(Buffer.from(sealed));
      } catch {
        return undefined;
      }
    },
  };
}

/** On Linux without a keyring Electron has no encryption at all, or one with a password that everybody knows. */
function hasKeyStore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

/** Whoever can read the folder can read the secrets: that is why the window warns. */
function keyIn(folder: string): Buffer {
  const file = path.join(folder, 'secret.key');
  if (existsSync(file)) {
    const key = readFileSync(file);
    if (key.length === keyLength) return key;
  }
  mkdirSync(folder, { recursive: true });
  const key = randomBytes(keyLength);
  writeFileSync(file, key, { mode: 0o600 });
  return key;
}
