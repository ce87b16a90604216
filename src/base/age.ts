import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { FILE_KEY_BYTES, isGenuine, readHeader, writeHeader } from './age-header.js';
import {
  type AgeFailure,
  type AgeIdentity,
  type AgeRecipient,
  ageIdentity,
  ageRecipient,
  stanzaTypeOf,
} from './age-keys.js';
import { concat, utf8 } from './bytes.js';
import type { Random } from './crypto.js';

/*
 * Stock age files (https://c2sp.org/age): the header of age-header.ts, in which the file key is wrapped by the recipients of age-keys.ts,
 * and the payload (STREAM: ChaCha20-Poly1305 over chunks of 64 KiB).
 */

const CHUNK = 64 * 1024;
const TAG = 16;
const NONCE = 16;

/**
 * Encrypts bytes to recipients as a stock age file.
 *
 * @param recipients `age1…` or `age1pq1…`, checked by the schema of the card or deal that they come from; or what wraps in another way
 * @param room memory for the file, given out as part of it if it is large enough
 */
export async function sealAge(
  plain: Uint8Array,
  recipients: readonly (string | AgeRecipient)[],
  random: Random,
  room: Buffer = NO_ROOM,
): Promise<Uint8Array> {
  const fileKey = random(FILE_KEY_BYTES);
  const stanzas = [];
  for (const recipient of recipients) {
    const to = typeof recipient === 'string' ? ageRecipient(recipient) : recipient;
    if (to === null) throw new Error('not a recipient');
    stanzas.push(await to.wrap(fileKey, random));
  }
  const nonce = random(NONCE);
  const head = concat(writeHeader(stanzas, fileKey), nonce);
  return encryptStream(head, plain, streamKey(fileKey, nonce), room);
}

const NO_ROOM = Buffer.alloc(0);

/**
 * Decrypts a stock age file. The bytes are attacker-controlled.
 *
 * @param identity `AGE-SECRET-KEY-…`, or what opens stanzas of another kind
 */
export async function openAge(
  sealed: Uint8Array,
  identity: string | AgeIdentity,
): Promise<Uint8Array | AgeFailure> {
  const opener = typeof identity === 'string' ? ageIdentity(identity) : identity;
  if (opener === null) throw new Error('not an identity');
  const header = readHeader(sealed);
  if (header === null || sealed.length < header.length + NONCE + TAG) return 'damaged';
  const fileKey = await opener.unwrap(header.stanzas);
  if (typeof fileKey === 'string') return fileKey;
  if (!isGenuine(header, fileKey)) return 'damaged';
  const payload = sealed.subarray(header.length);
  return decryptStream(payload.subarray(NONCE), streamKey(fileKey, payload.subarray(0, NONCE))) ?? 'damaged';
}

/**
 * Whether a file was encrypted to as many recipients as named, each of the kind that it has: one more could open it as well. Who they are
 * does not show, and the first is the one who opens it.
 */
export function isSealedFor(sealed: Uint8Array, recipients: readonly string[]): boolean {
  const found = readHeader(sealed)?.stanzas.map(({ args }) => args[0] ?? '') ?? [];
  const expected = recipients.map(stanzaTypeOf);
  return found.length === expected.length && found.every((type, i) => type === expected[i]);
}

function streamKey(fileKey: Uint8Array, nonce: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', fileKey, nonce, utf8('payload'), 32));
}

/** The nonce of chunk `index`: an 11-byte big-endian counter, then 1 for the last chunk. */
function chunkNonce(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** The head, and behind it the chunks. */
function encryptStream(head: Uint8Array, plain: Uint8Array, key: Uint8Array, room: Buffer): Uint8Array {
  const chunks = Math.max(1, Math.ceil(plain.length / CHUNK));
  const length = head.length + plain.length + chunks * TAG;
  const out = length <= room.length ? room.subarray(0, length) : Buffer.allocUnsafeSlow(length);
  out.set(head);
  let at = head.length;
  for (let i = 0; i < chunks; i++) {
    const nonce = chunkNonce(i, i === chunks - 1);
    const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
    at += cipher.update(plain.subarray(i * CHUNK, (i + 1) * CHUNK)).copy(out, at);
    cipher.final();
    at += cipher.getAuthTag().copy(out, at);
  }
  return out;
}

/** The plaintext, or null if a chunk is not genuine, missing, repeated, out of order, or after the last. */
function decryptStream(sealed: Uint8Array, key: Uint8Array): Uint8Array | null {
  const chunks = Math.ceil(sealed.length / (CHUNK + TAG));
  const out = Buffer.allocUnsafeSlow(Math.max(0, sealed.length - chunks * TAG));
  let at = 0;
  for (let i = 0; i < chunks; i++) {
    const chunk = sealed.subarray(i * (CHUNK + TAG), (i + 1) * (CHUNK + TAG));
    const length = chunk.length - TAG;
    // Only the chunk of an empty file may be empty.
    if (length < 0 || (length === 0 && i > 0)) return null;
    const nonce = chunkNonce(i, i === chunks - 1);
    const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
    decipher.setAuthTag(chunk.subarray(length));
    at += decipher.update(chunk.subarray(0, length)).copy(out, at);
    try {
      decipher.final();
    } catch {
      return null;
    }
  }
  return out;
}
