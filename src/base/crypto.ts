import { createCipheriv, hash } from 'node:crypto';
import sodium from 'libsodium-wrappers';
import type { Brand } from './brand.js';
import { concat, hex, unhex, utf8 } from './bytes.js';

/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Sha256 = Brand<string, 'Sha256'>;

/** A secret of 32 bytes. Never printed, never in a message, never outside keys/. */
export type SecretKey = Brand<Uint8Array, 'SecretKey'>;

/** Ed25519 public key, 32 bytes. */
export type PublicKey = Brand<Uint8Array, 'PublicKey'>;

/** libsodium must be awaited once before anything here that seals, signs or verifies. */
export const cryptoReady: Promise<void> = sodium.ready;

/** Source of randomness: `length` fresh random bytes. Handed in wherever it decides something, so that tests can repeat it. */
export type Random = (length: number) => Uint8Array;

export const systemRandom: Random = (length) => sodium.randombytes_buf(length);

export function newSecretKey(random: Random): SecretKey {
  return random(32) as SecretKey;
}

/** SHA-256 (FIPS 180-4). */
export function sha256(bytes: Uint8Array): Sha256 {
  return hash('sha256', bytes, 'hex') as Sha256;
}

/**
 * SHA-256 into `target` at `offset`. The way through a latin1 string costs a third of a returned Buffer (0.5 against 1.4 µs),
 * which a million rows notice.
 */
export function sha256Into(bytes: Uint8Array, target: Buffer, offset: number): void {
  target.write(hash('sha256', bytes, 'binary'), offset, 32, 'latin1');
}

export function isSha256(text: string): text is Sha256 {
  return /^[0-9a-f]{64}$/.test(text);
}

/** BLAKE2b-512 (RFC 7693), which minisign signs. */
export function blake2b512(bytes: Uint8Array): Uint8Array {
  return sodium.crypto_generichash(64, bytes, null);
}

/** Bytes of a tag. */
export const TAG_BYTES = 16;

/**
 * Keyed tags of texts, {@link TAG_BYTES} bytes each, one after another. A tag is one block of AES-256 (FIPS 197) under the key: of the
 * first 16 bytes of the SHA-256 of the text's UTF-8. Equal texts have equal tags; without the key a tag tells nothing and cannot be tried,
 * and even with it a text can be found only by trying. A block cipher does a chunk of records in one call; HMAC took twice as long.
 */
export function tagger(key: SecretKey): (texts: readonly string[]) => Buffer {
  return (texts) => {
    const blocks = Buffer.allocUnsafe(texts.length * TAG_BYTES);
    let at = 0;
    for (const text of texts) {
      blocks.write(hash('sha256', text, 'binary'), at, TAG_BYTES, 'latin1');
      at += TAG_BYTES;
    }
    return createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(blocks);
  };
}

/** A signing key pair from its 32-byte seed (RFC 8032). */
export interface Signer {
  readonly publicKey: PublicKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

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

/**
 * Seals `plain` with XChaCha20-Poly1305 under `key`; `context` is authenticated, not stored. Returns nonce ‖ ciphertext ‖ tag.
 */
export function seal(plain: Uint8Array, context: string, key: SecretKey, random: Random): Uint8Array {
  const nonce = random(24);
  return concat(
    nonce,
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, utf8(context), null, nonce, key),
  );
}

/** Opens what {@link seal} made, or returns null if the key, the context or any byte is not the one sealed. */
export function unseal(sealed: Uint8Array, context: string, key: SecretKey): Uint8Array | null {
  if (sealed.length < 40) return null;
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      sealed.subarray(24),
      utf8(context),
      sealed.subarray(0, 24),
      key,
    );
  } catch {
    return null;
  }
}

/** UUIDv7 (RFC 9562): milliseconds since 1970, then randomness. */
export function uuidv7(milliseconds: number, random: Random): string {
  const bytes = Buffer.from(random(16));
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Reads 64 hexadecimal digits as a secret key. */
export function secretFromHex(text: string): SecretKey | null {
  return /^[0-9a-f]{64}$/.test(text) ? (unhex(text) as SecretKey) : null;
}
