import { newAgeIdentity, recipientOf } from '../base/age-keys.js';
import { newSecretKey, type Random, type SecretKey } from '../base/crypto.js';
import { type Signer, signerOf } from '../base/signing.js';

/** The three secrets from which an {@link Identity} follows. */
export interface IdentitySecrets {
  /** Seed of the Ed25519 signing key (RFC 8032). */
  readonly signingSeed: SecretKey;
  /** Seals the key vault of the workspace. Never leaves it. */
  readonly workspaceKey: SecretKey;
  /** `AGE-SECRET-KEY-…`: opens what was encrypted to {@link Identity.recipient}. */
  readonly ageIdentity: string;
}

/** One party's secrets, ready for use. At rest it is a sealed identity (sealed-identity.ts); nothing prints it. */
export interface Identity extends IdentitySecrets {
  readonly signer: Signer;
  /** `age1pq1…` or `age1…`: is on the card. */
  readonly recipient: string;
}

/**
 * Makes a new identity. The age part is the hybrid post-quantum one (X25519 with ML-KEM-768), because national ID numbers stay
 * sensitive for decades; `classic` makes X25519 alone, for partners with an older age.
 *
 * @param random decides all of it
 */
export async function newIdentity(
  random: Random,
  options: { readonly classic?: boolean } = {},
): Promise<Identity> {
  const identity = identityOf({
    signingSeed: newSecretKey(random),
    workspaceKey: newSecretKey(random),
    ageIdentity: newAgeIdentity(options.classic === true, random),
  });
  if (identity === null) throw new Error('a new age identity has no recipient');
  return identity;
}

/** The identity that follows from its secrets, or null if the age identity is not one. */
export function identityOf(secrets: IdentitySecrets): Identity | null {
  const recipient = recipientOf(secrets.ageIdentity);
  return recipient === null ? null : { ...secrets, signer: signerOf(secrets.signingSeed), recipient };
}
