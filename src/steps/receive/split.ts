// Splitting: a received bundle is verified here, and the keys of its parts alone go to the machines that open them.

import { basename } from 'node:path';
import { readHeader } from '../../base/age-header.js';
import { ageIdentity } from '../../base/age-keys.js';
import type { Sha256 } from '../../base/crypto.js';
import type { ManifestResource } from '../../bundle/manifest.js';
import { openingJobBytes, openingKeys } from '../../bundle/opening.js';
import { type OurBundle, openBundleSecrets } from '../../bundle/unseal.js';
import { recipientsOf } from '../../deal/escrow.js';
import { fail } from '../../messages/error.js';
import { writeWhole } from '../../store/files.js';
import { openFile } from '../../store/random-access.js';
import { loggingRefusal } from '../session/refusal.js';
import type { Session } from '../session/session.js';
import { openingPurpose } from '../session/tag-keys.js';
import { handOut, requirePlaces } from '../workers/handing-out.js';
import { sealForJob } from '../workers/job-key.js';
import { OpeningFolder } from './opening-folder.js';
import { arrive, beginReceiving } from './receive.js';

export interface SplitInput {
  /** The bundle's file, absolute. */
  readonly path: string;
  /** Folder for the job, absolute; it must not be there yet. */
  readonly folder: string;
  /** File for the key of the job, absolute; it must not be there yet, and does not lie in the folder. */
  readonly key: string;
  /** As when receiving. */
  readonly outOfOrder: boolean;
  readonly dryRun: boolean;
}

export interface SplitResult {
  readonly bundle: string;
  readonly deal: string;
  readonly seller: string;
  readonly number: number;
  readonly manifest: Sha256;
  readonly parts: number;
  readonly rows: number;
}

/**
 * Verifies a bundle as receiving does, and hands out the keys of its parts, sealed: with them a part can be opened, and nothing else of ours.
 *
 * @throws HandoverError as receive, LOTS_KEY_PLACE, LOTS_TAKEN, OPENED_BEFORE for a bundle that was received already
 */
export function splitBundle(session: Session, input: SplitInput): Promise<SplitResult> {
  return loggingRefusal(session, input, () => split(session, input));
}

async function split(session: Session, input: SplitInput): Promise<SplitResult> {
  requirePlaces(input);
  await beginReceiving(session, input);
  const file = await openFile(input.path);
  try {
    const { facts, again } = await arrive(session, file, input);
    const { manifest, manifestDigest, bundle } = facts;
    if (again) fail({ code: 'OPENED_BEFORE', bundle: basename(input.path) });
    const [resource] = manifest.resources;
    const result = {
      ...{ bundle: manifest.id, deal: manifest.deal.id, seller: facts.seller, number: manifest.number },
      ...{ manifest: manifestDigest, parts: resource?.parts.length ?? 0, rows: resource?.rows ?? 0 },
    };
    if (input.dryRun || resource === undefined) return result;
    await handOutKeys(session, input, bundle, resource);
    return result;
  } finally {
    session.runtime.progress.end();
    await file.close();
  }
}

async function handOutKeys(
  session: Session,
  places: SplitInput,
  bundle: OurBundle,
  resource: ManifestResource,
): Promise<void> {
  const { manifest, manifestDigest, terms } = bundle;
  const { identity, vault } = await session.keys();
  const secrets = await openBundleSecrets(bundle, identity.ageIdentity);
  const fileKeys: Uint8Array[] = [];
  for (const { path: entry } of resource.parts)
    fileKeys.push(await fileKeyOf(bundle, entry, identity.ageIdentity));
  const purpose = openingPurpose(manifest.id);
  // Split anew, a bundle has another key, and the one before opens nothing that comes home.
  vault.destroyKeys(vault.ids().filter((id) => id.startsWith(`${purpose}-`)));
  session.record(
    {
      action: 'parts-handed-out',
      objects: { bundle: manifest.id, manifest: manifestDigest },
      details: { parts: resource.parts.length },
    },
    () => undefined,
  );
  const { random, signal } = session.runtime;
  await handOut(places, vault, { purpose, what: 'opening', signal }, async ({ folder, seed, job }) => {
    const told = openingJobBytes({
      ...{ bundle: manifest.id, manifest: manifestDigest, resource, fileKeys },
      ...{ recipients: recipientsOf(manifest.buyer.recipient, terms), ...secrets, ...openingKeys(seed) },
    });
    await writeWhole(new OpeningFolder(folder).job, await sealForJob(told, job, random));
  });
}

/** The key of one part. @throws HandoverError BUNDLE_KEY, BUNDLE_DECRYPT */
async function fileKeyOf(bundle: OurBundle, entry: string, identity: string): Promise<Uint8Array> {
  const header = readHeader(await bundle.container.read(entry));
  if (header === null) return fail({ code: 'BUNDLE_DECRYPT', entry });
  const fileKey = await ageIdentity(identity)?.unwrap(header.stanzas);
  if (fileKey === 'no-match' || fileKey === undefined) return fail({ code: 'BUNDLE_KEY', entry });
  return fileKey === 'damaged' ? fail({ code: 'BUNDLE_DECRYPT', entry }) : fileKey;
}
