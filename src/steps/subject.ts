import { type SecretKey, sha256 } from '../base/crypto.js';
import { TAG_BYTES, tagger } from '../base/tagger.js';
import { openContainer } from '../bundle/container.js';
import { MANIFEST, SECRETS } from '../bundle/entry-names.js';
import { readManifest } from '../bundle/manifest.js';
import { openSecrets } from '../bundle/secrets.js';
import { fail, HandoverError } from '../messages/error.js';
import { openFile } from '../store/random-access.js';
import type { Dataset, StoredBundle } from '../store/rows.js';
import type { House } from './house.js';

/** Where a person stands: one record of one dataset. */
export interface SubjectPlace {
  readonly dataset: Dataset;
  /** Number of the page, and position of the record in it, from 0. */
  readonly page: number;
  readonly position: number;
  /** The tag under which the dataset knows the person. */
  readonly tag: Uint8Array;
}

/** A person as the store knows one: by tag. */
export interface SubjectTags {
  /** Under the workspace's own key: the name of the person in the register and in the log. */
  readonly own: Uint8Array;
  /** Under every key that any dataset's tags are made with, the own one first, whether or not the person stands there. */
  readonly tags: readonly Uint8Array[];
  /** In the order of the datasets and of their records. */
  readonly places: readonly SubjectPlace[];
}

/**
 * Every place where a person stands, imported or received, found without opening a record: imported datasets are tagged under the
 * workspace's own key, received ones under the tag key of their deal.
 *
 * @param customerNo as in the file; its form is normalised as import does it
 * @throws HandoverError SUBJECT_TAGS_GONE where the tag key of a received bundle was not kept and cannot be had any more
 */
export async function tagsOf(house: House, customerNo: string): Promise<SubjectTags> {
  const subject = customerNo.normalize('NFKC').trim();
  const own = tagger(await house.keyFor('subject-tags'))([subject]);
  const tags: Uint8Array[] = [own];
  const places: SubjectPlace[] = [];
  const received = new Map<string, readonly Uint8Array[]>();
  for (const dataset of house.workspace.read.datasets()) {
    if (dataset.state === 'purged') continue;
    let wanted: readonly Uint8Array[] = [own];
    if (dataset.content === 'ndjson-gz') {
      const bundle = bundleOf(house, dataset);
      wanted = received.get(bundle.deal) ?? [];
      if (wanted.length === 0) {
        wanted = (await receivedTagKeys(house, bundle)).map((key) => tagger(key)([subject]));
        received.set(bundle.deal, wanted);
        tags.push(...wanted);
      }
    }
    for (const tag of wanted) places.push(...placesOf(house, dataset, tag));
  }
  return { own, tags, places };
}

/** The records of a dataset that stand under a tag. */
export function* placesOf(
  house: House,
  dataset: Dataset,
  tag: Uint8Array,
): Generator<SubjectPlace, void, undefined> {
  for (const { number, tags } of house.workspace.read.pageTags(dataset.id))
    for (const position of positionsOf(tags, tag)) yield { dataset, page: number, position, tag };
}

/** Positions of the records of a page that stand under a tag. */
export function positionsOf(tags: Uint8Array, wanted: Uint8Array): readonly number[] {
  const packed = Buffer.from(tags.buffer, tags.byteOffset, tags.byteLength);
  const positions: number[] = [];
  for (let at = packed.indexOf(wanted); at !== -1; at = packed.indexOf(wanted, at + 1))
    if (at % TAG_BYTES === 0) positions.push(at / TAG_BYTES);
  return positions;
}

/** The bundle that a received dataset came in. */
export function bundleOf(house: House, dataset: Dataset): StoredBundle {
  const bundle = dataset.bundle === null ? undefined : house.workspace.read.bundle(dataset.bundle);
  return bundle ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}

/**
 * The name of the key under which the bundles of a received deal tag their persons. The seller made it; it came with the secrets of the
 * bundle and is kept, so that persons can be found, and notices about them understood, when the bundle is gone.
 *
 * @param deal digest of the deal
 */
export function receivedTagsPurpose(deal: string): string {
  return `received-tags-${deal.slice(0, 32)}`;
}

/** The name of the key that blinds the row commitments of one bundle, with the seller and with the buyer. */
export function leafPurpose(bundle: string): string {
  return `leaf-${bundle}`;
}

/**
 * The tag keys of a received deal: one, unless the seller changed it between two bundles. Versions before this one did not keep it: then
 * it is read once more from the bundle, if that still lies where it was received.
 *
 * @throws HandoverError SUBJECT_TAGS_GONE
 */
export async function receivedTagKeys(
  house: House,
  bundle: Pick<StoredBundle, 'deal' | 'path' | 'manifestDigest' | 'number'>,
): Promise<readonly SecretKey[]> {
  const { vault } = await house.keys();
  const purpose = receivedTagsPurpose(bundle.deal);
  const kept = vault.ids().filter((id) => id.startsWith(`${purpose}-`));
  if (kept.length > 0) return kept.map((id) => vault.get(id));
  const key = await tagKeyInFile(house, bundle);
  if (key === null) return fail({ code: 'SUBJECT_TAGS_GONE', bundle: bundle.number });
  return [vault.keep(purpose, key).key];
}

/** The tag key out of the bundle's file, or null if the file is gone or no longer the one that was received. */
async function tagKeyInFile(
  house: House,
  bundle: Pick<StoredBundle, 'path' | 'manifestDigest'>,
): Promise<SecretKey | null> {
  const { identity } = await house.keys();
  try {
    const file = await openFile(bundle.path);
    try {
      const container = await openContainer(file);
      const manifest = await container.read(MANIFEST);
      if (sha256(manifest) !== bundle.manifestDigest) return null;
      const secrets = await container.read(SECRETS);
      const listed = readManifest(manifest).files.find((entry) => entry.path === SECRETS);
      if (listed?.sha256 !== sha256(secrets)) return null;
      return (await openSecrets(secrets, identity.ageIdentity)).tagKey;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  }
}
