import type { Identity } from '../../identity/identity.js';
import type { Derive } from '../../identity/scrypt.js';
import { openIdentity } from '../../identity/sealed-identity.js';
import { HandoverError } from '../../messages/error.js';

/** Where passphrases come from. */
export interface PassphraseGiver {
  readonly passphrase: (creating?: boolean) => Promise<string>;
  /** Told that the passphrase was wrong; whether the person may give another. */
  readonly passphraseRefused?: () => boolean;
}

/**
 * Opens a sealed identity. Whoever types the passphrase may mistype it, and is asked again.
 *
 * @param first the passphrase that was given already
 * @throws HandoverError KEY_PASSPHRASE, KEY_FILE, KEY_VERSION
 */
export async function unlockIdentity(
  sealed: Uint8Array,
  giver: PassphraseGiver,
  first: string,
  derive?: Derive,
): Promise<Identity> {
  for (let passphrase = first; ; passphrase = await giver.passphrase()) {
    try {
      return await openIdentity(sealed, passphrase, derive);
    } catch (error) {
      const isWrong = error instanceof HandoverError && error.problem.code === 'KEY_PASSPHRASE';
      if (!isWrong || giver.passphraseRefused?.() !== true) throw error;
    }
  }
}
