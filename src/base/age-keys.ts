import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { bech32 } from '@scure/base';
import { FILE_KEY_BYTES, type Stanza } from './age-header.js';
import { base64Bare, concat, unbase64Bare, utf8 } from './bytes.js';
import type { Random } from './crypto.js';
import {
  type Encapsulation,
  x25519Decapsulate,
  x25519Encapsulate,
  x25519Public,
  xWingDecapsulate,
  xWingEncapsulate,
  xWingPublic,
} from './key-agreement.js';

/*
 * The native recipients and identities of age (https://c2sp.org/age): X25519, and the hybrid of X25519 and ML-KEM-768. Each stanza names
 * the sender's share of a secret, from which a key follows that seals the file key.
 */

/** Why nothing comes out: the file is for others, or it is not a whole and genuine age file. */
export type AgeFailure = 'no-match' | 'damaged';

/** Whoever a file is encrypted to. */
export interface AgeRecipient {
  readonly wrap: (fileKey: Uint8Array, random: Random) => Stanza | Promise<Stanza>;
}

/** Whoever opens a file. The stanzas are attacker-controlled. */
export interface AgeIdentity {
  readonly unwrap: (stanzas: readonly Stanza[]) => Uint8Array | AgeFailure | Promise<Uint8Array | AgeFailure>;
}

/** One kind of key pair. */
interface Kind {
  /** Before the `1` of bech32. */
  readonly recipientPrefix: string;
  readonly identityPrefix: string;
  readonly publicBytes: number;
  readonly shareBytes: number;
  /** The first word of a stanza. */
  readonly type: string;
  readonly publicOf: (secret: Uint8Array) => Uint8Array;
  readonly encapsulate: (publicKey: Uint8Array, random: Random) => Encapsulation;
  readonly decapsulate: (share: Uint8Array, secret: Uint8Array) => Uint8Array;
  /** What seals the file key. */
  readonly keyOf: (agreed: Encapsulation, publicKey: () => Uint8Array) => SealingKey;
}

/** What seals one file key, and nothing else ever; so the nonce may be zero, which it is unless one follows from the same secret. */
interface SealingKey {
  readonly key: Uint8Array;
  readonly nonce?: Uint8Array;
}

const SECRET_BYTES = 32;

const CLASSIC: Kind = {
  recipientPrefix: 'age',
  identityPrefix: 'age-secret-key-',
  publicBytes: 32,
  shareBytes: 32,
  type: 'X25519',
  publicOf: x25519Public,
  encapsulate: x25519Encapsulate,
  decapsulate: x25519Decapsulate,
  keyOf: ({ share, secret }, publicKey) => {
    const salt = concat(share, publicKey());
    const key = hkdfSync('sha256', secret, salt, 'age-encryption.org/v1/X25519', 32);
    return { key: new Uint8Array(key) };
  },
};

const HYBRID: Kind = {
  recipientPrefix: 'age1pq',
  identityPrefix: 'age-secret-key-pq-',
  publicBytes: 1216,
  shareBytes: 1120,
  type: 'mlkem768x25519',
  publicOf: xWingPublic,
  encapsulate: xWingEncapsulate,
  decapsulate: xWingDecapsulate,
  keyOf: ({ secret }) => hpkeKey(secret, 'age-encryption.org/mlkem768x25519'),
};

const KINDS = [CLASSIC, HYBRID];

/** A fresh identity, `AGE-SECRET-KEY-…`: hybrid, or X25519 alone if `classic`. */
export function newAgeIdentity(classic: boolean, random: Random): string {
  const { identityPrefix } = classic ? CLASSIC : HYBRID;
  return bech32.encodeFromBytes(identityPrefix, random(SECRET_BYTES)).toUpperCase();
}

/** The recipient of an identity, or null if the text is not an identity. */
export function recipientOf(ageIdentity: string): string | null {
  const found = readIdentity(ageIdentity);
  if (found === null) return null;
  const { kind, secret } = found;
  // Longer than the 90 characters in which bech32 promises to find every typing mistake.
  return bech32.encode(kind.recipientPrefix, bech32.toWords(kind.publicOf(secret)), false);
}

/** Whether the text is a native age recipient, `age1…` or `age1pq1…`, with a good checksum. It may come from an attacker. */
export function isRecipient(text: string): boolean {
  return /^age1(?:pq1)?[02-9ac-hj-np-z]{50,2000}$/.test(text) && readRecipient(text) !== null;
}

/** The recipient that an {@link isRecipient `age1…`} names; null for any other text. */
export function ageRecipient(text: string): AgeRecipient | null {
  const found = readRecipient(text);
  if (found === null) return null;
  const { kind, publicKey } = found;
  return {
    wrap: (fileKey, random) => {
      const agreed = kind.encapsulate(publicKey, random);
      const body = sealFileKey(
        fileKey,
        kind.keyOf(agreed, () => publicKey),
      );
      return { args: [kind.type, base64Bare(agreed.share)], body };
    },
  };
}

/** The first word of a stanza for a recipient; null for a text that names none. */
export function stanzaTypeOf(recipient: string): string | null {
  return readRecipient(recipient)?.kind.type ?? null;
}

