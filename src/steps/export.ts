import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CompactRange } from '../audit/merkle.js';
import { type SecretKey, type Sha256, sha256, uuidv7 } from '../base/crypto.js';
import { dayOf } from '../base/time.js';
import type { Accounting } from '../bundle/accounting.js';
import { openContainer } from '../bundle/container.js';
import { writeContainer } from '../bundle/container-writing.js';
import { MANIFEST, MANIFEST_SIGNATURE, partName } from '../bundle/entry-names.js';
import { type ManifestPart, readManifest } from '../bundle/manifest.js';
import { PART_TARGET_BYTES, sealPart } from '../bundle/part.js';
import { bundleFileName, sealBundle, type SealedResource } from '../bundle/seal.js';
import { sealSecrets } from '../bundle/secrets.js';
import { dealDigest } from '../deal/signed-deal.js';
import type { Terms } from '../deal/terms.js';
import { requireCurrent } from '../identity/card.js';
import { fail, HandoverError } from '../messages/error.js';
import { fileDigest, writeWhole } from '../store/files.js';
import { openFile } from '../store/random-access.js';
import type { Dataset, StoredBundle } from '../store/rows.js';
import { type Piece, Spool } from '../store/spool.js';
import { requireApprovals, type StandingPlan, standingPlan } from './approve.js';
import { ownCard, pinnedCard } from './card.js';
import { check, columnsOf } from './check.js';
import { dealSignatures, requireSigned } from './deal.js';
import type { House } from './house.js';
import { lastKnownChange } from './known.js';
import { RESOURCE } from './plan.js';
import { openPool, type Pool } from './pool.js';
import { requireNoPurge } from './purge-guard.js';
import type { SealInput } from './stages/seal.js';
import { TagTree } from './tag-tree.js';

export interface ExportInput {
  readonly terms: Terms;
  /** Folder for the bundle, absolute; null for the workspace's exchange folder. */
  readonly out: string | null;
  /** Whether a plan that was carried out already is carried out once more. */
  readonly again: boolean;
  readonly dryRun: boolean;
}

export interface ExportResult {
  readonly bundle: string;
  readonly number: number;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly manifestDigest: Sha256;
  readonly accounting: Accounting;
  readonly fields: readonly string[];
  readonly approvers: number;
  readonly seller: string;
  readonly buyer: string;
  readonly deal: string;
  /** File name of the seller's card, which whoever verifies needs. */
  readonly card: string;
}

/** What has to hold before anything is sealed; all of it is checked before anything is written. */
interface Cleared {
  readonly standing: StandingPlan;
  readonly dataset: Dataset;
  readonly accounting: Accounting;
}

/**
 * Seals what may go into a signed bundle for the buyer.
 *
 * @throws HandoverError DEAL_UNSIGNED, PLAN_NONE, PLAN_STALE, APPROVAL_TOO_FEW, EXPORT_NOBODY, EXPORT_SAME
 */
export async function exportBundle(
  house: House,
  input: ExportInput,
  shared: Pool | null = null,
): Promise<ExportResult> {
  const { terms } = input;
  requireNoPurge(house);
  requireSigned(house, terms);
  requireCurrent(pinnedCard(house, terms.buyer.card), house.now);
  await settleExports(house);
  const cleared = await clear(house, input, shared);
  const { identity } = await house.keys();
  const { plan, digest } = cleared.standing;
  const approvals = requireApprovals(house, terms, plan, digest, identity);

  const number = 1 + bundlesOf(house, terms).reduce((most, bundle) => Math.max(most, bundle.number), 0);
  const path = join(input.out ?? house.path('exchange'), bundleFileName(terms.id, number));
  const seller = ownCard(house.workspace.info);
  const buyer = pinnedCard(house, terms.buyer.card);
  const facts = {
    number,
    path,
    accounting: cleared.accounting,
    fields: plan.resources[0]?.fields.map((field) => field.name) ?? [],
    approvers: approvals.length,
    seller: seller.card.name,
    buyer: buyer.card.name,
    deal: terms.id,
    card: `${basename(house.workspace.dir)}.card.json`,
  };
  if (input.dryRun)
    return { ...facts, bundle: '', bytes: 0, sha256: '' as Sha256, manifestDigest: '' as Sha256 };
  if (existsSync(path)) fail({ code: 'FILE_EXISTS', name: basename(path) });

  const created = house.now;
  const id = uuidv7(Date.parse(created), house.around.random);
  house.record({ action: 'export-began', objects: { bundle: id, plan: digest }, details: {} }, (write) =>
    write.addBundle({
      id,
      direction: 'out',
      deal: dealDigest(terms),
      number,
      manifestDigest: digest,
      manifest: new Uint8Array(),
      path,
      sha256: '',
      state: 'began',
      time: created,
      check: cleared.standing.check.id,
    }),
  );
  const leafKey = await house.keyFor(`leaf-${id}`);
  const tagKey = await house.keyFor(dealPurpose('tags', terms));
  const tokenKey = await house.keyFor(dealPurpose('tokens', terms));
  const spool = await Spool.open(house.path('exchange'));
  const pool = shared ?? openPool(cleared.dataset.bytes);
  try {
    const resource = await sealRows(house, pool, spool, cleared, {
      terms,
      tagKey,
      tokenKey,
      leafKey,
      recipients: [buyer.card.recipient, ...terms.escrow.map((escrow) => escrow.recipient)],
    });
    const sealed = sealBundle(
      {
        id,
        number,
        created,
        terms,
        dealSignatures: dealSignatures(house, dealDigest(terms)),
        seller,
        buyer,
        policyDigest: plan.policy.digest,
        datasets: plan.datasets,
        accounting: plan.accounting,
        previous: previousOf(house, terms),
        approvals,
        checkpoint: await house.checkpoint(),
        secrets: await sealSecrets({ leafKey, tagKey }, buyer.card.recipient),
        resources: [resource],
      },
      identity.signer,
    );
    if (sealed.manifest.plan !== digest) fail({ code: 'PLAN_STALE', deal: terms.id });
    const written = await writeWhole(path, writeContainer(sealed.entries, created));
    finish(house, id, { bytes: sealed.manifestBytes, signature: sealed.manifestSignature }, written.sha256);
    return { ...facts, bundle: id, ...written, manifestDigest: sealed.manifestDigest };
  } finally {
    await spool.close();
    if (shared === null) await pool.close();
  }
}

