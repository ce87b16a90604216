import { z } from 'zod';
import { hex, utf8 } from '../base/bytes.js';
import { type Random, type SecretKey, secretFromHex } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { fail } from '../messages/error.js';
import { isSealedFor, openAge, sealAge } from '../base/age.js';
import { readDocument } from './document.js';
import { SECRETS } from './entry-names.js';

export const SECRETS_FORMAT = 'handover.secrets/1';

/** The keys of a bundle that only its recipient gets. */
export interface BundleSecrets {
  /** Blinds the row commitments. */
  readonly leafKey: SecretKey;
  /** Makes the subject tags. */
  readonly tagKey: SecretKey;
}

const key = z.string().regex(/^[0-9a-f]{64}$/);
const secretsSchema = z.strictObject({ format: z.literal(SECRETS_FORMAT), leaf_key: key, tag_key: key });

/** data/secrets.json.age for the buyer's recipient. Escrow recipients of a deal can read the rows, not these. */
export function sealSecrets(secrets: BundleSecrets, recipient: string, random: Random): Promise<Uint8Array> {
  const text = canonicalJson({
    format: SECRETS_FORMAT,
    leaf_key: hex(secrets.leafKey),
    tag_key: hex(secrets.tagKey),
  });
  return sealAge(utf8(text), [recipient], random);
}

/**
 * Opens data/secrets.json.age.
 *
 * @param recipient the buyer's, the only one that it may be encrypted to
 * @throws HandoverError BUNDLE_KEY, BUNDLE_DECRYPT, BUNDLE_RECIPIENTS, the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE
 */
export async function openSecrets(
  sealed: Uint8Array,
  ageIdentity: string,
  recipient: string,
): Promise<BundleSecrets> {
  const plain = await openAge(sealed, ageIdentity);
  if (plain === 'no-match') return fail({ code: 'BUNDLE_KEY', entry: SECRETS });
  if (plain === 'damaged') return fail({ code: 'BUNDLE_DECRYPT', entry: SECRETS });
  if (!isSealedFor(sealed, [recipient])) fail({ code: 'BUNDLE_RECIPIENTS', entry: SECRETS });
  const document = 'secrets.json';
  const secrets = readDocument(plain, {
    document,
    format: SECRETS_FORMAT,
    schema: secretsSchema,
    limit: 4096,
  });
  const leafKey = secretFromHex(secrets.leaf_key);
  const tagKey = secretFromHex(secrets.tag_key);
  if (leafKey === null || tagKey === null) return fail({ code: 'FORMAT_SHAPE', document, path: '.' });
  return { leafKey, tagKey };
}
