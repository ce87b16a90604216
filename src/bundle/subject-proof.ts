import { z } from 'zod';
import { HASH_BYTES, leafHash } from '../audit/merkle.js';
import { inclusionProof, type Leaves, verifyInclusion } from '../audit/merkle-proof.js';
import { base64, concat, hex, unbase64, unhex, utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { TAG_BYTES } from '../base/tagger.js';
import type { Signer } from '../base/signing.js';
import { readDealJson } from '../deal/signed-deal.js';
import type { DealRole, Terms } from '../deal/terms.js';
import type { ClaimedCard } from '../identity/card.js';
import { readPublicKeyText, verifyMinisign } from '../identity/minisign.js';
import { fail } from '../messages/error.js';
import { CUSTOMER_NO } from './customer-numbers.js';
import {
  checkSignature,
  countSchema,
  digestSchema,
  instantSchema,
  readDocument,
  type SignedDocument,
  signDocument,
  slugSchema,
} from './document.js';
import { MANIFEST } from './entry-names.js';
import { type Manifest, type ManifestResource, manifestComment, readManifest } from './manifest.js';
import { type VerifiedReceipt, verifyReceipt } from './receipt.js';
import { TAG_KEY } from './row-schema.js';
import { commitmentOf, ROWS_PER_LEAF, rowLeafCount, rowLeafOf } from './row-tree.js';
import { compileRowReader } from './rows.js';
import { TAGS_PER_LEAF } from './tags.js';

/*
 * Proof that a person's record was in a bundle, or was not, for that person or whoever decides about the claim (docs/formats.md, "Proof
 * about a person"). It shows no other person: of others there are blinded hashes and, where nobody of that number was there, at most
 * two tags.
 */

export const SUBJECT_PROOF_FORMAT = 'handover.subject-proof/1';

const tagText = z.string().regex(/^[0-9a-f]{32}$/);
const hashText = z.string().refine((text) => unbase64(text)?.length === HASH_BYTES);
/** Hashes from the leaf's sibling up. */
const pathSchema = z.array(hashText).max(53);

/** A leaf of the tag tree. */
const tagLeafSchema = z.strictObject({
  /** Among the leaves, from 0. */
  index: countSchema,
  /** What it holds, in ascending order. */
  tags: z.array(tagText).min(1).max(TAGS_PER_LEAF),
  path: pathSchema,
});

const rowPlaceSchema = z.strictObject({
  /** Among the rows of the resource, from 0. */
  index: countSchema,
  /** What the row's commitment was blinded with. */
  blind: z.string().regex(/^[0-9a-f]{64}$/),
  /** The row as it left, one line of NDJSON without its newline. */
  line: z.string().min(2),
  /** Of all rows in its leaf of the row tree, in order, its own among them. */
  commitments: z.array(hashText).min(1).max(ROWS_PER_LEAF),
  path: pathSchema,
});

export const subjectProofSchema = z.strictObject({
  format: z.literal(SUBJECT_PROOF_FORMAT),
  kind: z.enum(['presence', 'absence']),
  /** Digest of the card of whoever signs this: the seller or the buyer of the bundle. */
  issuer: digestSchema,
  issued: instantSchema,
  /** The issuer states that this customer number has this tag: the key by which to compute it stays with the two parties. */
  customer_no: z
    .string()
    .min(1)
    .max(400)
    .refine((text) => text === text.normalize('NFKC').trim() && !/[\p{Cc}\p{Cs}]/u.test(text)),
  tag: tagText,
  /** manifest.json, as text, and the seller's signature over it; the buyer may no longer have that. */
  manifest: z.string().min(2),
  manifest_signature: z.string().min(1).nullable(),
  /** deal.json: purposes, kind and parties in words. */
  deal: z.string().min(2),
  /** The buyer's receipt, where there is one. */
  receipt: z.string().min(2).nullable(),
  receipt_signature: z.string().min(1).nullable(),
  resource: slugSchema,
  /** Presence: the leaf with the person's tag. Absence: the leaf, or the two neighbours, between whose tags it would be; none of an empty bundle. */
  tags: z.array(tagLeafSchema).max(2),
  /** The row itself, if it was asked for. */
  row: rowPlaceSchema.nullable(),
});

export type SubjectProof = Readonly<z.infer<typeof subjectProofSchema>>;
export type ShownLeaf = SubjectProof['tags'][number];
export type RowPlace = NonNullable<SubjectProof['row']>;

/** A manifest with its parts, a deal, a receipt and a row. */
const MAX_BYTES = 24 * 1024 * 1024;

/** A proof with its signature file. */
export type SignedSubjectProof = SignedDocument;

/** Signs a proof. */
export function signSubjectProof(proof: SubjectProof, bundle: string, signer: Signer): SignedSubjectProof {
  return signDocument(proof, subjectProofComment(proof, bundle), signer);
}

/** What the trusted comment of the signature must say: kind, what is shown, of which bundle. */
export function subjectProofComment({ kind }: SubjectProof, bundle: string): string {
  return `${SUBJECT_PROOF_FORMAT} ${kind} ${bundle}`;
}

/** Number of leaves of the tag tree over so many tags. */
function leafCount(tags: number): number {
  return Math.ceil(tags / TAGS_PER_LEAF);
}

/**
 * The part of the tag tree that shows a tag, or that it is not there: one leaf, or two neighbours.
 *
 * @param sorted all tags of the resource in ascending order
 */
export function showTag(
  sorted: Uint8Array,
  tag: Uint8Array,
): { readonly isThere: boolean; readonly leaves: readonly ShownLeaf[] } {
  const size = leafCount(sorted.length / TAG_BYTES);
  const bytesOf = (index: number) =>
    sorted.subarray(index * TAGS_PER_LEAF * TAG_BYTES, (index + 1) * TAGS_PER_LEAF * TAG_BYTES);
  const hashes: Leaves = (begin, end) => {
    const leaves: Uint8Array[] = [];
    for (let i = begin; i < end; i++) leaves.push(leafHash(bytesOf(i)));
    return concat(...leaves);
  };
  const { index, isThere } = findTag(sorted, tag);
  const around = (isThere ? [index] : [index - 1, index]).map((at) => Math.floor(at / TAGS_PER_LEAF));
  const shown = [...new Set(around)].filter((at) => at >= 0 && at < size);
  return {
    isThere,
    leaves: shown.map((at) => ({
      index: at,
      tags: hex(bytesOf(at)).match(/.{32}/g) ?? [],
      path: encodeProofPath(inclusionProof(hashes, at, size)),
    })),
  };
}

/** Tag number `index` of packed tags. */
function tagAt(packed: Uint8Array, index: number): Uint8Array {
  return packed.subarray(index * TAG_BYTES, (index + 1) * TAG_BYTES);
}

/** Where a tag is among sorted ones, or would: the number of tags below it, and whether it is there. */
function findTag(sorted: Uint8Array, tag: Uint8Array): { readonly index: number; readonly isThere: boolean } {
  let low = 0;
  let high = sorted.length / TAG_BYTES;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (Buffer.compare(tagAt(sorted, middle), tag) < 0) low = middle + 1;
    else high = middle;
  }
  return { index: low, isThere: Buffer.compare(tagAt(sorted, low), tag) === 0 };
}

