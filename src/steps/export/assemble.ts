// Assembling a bundle of sealed lots: each is held against what was planned, and only then is one manifest signed over all of them.

import { basename } from 'node:path';
import { type SecretKey, type Sha256, sha256, uuidv7 } from '../../base/crypto.js';
import { partName } from '../../bundle/entry-names.js';
import {
  claimedBundle,
  LOTS_LIMIT,
  LOTS_NAME,
  type Lots,
  lotKeys,
  readLots,
  readSealedLot,
  SEALED_LOT_LIMIT,
  type SealedLot,
} from '../../bundle/lots.js';
import type { SealedResource } from '../../bundle/seal.js';
import { recipientsOf } from '../../deal/escrow.js';
import { dealDigest, readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { readPlain } from '../../store/files.js';
import { takeWaiting } from '../deal/signing.js';
import { endJob, type JobSecret, jobSecret } from '../session/job-secret.js';
import { loggingRefusal } from '../session/refusal.js';
import type { Session } from '../session/session.js';
import { dealKeys, leafPurpose, lotsPurpose } from '../session/tag-keys.js';
import { wordsHome } from '../workers/words-home.js';
import { type Cleared, type ExportResult, finishBundle, readyToExport } from './export.js';
import { begin } from './begin.js';
import { LotFolder, type SealedSource } from './lot-folder.js';
import { partContent, requireParts } from './lot-parts.js';
import { rootsOf } from './lot-roots.js';
import { lotSources, verdictsOf } from './lot-source.js';

export interface AssembleInput {
  /** Folder of the lots, absolute. */
  readonly folder: string;
  /** Folder for the bundle, absolute; null for the workspace's exchange folder. */
  readonly out: string | null;
  readonly dryRun: boolean;
}

export interface AssembledBundle extends ExportResult {
  readonly lots: number;
}

/**
 * Puts the bundle together from its lots. Nothing is signed unless every lot is there once, of this plan, unchanged and with the rows that
 * the plan says, and no person is in two of them.
 *
 * @throws HandoverError the LOTS_ problems, and as exportBundle
 */
export function assembleBundle(session: Session, input: AssembleInput): Promise<AssembledBundle> {
  return loggingRefusal(session, { path: null, dryRun: input.dryRun }, () => assembled(session, input));
}

async function assembled(session: Session, input: AssembleInput): Promise<AssembledBundle> {
  const folder = new LotFolder(input.folder);
  // Ends what a run left that was killed while it ended the secret: by then the folder is gone.
  await session.keys();
  const text = readPlain(folder.lots, LOTS_LIMIT, LOTS_NAME);
  const seed = await jobSecret(session, lotsPurpose(claimedBundle(text)), 'LOTS_UNKNOWN');
  const { dryRun, out } = input;
  const requireOpen = () =>
    requireNotThere(session, { folder, secret: seed, bundle: claimedBundle(text), dryRun });
  await requireOpen();
  const { leafKey, macKey } = lotKeys(seed.key);
  const lots = readLots(text, macKey);
  const terms = termsOf(session, lots);
  const going = { terms, out, again: lots.again, dryRun };
  // Looks through what a killed run left: the bundle may be there after all, whether anything else may go or not.
  const { cleared, outline } = await readyToExport(session, going, null).finally(requireOpen);
  requireSame(session, cleared, lots, terms);
  const sealed = sealedLots(folder, lots, macKey, sha256(text));
  await requireParts(folder, lots, sealed, session.runtime.signal);
  const resources = resourcesOf(folder, sealed);
  const counts = { lots: lots.lots.length };
  if (dryRun) return { ...outline, ...counts, bundle: '', bytes: 0, sha256: NONE, manifestDigest: NONE };
  takeWaiting(session, terms);
  const begun = begin(session, terms, outline, cleared, freeId(session, lots.bundle));
  const keys = {
    ...(await dealKeys(session, terms)),
    leafKey: await session.keyFor(leafPurpose(begun.id), leafKey),
  };
  const result = await finishBundle(session, begun, { cleared, outline, keys, resources });
  await endJob(session, seed, pathsOf(folder));
  return { ...result, ...counts };
}

/** What a folder of lots holds. */
function pathsOf(folder: LotFolder): readonly string[] {
  return [folder.inputs, folder.outputs, folder.job, folder.lots];
}

/** Where there is nothing yet. */
const NONE = '' as Sha256;

/** Refuses lots that were put together, and removes what a run that was killed at its end has left of them. @throws HandoverError LOTS_UNKNOWN */
async function requireNotThere(
  session: Session,
  lots: {
    readonly folder: LotFolder;
    readonly secret: JobSecret;
    readonly bundle: string;
    readonly dryRun: boolean;
  },
): Promise<void> {
  if (!isThere(session, lots.bundle)) return;
  if (!lots.dryRun) await endJob(session, lots.secret, pathsOf(lots.folder));
  fail({ code: 'LOTS_UNKNOWN' });
}

/** Whether the bundle of these lots has left, or may have: one that began and was given up has not. */
function isThere(session: Session, bundle: string): boolean {
  const known = session.workspace.read.bundle(bundle);
  return known !== undefined && known.state !== 'began' && known.state !== 'abandoned';
}

/** The id that was planned; another where a run that was killed has used it. */
function freeId(session: Session, planned: string): string {
  const isFree = session.workspace.read.bundle(planned) === undefined;
  return isFree ? planned : uuidv7(Date.parse(session.now), session.runtime.random);
}

function termsOf(session: Session, { deal }: Lots): Terms {
  const stored = session.workspace.read.deal(deal.digest) ?? fail({ code: 'DEAL_UNKNOWN', deal: deal.id });
  return readDealJson(stored.bytes);
}

/** What was sealed has to be what goes today. @throws HandoverError LOTS_STALE */
function requireSame(session: Session, cleared: Cleared, lots: Lots, terms: Terms): void {
  const recipients = recipientsOf(cleared.buyer.card.recipient, terms);
  const isSame =
    lots.deal.digest === dealDigest(terms) &&
    lots.plan === cleared.standing.digest &&
    lots.recipients.join() === recipients.join() &&
    lots.verdicts === verdictsOf(session, cleared, lotSources(session, cleared));
  if (!isSame) fail({ code: 'LOTS_STALE', deal: terms.id });
}

/**
 * What the workers said, in the order of the lots.
 *
 * @throws HandoverError LOTS_MISSING, LOTS_TWICE, LOTS_OTHER, LOTS_CHANGED, LOTS_PROGRAM and those of reading documents
 */
function sealedLots(
  folder: LotFolder,
  lots: Lots,
  macKey: SecretKey,
  digest: Sha256,
): readonly SealedSource[] {
  const said = wordsHome<SealedLot>(folder, lots.lots.length, {
    limit: SEALED_LOT_LIMIT,
    read: (bytes, name) => readSealedLot(bytes, macKey, digest, name),
    part: ({ lot }) => lot,
    missing: (parts) => ({ code: 'LOTS_MISSING', lots: parts }),
    twice: (lot) => ({ code: 'LOTS_TWICE', lot }),
    changed: (name) => ({ code: 'LOTS_CHANGED', name }),
  });
  return said.map((sealed, i) => {
    const number = i + 1;
    const lot = lots.lots[i];
    const pages = sealed.parts.flatMap((part) => part.pages.map(({ rows }) => rows));
    if (sealed.resource !== lot?.resource || pages.join() !== lot.pages.join() || !addsUp(sealed))
      return fail({ code: 'LOTS_CHANGED', name: basename(folder.said(number)) });
    return { number, lot, sealed };
  });
}

/** Whether the rows of a lot are those of its parts, and theirs those of their pages. */
function addsUp({ rows, parts }: SealedLot): boolean {
  const sum = (each: readonly { readonly rows: number }[]) => each.reduce((all, one) => all + one.rows, 0);
  return rows === sum(parts) && parts.every((part) => part.rows === sum(part.pages));
}

/** The rows of each resource, with the roots over all of its lots. @throws HandoverError LOTS_PERSON, LOTS_CHANGED */
function resourcesOf(folder: LotFolder, sealed: readonly SealedSource[]): readonly SealedResource[] {
  const names = [...new Set(sealed.map(({ lot }) => lot.resource))];
  return names.map((name) => {
    const own = sealed.filter(({ lot }) => lot.resource === name);
    const placed = own.flatMap(({ number, sealed: { parts } }) => {
      let offset = 0;
      return parts.map((part) => {
        const slice = { path: folder.parts(number), offset, bytes: part.bytes, sha256: part.sha256 };
        offset += part.bytes;
        return { part, slice };
      });
    });
    return {
      name,
      rows: own.reduce((sum, { sealed: { rows } }) => sum + rows, 0),
      ...rootsOf(folder, name, own),
      parts: placed.map(({ part, slice }, i) => ({
        entry: { path: partName(name, i + 1), ...part },
        content: () => partContent(slice),
      })),
    };
  });
}
