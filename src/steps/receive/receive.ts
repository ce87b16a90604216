// Receive: a bundle is verified, stored and receipted. Beside: verifying alone, the receipt on the seller’s side, a copy taken out.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import type { CalendarDate, Instant } from '../../base/time.js';
import type { Manifest } from '../../bundle/manifest.js';
import { type TableInBundle, tablesIn } from '../../bundle/sums.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { storedSums } from '../session/tables.js';
import {
  openBundle,
  signedManifest,
  type UnverifiedBundle,
  type VerificationStep,
  verifyBundle,
} from '../../bundle/open.js';
import { type Receipt, readReceipt, receiptDigest, signReceipt } from '../../bundle/receipt.js';
import { addressedTo, type OurBundle } from '../../bundle/unseal.js';
import type { Terms } from '../../deal/terms.js';
import { requireCurrent } from '../../identity/card.js';
import { recognise } from '../../identity/trust.js';
import { fail } from '../../messages/error.js';
import { buyerEnd } from '../../retention/schedule.js';
import { fileDigest, type Written, writeWhole } from '../../store/files.js';
import { type OpenFile, openFile } from '../../store/random-access.js';
import { partyCard, requireDeal } from '../deal/standing.js';
import { ownCard, pinnedCard, trustedCard } from '../session/cards.js';
import { putSending } from '../session/put-sending.js';
import type { Session } from '../session/session.js';
import { loggingRefusal } from '../session/refusal.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { openPool, type Pool } from '../workers/pool.js';
import { endOpening, openedHome } from './opened-parts.js';
import { requireOrder } from './order.js';
import { keepKeys, store } from './storing.js';

/** Parts are packed: this much more comes out of them, roughly, for deciding whether threads are worth starting. */
const PACKING = 4;

export interface ReceiveInput {
  readonly path: string;
  /** Folder for the receipt, absolute; null for the workspace's exchange folder. */
  readonly out: string | null;
  /** Whether a bundle is taken in that does not follow the last one of its deal: one before it is missing, or came later. */
  readonly outOfOrder: boolean;
  /** Folder of the parts that other machines opened, absolute; null where they are opened here. */
  readonly opened: string | null;
  readonly dryRun: boolean;
}

export interface ReceiveResult {
  readonly bundle: string;
  readonly deal: string;
  readonly seller: string;
  readonly terms: Terms;
  readonly purposes: Terms['purposes'];
  readonly steps: readonly VerificationStep[];
  readonly number: number;
  /** Whether it does not follow the last one of its deal, and was taken in because a person said so. */
  readonly outOfOrder: boolean;
  readonly received: number;
  readonly stored: number;
  readonly present: number;
  readonly fields: readonly string[];
  /** Of how many customers who came something stayed with the seller, by what it is. */
  readonly stayed: Readonly<Record<string, number>>;
  /** The tables beside the customers, with what their rows add up to. */
  readonly tables: readonly TableInBundle[];
  readonly retentionUntil: CalendarDate | null;
  /** When the receipt was signed; null in a rehearsal. */
  readonly issued: Instant | null;
  readonly receiptPath: string;
  readonly receiptDigest: Sha256;
  readonly dataset: string | null;
  /** Whether this bundle had been received before: then nothing was stored and the receipt is the one given then. */
  readonly again: boolean;
}

/**
 * Verifies a bundle, opens it, checks every row against the signed schema and roots, stores it sealed, and signs the receipt. A bundle is
 * stored once: received again, it gives the same receipt; the same id with other content is an alarm (docs/threat-model.md, promise 5).
 *
 * @throws HandoverError the problem of the first step that fails; DEAL_ABORTED, DEAL_SIGNED, DEAL_AMENDS, BUNDLE_REPLAY
 */
export function receive(session: Session, input: ReceiveInput): Promise<ReceiveResult> {
  return loggingRefusal(session, input, () => verifyAndStore(session, input));
}