/** The path of an inclusion proof as the document spells it. */
export function encodeProofPath(hashes: readonly Uint8Array[]): string[] {
  return hashes.map(base64);
}

/** What a good proof shows, and on whose word each part of it rests. */
export interface ProvedSubject {
  readonly proof: SubjectProof;
  readonly manifest: Manifest;
  readonly manifestDigest: Sha256;
  readonly resource: ManifestResource;
  readonly terms: Terms;
  readonly issuerRole: DealRole;
  /** Whether the seller's own signature over the manifest is in the proof. */
  readonly signedBySeller: boolean;
  /** The buyer's receipt, in which it repeats the roots as it computed them from the rows. */
  readonly receipt: VerifiedReceipt | null;
  /** Whether the row itself says that the tag belongs to the customer number; otherwise the issuer says so. */
  readonly rowNamesCustomer: boolean;
}

/**
 * Verifies a proof about a person, in the order of docs/formats.md, "Verifying a proof about a person". Everything but the card is
 * attacker-controlled.
 *
 * @param document the file's base name, for problems
 * @throws HandoverError JSON_…, FORMAT_…, PROOF_OTHER_CARD, SIGNATURE_…, PROOF_ISSUER, PROOF_DEAL, PROOF_TAG, PROOF_NEIGHBOURS, PROOF_ROW,
 *   PROOF_ROW_PERSON, and those of `readManifest`, `readDealJson` and `verifyReceipt`
 */
