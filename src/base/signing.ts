import { createHash } from 'node:crypto';
import sodium from 'libsodium-wrappers';
import type { PublicKey, SecretKey } from './crypto.js';

// Its WebAssembly is compiled some milliseconds after it was loaded; nothing here can be called before.
await sodium.ready;

/** BLAKE2b-512 (RFC 7693), which minisign signs. By OpenSSL: libsodium would copy all of a large document into its own memory. */
export function blake2b512(bytes: Uint8Array): Uint8Array {
  return createHash('blake2b512').update(bytes).digest();
}

/** A signing key pair from its 32-byte seed (RFC 8032). */
export interface Signer {
  readonly publicKey: PublicKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** The Ed25519 key pair that follows from a seed of 32 bytes (RFC 8032). */
export function signerOf(seed: SecretKey): Signer {
  const pair = sodium.crypto_sign_seed_keypair(seed);
  return {
    publicKey: pair.publicKey as PublicKey,
    sign: (message) => sodium.crypto_sign_detached(message, pair.privateKey),
  };
}

/** Ed25519 verification. The only verifier of this product: verifiers disagree on edge cases (architecture.md). */
export function verifySignature(signature: Uint8Array, message: Uint8Array, publicKey: PublicKey): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    return sodium.crypto_sign_verify_detached(signature, message, publicKey);
  } catch {
    return false;
  }
}