async function verifyAndStore(session: Session, input: ReceiveInput): Promise<ReceiveResult> {
  await beginReceiving(session, input);
  const file = await openFile(input.path);
  const threads: { pool: Pool | null } = { pool: null };
  try {
    const { facts, again, written } = await arrive(session, file, input, () => {
      // What was verified lies about no longer, and the derivation goes on for a moment: the threads start meanwhile.
      if (!input.dryRun && input.opened === null) threads.pool = openPool(file.size * PACKING, 'open');
    });
    const { bundle, terms, outOfOrder } = facts;
    if (input.dryRun) {
      if (!again && input.opened !== null) await openedHome(session, bundle, input.opened);
      return dryResult(facts, again);
    }
    if (again) {
      await keepKeys(session, bundle, terms);
      // A run that was killed when all was stored has left them.
      if (input.opened !== null) await endOpening(session, bundle.manifest.id, input.opened);
    } else {
      const home = input.opened === null ? null : await openedHome(session, bundle, input.opened);
      const incoming = { bundle, terms, outOfOrder, home, file: { ...written, path: input.path } };
      await store(session, incoming, threads.pool ?? openPool(0, 'tags'));
      await home?.remove();
    }
    return await giveReceipt(session, input, facts, again);
  } finally {
    session.runtime.progress.end();
    await file.close();
    await threads.pool?.close();
  }
}

/** A bundle that was verified and is ours. */
interface Arrived {
  readonly facts: Facts;
  /** Whether it was received before. */
  readonly again: boolean;
  readonly written: Written;
}

/** Says what is in the way before a file is opened, and begins with what takes longest: the keys are derived while the bundle is verified. */
export async function beginReceiving(
  session: Session,
  { dryRun }: Pick<ReceiveInput, 'dryRun'>,
): Promise<void> {
  if (!dryRun) session.requireOperator();
  requireNoPurge(session);
  await session.unlock();
}

/**
 * Verifies a bundle, and finds that it is for us and the next of its deal.
 *
 * @param isVerified called once it is, while keys may still be derived
 * @throws HandoverError the problem of the first step that fails; DEAL_ABORTED, DEAL_SIGNED, DEAL_AMENDS, BUNDLE_REPLAY
 */
export async function arrive(
  session: Session,
  file: OpenFile,
  input: Pick<ReceiveInput, 'path' | 'outOfOrder' | 'dryRun'>,
  isVerified: () => void = () => undefined,
): Promise<Arrived> {
  const { info, read } = session.workspace;
  const { progress } = session.runtime;
  const us = ownCard(info);
  const unverified = await openBundle(file);
  const { claimed, seller } = await senderOf(session, unverified);

  const steps: VerificationStep[] = [];
  progress.start('verify');
  // Our own card says which key signs for us: otherwise the seller could name a key of its own, and terms that we never signed. A bundle
  // for somebody else is told apart in step 11.
  const trust = { seller, environment: info.environment, now: session.now };
  const parties = claimed.buyer.card === us.digest ? { ...trust, buyer: us } : trust;
  const verified = await verifyBundle(unverified, parties, (step) => steps.push(step));
  progress.end();
  isVerified();
  const { manifest, manifestDigest, terms } = verified;
  requireDeal(session, terms, 'receive');
  partyCard(session, terms, 'seller');
  const written = await fileDigest(input.path);
  const { identity } = await session.keys();
  const bundle = addressedTo(verified, { card: us.digest, recipient: identity.recipient });

  const known = read.bundle(manifest.id);
  if (known !== undefined && known.manifestDigest !== manifestDigest)
    fail({ code: 'BUNDLE_REPLAY', bundle: manifest.id });
  const again = known !== undefined;
  const outOfOrder = again ? false : requireOrder(session, bundle, input.outOfOrder);
  const facts = { bundle, terms, seller: seller.card.name, steps, outOfOrder, manifest, manifestDigest };
  return { facts, again, written };
}

/** Who sent a bundle, among those whose cards are pinned and valid. @throws HandoverError BUNDLE_SENDER_UNKNOWN, CARD_DISTRUSTED, CARD_EXPIRED */
async function senderOf(session: Session, unverified: UnverifiedBundle) {
  const pinned = session.workspace.read.cards().map((card) => card.digest);
  const cards = pinned.map((digest) => pinnedCard(session, digest));
  const claimed = await signedManifest(unverified, cards);
  const sender = claimed.seller.card;
  if (!pinned.includes(sender)) fail({ code: 'BUNDLE_SENDER_UNKNOWN' });
  const seller = recognise(trustedCard(session, sender), pinned);
  requireCurrent(seller, session.now);
  return { claimed, seller };
}

interface Facts {
  readonly bundle: OurBundle;
  readonly terms: Terms;
  readonly seller: string;
  readonly steps: readonly VerificationStep[];
  readonly outOfOrder: boolean;
  readonly manifest: Manifest;
  readonly manifestDigest: Sha256;
}

