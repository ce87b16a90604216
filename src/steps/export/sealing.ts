import { CompactRange } from '../../audit/merkle.js';
import type { SecretKey } from '../../base/crypto.js';
import { RESOURCE } from '../../bundle/resource.js';
import type { SealedResource } from '../../bundle/seal.js';
import { recipientsOf } from '../../deal/escrow.js';
import type { Terms } from '../../deal/terms.js';
import { type FurtherTable, isFurtherTable } from '../../messages/tables.js';
import type { Overflow } from '../../store/overflow.js';
import type { Spool } from '../../store/spool.js';
import type { Preparation } from '../import/preparation.js';
import { datasetFields } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { judgedTables } from '../session/tables.js';
import type { Pool } from '../workers/pool.js';
import { release } from '../../base/transfer.js';
import { TagTree } from '../workers/tag-tree.js';
import { BundlePages } from './bundle-pages.js';
import { Parts } from './parts.js';
import type { StandingPlan } from '../check/approve.js';
import type { Accounting } from '../../bundle/accounting.js';
import type { ClaimedCard } from '../../identity/card.js';
import type { Dataset } from '../../store/dataset-rows.js';

/* The rows that go, sealed: minimised, hashed, packed and encrypted part by part onto a spool. */

export interface BundleKeys {
  readonly tagKey: SecretKey;
  readonly tokenKey: SecretKey;
  readonly leafKey: SecretKey;
}

/** Whose rows go, by which plan, and to whom. */
interface Going {
  readonly standing: StandingPlan;
  readonly datasets: readonly Dataset[];
  readonly accounting: Accounting;
  readonly buyer: ClaimedCard;
}

interface Sealing {
  readonly terms: Terms;
  readonly keys: BundleKeys;
  readonly prepared: Preparation | null;
  /** For the tags of whoever goes. */
  readonly overflow: Overflow;
}

/** The customers, and the tables that the plan names, in its order. */
export async function sealResources(
  session: Session,
  pool: Pool,
  spool: Spool,
  going: Going,
  sealing: Sealing,
): Promise<readonly SealedResource[]> {
  const { read } = session.workspace;
  const resources = [await sealRows(session, pool, spool, going, sealing)];
  const files = judgedTables(going.standing.check).flatMap((id) => read.dataset(id) ?? []);
  for (const table of going.standing.plan.accounting.map(({ resource }) => resource).filter(isFurtherTable)) {
    const datasets = files.filter(({ kind }) => kind === table);
    resources.push(await sealTable(session, pool, spool, { ...going, datasets }, { ...sealing, table }));
  }
  return resources;
}

/** The rows of one table that go. */
async function sealTable(
  session: Session,
  pool: Pool,
  spool: Spool,
  { datasets, standing, buyer }: Going,
  { terms, keys, table, overflow }: Sealing & { readonly table: FurtherTable },
): Promise<SealedResource> {
  const { vault } = await session.keys();
  const { random, signal } = session.runtime;
  const ids = datasets.map(({ id }) => id);
  const sources = { read: session.workspace.read, check: standing.check.id, datasets: ids, prepared: null };
  const pages = new BundlePages(sources);
  const tree = CompactRange.of(0);
  const tags = new TagTree(table, overflow);
  const parts = new Parts(table, spool, recipientsOf(buyer.card.recipient, terms), random);
  let rows = 0;
  for (const dataset of datasets) {
    const own = { dataset: dataset.id, key: vault.get(dataset.keyId), columns: datasetFields(dataset) };
    for await (const page of pages.open(pool, { ...own, terms, ...keys, table })) {
      signal.throwIfAborted();
      await parts.add(page.member, page.rows);
      tree.appendMany(page.leaves);
      tags.add(page.tags);
      rows += page.rows;
    }
  }
  await parts.close();
  return {
    name: table,
    rows,
    root: tree.root(),
    tagRoot: await tags.root(pool),
    parts: parts.sealed.map(({ entry, piece }) => ({ entry, content: () => spool.read(piece) })),
  };
}

/** Minimises, hashes and packs the rows that may go, and encrypts them part by part onto the spool. */
async function sealRows(
  session: Session,
  pool: Pool,
  spool: Spool,
  going: Going,
  sealing: Sealing,
): Promise<SealedResource> {
  const { datasets, accounting, standing, buyer } = going;
  const { terms, keys, prepared } = sealing;
  const { vault } = await session.keys();
  const { progress, random, signal } = session.runtime;
  const pages = new BundlePages({
    read: session.workspace.read,
    check: standing.check.id,
    datasets: standing.check.datasets,
    prepared: datasets.length === 1 ? prepared : null,
  });
  const tree = CompactRange.of(0);
  const tags = new TagTree(RESOURCE, sealing.overflow);
  // Where the tags are at hand already, other threads sort them while this one encrypts.
  const tagRoot = pages.tags?.root(pool, 'elsewhere') ?? null;
  tagRoot?.catch(() => undefined);
  const recipients = recipientsOf(buyer.card.recipient, terms);
  const parts = new Parts(RESOURCE, spool, recipients, random);
  let rows = 0;
  progress.start('seal', accounting.transfer);
  try {
    for (const dataset of datasets) {
      const own = { dataset: dataset.id, key: vault.get(dataset.keyId), columns: datasetFields(dataset) };
      for await (const page of pages.open(pool, { ...own, terms, ...keys })) {
        signal.throwIfAborted();
        await parts.add(page.member, page.rows);
        tree.appendMany(page.leaves);
        if (tagRoot === null) tags.add(page.tags);
        // Of a page that was prepared, both lie in one buffer.
        release(...[page.member, page.tags].map(({ buffer }) => new Uint8Array(buffer)));
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