export function verifySubjectProof(
  signed: SignedSubjectProof,
  issuer: ClaimedCard,
  document: string,
): ProvedSubject {
  const proof = readDocument(signed.bytes, {
    document,
    format: SUBJECT_PROOF_FORMAT,
    schema: subjectProofSchema,
    limit: MAX_BYTES,
  });
  if (proof.issuer !== issuer.digest) fail({ code: 'PROOF_OTHER_CARD', document });
  const { trustedComment } = verifyMinisign(signed.bytes, signed.signature, issuer.publicKey, document);
  const manifestBytes = utf8(proof.manifest);
  const manifest = readManifest(manifestBytes);
  if (trustedComment !== subjectProofComment(proof, manifest.id))
    fail({ code: 'SIGNATURE_COMMENT', document });
  const manifestDigest = sha256(manifestBytes);

  const issuerRole = roleOf(manifest, issuer) ?? fail({ code: 'PROOF_ISSUER', document });
  const signedBySeller = checkSeller(proof, manifest, manifestBytes, document);
  const receipt = receiptIn(proof, { manifest, manifestDigest }, document);
  if (issuerRole === 'seller' ? !signedBySeller : receipt === null) fail({ code: 'PROOF_ISSUER', document });

  const deal = utf8(proof.deal);
  if (sha256(deal) !== manifest.deal.digest) fail({ code: 'PROOF_DEAL', document });
  const terms = readDealJson(deal);
  const resource =
    manifest.resources.find(({ name }) => name === proof.resource) ??
    fail({ code: 'FORMAT_SHAPE', document, path: 'resource' });

  checkTags(proof, resource, document);
  const rowNamesCustomer = proof.row !== null && checkRow(proof, proof.row, resource, document);
  return {
    proof,
    manifest,
    manifestDigest,
    resource,
    terms,
    issuerRole,
    signedBySeller,
    receipt,
    rowNamesCustomer,
  };
}

/** Which of the two parties a card is, by digest and key. */
function roleOf(manifest: Manifest, { digest: of, card }: ClaimedCard): DealRole | null {
  const is = (party: Manifest['seller']): boolean =>
    party.card === of && party.signing_key === card.signing_key;
  if (is(manifest.seller)) return 'seller';
  return is(manifest.buyer) ? 'buyer' : null;
}

function checkSeller(proof: SubjectProof, manifest: Manifest, bytes: Uint8Array, document: string): boolean {
  if (proof.manifest_signature === null) return false;
  const key =
    readPublicKeyText(manifest.seller.signing_key) ??
    fail({ code: 'FORMAT_SHAPE', document, path: 'manifest' });
  checkSignature(
    { bytes, signature: proof.manifest_signature },
    { publicKey: key, comment: manifestComment(manifest), document: MANIFEST },
  );
  return true;
}

