import sodium from 'libsodium-wrappers';
import type { Random } from './crypto.js';

// Its WebAssembly is compiled some milliseconds after it was loaded; nothing here can be called before.
await sodium.ready;

/*
 * How a sender and a recipient come to share a secret, by libsodium: in constant time, and in 2 ms for X-Wing, where JavaScript takes 30
 * for the first of a process.
 */

/** A shared secret, and what the recipient needs to find it. */
export interface Encapsulation {
  /** For X25519 32 bytes, for X-Wing 1,120. */
  readonly share: Uint8Array;
  /** 32 bytes. */
  readonly secret: Uint8Array;
}

/** X25519 (RFC 7748): the public half of 32 secret bytes. */
export function x25519Public(scalar: Uint8Array): Uint8Array {
  return sodium.crypto_scalarmult_base(scalar);
}

/** X25519 with a fresh key for this one secret. Throws for a public key of small order, with which any secret comes out the same. */
export function x25519Encapsulate(publicKey: Uint8Array, random: Random): Encapsulation {
  const scalar = random(32);
  return { share: x25519Public(scalar), secret: sodium.crypto_scalarmult(scalar, publicKey) };
}

/** Throws for what is not 32 bytes, or of small order. */
export function x25519Decapsulate(share: Uint8Array, scalar: Uint8Array): Uint8Array {
  return sodium.crypto_scalarmult(scalar, share);
}

/** X-Wing (draft-connolly-cfrg-xwing-kem), ML-KEM-768 with X25519: the public key, 1,216 bytes, of a seed of 32. */
export function xWingPublic(seed: Uint8Array): Uint8Array {
  return sodium.crypto_kem_xwing_seed_keypair(seed).publicKey;
}

/** Throws for what is not a public key. */
export function xWingEncapsulate(publicKey: Uint8Array, random: Random): Encapsulation {
  if (!isReduced(publicKey)) throw new Error('not a key of ML-KEM-768');
  const made = sodium.crypto_kem_xwing_enc_deterministic(publicKey, random(64));
  return { share: made.ciphertext, secret: made.sharedSecret };
}

/** Throws for what is not 1,120 bytes. A changed share gives another secret. */
export function xWingDecapsulate(share: Uint8Array, seed: Uint8Array): Uint8Array {
  return sodium.crypto_kem_xwing_dec(share, seed);
}

/** Coefficients of a public key of ML-KEM-768: three polynomials of 256, in 12 bits each, the lowest bits first. */
const COEFFICIENTS = 3 * 256;
const MODULUS = 3329;

/** FIPS 203, section 7.2, the modulus check, which libsodium leaves out. A card may name any 1,216 bytes as a recipient. */
function isReduced(publicKey: Uint8Array): boolean {
  for (let at = 0; at < (COEFFICIENTS * 3) / 2; at += 3) {
    const [a = 0, b = 0, c = 0] = publicKey.subarray(at, at + 3);
    if ((a | ((b & 0x0f) << 8)) >= MODULUS || ((b >> 4) | (c << 4)) >= MODULUS) return false;
  }
  return true;
}
