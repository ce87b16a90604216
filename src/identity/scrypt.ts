import { type ScryptOptions, scrypt } from 'node:crypto';
import { base64Bare, concat, unbase64Bare, utf8 } from '../base/bytes.js';

/*
 * How a passphrase becomes a key: age's scrypt stanza (age-encryption.org/v1, "scrypt recipient type"). Node's own scrypt runs in a thread
 * of its own and gives the 128 MiB back at once, not at the next garbage collection, which keeps a command that opens its keys first
 * below its memory limit.
 *
 *   -> scrypt <base64 salt, 16 bytes> <work factor>
 *   scrypt(passphrase, "age-encryption.org/v1/scrypt" ‖ salt, N = 2^factor, r = 8, p = 1)
 */

/** What a stanza says about the derivation. */
export interface ScryptStanza {
  /** {@link SALT_BYTES} bytes. */
  readonly salt: Uint8Array;
  /** Base-2 logarithm of N. */
  readonly factor: number;
}

/**
 * The passphrase that is meant by what was typed or read from a file: a byte-order mark and one line end at the edges are the
 * editor's, not the owner's. Unicode form C, which is what keyboards give, so that `age -d` with the same typing works too; form KC
 * would also fold full-width digits into plain ones, and then age could not open the file with the passphrase as its owner types it.
 */
export function normalPassphrase(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '')
    .normalize('NFC');
}

/** Gives the 32-byte key of a passphrase in its {@link normalPassphrase normal} form. It takes a core half a second, and this thread nothing. */
export type Derive = (passphrase: string, stanza: ScryptStanza) => Promise<Uint8Array>;

/** Base-2 logarithm of N for new files: 128 MiB and 0.3 s for each guess. */
export const WORK_FACTOR = 17;

/** A file that asks for more than this (1 GiB) is refused rather than tried. */
const MAX_WORK_FACTOR = 20;

export const SALT_BYTES = 16;

const LABEL = utf8('age-encryption.org/v1/scrypt');

/** @param args the words of a stanza after `->`. They may come from an attacker. */
export function readScryptStanza(args: readonly string[]): ScryptStanza | null {
  const [type, saltText = '', factorText = '', ...more] = args;
  const salt = unbase64Bare(saltText);
  if (type !== 'scrypt' || more.length > 0 || !/^[1-9]\d?$/.test(factorText)) return null;
  if (salt?.length !== SALT_BYTES) return null;
  return Number(factorText) > MAX_WORK_FACTOR ? null : { salt, factor: Number(factorText) };
}

/** The words of the stanza for {@link readScryptStanza}. */
export function scryptArgs({ salt, factor }: ScryptStanza): string[] {
  return ['scrypt', base64Bare(salt), `${factor}`];
}

/** The first stanza of a file under a passphrase, which is its only one; null for any other file. */
export function scryptStanzaOf(sealed: Uint8Array): ScryptStanza | null {
  const start = Buffer.from(sealed.buffer, sealed.byteOffset, Math.min(sealed.length, 200)).toString(
    'latin1',
  );
  const line = /^age-encryption\.org\/v1\n-> ([^\n]*)\n/.exec(start)?.[1];
  return line === undefined ? null : readScryptStanza(line.split(' '));
}

export const derive: Derive = (passphrase, { salt, factor }) => {
  // OpenSSL wants a little above the 128·r·N bytes that scrypt uses.
  const options: ScryptOptions = { N: 2 ** factor, r: 8, p: 1, maxmem: 1024 * 2 ** factor + (1 << 20) };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, concat(LABEL, salt), 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(new Error('scrypt failed'));
    });
  });
};

/**
 * A {@link Derive} that can be begun before its answer is needed: asked the same again, it answers with what is under way, once. So a
 * command's code can be loaded in the meantime.
 */
export function derivingAhead(from: Derive = derive): Derive {
  let begun: {
    readonly passphrase: string;
    readonly stanza: ScryptStanza;
    readonly key: Promise<Uint8Array>;
  } | null = null;
  return (passphrase, stanza) => {
    const same =
      begun !== null &&
      begun.passphrase === passphrase &&
      begun.stanza.factor === stanza.factor &&
      Buffer.compare(begun.stanza.salt, stanza.salt) === 0;
    if (same && begun !== null) {
      const { key } = begun;
      begun = null;
      return key;
    }
    const key = from(passphrase, stanza);
    // Whoever asks again hears of a failure.
    key.catch(() => undefined);
    begun = { passphrase, stanza, key };
    return key;
  };
}
