/** Secrets on their way: typed once, sealed before anything is stored, opened only where the simulation needs them. */

/** Seals by the system's key store where there is one. */
export interface SecretStore {
  /** Whether somebody who can read the file, but not log on as this user, is kept out. */
  readonly isProtecting: boolean;
  seal(secret: string): Uint8Array;
  /** Undefined when it was sealed elsewhere, or with a key that is gone. */
  open(sealed: Uint8Array): string | undefined;
}

/** A secret as it is kept in a job's input. */
export interface SealedSecret {
  /** Base64. */
  readonly sealed: string;
}

export type Secret = string | SealedSecret;

export function sealSecret(secret: Secret, store: SecretStore): SealedSecret {
  return typeof secret === 'string' ? { sealed: Buffer.from(store.seal(secret)).toString('base64') } : secret;
}

/** For a step: what is written to the inventory. Throws when it was not sealed, which would be a fault of the console. */
export function sealedBytes(secret: Secret): Uint8Array {
  if (typeof secret === 'string') throw new Error('a secret was not sealed');
  return Buffer.from(secret.sealed, 'base64');
}
