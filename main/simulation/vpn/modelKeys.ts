/**
 * Keys of the modelled IKEv2: derived as RFC 7296 §2.14-2.17 says, but without the Diffie-Hellman secret, which the model does not have.
 * Whoever hears the exchange could compute them; what it must show (who has which key, when it fails, what is sent) does not depend on it.
 */
import { aes256KeyLength, expand, hmacSha1, join, sha1Length } from '../crypto.ts';
import { espKeysLength, espKeysOf, type EspKeys } from './securityAssociation.ts';

export interface IkeKeys {
  readonly fromInitiator: EspKeys;
  readonly fromResponder: EspKeys;
  /** SK_d, from which the keys of ESP come. */
  readonly derivation: Uint8Array;
  /** SK_pi and SK_pr, for the proof of identity. */
  readonly initiatorProof: Uint8Array;
  readonly responderProof: Uint8Array;
}

export function ikeKeys(nonceI: Uint8Array, nonceR: Uint8Array, spiI: Uint8Array, spiR: Uint8Array): IkeKeys {
  const nonces = join(nonceI, nonceR);
  const material = expand(hmacSha1(nonces, spiI, spiR), join(nonces, spiI, spiR), 5 * sha1Length + 2 * aes256KeyLength);
  let at = 0;
  const take = (length: number): Uint8Array => material.slice(at, (at += length));
  const derivation = take(sha1Length);
  const integrityI = take(sha1Length);
  const integrityR = take(sha1Length);
  const encryptionI = take(aes256KeyLength);
  const encryptionR = take(aes256KeyLength);
  return {
    derivation,
    fromInitiator: { encryption: encryptionI, integrity: integrityI },
    fromResponder: { encryption: encryptionR, integrity: integrityR },
    initiatorProof: take(sha1Length),
    responderProof: take(sha1Length),
  };
}

/** KEYMAT (RFC 7296 §2.17): first what the initiator of the exchange sends with, then the responder's. */
export function espKeyPair(derivation: Uint8Array, nonceI: Uint8Array, nonceR: Uint8Array): { readonly fromInitiator: EspKeys; readonly fromResponder: EspKeys } {
  const material = expand(derivation, join(nonceI, nonceR), 2 * espKeysLength);
  return { fromInitiator: espKeysOf(material), fromResponder: espKeysOf(material.subarray(espKeysLength)) };
}

const keyPad = new TextEncoder().encode('Key Pad for IKEv2');

/** AUTH with a shared key (RFC 7296 §2.15): over the first message of the one who proves, the nonce of the other, and its identity. */
export function proof(preSharedKey: string, firstMessage: Uint8Array, otherNonce: Uint8Array, proofKey: Uint8Array, identity: Uint8Array): Uint8Array {
  const key = hmacSha1(new TextEncoder().encode(preSharedKey), keyPad);
  return hmacSha1(key, firstMessage, otherNonce, hmacSha1(proofKey, identity));
}
