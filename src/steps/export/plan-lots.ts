// Planning lots: what may go is cut into lots that many machines can seal, without a key that signs and without this store.

import { concat } from '../../base/bytes.js';
import { type SecretKey, sha256, uuidv7 } from '../../base/crypto.js';
import { lotPageBytes } from '../../bundle/lot-pages.js';
import { LOTS_FORMAT, type Lot, type Lots, lotJobBytes, lotKeys, lotsBytes } from '../../bundle/lots.js';
import { recipientsOf } from '../../deal/escrow.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { makeFolder, writeWhole } from '../../store/files.js';
import { openBytes } from '../../store/sealed-pages.js';
import { loggingRefusal } from '../session/refusal.js';
import type { Session } from '../session/session.js';
import { dealKeys, lotsPurpose } from '../session/tag-keys.js';
import { handOut, requirePlaces } from '../workers/handing-out.js';
import { type JobKey, sealForJob } from '../workers/job-key.js';
import { type Cleared, readyToExport } from './export.js';
import { LotFolder } from './lot-folder.js';
import { goingPages, type LotSource, lotSources, verdictsOf } from './lot-source.js';

export interface PlanLotsInput {
  readonly terms: Terms;
  /** Folder for the lots, absolute; it must not be there yet. */
  readonly folder: string;
  /** File for the key of the job, absolute; it must not be there yet, and does not lie with the lots. */
  readonly key: string;
  /** About how many lots; null for as many as make a good size. */
  readonly lots: number | null;
  /** Whether a plan that was carried out already is carried out once more. */
  readonly again: boolean;
  readonly dryRun: boolean;
}

export interface PlannedLots {
  readonly bundle: string;
  readonly deal: string;
  readonly buyer: string;
  readonly lots: number;
  /** Rows that go, of all resources. */
  readonly rows: number;
  /** Of what is to be sealed. 0 where nothing was written. */
  readonly bytes: number;
  readonly folder: string;
  readonly key: string;
}

/** A page is half a MiB of the customer file: so many make some megabytes, and some seconds of work. */
const PAGES_OF_LOT = 32;
/** A lot is in memory whole while it is sealed. */
const PAGES_AT_MOST = 256;
/** Each file's last lot is a short one, so this is fewer than there may be. */
const LOTS_BEFORE_LONGER = 8000;

/**
 * Cuts what may go into lots: every verdict, consent and doubt is settled by the check before, so that a lot can be sealed without knowing of the
 * others (docs/decisions/0079).
 *
 * @throws HandoverError as exportBundle, LOTS_KEY_PLACE, LOTS_TAKEN
 */
export function planLots(session: Session, input: PlanLotsInput): Promise<PlannedLots> {
  return loggingRefusal(session, { path: null, dryRun: input.dryRun }, () => planned(session, input));
}

async function planned(session: Session, input: PlanLotsInput): Promise<PlannedLots> {
  const { terms, again, dryRun } = input;
  requirePlaces(input);
  const { cleared, outline } = await readyToExport(session, { terms, again, dryRun, out: null }, null);
  const sources = lotSources(session, cleared);
  const cut = sizeOf(session, cleared, sources, input.lots);
  const bundle = uuidv7(Date.parse(session.now), session.runtime.random);
  const about = { bundle, deal: terms.id, buyer: outline.buyer, folder: input.folder, key: input.key };
  if (dryRun) return { ...about, lots: cut.lots, rows: cut.rows, bytes: 0 };
  const { vault } = await session.keys();
  const { signal } = session.runtime;
  const order = { purpose: lotsPurpose(bundle), what: 'lots', signal } as const;
  const lots = await handOut(input, vault, order, ({ folder, seed, job }) =>
    write(session, input, {
      ...{ cleared, sources, bundle, size: cut.size },
      ...{ folder: new LotFolder(folder), seed, job },
    }),
  );
  const bytes = lots.reduce((sum, lot) => sum + lot.bytes, 0);
  return { ...about, lots: lots.length, rows: cut.rows, bytes };
}