function receiptIn(
  { receipt, receipt_signature: signature }: SubjectProof,
  sent: { readonly manifest: Manifest; readonly manifestDigest: Sha256 },
  document: string,
): VerifiedReceipt | null {
  if ((receipt === null) !== (signature === null)) fail({ code: 'FORMAT_SHAPE', document, path: 'receipt' });
  if (receipt === null || signature === null) return null;
  const verified = verifyReceipt({ bytes: utf8(receipt), signature }, sent);
  // A refusal says nothing of what the rows gave.
  return verified.disposition === 'refused' ? null : verified;
}

function checkTags(proof: SubjectProof, resource: ManifestResource, document: string): void {
  const { kind, tag, tags: shown } = proof;
  const { rows, tag_root: root } = resource;
  const size = leafCount(rows);
  for (const { index, tags, path } of shown) {
    const held = Math.min(TAGS_PER_LEAF, rows - index * TAGS_PER_LEAF);
    const leaf = leafHash(unhex(tags.join('')));
    if (tags.length !== held || !verifyInclusion(leaf, index, size, hashesOf(path), root))
      fail({ code: 'PROOF_TAG', document });
  }
  if (kind === 'presence') {
    if (shown.length !== 1 || shown[0]?.tags.includes(tag) !== true) fail({ code: 'PROOF_TAG', document });
    return;
  }
  if (proof.row !== null) fail({ code: 'FORMAT_SHAPE', document, path: 'row' });
  if (!isAbsent(tag, shown, size)) fail({ code: 'PROOF_NEIGHBOURS', document });
}

/** Whether a tag would be among the tags of these leaves, and does not. Hexadecimal texts compare as their bytes do. */
function isAbsent(tag: string, shown: readonly ShownLeaf[], size: number): boolean {
  const tags = shown.flatMap((leaf) => leaf.tags);
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined) return size === 0;
  return (
    shown.every((leaf, i) => leaf.index === first.index + i) &&
    tags.every((other, i) => other !== tag && (i === 0 || (tags[i - 1] ?? '') < other)) &&
    (first.index === 0 || (tags[0] ?? '') < tag) &&
    (last.index === size - 1 || (tags.at(-1) ?? '') > tag)
  );
}

/** @returns whether the row names the customer number */
function checkRow(proof: SubjectProof, row: RowPlace, resource: ManifestResource, document: string): boolean {
  const line = utf8(row.line);
  const place = rowLeafOf(resource, row.index);
  const commitments = hashesOf(row.commitments);
  const own = commitments[place?.position ?? -1];
  const isCommitted =
    place !== null &&
    commitments.length === place.held &&
    own !== undefined &&
    Buffer.compare(own, commitmentOf(unhex(row.blind), line)) === 0 &&
    verifyInclusion(
      leafHash(concat(...commitments)),
      place.leaf,
      rowLeafCount(resource),
      hashesOf(row.path),
      resource.root,
    );
  if (!isCommitted) fail({ code: 'PROOF_ROW', document });
  const page = concat(line, utf8('\n'));
  const { rows, tags } = compileRowReader(
    resource.fields.map(({ name }) => name),
    resource.name,
  )(page, {
    part: document,
    start: 0,
  });
  if (rows !== 1 || hex(tags) !== proof.tag) fail({ code: 'PROOF_ROW_PERSON', document });
  // The number counts as said by the row only where it left as it is; a mask or a token is another text.
  const field = resource.fields.find(({ name }) => name === CUSTOMER_NO);
  if (field?.action !== 'keep') return false;
  if (rowOf(row.line)[CUSTOMER_NO] !== proof.customer_no) fail({ code: 'PROOF_ROW_PERSON', document });
  return true;
}

/** The values of a proved row by field, without the tag. */
export function rowOf(line: string): Readonly<Record<string, string | null>> {
  const row: Readonly<Record<string, string | null>> = JSON.parse(line);
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== TAG_KEY));
}

function hashesOf(path: readonly string[]): readonly Uint8Array[] {
  return path.map((text) => unbase64(text) ?? new Uint8Array());
}
