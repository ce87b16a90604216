import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
  type Identity as Opener,
  type Recipient,
  Stanza,
} from 'age-encryption';
import { concat, utf8 } from '../base/bytes.js';

/*
 * What identity/ needs of age (age-encryption.org/v1): key pairs, and files under a passphrase. Nothing else in this folder imports
 * the library.
 */

/** A fresh age identity: hybrid post-quantum, or X25519 alone if `classic`. */
export function newAgeIdentity(classic: boolean): Promise<string> {
  return classic ? generateX25519Identity() : generateHybridIdentity();
}

/** The recipient of an age identity, or null if the text is not an identity. */
export async function recipientOf(ageIdentity: string): Promise<string | null> {
  try {
    return await identityToRecipient(ageIdentity);
  } catch {
    return null;
  }
}

/** Whether the text is a native age recipient, `age1…` or `age1pq1…`, with a good checksum. It may come from an attacker. */
export function isRecipient(text: string): boolean {
  if (!/^age1(?:pq1)?[02-9ac-hj-np-z]{50,2000}$/.test(text)) return false;
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** Base-2 logarithm of scrypt's N: 128 MiB and 0.3 s for each guess. */
const WORK_FACTOR = 17;

/** A file that asks for more than this (1 GiB) is refused rather than tried. */
const MAX_WORK_FACTOR = 20;

/** Encrypts under a passphrase, as `age -p` does. */
export function encryptWithPassphrase(plain: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(new PassphraseRecipient(passphrase));
  return encrypter.encrypt(plain);
}

/** Decrypts a file that `age -p` or {@link encryptWithPassphrase} made. */
export async function decryptWithPassphrase(
  sealed: Uint8Array,
  passphrase: string,
): Promise<Uint8Array | 'wrong-passphrase' | 'damaged'> {
  const opener = new PassphraseOpener(passphrase);
  const decrypter = new Decrypter();
  decrypter.addIdentity(opener);
  try {
    return await decrypter.decrypt(sealed);
  } catch {
    return opener.refused ? 'wrong-passphrase' : 'damaged';
  }
}

/*
 * age's scrypt stanza with Node's own scrypt instead of the library's JavaScript one: half the time, and the 128 MiB are given back at
 * once instead of at the next garbage collection, which keeps a command that opens its keys first below its memory limit.
 *
 *   -> scrypt <base64 salt, 16 bytes> <work factor>
 *   ChaCha20-Poly1305(scrypt(passphrase, "age-encryption.org/v1/scrypt" ‖ salt, N = 2^factor, r = 8, p = 1), zero nonce, file key)
 */

const LABEL = utf8('age-encryption.org/v1/scrypt');
const SALT_BYTES = 16;
const FILE_KEY_BYTES = 16;
const TAG_BYTES = 16;
const ZERO_NONCE = new Uint8Array(12);

class PassphraseRecipient implements Recipient {
  readonly #passphrase: string;

  constructor(passphrase: string) {
    this.#passphrase = passphrase;
  }

  async wrapFileKey(fileKey: Uint8Array): Promise<Stanza[]> {
    const salt = randomBytes(SALT_BYTES);
    const key = await derive(this.#passphrase, salt, WORK_FACTOR);
    const cipher = createCipheriv('chacha20-poly1305', key, ZERO_NONCE, { authTagLength: TAG_BYTES });
    const body = concat(cipher.update(fileKey), cipher.final(), cipher.getAuthTag());
    return [new Stanza(['scrypt', base64NoPadding(salt), `${WORK_FACTOR}`], body)];
  }
}

class PassphraseOpener implements Opener {
  /** Set when the file was made for a passphrase, but not for this one. */
  refused = false;
  readonly #passphrase: string;

  constructor(passphrase: string) {
    this.#passphrase = passphrase;
  }

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    const [stanza, ...others] = stanzas;
    // age: a passphrase stanza stands alone, so that nobody can add a second way in.
    if (stanza === undefined || others.length > 0) return null;
    const [type, saltText = '', factorText = '', ...more] = stanza.args;
    const salt = Buffer.from(saltText, 'base64');
    if (type !== 'scrypt' || more.length > 0 || !/^[1-9]\d?$/.test(factorText)) return null;
    if (salt.length !== SALT_BYTES || base64NoPadding(salt) !== saltText) return null;
    if (Number(factorText) > MAX_WORK_FACTOR || stanza.body.length !== FILE_KEY_BYTES + TAG_BYTES)
      return null;
    const key = await derive(this.#passphrase, salt, Number(factorText));
    const decipher = createDecipheriv('chacha20-poly1305', key, ZERO_NONCE, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(stanza.body.subarray(FILE_KEY_BYTES));
    try {
      return concat(decipher.update(stanza.body.subarray(0, FILE_KEY_BYTES)), decipher.final());
    } catch {
      this.refused = true;
      return null;
    }
  }
}

function derive(passphrase: string, salt: Uint8Array, factor: number): Promise<Buffer> {
  // OpenSSL wants a little above the 128·r·N bytes that scrypt uses.
  const options: ScryptOptions = { N: 2 ** factor, r: 8, p: 1, maxmem: 1024 * 2 ** factor + (1 << 20) };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, concat(LABEL, salt), 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(new Error('scrypt failed'));
    });
  });
}

function base64NoPadding(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
