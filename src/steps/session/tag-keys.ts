import { type SecretKey, sha256 } from '../../base/crypto.js';
import { openContainer } from '../../bundle/container.js';
import { MANIFEST, SECRETS } from '../../bundle/entry-names.js';
import { readManifest } from '../../bundle/manifest.js';
import { openSecrets } from '../../bundle/secrets.js';
import { dealIdentity, readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail, HandoverError } from '../../messages/error.js';
import { openFile } from '../../store/random-access.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Session } from './session.js';

/**
 * The keys that all bundles of a deal share, so that a person has one tag, and a value one token, in each of them. The key of the tags
 * goes to the buyer, who will be told of persons by tag; the key of the tokens stays.
 */
export async function dealKeys(
  session: Session,
  terms: Terms,
): Promise<{ readonly tagKey: SecretKey; readonly tokenKey: SecretKey }> {
  return {
    tagKey: await session.keyFor(dealPurpose('tags', terms)),
    tokenKey: await session.keyFor(dealPurpose('tokens', terms)),
  };
}

/** Under what the vault keeps a key of a deal, which all its versions share. */
export function dealPurpose(what: 'tags' | 'tokens', terms: Terms): string {
  return `deal-${what}-${dealIdentity(terms).slice(0, 32)}`;
}

/** The name of the key that blinds the row commitments of one bundle, with the seller and with the buyer. */
export function leafPurpose(bundle: string): string {
  return `leaf-${bundle}`;
}

/** The name of the secret from which all keys of an opening on other machines follow, until the bundle is received. */
export function openingPurpose(bundle: string): string {
  return `opening-${bundle}`;
}

/** The name of the secret from which all keys of a folder of lots follow, until its bundle is put together. */
export function lotsPurpose(bundle: string): string {
  return `lots-${bundle}`;
}

/** The name of the secret from which all keys of a folder of ranges follow, until its dataset is there. */
export function rangesPurpose(dataset: string): string {
  return `ranges-${dataset}`;
}

/**
 * The name of the key under which the bundles of a received deal tag their persons. The seller made it; it came with the secrets of the
 * bundle and is kept, so that persons can be found, and notices about them understood, when the bundle is gone.
 */
export function receivedTagsPurpose(terms: Terms): string {
  return `received-tags-${dealIdentity(terms).slice(0, 32)}`;
}

/**
 * The tag keys of a received deal: one, unless the seller changed it between two bundles. Versions before this one did not keep it: then
 * it is read once more from the bundle, if that still lies where it was received.
 *
 * @throws HandoverError SUBJECT_TAGS_GONE
 */
export async function receivedTagKeys(
  session: Session,
  bundle: Pick<StoredBundle, 'deal' | 'path' | 'manifestDigest' | 'number'>,
): Promise<readonly SecretKey[]> {
  const { vault } = await session.keys();
  const deal =
    session.workspace.read.deal(bundle.deal) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  const purpose = receivedTagsPurpose(readDealJson(deal.bytes));
  const kept = vault.ids().filter((id) => id.startsWith(`${purpose}-`));
  if (kept.length > 0) return kept.map((id) => vault.get(id));
  const key = await tagKeyInFile(session, bundle);
  if (key === null) return fail({ code: 'SUBJECT_TAGS_GONE', bundle: bundle.number });
  return [vault.keep(purpose, key).key];
}

/** The tag key out of the bundle's file, or null if the file is gone or no longer the one that was received. */
async function tagKeyInFile(
  session: Session,
  bundle: Pick<StoredBundle, 'path' | 'manifestDigest'>,
): Promise<SecretKey | null> {
  const { identity } = await session.keys();
  try {
    const file = await openFile(bundle.path);
    try {
      const container = await openContainer(file);
      const manifest = await container.read(MANIFEST);
      if (sha256(manifest) !== bundle.manifestDigest) return null;
      const secrets = await container.read(SECRETS);
      const listed = readManifest(manifest).files.find((entry) => entry.path === SECRETS);
      if (listed?.sha256 !== sha256(secrets)) return null;
      return (await openSecrets(secrets, identity.ageIdentity, identity.recipient)).tagKey;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  }
}
