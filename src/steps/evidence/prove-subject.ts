import { HASH_BYTES } from '../../audit/merkle.js';
import { inclusionProof, leavesOf, rootOf } from '../../audit/merkle-proof.js';
import { base64, concat, hex } from '../../base/bytes.js';
import { newSecretKey, type SecretKey, type Sha256, sha256 } from '../../base/crypto.js';
import { TAG_BYTES, tagger } from '../../base/tagger.js';
import {
  type Manifest,
  type ManifestResource,
  manifestComment,
  readManifest,
} from '../../bundle/manifest.js';
import { blindsOf, COMMITMENT_BYTES, rowLeafCount, rowLeafOf } from '../../bundle/row-tree.js';
import {
  encodeProofPath,
  type RowPlace,
  SUBJECT_PROOF_FORMAT,
  type SubjectProof,
  showTag,
  signSubjectProof,
} from '../../bundle/subject-proof.js';
import { sortTags, tagRoot } from '../../bundle/tags.js';
import { readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { signMinisign } from '../../identity/minisign.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { Written } from '../../store/files.js';
import { writeSigned } from '../../store/signed-file.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { datasetFields } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { dealPurpose, leafPurpose, receivedTagKeys } from '../session/tag-keys.js';
import { openPool, type Pool } from '../workers/pool.js';
import type { CommittedRows, FoundRow, RecommitInput } from '../workers/stages/commit.js';
import type { SealInput } from '../workers/stages/seal.js';

export interface ProveSubjectInput {
  /** Customer number as in the file. */
  readonly subject: string;
  /** Id of a bundle, or null for the newest that was sent or received. */
  readonly bundle: string | null;
  /** Whether the record itself is part of the proof. */
  readonly withValues: boolean;
}

/** A proof that is computed and not yet written. */
export interface SubjectProofDraft {
  readonly proof: SubjectProof;
  readonly manifest: Manifest;
  readonly terms: Terms;
  /** The person's tag in the log of this workspace. */
  readonly logTag: string;
  /** The one that holds the person, or the last of those that hold the bundle's records. */
  readonly dataset: string;
}

/** The keys with which what a bundle committed to can be computed again; null for one that is no longer there. */
interface BundleKeys {
  readonly tagKey: SecretKey;
  readonly leafKey: SecretKey | null;
}

/** A bundle, and the datasets whose records it holds, in order. */
interface Source {
  readonly bundle: StoredBundle;
  readonly manifest: Manifest;
  readonly resource: ManifestResource;
  readonly terms: Terms;
  readonly datasets: readonly Dataset[];
}

/**
 * Computes the proof that a person's record was in a bundle, or was not. What the bundle committed to is computed again from the records
 * and keys that are kept, and has to give the roots that the seller signed; so it is possible only as long as all of its records are here.
 *
 * @throws HandoverError PROOF_BUNDLE_NONE, PROOF_BUNDLE_UNKNOWN, PROOF_KEY_GONE, PROOF_RECORDS_GONE, PROOF_VALUES_GONE, SUBJECT_TAGS_GONE
 */
export async function draftSubjectProof(
  session: Session,
  input: ProveSubjectInput,
): Promise<SubjectProofDraft> {
  const subject = input.subject.normalize('NFKC').trim();
  const source = sourceOf(session, input.bundle);
  const { bundle, manifest, resource, terms } = source;
  const keys = await keysOf(session, source);
  const tag = tagger(keys.tagKey)([subject]);
  if (input.withValues && keys.leafKey === null) fail({ code: 'PROOF_VALUES_GONE', bundle: bundle.id });

  const found = await commitmentsOf(session, source, keys, tag, input.withValues);
  const sorted = sortedTags(found.tags, resource, bundle.id);
  const { isThere, leaves } = showTag(sorted, tag);
  const { read, info } = session.workspace;
  const receipt = read.receipt(bundle.id);
  const deal = read.deal(bundle.deal) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  const proof: SubjectProof = {
    format: SUBJECT_PROOF_FORMAT,
    kind: isThere ? 'presence' : 'absence',
    issuer: info.cardDigest,
    issued: session.now,
    customer_no: subject,
    tag: hex(tag),
    manifest: textOf(bundle.manifest),
    manifest_signature: await sellersSignature(session, source),
    deal: textOf(deal.bytes),
    receipt: receipt === undefined ? null : textOf(receipt.bytes),
    receipt_signature: receipt?.signature ?? null,
    resource: resource.name,
    tags: [...leaves],
    row: isThere && input.withValues ? rowPlace(found, resource, keys, bundle.id) : null,
  };
  // Imported persons are in the store under the workspace's own tags, received ones under those of their deal.
  const logTag = bundle.direction === 'in' ? tag : tagger(await session.keyFor('subject-tags'))([subject]);
  return { proof, manifest, terms, logTag: hex(logTag), dataset: found.dataset };
}

/** The bundle that is meant, if it went out or came in whole. */
function sourceOf(session: Session, named: string | null): Source {
  const { read } = session.workspace;
  const whole = read.bundles().filter((b) => ['exported', 'accepted', 'received'].includes(b.state));
  if (whole.length === 0) fail({ code: 'PROOF_BUNDLE_NONE' });
  const bundle =
    (named === null ? whole.at(-1) : whole.find((b) => b.id === named)) ??
    fail({ code: 'PROOF_BUNDLE_UNKNOWN', bundle: named ?? '' });
  const deal = read.deal(bundle.deal);
  const manifest = readManifest(bundle.manifest);
  const [resource] = manifest.resources;
  const check = bundle.check === null ? undefined : read.check(bundle.check);
  const isPart = (id: string): boolean => check?.datasets.includes(id) === true;
  const datasets = read
    .datasets()
    .filter((d) => d.kind === 'customers')
    .filter((d) => (bundle.direction === 'in' ? d.bundle === bundle.id : isPart(d.id)));
  const isHere = datasets.length > 0 && datasets.every(({ state }) => state === 'kept');
  if (deal === undefined || resource === undefined || !isHere)
    return fail({ code: 'PROOF_RECORDS_GONE', bundle: bundle.id });
  return { bundle, manifest, resource, terms: readDealJson(deal.bytes), datasets };
}

/** Never makes a key: a new one would prove something else. */
async function keysOf(session: Session, { bundle, terms }: Source): Promise<BundleKeys> {
  const { vault } = await session.keys();
  const kept = (purpose: string): SecretKey | null => {
    const id = vault.ids().find((known) => known.startsWith(`${purpose}-`));
    return id === undefined ? null : vault.get(id);
  };
  const [received] = bundle.direction === 'in' ? await receivedTagKeys(session, bundle) : [];
  const tagKey =
    received ?? kept(dealPurpose('tags', terms)) ?? fail({ code: 'PROOF_KEY_GONE', bundle: bundle.id });
  return { tagKey, leafKey: kept(leafPurpose(bundle.id)) };
}

interface Commitments {
  /** In the order of the rows. */
  readonly tags: Uint8Array;
  /** Of the row tree; empty where only the tags were asked for. */
  readonly leaves: Uint8Array;
  readonly row: (Omit<FoundRow, 'position'> & { readonly index: number; readonly tag: Uint8Array }) | null;
  /** The dataset that holds the person's row, or the last one. */
  readonly dataset: string;
}

/** What the bundle committed to, computed again: 16 bytes a row and, with values, the leaves of the row tree. */
async function commitmentsOf(
  session: Session,
  source: Source,
  keys: BundleKeys,
  wanted: Uint8Array,
  withValues: boolean,
): Promise<Commitments> {
  const { bundle, datasets, resource } = source;
  const { read } = session.workspace;
  let place = datasets.at(-1)?.id ?? '';
  if (bundle.direction === 'in' && !withValues) {
    const tags = concat(...datasets.flatMap(({ id }) => Array.from(read.pageTags(id), (page) => page.tags)));
    return { tags, leaves: new Uint8Array(), row: null, dataset: place };
  }
  const { progress, signal } = session.runtime;
  const tags: Uint8Array[] = [];
  const leaves: Uint8Array[] = [];
  let rows = 0;
  let row: Commitments['row'] = null;
  const work = datasets.reduce((sum, { bytes }) => sum + bytes, 0);
  const pool = openPool(work, bundle.direction === 'in' ? 'recommit' : 'commit');
  progress.start('prove', resource.rows);
  try {
    for (const dataset of datasets)
      for await (const page of committed(session, pool, source, dataset, keys, wanted)) {
        signal.throwIfAborted();
        if (page.found !== null) {
          const { position, ...found } = page.found;
          row = { ...found, index: rows + position, tag: wanted };
          place = dataset.id;
        }
        tags.push(page.tags);
        if (withValues) leaves.push(page.leaves);
        rows += page.rows;
        progress.advance(page.rows);
      }
  } finally {
    progress.end();
    await pool.close();
  }
  return { tags: concat(...tags), leaves: concat(...leaves), row, dataset: place };
}

/** The pages of the bundle that come from one dataset, in order, opened in several threads. */
async function* committed(
  session: Session,
  pool: Pool,
  { bundle, resource, terms }: Source,
  dataset: Dataset,
  { tagKey, leafKey }: BundleKeys,
  wanted: Uint8Array,
): AsyncGenerator<CommittedRows> {
  const { vault } = await session.keys();
  const key = vault.has(dataset.keyId)
    ? vault.get(dataset.keyId)
    : fail({ code: 'PROOF_RECORDS_GONE', bundle: bundle.id });
  // Where a key is gone, what depends on it comes out otherwise and is not looked at: only the tags are, which do not depend on it.
  const standIn = newSecretKey(session.runtime.random);
  const shared = { dataset: dataset.id, key, leafKey: leafKey ?? standIn, wanted: new Uint8Array(wanted) };
  if (bundle.direction === 'in') {
    const fields = resource.fields.map((field) => field.name);
    yield* pool.map('recommit', { ...shared, fields }, receivedPages(session, dataset.id));
    return;
  }
  const tokens = vault.ids().find((id) => id.startsWith(`${dealPurpose('tokens', terms)}-`));
  const tokenKey = tokens === undefined ? standIn : vault.get(tokens);
  const setup = { ...shared, columns: datasetFields(dataset), terms, tagKey, tokenKey };
  yield* pool.map('commit', setup, sentPages(session, dataset.id, bundle.check ?? ''));
}

/** The pages with the verdicts that the bundle carried out; of a page of which nobody went there is nothing to be seen. */
function* sentPages(session: Session, dataset: string, check: string): Generator<SealInput> {
  const { read } = session.workspace;
  for (const { number, reasonSets, stays } of read.checkPages(check, dataset)) {
    const isEmpty = !new Uint32Array(new Uint8Array(reasonSets).buffer).includes(0);
    const page = isEmpty ? undefined : read.page(dataset, number);
    if (page === undefined) continue;
    const verdicts = { reasonSets: new Uint8Array(reasonSets), stays: new Uint8Array(stays) };
    yield { number, sealed: page.sealed, tags: page.tags, ...verdicts };
  }
}

function* receivedPages(session: Session, dataset: string): Generator<RecommitInput> {
  for (const { number, sealed, tags } of session.workspace.read.pages(dataset))
    yield { number, sealed: new Uint8Array(sealed), tags: new Uint8Array(tags) };
}

/** The tags in ascending order, if they are those that the seller signed. */
function sortedTags(tags: Uint8Array, resource: ManifestResource, bundle: string): Uint8Array {
  const gone = () => fail({ code: 'PROOF_RECORDS_GONE', bundle });
  if (tags.length !== resource.rows * TAG_BYTES) return gone();
  try {
    const sorted = sortTags(tags, resource.name);
    return tagRoot(sorted, resource.name) === resource.tag_root ? sorted : gone();
  } catch (error) {
    if (error instanceof HandoverError && error.problem.code === 'BUNDLE_TAG_REPEATED') return gone();
    throw error;
  }
}

/** Where the row is, if the rows are those that the seller signed, value by value. */
function rowPlace(
  { leaves, row }: Commitments,
  resource: ManifestResource,
  { leafKey }: BundleKeys,
  bundle: string,
): RowPlace {
  const all = leavesOf(leaves);
  const size = rowLeafCount(resource);
  const isWhole = leaves.length === size * HASH_BYTES && rootOf(all, 0, size) === resource.root;
  const place = row === null ? null : rowLeafOf(resource, row.index);
  if (row === null || place === null || leafKey === null || !isWhole)
    return fail({ code: 'PROOF_VALUES_GONE', bundle });
  return {
    index: row.index,
    blind: hex(blindsOf(leafKey, row.tag)),
    line: textOf(row.line),
    commitments: Array.from({ length: place.held }, (_, i) =>
      base64(row.commitments.subarray(i * COMMITMENT_BYTES, (i + 1) * COMMITMENT_BYTES)),
    ),
    path: encodeProofPath(inclusionProof(all, place.leaf, size)),
  };
}

/** The seller's signature over the manifest: kept, or, by the seller, made again, which gives the same bytes. */
async function sellersSignature(session: Session, { bundle, manifest }: Source): Promise<string | null> {
  if (bundle.direction === 'in' || bundle.manifestSignature !== null) return bundle.manifestSignature;
  const { identity } = await session.keys();
  return signMinisign(bundle.manifest, identity.signer, manifestComment(manifest));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

export interface WrittenSubjectProof {
  readonly path: string;
  readonly sha256: Sha256;
}

/**
 * Signs a proof and writes it to `path` and `path.minisig`. The file names a customer, and with values shows one, so it is logged and
 * remembered before it can be seen, as every copy in clear is.
 */
export async function writeSubjectProof(
  session: Session,
  { proof, manifest, logTag, dataset }: SubjectProofDraft,
  path: string,
  force: boolean,
): Promise<WrittenSubjectProof> {
  const { identity } = await session.keys();
  const { bytes, signature } = signSubjectProof(proof, manifest.id, identity.signer);
  const announce = (written: Written): void =>
    session.record(
      {
        action: 'proof-made',
        objects: { file: written.sha256, bundle: manifest.id, subject: logTag },
        details: { kind: proof.kind, values: proof.row !== null },
      },
      (write) => write.rememberFile({ ...written, path, kind: 'extract', time: session.now, dataset }),
    );
  await writeSigned(path, bytes, signature, { force, announce });
  return { path, sha256: sha256(bytes) };
}
