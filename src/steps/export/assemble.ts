// Assembling a bundle of sealed lots: each is held against what was planned, and only then is one manifest signed over all of them.

import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
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
import { translateErrno } from '../../store/errno.js';
import { readPlain, removeWhole } from '../../store/files.js';
import { takeWaiting } from '../deal/signing.js';
import { loggingRefusal } from '../session/refusal.js';
import type { Session } from '../session/session.js';
import { dealKeys, leafPurpose, lotsPurpose } from '../session/tag-keys.js';
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
  const seed = await seedOf(session, claimedBundle(text));
  const { dryRun, out } = input;
  const requireOpen = () =>
    requireNotThere(session, { folder, secret: seed.id, bundle: claimedBundle(text), dryRun });
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
  await endLots(session, seed.id, folder);
  return { ...result, ...counts };
}

/** Removes what is in the bundle, copies that nobody needs, and then ends the secret: a run that was killed on the way is ended by the next. */
async function endLots(session: Session, secret: string, folder: LotFolder): Promise<void> {
  for (const path of [folder.inputs, folder.outputs, folder.job, folder.lots]) removeWhole(path);
  const { vault } = await session.keys();
  vault.destroyKey(secret);
}

/** Where there is nothing yet. */
const NONE = '' as Sha256;

/** The secret of the lots. @throws HandoverError LOTS_UNKNOWN for lots that were planned elsewhere, or whose secret has ended */
async function seedOf(
  session: Session,
  bundle: string,
): Promise<{ readonly id: string; readonly key: SecretKey }> {
  const { vault } = await session.keys();
  const id = vault.ids().find((known) => known.startsWith(`${lotsPurpose(bundle)}-`));
  if (id === undefined) return fail({ code: 'LOTS_UNKNOWN' });
  return { id, key: vault.get(id) };
}

/** Refuses lots that were put together, and removes what a run that was killed at its end has left of them. @throws HandoverError LOTS_UNKNOWN */
async function requireNotThere(
  session: Session,
  lots: {
    readonly folder: LotFolder;
    readonly secret: string;
    readonly bundle: string;
    readonly dryRun: boolean;
  },
): Promise<void> {
  if (!isThere(session, lots.bundle)) return;
  if (!lots.dryRun) await endLots(session, lots.secret, lots.folder);
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
 * @throws HandoverError LOTS_MISSING, LOTS_TWICE, LOTS_OTHER, LOTS_CHANGED and those of reading documents
 */
function sealedLots(
  folder: LotFolder,
  lots: Lots,
  macKey: SecretKey,
  digest: Sha256,
): readonly SealedSource[] {
  const found = new Map<number, SealedLot>();
  const names = namesIn(folder.outputs);
  for (const name of names) {
    const bytes = readPlain(join(folder.outputs, name), SEALED_LOT_LIMIT, name);
    const sealed = readSealedLot(bytes, macKey, digest, name);
    if (found.has(sealed.lot)) fail({ code: 'LOTS_TWICE', lot: sealed.lot });
    found.set(sealed.lot, sealed);
  }
  // A file under another number's name was moved there.
  const named = new Set([...found.keys()].map((lot) => basename(folder.sealed(lot))));
  for (const name of names) if (!named.has(name)) fail({ code: 'LOTS_CHANGED', name });
  const missing = lots.lots.flatMap((_, i) => (found.has(i + 1) ? [] : [i + 1]));
  if (missing.length > 0) fail({ code: 'LOTS_MISSING', lots: missing });
  return lots.lots.map((lot, i) => {
    const number = i + 1;
    const name = basename(folder.sealed(number));
    const sealed = found.get(number) ?? fail({ code: 'LOTS_MISSING', lots: [number] });
    const pages = sealed.parts.flatMap((part) => part.pages.map(({ rows }) => rows));
    if (sealed.resource !== lot.resource || pages.join() !== lot.pages.join() || !addsUp(sealed))
      fail({ code: 'LOTS_CHANGED', name });
    return { number, lot, sealed };
  });
}

/** Whether the rows of a lot are those of its parts, and theirs those of their pages. */
function addsUp({ rows, parts }: SealedLot): boolean {
  const sum = (each: readonly { readonly rows: number }[]) => each.reduce((all, one) => all + one.rows, 0);
  return rows === sum(parts) && parts.every((part) => part.rows === sum(part.pages));
}

/** The names of what workers said, sorted. Temporary files begin with a dot. */
function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
  } catch (error) {
    throw translateErrno(error, basename(folder));
  }
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