/** Signs the receipt, or finds the one that was given, and puts it where it can be sent from. */
async function giveReceipt(
  session: Session,
  input: ReceiveInput,
  facts: Facts,
  again: boolean,
): Promise<ReceiveResult> {
  const { manifest } = facts;
  const { read } = session.workspace;
  const came = read.datasets().filter(({ bundle }) => bundle === manifest.id);
  const dataset = came.find(({ kind }) => kind === 'customers');
  const counts = storedCounts(dataset?.counts);
  if (read.receipt(manifest.id) === undefined) await sign(session, facts, came);
  const kept = read.receipt(manifest.id) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  const receipt: Receipt = readReceipt(kept.bytes);
  const path = receiptPath(input.out ?? session.path('exchange'), manifest, kept.bytes);
  await writeWhole(path, kept.bytes, { force: true });
  await writeWhole(`${path}.minisig`, kept.signature, { force: true });
  await putSending(session, {
    kind: 'receipt',
    path,
    document: kept.bytes,
    beside: { '.minisig': kept.signature },
  });
  return {
    ...viewOf(facts),
    ...counts,
    retentionUntil: receipt.retention_until,
    issued: receipt.issued,
    receiptPath: path,
    receiptDigest: receiptDigest(kept),
    dataset: dataset?.id ?? null,
    again,
  };
}

/** Where the receipt goes. What lies there and is another document, such as the receipt of another seller’s deal of this name, stays. */
function receiptPath(folder: string, { deal, number, id }: Manifest, bytes: Uint8Array): string {
  const path = join(folder, `${deal.id}-${number}.receipt.json`);
  const isTaken = existsSync(path) && !readFileSync(path).equals(bytes);
  return isTaken ? join(folder, `${deal.id}-${number}-${id}.receipt.json`) : path;
}

/** Signs that everything was accepted, and keeps it with its event. */
async function sign(session: Session, facts: Facts, came: readonly Dataset[]): Promise<void> {
  const { manifest, manifestDigest, terms } = facts;
  const { identity } = await session.keys();
  const signed = signReceipt(
    { manifest, manifestDigest },
    {
      disposition: 'accepted',
      reason: null,
      resources: manifest.resources.map((resource) => {
        const dataset = came.find(({ resource: name }) => name === resource.name);
        const sums = dataset === undefined ? null : storedSums(dataset);
        return {
          resource: resource.name,
          root: resource.root,
          tag_root: resource.tag_root,
          received: resource.rows,
          ...storedCounts(dataset?.counts),
          refused: 0,
          reasons: {},
          ...(sums === null ? {} : { sums }),
        };
      }),
      retention_until: buyerEnd(terms).date,
      issued: session.now,
      checkpoint: await session.checkpoint(),
      bundle_checkpoint: facts.bundle.checkpointText,
    },
    identity.signer,
  );
  session.record(
    {
      action: 'receipted',
      objects: { bundle: manifest.id, receipt: receiptDigest(signed) },
      details: { disposition: 'accepted' },
    },
    (write) => write.addReceipt({ bundle: manifest.id, ...signed, direction: 'out', time: session.now }),
  );
}

function viewOf({ manifest, terms, seller, steps, outOfOrder }: Facts) {
  const [resource] = manifest.resources;
  const accounting = manifest.accounting.find((each) => each.resource === resource?.name);
  return {
    bundle: manifest.id,
    deal: manifest.deal.id,
    seller,
    terms,
    purposes: terms.purposes,
    steps,
    number: manifest.number,
    outOfOrder,
    received: resource?.rows ?? 0,
    fields: resource?.fields.map((field) => field.name) ?? [],
    stayed: accounting?.partly ?? {},
    tables: tablesIn(manifest),
  };
}

function dryResult(facts: Facts, again: boolean): ReceiveResult {
  const view = viewOf(facts);
  return {
    ...view,
    stored: again ? 0 : view.received,
    present: again ? view.received : 0,
    retentionUntil: buyerEnd(facts.terms).date,
    issued: null,
    receiptPath: '',
    receiptDigest: facts.manifestDigest,
    dataset: null,
    again,
  };
}

type StoredCounts = Pick<ReceiveResult, 'stored' | 'present'>;

function storedCounts(counts: unknown): StoredCounts {
  const of = (name: string): number => {
    const value: unknown =
      typeof counts === 'object' && counts !== null ? Reflect.get(counts, name) : undefined;
    return typeof value === 'number' ? value : 0;
  };
  return { stored: of('stored'), present: of('present') };
}
