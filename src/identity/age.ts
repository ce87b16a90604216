import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
  type Identity as Opener,
  type Recipient,
  Stanza,
} from 'age-encryption';
import { openAge } from '../base/age.js';
import { concat } from '../base/bytes.js';
import { type Derive, derive, readScryptStanza, SALT_BYTES, scryptArgs, WORK_FACTOR } from './scrypt.js';

/*
 * What identity/ needs of age (age-encryption.org/v1) beside base/age.ts: key pairs, and files under a passphrase. Nothing else in this
 * folder imports the library.
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
  deriveKey: Derive = derive,
): Promise<Uint8Array | 'wrong-passphrase' | 'damaged'> {
  const opener = new PassphraseOpener(passphrase, deriveKey);
  const plain = await openAge(sealed, opener);
  if (typeof plain !== 'string') return plain;
  return opener.refused ? 'wrong-passphrase' : 'damaged';
}

/*
 * The body of the scrypt stanza: ChaCha20-Poly1305(the derived key, zero nonce, file key).
 */

const FILE_KEY_BYTES = 16;
const TAG_BYTES = 16;
const ZERO_NONCE = new Uint8Array(12);

class PassphraseRecipient implements Recipient {
  readonly #passphrase: string;

  constructor(passphrase: string) {
    this.#passphrase = passphrase;
  }

  async wrapFileKey(fileKey: Uint8Array): Promise<Stanza[]> {
    const stanza = { salt: randomBytes(SALT_BYTES), factor: WORK_FACTOR };
    const key = await derive(this.#passphrase, stanza);
    const cipher = createCipheriv('chacha20-poly1305', key, ZERO_NONCE, { authTagLength: TAG_BYTES });
    const body = concat(cipher.update(fileKey), cipher.final(), cipher.getAuthTag());
    return [new Stanza(scryptArgs(stanza), body)];
  }
}

class PassphraseOpener implements Opener {
  /** Set when the file was made for a passphrase, but not for this one. */
  refused = false;
  readonly #passphrase: string;
  readonly #derive: Derive;

  constructor(passphrase: string, deriveKey: Derive) {
    this.#passphrase = passphrase;
    this.#derive = deriveKey;
  }

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    const [stanza, ...others] = stanzas;
    // age: a passphrase stanza stands alone, so that nobody can add a second way in.
    if (stanza === undefined || others.length > 0) return null;
    const asked = readScryptStanza(stanza.args);
    if (asked === null || stanza.body.length !== FILE_KEY_BYTES + TAG_BYTES) return null;
    const key = await this.#derive(this.#passphrase, asked);
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
