import { basename, join } from 'node:path';
import { CompactRange } from '../../audit/merkle.js';
import { type Sha256, uuidv7 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import type { CalendarDate } from '../../base/time.js';
import { MANIFEST } from '../../bundle/entry-names.js';
import { type Manifest, readManifest } from '../../bundle/manifest.js';
import { openBundle, type VerificationStep, verifyBundle } from '../../bundle/open.js';
import type { PackedPage } from '../../bundle/page-reading.js';
import { type Receipt, readReceipt, receiptDigest, signReceipt } from '../../bundle/receipt.js';
import {
  addressedTo,
  checkResource,
  type OurBundle,
  openBundleSecrets,
  packedPages,
} from '../../bundle/unseal.js';
import { dealBytes, dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { requireCurrent } from '../../identity/card.js';
import { recognise } from '../../identity/trust.js';
import { fail, HandoverError } from '../../messages/error.js';
import { repeatedSubjects, sieveOf } from '../../policy/repeats.js';
import { buyerEnd } from '../../retention/schedule.js';
import { fileDigest, type Written, writeWhole } from '../../store/files.js';
import { openFile } from '../../store/random-access.js';
import { requireAlive, requireNotReplacing } from '../deal/deal.js';
import { ownCard, pinnedCard } from '../session/cards.js';
import type { House } from '../session/house.js';
import { isAlarm, logRefusal } from '../session/refusal.js';
import { leafPurpose, receivedTagsPurpose } from '../session/tag-keys.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { openPool, type Pool } from '../workers/pool.js';
import { release } from '../workers/stage.js';
import type { OpenInput } from '../workers/stages/open.js';
import { TagTree } from '../workers/tag-tree.js';

export interface ReceiveInput {
  readonly path: string;
  /** Folder for the receipt, absolute; null for the workspace's exchange folder. */
  readonly out: string | null;
  readonly dryRun: boolean;
}

export interface ReceiveResult {
  readonly bundle: string;
  readonly deal: string;
  readonly seller: string;
  readonly purposes: Terms['purposes'];
  readonly steps: readonly VerificationStep[];
  readonly received: number;
  readonly stored: number;
  readonly present: number;
  readonly fields: readonly string[];
  readonly retentionUntil: CalendarDate | null;
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
 * @throws HandoverError the problem of the first step that fails; DEAL_ABORTED, DEAL_SIGNED, BUNDLE_REPLAY
 */
export async function receive(house: House, input: ReceiveInput): Promise<ReceiveResult> {
  try {
    return await verifyAndStore(house, input);
  } catch (error) {
    if (error instanceof HandoverError && !input.dryRun && isAlarm(error))
      await logRefusal(house, input.path, error);
    throw error;
  }
}

async function verifyAndStore(house: House, input: ReceiveInput): Promise<ReceiveResult> {
  const { info, read } = house.workspace;
  const { progress } = house.around;
  const us = ownCard(info);
  if (!input.dryRun) house.requireOperator();
  requireNoPurge(house);
  // The keys are derived while the bundle is verified.
  await house.unlock();
  const file = await openFile(input.path);
  let pool: Pool | null = null;
  try {
    const unverified = await openBundle(file);
    const claimed = readManifest(await unverified.read(MANIFEST));
    const sender = claimed.seller.card;
    const pinned = read.cards().map((card) => card.digest);
    if (!pinned.includes(sender)) fail({ code: 'BUNDLE_SENDER_UNKNOWN' });
    const seller = recognise(pinnedCard(house, sender), pinned);
    requireCurrent(seller, house.now);

    const steps: VerificationStep[] = [];
    progress.start('verify');
    // Our own card says which key signs for us: otherwise the seller could name a key of its own, and terms that we never signed. A bundle
    // for somebody else is told apart in step 10.
    const trust = { seller, environment: info.environment };
    const parties = claimed.buyer.card === us.digest ? { ...trust, buyer: us } : trust;
    const verified = await verifyBundle(unverified, parties, (step) => steps.push(step));
    progress.end();
    // What was verified lies about no longer, and the derivation goes on for a moment: the threads start meanwhile.
    if (!input.dryRun) pool = openPool(file.size * PACKING, 'open');
    const { manifest, manifestDigest, terms } = verified;
    requireAlive(house, terms);
    requireNotReplacing(house, terms);
    const written = await fileDigest(input.path);
    const { identity } = await house.keys();
    const bundle = addressedTo(verified, { card: us.digest, recipient: identity.recipient });

    const known = read.bundle(manifest.id);
    if (known !== undefined && known.manifestDigest !== manifestDigest)
      fail({ code: 'BUNDLE_REPLAY', bundle: manifest.id });
    const facts = { bundle, terms, seller: seller.card.name, steps, manifest, manifestDigest };
    if (input.dryRun) return dryResult(facts, known !== undefined);
    const again = known !== undefined;
    if (again) await keepKeys(house, bundle, terms);
    else if (pool !== null) await store(house, { ...written, path: input.path }, bundle, terms, pool);
    return await giveReceipt(house, input, facts, again);
  } finally {
    progress.end();
    await file.close();
    await pool?.close();
  }
}

interface Facts {
  readonly bundle: OurBundle;
  readonly terms: Terms;
  readonly seller: string;
  readonly steps: readonly VerificationStep[];
  readonly manifest: Manifest;
  readonly manifestDigest: Sha256;
}

/** Opens every part and stores its pages, all in one transaction that ends only if the rows are exactly the signed ones. */
async function store(
  house: House,
  { path, sha256: file, bytes }: Written & { readonly path: string },
  bundle: OurBundle,
  terms: Terms,
  pool: Pool,
): Promise<void> {
  const { identity, vault } = await house.keys();
  const { manifest, manifestDigest } = bundle;
  const secrets = await openBundleSecrets(bundle, identity.ageIdentity);
  const [resource] = manifest.resources;
  if (resource === undefined) return;
  const dataset = uuidv7(Date.parse(house.now), house.around.random);
  const dataKey = vault.newKey('data');
  const tagKey = vault.keep(receivedTagsPurpose(dealDigest(terms)), secrets.tagKey);
  // For a proof about a person, long after the bundle's file is gone.
  const leafKey = vault.keep(leafPurpose(manifest.id), secrets.leafKey);
  const { progress, signal } = house.around;
  try {
    await house.recording('adding', async (write) => {
      const setup = {
        fields: resource.fields.map((field) => field.name),
        leafKey: secrets.leafKey,
        dataset,
        key: dataKey.key,
      };
      const tree = CompactRange.of(0);
      let rows = 0;
      const tags = new TagTree(resource.name);
      progress.start('store', resource.rows);
      for await (const { leaves, ...page } of pool.map(
        'open',
        setup,
        numbered(packedPages(bundle, resource, identity.ageIdentity)),
      )) {
        signal.throwIfAborted();
        tree.appendMany(leaves);
        write.addPage({ dataset, ...page });
        tags.add(page.tags);
        release(page.sealed, page.tags, leaves);
        rows += page.records;
        progress.advance(page.records);
      }
      progress.end();
      checkResource(resource, {
        rows,
        root: tree.root(),
        tagRoot: await tags.root(pool),
      });
      const present = countPresent(house, dealDigest(terms), dataset, resource.rows);
      const counts = { received: resource.rows, stored: resource.rows - present, present };
      write.putDeal(terms.id, dealDigest(terms), dealBytes(terms));
      write.addBundle({
        id: manifest.id,
        direction: 'in',
        deal: dealDigest(terms),
        number: manifest.number,
        manifestDigest,
        manifest: bundle.manifestBytes,
        manifestSignature: bundle.manifestSignature,
        path,
        sha256: file,
        state: 'received',
        time: house.now,
      });
      // Our key opens it as long as we have one: a purge has to name it.
      write.rememberFile({ path, sha256: file, bytes, kind: 'bundle', time: house.now, dataset });
      write.addDataset({
        id: dataset,
        kind: 'customers',
        content: 'ndjson-gz',
        resource: resource.name,
        bundle: manifest.id,
        file: basename(path),
        sha256: file,
        bytes,
        encoding: 'utf-8',
        delimiter: '',
        columns: resource.fields.map((field) => field.name),
        keyId: dataKey.id,
        counts,
        imported: house.now,
        mapping: '',
      });
      return {
        event: {
          action: 'received',
          objects: { bundle: manifest.id, manifest: manifestDigest, dataset },
          details: { ...counts, root: resource.root, tag_root: resource.tag_root },
        },
        result: undefined,
      };
    });
  } catch (error) {
    // Nothing was stored under the keys: they must not lie about for ever.
    vault.destroyKey(dataKey.id);
    for (const { id, isNew } of [tagKey, leafKey]) if (isNew) vault.destroyKey(id);
    throw error;
  }
}

/** Versions before this one did not keep the keys of tags and commitments: receiving a bundle once more makes up for it. */
async function keepKeys(house: House, bundle: OurBundle, terms: Terms): Promise<void> {
  const { identity, vault } = await house.keys();
  // Once the records are gone, the keys are not to come back.
  if (!house.workspace.read.datasets().some((d) => d.bundle === bundle.manifest.id && d.state === 'kept'))
    return;
  const { tagKey, leafKey } = await openBundleSecrets(bundle, identity.ageIdentity);
  vault.keep(receivedTagsPurpose(dealDigest(terms)), tagKey);
  vault.keep(leafPurpose(bundle.manifest.id), leafKey);
}

/** Parts are packed: this much more comes out of them, roughly, for deciding whether threads are worth starting. */
const PACKING = 4;

async function* numbered(pages: AsyncIterable<PackedPage>): AsyncGenerator<OpenInput> {
  let number = 0;
  for await (const page of pages) yield { ...page, number: number++ };
}

/** How many of a new dataset's subjects an earlier bundle of the deal had brought already. */
function countPresent(house: House, deal: Sha256, dataset: string, rows: number): number {
  const { read } = house.workspace;
  const earlier = new Set(
    read
      .bundles()
      .filter((bundle) => bundle.direction === 'in' && bundle.deal === deal)
      .map((bundle) => bundle.id),
  );
  const before = read.datasets().filter((d) => d.bundle !== null && earlier.has(d.bundle));
  if (before.length === 0) return 0;
  // The new ones come first, so that a subject that was here before stands at a position among the new rows and again behind them.
  const ids = [dataset, ...before.map((d) => d.id)];
  function* pages(): Generator<Uint8Array> {
    for (const id of ids) for (const page of read.pageTags(id)) yield page.tags;
  }
  let count = 0;
  for (const page of pages()) count += page.length / TAG_BYTES;
  let present = 0;
  for (const [first] of repeatedSubjects(sieveOf(count, pages()), pages()))
    if (first !== undefined && first < rows) present++;
  return present;
}

/** Signs the receipt, or finds the one that was given, and puts it where it can be sent from. */
async function giveReceipt(
  house: House,
  input: ReceiveInput,
  facts: Facts,
  again: boolean,
): Promise<ReceiveResult> {
  const { manifest, manifestDigest, terms } = facts;
  const { read } = house.workspace;
  const [resource] = manifest.resources;
  const dataset = read.datasets().find((d) => d.bundle === manifest.id);
  const { stored, present } = storedCounts(dataset?.counts);
  if (read.receipt(manifest.id) === undefined && resource !== undefined) {
    const { identity } = await house.keys();
    const signed = signReceipt(
      { manifest, manifestDigest },
      {
        disposition: 'accepted',
        reason: null,
        resources: [
          {
            resource: resource.name,
            root: resource.root,
            tag_root: resource.tag_root,
            received: resource.rows,
            stored,
            present,
            refused: 0,
            reasons: {},
          },
        ],
        retention_until: buyerEnd(terms).date,
        issued: house.now,
        checkpoint: await house.checkpoint(),
        bundle_checkpoint: facts.bundle.checkpointText,
      },
      identity.signer,
    );
    house.record(
      {
        action: 'receipted',
        objects: { bundle: manifest.id, receipt: receiptDigest(signed) },
        details: { disposition: 'accepted' },
      },
      (write) => write.addReceipt({ bundle: manifest.id, ...signed, direction: 'out', time: house.now }),
    );
  }
  const kept = read.receipt(manifest.id) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  const receipt: Receipt = readReceipt(kept.bytes);
  const path = join(
    input.out ?? house.path('exchange'),
    `${manifest.deal.id}-${manifest.number}.receipt.json`,
  );
  await writeWhole(path, kept.bytes, { force: true });
  await writeWhole(`${path}.minisig`, kept.signature, { force: true });
  return {
    ...viewOf(facts),
    stored,
    present,
    retentionUntil: receipt.retention_until,
    receiptPath: path,
    receiptDigest: receiptDigest(kept),
    dataset: dataset?.id ?? null,
    again,
  };
}

function viewOf({ manifest, terms, seller, steps }: Facts) {
  const [resource] = manifest.resources;
  return {
    bundle: manifest.id,
    deal: manifest.deal.id,
    seller,
    purposes: terms.purposes,
    steps,
    received: resource?.rows ?? 0,
    fields: resource?.fields.map((field) => field.name) ?? [],
  };
}

function dryResult(facts: Facts, again: boolean): ReceiveResult {
  const view = viewOf(facts);
  return {
    ...view,
    stored: again ? 0 : view.received,
    present: again ? view.received : 0,
    retentionUntil: buyerEnd(facts.terms).date,
    receiptPath: '',
    receiptDigest: facts.manifestDigest,
    dataset: null,
    again,
  };
}

function storedCounts(counts: unknown): { readonly stored: number; readonly present: number } {
  const of = (name: string): number => {
    const value: unknown =
      typeof counts === 'object' && counts !== null ? Reflect.get(counts, name) : undefined;
    return typeof value === 'number' ? value : 0;
  };
  return { stored: of('stored'), present: of('present') };
}
