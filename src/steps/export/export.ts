import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CompactRange } from '../../audit/merkle.js';
import { type SecretKey, type Sha256, sha256, uuidv7 } from '../../base/crypto.js';
import { dayOf } from '../../base/time.js';
import type { Accounting } from '../../bundle/accounting.js';
import { RESOURCE } from '../../bundle/accounting.js';
import { writeContainer } from '../../bundle/container-writing.js';
import { partName } from '../../bundle/entry-names.js';
import { type ManifestPart, readManifest } from '../../bundle/manifest.js';
import { PART_TARGET_BYTES, PartSealing } from '../../bundle/part.js';
import { bundleFileName, type SealedResource, sealBundle } from '../../bundle/seal.js';
import { sealSecrets } from '../../bundle/secrets.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { requireCurrent } from '../../identity/card.js';
import { fail } from '../../messages/error.js';
import { writeWhole } from '../../store/files.js';
import type { Dataset, StoredBundle } from '../../store/rows.js';
import { type Piece, Spool } from '../../store/spool.js';
import { judgedDatasets, requireApprovals, type StandingPlan, standingPlan } from '../check/approve.js';
import { check } from '../check/check.js';
import { dealSignatures, requireSigned } from '../deal/deal.js';
import { type Coverage, coverageOf } from '../import/coverage.js';
import type { Preparation } from '../import/preparation.js';
import { ownCard, pinnedCard } from '../session/cards.js';
import { columnsOf } from '../session/datasets.js';
import type { House } from '../session/house.js';
import { lastKnownChange } from '../session/known.js';
import { dealKeys, leafPurpose } from '../session/tag-keys.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { openPool, type Pool } from '../workers/pool.js';
import { release } from '../workers/stage.js';
import { TagTree } from '../workers/tag-tree.js';
import { BundlePages } from './bundle-pages.js';
import { finishExport, settleExports } from './end.js';

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
  readonly coverage: Coverage;
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
  /** The customer list, in order. */
  readonly datasets: readonly Dataset[];
  readonly accounting: Accounting;
}

/**
 * Seals what may go into a signed bundle for the buyer.
 *
 * @param preparation pages that import made already; those that no longer hold are made again
 * @throws HandoverError DEAL_UNSIGNED, PLAN_NONE, PLAN_STALE, APPROVAL_TOO_FEW, EXPORT_NOBODY, EXPORT_SAME
 */
export async function exportBundle(
  house: House,
  input: ExportInput,
  shared: Pool | null = null,
  preparation: Preparation | null = null,
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
    coverage: coverageOf(house.workspace.read, cleared.datasets),
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
  const prepared = preparation?.check === cleared.standing.check.id ? preparation : null;
  const leafKey = await house.keyFor(leafPurpose(id), prepared?.preparing.keys.leafKey);
  const { tagKey, tokenKey } = await dealKeys(house, terms);
  const spool = await Spool.open(house.path('exchange'));
  const work = cleared.datasets.reduce((sum, { bytes }) => sum + bytes, 0);
  const pool = shared ?? openPool(work, 'seal');
  try {
    const resource = await sealRows(house, pool, spool, cleared, {
      terms,
      tagKey,
      tokenKey,
      leafKey,
      prepared,
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
    // Nothing is left to do for the threads, and the file takes their memory's place.
    await pool.close();
    const written = await writeWhole(path, writeContainer(sealed.entries, created));
    finishExport(
      house,
      id,
      { bytes: sealed.manifestBytes, signature: sealed.manifestSignature },
      written.sha256,
    );
    return { ...facts, bundle: id, ...written, manifestDigest: sealed.manifestDigest };
  } finally {
    await spool.close();
    if (shared === null) await pool.close();
  }
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
    await check(house, { terms, dataset: null, dryRun: input.dryRun }, shared);
  }
  const standing = standingPlan(house, terms);
  const [accounting] = standing.plan.accounting;
  if (accounting === undefined || accounting.transfer === 0)
    return fail({ code: 'EXPORT_NOBODY', deal: terms.id });
  const datasets = judgedDatasets(house, standing.check);
  const sent = bundlesOf(house, terms).find(
    (bundle) => ['exported', 'accepted'].includes(bundle.state) && planIn(bundle) === standing.digest,
  );
  if (sent !== undefined && !input.again) fail({ code: 'EXPORT_SAME', bundle: basename(sent.path) });
  return { standing, datasets, accounting };
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
  readonly prepared: Preparation | null;
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
  const { datasets, accounting, standing } = cleared;
  const { recipients, prepared, ...keys } = sealing;
  const { vault } = await house.keys();
  const { progress, signal } = house.around;
  const pages = new BundlePages({
    read: house.workspace.read,
    check: standing.check.id,
    datasets: standing.check.datasets,
    prepared: datasets.length === 1 ? prepared : null,
  });
  const tree = CompactRange.of(0);
  const tags = new TagTree(RESOURCE);
  // Where the tags are at hand already, other threads sort them while this one encrypts.
  const tagRoot = pages.tags?.root(pool, 'elsewhere') ?? null;
  tagRoot?.catch(() => undefined);
  const parts = new Parts(spool, recipients);
  let rows = 0;
  progress.start('seal', accounting.transfer);
  try {
    for (const dataset of datasets) {
      const own = { dataset: dataset.id, key: vault.get(dataset.keyId), columns: columnsOf(dataset) };
      for await (const page of pages.open(pool, { ...own, ...keys })) {
        signal.throwIfAborted();
        await parts.add(page.member, page.rows);
        tree.appendMany(page.leaves);
        if (tagRoot === null) tags.add(page.tags);
        release(page.member, page.tags);
        rows += page.rows;
        progress.advance(page.rows);
      }
    }
    await parts.close();
  } finally {
    progress.end();
  }
  return {
    name: RESOURCE,
    rows,
    root: tree.root(),
    tagRoot: await (tagRoot ?? tags.root(pool)),
    parts: parts.sealed.map(({ entry, piece }) => ({ entry, content: () => spool.read(piece) })),
  };
}

/** Gathers pages to parts of some megabytes; each part is encrypted in memory and only then written. */
class Parts {
  readonly sealed: { readonly entry: ManifestPart; readonly piece: Piece }[] = [];
  readonly #spool: Spool;
  readonly #sealing: PartSealing;
  #pages: { bytes: number; rows: number }[] = [];

  constructor(spool: Spool, recipients: readonly string[]) {
    this.#spool = spool;
    this.#sealing = new PartSealing(recipients);
  }

  async add(member: Uint8Array, rows: number): Promise<void> {
    this.#sealing.add(member);
    this.#pages.push({ bytes: member.length, rows });
    if (this.#sealing.bytes >= PART_TARGET_BYTES) await this.close();
  }

  /** Ends the part at hand, if there is one. */
  async close(): Promise<void> {
    if (this.#pages.length === 0) return;
    const part = await this.#sealing.seal();
    const piece = await this.#spool.append(part);
    const entry = {
      path: partName(RESOURCE, this.sealed.length + 1),
      bytes: piece.bytes,
      sha256: sha256(part),
      rows: this.#pages.reduce((sum, page) => sum + page.rows, 0),
      pages: this.#pages,
    };
    this.sealed.push({ entry, piece });
    this.#pages = [];
  }
}
