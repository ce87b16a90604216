import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto';
import type { Brand } from './brand.js';
import { hex, unhex, utf8 } from './bytes.js';

/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Sha256 = Brand<string, 'Sha256'>;

/** A secret of 32 bytes. Never printed, never in a message, never outside keys/. */
export type SecretKey = Brand<Uint8Array, 'SecretKey'>;

/** Ed25519 public key, 32 bytes. */
export type PublicKey = Brand<Uint8Array, 'PublicKey'>;

/** Source of randomness: `length` fresh random bytes. Handed in wherever it decides something, so that tests can repeat it. */
export type Random = (length: number) => Uint8Array;

export const systemRandom: Random = (length) => randomBytes(length);

/** A secret of 32 random bytes. */
export function newSecretKey(random: Random): SecretKey {
  return random(32) as SecretKey;
}

/** SHA-256 (FIPS 180-4). */
export function sha256(bytes: Uint8Array): Sha256 {
  return hash('sha256', bytes, 'hex') as Sha256;
}

/** What takes a latin1 string into its bytes: a Buffer, which the public types do not name. */
interface Latin1Target {
  write(text: string, offset: number, length: number, encoding: 'latin1'): number;
}

/**
 * SHA-256 into `target` at `offset`. The way through a latin1 string costs a third of a returned Buffer (0.5 against 1.4 µs),
 * which a million rows notice.
 */
export function sha256Into(bytes: Uint8Array, target: Latin1Target, offset: number): void {
  target.write(hash('sha256', bytes, 'binary'), offset, 32, 'latin1');
}

/** Whether a text can be a digest: 64 lower-case hexadecimal digits. */
export function isSha256(text: string): text is Sha256 {
  return /^[0-9a-f]{64}$/.test(text);
}

/** A further secret that follows from one (HKDF-SHA256, RFC 5869). @param purpose what it is for; another purpose gives another key */
export function derivedKey(key: SecretKey, purpose: string): SecretKey {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), utf8(purpose), 32)) as SecretKey;
}

/**
 * Bytes that nobody without the key can foretell, and that are the same for the same context: AES-256 in counter mode (NIST SP 800-38A)
 * under a key that follows from both. For what has to come out the same twice; the context has to name all that is made with them.
 */
export function derivedRandom(key: SecretKey, context: string): Random {
  const stream = createCipheriv('aes-256-ctr', derivedKey(key, context), new Uint8Array(16));
  return (length) => stream.update(new Uint8Array(length));
}

/** HMAC-SHA256 (RFC 2104), 64 lower-case hexadecimal digits. */
export function hmacSha256(key: SecretKey, bytes: Uint8Array): string {
  return createHmac('sha256', key).update(bytes).digest('hex');
}

const NONCE = 24;
const AEAD = 'chacha20-poly1305';
const AEAD_TAG = 16;

/**
 * Seals `plain` with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under `key`; `context` is authenticated, not stored. Returns
 * nonce ‖ ciphertext ‖ tag. OpenSSL does it several times as fast as the WebAssembly of libsodium.
 */
export function seal(
  plain: Uint8Array,
  context: string,
  key: SecretKey,
  random: Random,
): Uint8Array<ArrayBuffer> {
  const nonce = random(NONCE);
  const { subkey, rest } = extended(key, nonce);
  const cipher = createCipheriv(AEAD, subkey, rest, { authTagLength: AEAD_TAG });
  cipher.setAAD(utf8(context), { plaintextLength: plain.length });
  const sealed = new Uint8Array(NONCE + plain.length + AEAD_TAG);
  sealed.set(nonce);
  sealed.set(cipher.update(plain), NONCE);
  cipher.final();
  sealed.set(cipher.getAuthTag(), NONCE + plain.length);
  return sealed;
}

/** Opens what {@link seal} made, or returns null if the key, the context or any byte is not the one sealed. */
export function unseal(sealed: Uint8Array, context: string, key: SecretKey): Uint8Array | null {
  const end = sealed.length - AEAD_TAG;
  if (end < NONCE) return null;
  const { subkey, rest } = extended(key, sealed.subarray(0, NONCE));
  const cipher = createDecipheriv(AEAD, subkey, rest, { authTagLength: AEAD_TAG });
  cipher.setAAD(utf8(context), { plaintextLength: end - NONCE });
  cipher.setAuthTag(sealed.subarray(end));
  const plain = cipher.update(sealed.subarray(NONCE, end));
  try {
    cipher.final();
  } catch {
    return null;
  }
  return plain;
}

/**
 * The key and the nonce with which ChaCha20-Poly1305 does the work of XChaCha20-Poly1305. HChaCha20 is a ChaCha20 block whose first and
 * last rows are taken before the state is added to them, so they are found by taking the constants and the nonce off again.
 */
function extended(
  key: SecretKey,
  nonce: Uint8Array,
): { readonly subkey: Uint8Array; readonly rest: Uint8Array } {
  const input = nonce.subarray(0, 16);
  const block = createCipheriv('chacha20', key, input).update(new Uint8Array(64));
  const words = new DataView(block.buffer, block.byteOffset, block.length);
  const from = new DataView(input.buffer, input.byteOffset, input.length);
  const subkey = new Uint8Array(32);
  const to = new DataView(subkey.buffer);
  for (const [i, constant] of SIGMA.entries()) {
    to.setUint32(4 * i, words.getUint32(4 * i, true) - constant, true);
    to.setUint32(16 + 4 * i, words.getUint32(48 + 4 * i, true) - from.getUint32(4 * i, true), true);
  }
  const rest = new Uint8Array(12);
  rest.set(nonce.subarray(16), 4);
  return { subkey, rest };
}

/** "expand 32-byte k", the first row of every ChaCha20 state (RFC 8439 section 2.3). */
const SIGMA = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;

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