/**
 * The name of a key that all bundles of a deal share, so that a person has one tag, and a value one token, in each of them. The key of the
 * tags goes to the buyer, who will be told of persons by tag; the key of the tokens stays.
 */
function dealPurpose(what: 'tags' | 'tokens', terms: Terms): string {
  return `deal-${what}-${dealDigest(terms).slice(0, 32)}`;
}

/**
 * The plan to carry out. Consents and periods end at midnight, so on another day than the check's the check is made again, and so it is
 * if the store has learned something about a person since; if the plan comes out the same, its approvals still hold.
 */
async function clear(house: House, input: ExportInput, shared: Pool | null): Promise<Cleared> {
  const { terms } = input;
  const before = standingPlan(house, terms);
  const changed = lastKnownChange(house.workspace.read);
  const isStale = changed !== null && changed >= before.check.time;
  if (isStale || dayOf(before.check.time) !== dayOf(house.now)) {
    await check(house, { terms, dataset: before.check.dataset, dryRun: input.dryRun }, shared);
  }
  const standing = standingPlan(house, terms);
  const [accounting] = standing.plan.accounting;
  if (accounting === undefined || accounting.transfer === 0)
    return fail({ code: 'EXPORT_NOBODY', deal: terms.id });
  const dataset = house.workspace.read.dataset(standing.check.dataset) ?? fail({ code: 'DATASET_UNKNOWN' });
  const sent = bundlesOf(house, terms).find(
    (bundle) => ['exported', 'accepted'].includes(bundle.state) && planIn(bundle) === standing.digest,
  );
  if (sent !== undefined && !input.again) fail({ code: 'EXPORT_SAME', bundle: basename(sent.path) });
  return { standing, dataset, accounting };
}

/** Bundles of a deal, whatever its wording was when they were made. */
function bundlesOf(house: House, terms: Terms): readonly StoredBundle[] {
  const { read } = house.workspace;
  return read.bundles().filter((b) => b.direction === 'out' && read.deal(b.deal)?.id === terms.id);
}

function planIn(bundle: StoredBundle): Sha256 {
  return readManifest(bundle.manifest).plan;
}

/** The manifest that a further bundle of the deal adds to: the last one that went out. */
function previousOf(house: House, terms: Terms): Sha256 | null {
  const sent = bundlesOf(house, terms).filter((bundle) => ['exported', 'accepted'].includes(bundle.state));
  return sent.at(-1)?.manifestDigest ?? null;
}

interface Sealing {
  readonly terms: Terms;
  readonly tagKey: SecretKey;
  readonly tokenKey: SecretKey;
  readonly leafKey: SecretKey;
  readonly recipients: readonly string[];
}

