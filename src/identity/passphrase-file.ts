import { openAge, sealAge } from '../base/age.js';
import {
  type AgeIdentity,
  type AgeRecipient,
  openFileKey,
  SEALED_KEY_BYTES,
  sealFileKey,
} from '../base/age-keys.js';
import type { Random } from '../base/crypto.js';
import { type Derive, derive, readScryptStanza, SALT_BYTES, scryptArgs, WORK_FACTOR } from './scrypt.js';

/* Files under a passphrase, as `age -p` writes them: one stanza, whose key is derived from the passphrase (scrypt.ts). */

/** Encrypts under a passphrase. */
export function encryptWithPassphrase(
  plain: Uint8Array,
  passphrase: string,
  random: Random,
): Promise<Uint8Array> {
  return sealAge(plain, [passphraseRecipient(passphrase)], random);
}

/** Decrypts a file that `age -p` or {@link encryptWithPassphrase} made. */
export async function decryptWithPassphrase(
  sealed: Uint8Array,
  passphrase: string,
  deriveKey: Derive = derive,
): Promise<Uint8Array | 'wrong-passphrase' | 'damaged'> {
  const plain = await openAge(sealed, passphraseIdentity(passphrase, deriveKey));
  return plain === 'no-match' ? 'wrong-passphrase' : plain;
}

function passphraseRecipient(passphrase: string): AgeRecipient {
  return {
    wrap: async (fileKey, random) => {
      const stanza = { salt: random(SALT_BYTES), factor: WORK_FACTOR };
      const key = await derive(passphrase, stanza);
      return { args: scryptArgs(stanza), body: sealFileKey(fileKey, { key }) };
    },
  };
}

function passphraseIdentity(passphrase: string, deriveKey: Derive): AgeIdentity {
  return {
    unwrap: async (stanzas) => {
      const [stanza, ...others] = stanzas;
      // age: a passphrase stanza is self-contained, so that nobody can add a second way in.
      if (stanza === undefined || others.length > 0) return 'damaged';
      const asked = readScryptStanza(stanza.args);
      if (asked === null || stanza.body.length !== SEALED_KEY_BYTES) return 'damaged';
      const key = await deriveKey(passphrase, asked);
      return openFileKey(stanza.body, { key }) ?? 'no-match';
    },
  };
}
