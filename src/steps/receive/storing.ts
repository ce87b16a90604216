import { basename } from 'node:path';
import type { EventDraft } from '../../audit/event.js';
import { CompactRange } from '../../audit/merkle.js';
import { concat } from '../../base/bytes.js';
import { uuidv7 } from '../../base/crypto.js';
import type { Json } from '../../base/json.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { compileOpenBundlePage } from '../../bundle/page-reading.js';
import { TableChecks } from '../../bundle/table-check.js';
import { tagRoot } from '../../bundle/tags.js';
import { isFurtherTable } from '../../messages/tables.js';
import { Overflow } from '../../store/overflow.js';
import { sealBytes } from '../../store/sealed-pages.js';
import type { Manifest } from '../../bundle/manifest.js';
import type { CompressedPage } from '../../bundle/page-reading.js';
import type { BundleSecrets } from '../../bundle/secrets.js';
import { checkResource, type OurBundle, openBundleSecrets, compressedPages } from '../../bundle/unseal.js';
import { dealDigest, dealRow } from '../../deal/signed-deal.js';
import { DEAL_ROLES, type Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { Written } from '../../store/files.js';
import type { Vault } from '../../store/vault.js';
import type { NewDataset, Writer } from '../../store/writer.js';
import type { Session } from '../session/session.js';
import { personsIn } from '../session/list.js';
import { noteHeardBefore } from './heard-before.js';
import { leafPurpose, receivedTagsPurpose } from '../session/tag-keys.js';
import type { Pool } from '../workers/pool.js';
import { release } from '../../base/transfer.js';
import type { OpenedRows, OpenInput, OpenSetup } from '../workers/stages/open.js';
import { TagTree } from '../workers/tag-tree.js';
import type { OpenedHome } from './opened-parts.js';

/** A bundle that is ours, with the file in which it came. */
export interface Incoming {
  readonly bundle: OurBundle;
  readonly terms: Terms;
  /** Whether it does not follow the last bundle of its deal. */
  readonly outOfOrder: boolean;
  readonly file: Written & { readonly path: string };
  /** The customers where other machines opened them; null where they are opened here. */
  readonly home: OpenedHome | null;
}

/**
 * Opens every part and stores its pages, all in one transaction that ends only if the rows are exactly the signed ones.
 *
 * @throws HandoverError BUNDLE_…
 */
export async function store(session: Session, incoming: Incoming, pool: Pool): Promise<void> {
  const { bundle, terms } = incoming;
  const { identity, vault } = await session.keys();
  const { manifest } = bundle;
  const secrets = await openBundleSecrets(bundle, identity.ageIdentity);
  const [resource] = manifest.resources;
  if (resource === undefined) return;
  const dataset = uuidv7(Date.parse(session.now), session.runtime.random);
  const dataKey = vault.newKey('data');
  const tables = newTables(session, vault, manifest);
  const tagKey = vault.keep(requireTagKey(vault, terms, secrets), secrets.tagKey);
  // For a proof about a person, long after the bundle's file is gone.
  const leafKey = vault.keep(leafPurpose(manifest.id), secrets.leafKey);
  const overflow = new Overflow(session.path('exchange'), session.runtime.random);
  try {
    await session.recording('adding', async (write) => {
      const checks = new TableChecks(manifest);
      const setup = { resource, ...secrets, dataset, key: dataKey.key };
      const opening = incoming.home?.pages(setup) ?? null;
      await storePages(session, write, bundle, checks, pool, { ...setup, opening, overflow });
      const present = countPresent(session, terms, dataset);
      const counts = { received: resource.rows, stored: resource.rows - present, present };
      keepBundle(session, write, incoming, dataset);
      const row = datasetOf(session, incoming, resource, { id: dataset, keyId: dataKey.id, counts });
      write.addDataset(row);
      const heard = await noteHeardBefore(session, write, row, dataKey.key);
      const further: Record<string, Json> = {};
      for (const table of tables)
        further[table.resource.name] = await storeTable(session, write, incoming, checks, table, secrets);
      const event = receivedEvent(incoming, resource, { dataset, counts, heard, tables: further });
      return { event, result: undefined };
    });
  } catch (error) {
    // Nothing was stored under the keys: they must not lie about for ever.
    for (const { id } of [dataKey, ...tables.map((each) => each.dataKey)]) vault.destroyKey(id);
    for (const { id, isNew } of [tagKey, leafKey]) if (isNew) vault.destroyKey(id);
    throw error;
  } finally {
    overflow.close();
  }
}

interface Stored {
  readonly dataset: string;
  readonly counts: { readonly received: number; readonly stored: number; readonly present: number };
  /** Of how many persons a no was heard before. */
  readonly heard: number;
  readonly tables: Readonly<Record<string, Json>>;
}

function receivedEvent(
  { bundle: { manifest, manifestDigest }, outOfOrder }: Incoming,
  resource: Resource,
  { dataset, counts, heard, tables }: Stored,
): EventDraft {
  return {
    action: 'received',
    objects: { bundle: manifest.id, manifest: manifestDigest, dataset },
    details: {
      ...counts,
      number: manifest.number,
      ...(outOfOrder ? { out_of_order: true } : {}),
      ...(heard === 0 ? {} : { heard }),
      root: resource.root,
      tag_root: resource.tag_root,
      ...(Object.keys(tables).length === 0 ? {} : { tables }),
    },
  };
}

/** A table beside the customers on its way into the store. */
interface NewTable {
  readonly resource: Resource;
  readonly dataset: string;
  readonly dataKey: ReturnType<Vault['newKey']>;
}

function newTables(session: Session, vault: Vault, manifest: Manifest): readonly NewTable[] {
  return manifest.resources
    .filter(({ name }) => isFurtherTable(name))
    .map((resource) => ({
      resource,
      dataset: uuidv7(Date.parse(session.now), session.runtime.random),
      dataKey: vault.newKey('data'),
    }));
}

/**
 * All bundles of a deal have one tag key, so that a person has one tag in all of them.
 *
 * @returns the name under which the vault keeps it
 * @throws HandoverError BUNDLE_TAG_KEY
 */
function requireTagKey(vault: Vault, terms: Terms, { tagKey }: BundleSecrets): string {
  const purpose = receivedTagsPurpose(terms);
  const known = vault.ids().filter((id) => id.startsWith(`${purpose}-`));
  const isOther = known.every((id) => Buffer.compare(vault.get(id), tagKey) !== 0);
  if (known.length > 0 && isOther) fail({ code: 'BUNDLE_TAG_KEY', deal: terms.id });
  return purpose;
}

type Resource = Manifest['resources'][number];

/** Checks every row of a resource and stores its pages. @throws HandoverError if the rows are not the signed ones */
async function storePages(
  session: Session,
  write: Writer,
  bundle: OurBundle,
  checks: TableChecks,
  pool: Pool,
  {
    opening,
    overflow,
    ...setup
  }: OpenSetup & {
    readonly resource: Resource;
    /** For the tags. */
    readonly overflow: Overflow;
    /** Pages that were opened already. */
    readonly opening: AsyncIterable<OpenedRows> | null;
  },
): Promise<void> {
  const { resource } = setup;
  const { identity } = await session.keys();
  const { progress, signal } = session.runtime;
  const tree = CompactRange.of(0);
  let rows = 0;
  const tags = new TagTree(resource.name, overflow);
  progress.start('store', resource.rows);
  const pages = () => numbered(compressedPages(bundle, resource, identity.ageIdentity));
  for await (const { leaves, ...page } of opening ?? pool.map('open', setup, pages())) {
    signal.throwIfAborted();
    tree.appendMany(leaves);
    write.addPage({ dataset: setup.dataset, ...page });
    write.addHandedOver(bundle.manifest.id, { number: page.number, tags: page.tags });
    tags.add(page.tags);
    checks.addCustomers(page.tags);
    release(page.sealed, page.tags, leaves);
    rows += page.records;
    progress.advance(page.records);
  }
  progress.end();
  checkResource(resource, { rows, root: tree.root(), tagRoot: await tags.root(pool) });
}

/**
 * Checks every row of a table beside the customer list and stores its pages, each row under the tag of its customer. In this thread: tables are
 * short beside the customers, and their rows are looked at one by one.
 *
 * @throws HandoverError if the rows are not the signed ones, BUNDLE_ORPHAN, BUNDLE_SUMS
 */
async function storeTable(
  session: Session,
  write: Writer,
  incoming: Incoming,
  checks: TableChecks,
  { resource, dataset, dataKey }: NewTable,
  secrets: BundleSecrets,
): Promise<Json> {
  const { bundle } = incoming;
  const { identity } = await session.keys();
  const { random, signal } = session.runtime;
  const table = checks.begin(resource);
  const tree = CompactRange.of(0);
  const rowTags: Uint8Array[] = [];
  const open = compileOpenBundlePage(resource, secrets);
  for await (const packed of numbered(compressedPages(bundle, resource, identity.ageIdentity))) {
    signal.throwIfAborted();
    const { page, tags, subjects, leaves } = open(packed);
    const { number, rows: records, member } = packed;
    table?.add({ page, subjects });
    tree.appendMany(leaves);
    rowTags.push(tags);
    const sealed = sealBytes(member, { dataset, number, tags: subjects }, dataKey.key, random);
    write.addPage({ dataset, number, records, sealed, tags: subjects });
  }
  const all = concat(...rowTags);
  const computed = { rows: all.length / TAG_BYTES, root: tree.root(), tagRoot: tagRoot(all, resource.name) };
  checkResource(resource, computed);
  const sums = { ...(table?.end() ?? fail({ code: 'BUNDLE_SUMS', resource: resource.name })) };
  const counts = { received: resource.rows, stored: resource.rows, present: 0, sums };
  write.addDataset(datasetOf(session, incoming, resource, { id: dataset, keyId: dataKey.id, counts }));
  return sums;
}

async function* numbered(pages: AsyncIterable<CompressedPage>): AsyncGenerator<OpenInput> {
  let number = 0;
  for await (const page of pages) yield { ...page, number: number++ };
}

/** Keeps what was signed, and where the file is that our key opens. */
function keepBundle(
  session: Session,
  write: Writer,
  { bundle, terms, file }: Incoming,
  dataset: string,
): void {
  const { manifest, manifestDigest } = bundle;
  const { path, sha256, bytes } = file;
  write.putDeal(dealRow(terms));
  for (const role of DEAL_ROLES)
    write.addDealSignature(dealDigest(terms), role, bundle.dealSignatures[role], terms[role].card);
  write.addBundle({
    id: manifest.id,
    direction: 'in',
    deal: dealDigest(terms),
    number: manifest.number,
    manifestDigest,
    manifest: bundle.manifestBytes,
    manifestSignature: bundle.manifestSignature,
    path,
    sha256,
    state: 'received',
    time: session.now,
  });
  // Our key opens it as long as we have one: a purge has to name it.
  write.rememberFile({ path, sha256, bytes, kind: 'bundle', time: session.now, dataset });
}

function datasetOf(
  session: Session,
  { bundle, file }: Incoming,
  resource: Resource,
  own: Pick<NewDataset, 'id' | 'keyId' | 'counts'>,
): NewDataset {
  return {
    ...own,
    kind: isFurtherTable(resource.name) ? resource.name : 'customers',
    content: 'ndjson-gz',
    resource: resource.name,
    bundle: bundle.manifest.id,
    file: basename(file.path),
    sha256: file.sha256,
    bytes: file.bytes,
    encoding: 'utf-8',
    delimiter: '',
    columns: resource.fields.map((field) => field.name),
    imported: session.now,
    mapping: '',
  };
}

/** How many of a new dataset's subjects an earlier bundle of the deal had brought already. */
function countPresent(session: Session, { id }: Terms, dataset: string): number {
  const { read } = session.workspace;
  const earlier = new Set(
    read
      .bundles()
      .filter((bundle) => bundle.direction === 'in' && read.deal(bundle.deal)?.id === id)
      .map((bundle) => bundle.id),
  );
  const before = read
    .datasets()
    .filter(({ kind, bundle }) => kind === 'customers' && bundle !== null && earlier.has(bundle));
  if (before.length === 0) return 0;
  const added = { id: dataset };
  return personsIn(read, before) + personsIn(read, [added]) - personsIn(read, [...before, added]);
}

/** Versions before this one did not keep the keys of tags and commitments: receiving a bundle once more makes up for it. */
export async function keepKeys(session: Session, bundle: OurBundle, terms: Terms): Promise<void> {
  const { identity, vault } = await session.keys();
  // Once the records are gone, the keys are not to come back.
  if (!session.workspace.read.datasets().some((d) => d.bundle === bundle.manifest.id && d.state === 'kept'))
    return;
  const { tagKey, leafKey } = await openBundleSecrets(bundle, identity.ageIdentity);
  vault.keep(receivedTagsPurpose(terms), tagKey);
  vault.keep(leafPurpose(bundle.manifest.id), leafKey);
}