/** Minimises, hashes and packs the rows that may go, and encrypts them part by part onto the spool. */
async function sealRows(
  house: House,
  pool: Pool,
  spool: Spool,
  cleared: Cleared,
  sealing: Sealing,
): Promise<SealedResource> {
  const { dataset, standing, accounting } = cleared;
  const { recipients, ...keys } = sealing;
  const { vault } = await house.keys();
  const { progress, signal } = house.around;
  const setup = {
    dataset: dataset.id,
    key: vault.get(dataset.keyId),
    columns: columnsOf(dataset),
    ...keys,
  };
  const tree = CompactRange.of(0);
  const tags = new TagTree(RESOURCE);
  const parts = new Parts(spool, recipients);
  progress.start('seal', accounting.transfer);
  try {
    for await (const page of pool.map('seal', setup, pagesToSeal(house, dataset.id, standing.check.id))) {
      signal.throwIfAborted();
      await parts.add(page.member, page.rows);
      tree.merge(CompactRange.fromBytes(page.range));
      tags.add(page.tags);
      progress.advance(page.rows);
    }
    await parts.close();
  } finally {
    progress.end();
  }
  return {
    name: RESOURCE,
    rows: tree.end,
    root: tree.root(),
    tagRoot: await tags.root(pool),
    parts: parts.sealed.map(({ entry, piece }) => ({ entry, content: () => spool.read(piece) })),
  };
}

/** Gathers pages to parts of some megabytes; each part is encrypted in memory and only then written. */
class Parts {
  readonly sealed: { readonly entry: ManifestPart; readonly piece: Piece }[] = [];
  readonly #spool: Spool;
  readonly #recipients: readonly string[];
  #members: Uint8Array[] = [];
  #pages: { bytes: number; rows: number }[] = [];

  constructor(spool: Spool, recipients: readonly string[]) {
    this.#spool = spool;
    this.#recipients = recipients;
  }

  async add(member: Uint8Array, rows: number): Promise<void> {
    this.#members.push(member);
    this.#pages.push({ bytes: member.length, rows });
    if (this.#pages.reduce((sum, page) => sum + page.bytes, 0) >= PART_TARGET_BYTES) await this.close();
  }

  /** Ends the part at hand, if there is one. */
  async close(): Promise<void> {
    if (this.#members.length === 0) return;
    const part = await sealPart(this.#members, this.#recipients);
    const piece = await this.#spool.append(part);
    const entry = {
      path: partName(RESOURCE, this.sealed.length + 1),
      bytes: piece.bytes,
      sha256: sha256(part),
      rows: this.#pages.reduce((sum, page) => sum + page.rows, 0),
      pages: this.#pages,
    };
    this.sealed.push({ entry, piece });
    this.#members = [];
    this.#pages = [];
  }
}

/** Pages of the dataset with their verdicts; a page of which nobody goes is left out. */
function* pagesToSeal(house: House, dataset: string, check: string): Generator<SealInput> {
  const { read } = house.workspace;
  let start = 0;
  for (const { number, masks } of read.checkPages(check)) {
    const rows = countZeros(masks);
    if (rows === 0) continue;
    const page = read.page(dataset, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    yield { number, sealed: page.sealed, masks: new Uint8Array(masks), start };
    start += rows;
  }
}

function countZeros(masks: Uint8Array): number {
  let zeros = 0;
  for (const word of new Uint32Array(new Uint8Array(masks).buffer)) if (word === 0) zeros++;
  return zeros;
}

/** A manifest as it stands in a bundle. */
interface SignedManifest {
  readonly bytes: Uint8Array;
  readonly signature: string;
}

function finish(house: House, id: string, signed: SignedManifest, file: Sha256): void {
  const { resources } = readManifest(signed.bytes);
  const manifestDigest = sha256(signed.bytes);
  house.record(
    {
      action: 'exported',
      objects: { bundle: id, manifest: manifestDigest, file },
      details: {
        resources: resources.map(({ name, rows, root, tag_root, fields }) => ({
          name,
          rows,
          root,
          tag_root,
          fields: fields.map((field) => `${field.name}: ${field.action}`),
        })),
      },
    },
    (write) =>
      write.setBundleState(id, 'exported', {
        sha256: file,
        manifestDigest,
        manifest: signed.bytes,
        manifestSignature: signed.signature,
      }),
  );
}

/**
 * Ends what a killed export began: a bundle that got its final name is complete, because it got it last, and is logged now; anything
 * else was never sent and is given up.
 */
async function settleExports(house: House): Promise<void> {
  for (const bundle of house.workspace.read.bundles()) {
    if (bundle.state !== 'began') continue;
    const signed = existsSync(bundle.path) ? await manifestAt(bundle.path) : null;
    if (signed !== null && readManifest(signed.bytes).id === bundle.id) {
      finish(house, bundle.id, signed, (await fileDigest(bundle.path)).sha256);
    } else {
      house.record({ action: 'export-abandoned', objects: { bundle: bundle.id }, details: {} }, (write) =>
        write.setBundleState(bundle.id, 'abandoned'),
      );
    }
  }
}

/** The manifest of a bundle file and its signature; null for a file that is no bundle. */
export async function manifestAt(path: string): Promise<SignedManifest | null> {
  const file = await openFile(path);
  try {
    const container = await openContainer(file);
    const signature = (await container.read(MANIFEST_SIGNATURE)).toString('utf8');
    return { bytes: await container.read(MANIFEST), signature };
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  } finally {
    await file.close();
  }
}