/** Whether what is encrypted to a recipient stays closed to a quantum computer. */
export function isPostQuantum(recipient: string): boolean {
  return stanzaTypeOf(recipient) === HYBRID.type;
}

/** The identity that `AGE-SECRET-KEY-…` names; null for any other text. */
export function ageIdentity(text: string): AgeIdentity | null {
  const found = readIdentity(text);
  return found === null ? null : { unwrap: (stanzas) => unwrapNative(stanzas, found) };
}

function unwrapNative(
  stanzas: readonly Stanza[],
  { kind, secret }: { readonly kind: Kind; readonly secret: Uint8Array },
): Uint8Array | AgeFailure {
  for (const { args, body } of stanzas) {
    const [type, shareText = '', ...more] = args;
    if (type !== kind.type) continue;
    const share = unbase64Bare(shareText);
    if (share === null || more.length > 0 || share.length !== kind.shareBytes) return 'damaged';
    if (body.length !== SEALED_KEY_BYTES) return 'damaged';
    const agreed = agreedWith(kind, share, secret);
    if (agreed === null) return 'damaged';
    const fileKey = openFileKey(
      body,
      kind.keyOf(agreed, () => kind.publicOf(secret)),
    );
    if (fileKey !== null) return fileKey;
  }
  return 'no-match';
}

function agreedWith(kind: Kind, share: Uint8Array, secret: Uint8Array): Encapsulation | null {
  try {
    return { share, secret: kind.decapsulate(share, secret) };
  } catch {
    return null;
  }
}

function readRecipient(text: string): { readonly kind: Kind; readonly publicKey: Uint8Array } | null {
  for (const kind of KINDS) {
    const publicKey = readBech32(text, kind.recipientPrefix, kind.publicBytes);
    if (publicKey !== null) return { kind, publicKey };
  }
  return null;
}

function readIdentity(text: string): { readonly kind: Kind; readonly secret: Uint8Array } | null {
  if (text !== text.toUpperCase()) return null;
  for (const kind of KINDS) {
    const secret = readBech32(text.toLowerCase(), kind.identityPrefix, SECRET_BYTES);
    if (secret !== null) return { kind, secret };
  }
  return null;
}

/** Strict: lower case, good checksum, exactly so many bytes. */
function readBech32(text: string, prefix: string, bytes: number): Uint8Array | null {
  if (!text.startsWith(`${prefix}1`) || text !== text.toLowerCase()) return null;
  const decoded = bech32.decodeUnsafe(text, false);
  if (decoded?.prefix !== prefix) return null;
  const found = bech32.fromWordsUnsafe(decoded.words);
  return found instanceof Uint8Array && found.length === bytes ? found : null;
}

const ZERO_NONCE = new Uint8Array(12);
const TAG_BYTES = 16;
/** Length of the body of a stanza. */
export const SEALED_KEY_BYTES = FILE_KEY_BYTES + TAG_BYTES;

/** The body of a stanza: ChaCha20-Poly1305(file key). */
export function sealFileKey(fileKey: Uint8Array, { key, nonce = ZERO_NONCE }: SealingKey): Uint8Array {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG_BYTES });
  return concat(cipher.update(fileKey), cipher.final(), cipher.getAuthTag());
}

/** The file key in the body of a stanza, {@link SEALED_KEY_BYTES} bytes, or null if it is not genuine. */
export function openFileKey(body: Uint8Array, { key, nonce = ZERO_NONCE }: SealingKey): Uint8Array | null {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(body.subarray(FILE_KEY_BYTES));
  try {
    return concat(decipher.update(body.subarray(0, FILE_KEY_BYTES)), decipher.final());
  } catch {
    return null;
  }
}

/** MLKEM768-X25519, HKDF-SHA256, ChaCha20-Poly1305 (RFC 9180, section 7). */
const SUITE = concat(utf8('HPKE'), Uint8Array.of(0x64, 0x7a, 0x00, 0x01, 0x00, 0x03));
const NOTHING = new Uint8Array();

/** HPKE's key schedule (RFC 9180, section 5.1) in its base mode, and the nonce of its first message. */
function hpkeKey(secret: Uint8Array, info: string): SealingKey {
  const context = concat(
    Uint8Array.of(0),
    extract(NOTHING, 'psk_id_hash', NOTHING),
    extract(NOTHING, 'info_hash', utf8(info)),
  );
  const root = extract(secret, 'secret', NOTHING);
  return { key: expand(root, 'key', context, 32), nonce: expand(root, 'base_nonce', context, 12) };
}

/** LabeledExtract. */
function extract(salt: Uint8Array, label: string, material: Uint8Array): Uint8Array {
  return hmac(salt, concat(utf8('HPKE-v1'), SUITE, utf8(label), material));
}

/** LabeledExpand of at most one block. */
function expand(key: Uint8Array, label: string, context: Uint8Array, bytes: number): Uint8Array {
  const labelled = concat(Uint8Array.of(0, bytes), utf8('HPKE-v1'), SUITE, utf8(label), context);
  return hmac(key, concat(labelled, Uint8Array.of(1))).subarray(0, bytes);
}

function hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(bytes).digest();
}