/** How many pages a lot has, and how many lots and rows that makes. */
function sizeOf(
  session: Session,
  cleared: Cleared,
  sources: readonly LotSource[],
  wanted: number | null,
): { readonly size: number; readonly lots: number; readonly rows: number } {
  const pages = sources.map((source) => [...goingPages(session, cleared, source)].map(({ rows }) => rows));
  const all = pages.flat();
  const least = Math.ceil(all.length / LOTS_BEFORE_LONGER);
  const asked = wanted === null ? PAGES_OF_LOT : Math.ceil(all.length / wanted);
  const size = Math.min(PAGES_AT_MOST, Math.max(least, asked, 1));
  const lots = pages.reduce((sum, { length }) => sum + Math.ceil(length / size), 0);
  return { size, lots, rows: all.reduce((sum, rows) => sum + rows, 0) };
}

interface Writing {
  readonly folder: LotFolder;
  readonly job: JobKey;
  readonly cleared: Cleared;
  readonly sources: readonly LotSource[];
  readonly bundle: string;
  /** Pages of a lot. */
  readonly size: number;
  readonly seed: SecretKey;
}

/** Writes the lots, logs that they leave the store, and only then the job and what says what there is. */
async function write(session: Session, input: PlanLotsInput, writing: Writing): Promise<readonly Lot[]> {
  const { terms } = input;
  const { cleared, sources, bundle, seed, folder, job } = writing;
  const { random } = session.runtime;
  makeFolder(folder.inputs);
  const lots = await writeLots(session, writing);
  const keys = lotKeys(seed);
  const recipients = recipientsOf(cleared.buyer.card.recipient, terms);
  const document: Lots = {
    format: LOTS_FORMAT,
    bundle,
    deal: { id: terms.id, digest: dealDigest(terms) },
    plan: cleared.standing.digest,
    verdicts: verdictsOf(session, cleared, sources),
    recipients: [...recipients],
    again: input.again,
    lots: [...lots],
  };
  const text = lotsBytes(document, keys.macKey);
  session.record(
    {
      action: 'lots-planned',
      objects: { deal: document.deal.digest, plan: document.plan, lots: sha256(text) },
      details: { lots: lots.length },
    },
    () => undefined,
  );
  const files = sources.map(({ file }) => file);
  const told = lotJobBytes({
    bundle,
    terms,
    recipients,
    files,
    ...(await dealKeys(session, terms)),
    ...keys,
  });
  await writeWhole(folder.job, await sealForJob(told, job, random));
  await writeWhole(folder.lots, text);
  return lots;
}

/** Takes the pages out of the store, under the key of the job instead of that of their dataset, which stays. */
async function writeLots(
  session: Session,
  { cleared, sources, size, folder, job }: Writing,
): Promise<readonly Lot[]> {
  const { vault } = await session.keys();
  const { progress, random, signal } = session.runtime;
  const lots: Lot[] = [];
  let gathered: { readonly bytes: Uint8Array; readonly rows: number }[] = [];
  const close = async (resource: string, file: number): Promise<void> => {
    if (gathered.length === 0) return;
    const sealed = await sealForJob(concat(...gathered.map(({ bytes }) => bytes)), job, random);
    const written = await writeWhole(folder.input(lots.length + 1), sealed);
    lots.push({ resource, file, pages: gathered.map(({ rows }) => rows), ...written });
    gathered = [];
  };
  progress.start('seal', cleared.accounting.transfer);
  try {
    for (const [file, source] of sources.entries()) {
      const { id, keyId } = source.dataset;
      for (const { number, reasonSets, stays, rows } of goingPages(session, cleared, source)) {
        signal.throwIfAborted();
        const { read } = session.workspace;
        const page = read.page(id, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
        const packed = openBytes(page.sealed, { dataset: id, number, tags: page.tags }, vault.get(keyId));
        gathered.push({ bytes: lotPageBytes({ number, reasonSets, stays, packed }), rows });
        progress.advance(rows);
        if (gathered.length === size) await close(source.resource, file);
      }
      await close(source.resource, file);
    }
  } finally {
    progress.end();
  }
  return lots;
}
