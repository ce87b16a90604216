import { hex, utf8 } from '../base/bytes.js';
import { type Random, secretFromHex } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import { decryptWithPassphrase, encryptWithPassphrase } from './passphrase-file.js';
import { type Identity, identityOf } from './identity.js';
import { type Derive, normalPassphrase } from './scrypt.js';

/*
 * The secret identity as a file. Its text is an identity file of age, so that `age -d -i` opens what was sent to this party even
 * without this tool; what age does not know is in comment lines:
 *
 *   # handover identity 1
 *   # signing-seed: <64 hexadecimal digits>
 *   # workspace-key: <64 hexadecimal digits>
 *   AGE-SECRET-KEY-…
 *
 * `identity.age` is that text under a passphrase, as `age -p` writes it. The text itself is used only where the owner asks for
 * automation by name.
 */

const DOCUMENT = 'identity.age';
const AGE_MAGIC = 'age-encryption.org/v1\n';
const HEADER = '# handover identity 1';
const TEXT =
  /^# handover identity 1\r?\n# signing-seed: ([0-9a-f]{64})\r?\n# workspace-key: ([0-9a-f]{64})\r?\n(AGE-SECRET-KEY-[0-9A-Z-]{50,200})\r?\n?$/;

/** The shortest passphrase that an identity is sealed under, in characters. scrypt makes each guess cost 128 MiB and a third of a second. */
export const MIN_PASSPHRASE = 8;

/** Whether the file is an identity under a passphrase (and not in the clear). */
export function isSealedIdentity(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, AGE_MAGIC.length)).toString('latin1') === AGE_MAGIC;
}

/**
 * `identity.age` for this identity.
 *
 * @throws HandoverError KEY_PASSPHRASE_SHORT
 */
export async function sealIdentity(
  identity: Identity,
  passphrase: string,
  random: Random,
): Promise<Uint8Array> {
  const normal = normalPassphrase(passphrase);
  if ([...normal].length < MIN_PASSPHRASE) fail({ code: 'KEY_PASSPHRASE_SHORT', least: MIN_PASSPHRASE });
  return encryptWithPassphrase(plainIdentity(identity), normal, random);
}

/** The identity in the clear, for automation only: whoever reads the file is the party. */
export function plainIdentity(identity: Identity): Uint8Array {
  return utf8(
    [
      HEADER,
      `# signing-seed: ${hex(identity.signingSeed)}`,
      `# workspace-key: ${hex(identity.workspaceKey)}`,
      identity.ageIdentity,
      '',
    ].join('\n'),
  );
}

/**
 * Opens an identity file of either kind.
 *
 * @param passphrase null if there is none; not used for a file in the clear.
 * @param deriveKey where the derivation may have begun already
 * @throws HandoverError KEY_PASSPHRASE, KEY_PASSPHRASE_NEEDED, KEY_FILE, KEY_VERSION
 */
export async function openIdentity(
  bytes: Uint8Array,
  passphrase: string | null,
  deriveKey?: Derive,
): Promise<Identity> {
  if (!isSealedIdentity(bytes)) return parseIdentity(bytes);
  if (passphrase === null) return fail({ code: 'KEY_PASSPHRASE_NEEDED' });
  const plain = await decryptWithPassphrase(bytes, normalPassphrase(passphrase), deriveKey);
  if (plain === 'wrong-passphrase') return fail({ code: 'KEY_PASSPHRASE' });
  if (plain === 'damaged') return fail({ code: 'KEY_FILE', document: DOCUMENT });
  return parseIdentity(plain);
}

function parseIdentity(bytes: Uint8Array): Identity {
  const text = Buffer.from(bytes).toString('latin1');
  const match = TEXT.exec(text);
  const signingSeed = secretFromHex(match?.[1] ?? '');
  const workspaceKey = secretFromHex(match?.[2] ?? '');
  const ageIdentity = match?.[3];
  if (signingSeed === null || workspaceKey === null || ageIdentity === undefined) {
    const newer =
      /^# handover identity [1-9]\d{0,3}\r?\n/.test(text) && !/^# handover identity 1\r?\n/.test(text);
    return fail({ code: newer ? 'KEY_VERSION' : 'KEY_FILE', document: DOCUMENT });
  }
  const identity = identityOf({ signingSeed, workspaceKey, ageIdentity });
  return identity ?? fail({ code: 'KEY_FILE', document: DOCUMENT });
}
