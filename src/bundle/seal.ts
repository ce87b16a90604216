import type { Brand } from '../base/brand.js';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import type { Signer } from '../base/signing.js';
import type { Instant } from '../base/time.js';
import { dealBytes } from '../deal/signed-deal.js';
import type { Terms } from '../deal/terms.js';
import type { ClaimedCard } from '../identity/card.js';
import { publicKeyText, signMinisign } from '../identity/minisign.js';
import { fail, HandoverError } from '../messages/error.js';
import { bundleReadme } from '../messages/bundle-readme.js';
import type { Accounting } from './accounting.js';
import type { SignedApproval } from './approval.js';
import { MAX_BUNDLE_BYTES } from './container.js';
import { type NewEntry, zipLength } from './zip-writing.js';
import {
  approvalName,
  CHECKPOINT,
  DEAL,
  DEAL_SIGNATURES,
  MANIFEST,
  MANIFEST_SIGNATURE,
  README,
  SECRETS,
  signatureName,
} from './entry-names.js';
import {
  MANIFEST_FORMAT,
  type Manifest,
  type ManifestPart,
  manifestBytes,
  manifestComment,
  readManifest,
} from './manifest.js';
import {
  checkAccountingStep,
  checkApprovalsStep,
  checkCheckpointStep,
  checkDatesStep,
  checkDealStep,
  checkEnvironmentStep,
} from './open.js';
import { fieldEntries, planDigest, planOf } from './plan.js';
import { rowSchema } from './row-schema.js';

/** A sealed part: as the manifest lists it, with its bytes as a stream. */
interface SealedPart {
  readonly entry: ManifestPart;
  readonly content: () => AsyncIterable<Uint8Array>;
}

/** The rows of a resource once they are sealed. */
export interface SealedResource {
  readonly name: string;
  readonly rows: number;
  readonly root: Sha256;
  readonly tagRoot: Sha256;
  readonly parts: readonly SealedPart[];
}

/** Everything that goes into a bundle. */
export interface BundleContents {
  /** UUIDv7. */
  readonly id: string;
  /** Counts the bundles of the deal from 1. */
  readonly number: number;
  readonly created: Instant;
  readonly terms: Terms;
  /** The texts of both parties' signatures over deal.json. */
  readonly dealSignatures: { readonly seller: string; readonly buyer: string };
  readonly seller: ClaimedCard;
  readonly buyer: ClaimedCard;
  /** SHA-256 of the policy pack that judged the records. */
  readonly policyDigest: Sha256;
  /** SHA-256 of each file that was imported. */
  readonly datasets: readonly Sha256[];
  readonly accounting: readonly Accounting[];
  readonly previous: Sha256 | null;
  readonly approvals: readonly SignedApproval[];
  /** The seller's log checkpoint. */
  readonly checkpoint: string;
  /** data/secrets.json.age. */
  readonly secrets: Uint8Array;
  readonly resources: readonly SealedResource[];
}

interface Sealed {
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
  readonly manifestDigest: Sha256;
  readonly manifestSignature: string;
  /** For writeContainer. */
  readonly entries: readonly NewEntry[];
  readonly created: Instant;
  readonly fileName: string;
}

/** A bundle that is ready to be written. Only {@link sealBundle} makes one, and only of contents that a reader accepts. */
export type SealedBundle = Brand<Sealed, 'SealedBundle'>;

/** `<deal>-<n>.handover.zip` */
export function bundleFileName(deal: string, number: number): string {
  return `${deal}-${number}.handover.zip`;
}

/**
 * Makes and signs the manifest over everything that goes into a bundle. Before it signs, it applies the reader's own checks, so that
 * nothing is sent that the buyer would have to refuse.
 *
 * @param signer the seller's, of the card in `contents.seller`.
 * @throws HandoverError EXPORT_TOO_LARGE, and as verifyBundle does
 */
export function sealBundle(contents: BundleContents, signer: Signer): SealedBundle {
  const documents = documentsOf(contents);
  const manifest = manifestOf(contents, documents);
  // Reading it back proves that the schema holds for what is about to be signed.
  const bytes = manifestBytes(manifest);
  requireManifestFits(bytes, contents.terms.id);
  const read = (name: string) => documents.get(name) ?? new Uint8Array();
  const terms = checkDealStep(manifest, read, { seller: contents.seller, buyer: contents.buyer });
  const approvals = checkApprovalsStep(manifest, terms, read);
  checkCheckpointStep(manifest, read);
  checkEnvironmentStep(manifest, terms, {});
  checkAccountingStep(manifest);
  checkDatesStep(manifest, approvals, {});
  const signature = signMinisign(bytes, signer, manifestComment(manifest));
  const entries: NewEntry[] = [
    ...[...documents].map(([name, content]) => ({ name, content })),
    { name: MANIFEST, content: bytes },
    { name: MANIFEST_SIGNATURE, content: utf8(signature) },
    ...contents.resources.flatMap((resource) =>
      resource.parts.map(({ entry, content }) => ({ name: entry.path, size: entry.bytes, content })),
    ),
  ];
  if (zipLength(entries) > MAX_BUNDLE_BYTES) fail({ code: 'EXPORT_TOO_LARGE', deal: contents.terms.id });
  const sealed: Sealed = {
    manifest,
    manifestBytes: bytes,
    manifestDigest: sha256(bytes),
    manifestSignature: signature,
    entries,
    created: contents.created,
    fileName: bundleFileName(contents.terms.id, contents.number),
  };
  return sealed as SealedBundle;
}

/** @throws HandoverError EXPORT_TOO_LARGE for a manifest that lists more than a reader takes, and as readManifest */
function requireManifestFits(bytes: Uint8Array, deal: string): void {
  try {
    readManifest(bytes);
  } catch (error) {
    const code = error instanceof HandoverError ? error.problem.code : null;
    if (code === 'JSON_TOO_MANY' || code === 'JSON_TOO_LARGE') fail({ code: 'EXPORT_TOO_LARGE', deal });
    throw error;
  }
}

/** The small entries by name: everything but the manifest, its signature and the parts. */
function documentsOf(contents: BundleContents): ReadonlyMap<string, Uint8Array> {
  const documents = new Map<string, Uint8Array>([
    [README, utf8(bundleReadme())],
    [DEAL, dealBytes(contents.terms)],
    [DEAL_SIGNATURES.seller, utf8(contents.dealSignatures.seller)],
    [DEAL_SIGNATURES.buyer, utf8(contents.dealSignatures.buyer)],
    [CHECKPOINT, utf8(contents.checkpoint)],
    [SECRETS, contents.secrets],
  ]);
  for (const [i, { bytes, signature }] of contents.approvals.entries()) {
    const name = approvalName(i + 1);
    documents.set(name, bytes);
    documents.set(signatureName(name), utf8(signature));
  }
  return documents;
}

function manifestOf(contents: BundleContents, documents: ReadonlyMap<string, Uint8Array>): Manifest {
  const { terms, seller, buyer } = contents;
  const deal = documents.get(DEAL) ?? new Uint8Array();
  const draft: Omit<Manifest, 'plan'> = {
    format: MANIFEST_FORMAT,
    id: contents.id,
    number: contents.number,
    environment: terms.environment,
    created: contents.created,
    deal: { id: terms.id, digest: sha256(deal) },
    seller: { card: seller.digest, signing_key: publicKeyText(seller.publicKey) },
    buyer: {
      card: buyer.digest,
      signing_key: publicKeyText(buyer.publicKey),
      recipient: buyer.card.recipient,
    },
    policy: { ...terms.policy, digest: contents.policyDigest },
    datasets: [...contents.datasets].sort(),
    previous: contents.previous,
    accounting: contents.accounting.map((accounting) => ({ ...accounting })),
    resources: contents.resources
      .map((resource) => ({ ...resource, fields: [...fieldEntries(terms, resource.name)] }))
      .map(({ fields, ...resource }) => ({
        name: resource.name,
        fields,
        row_schema: rowSchema(
          fields.map((field) => field.name),
          resource.name,
        ),
        rows: resource.rows,
        root: resource.root,
        tag_root: resource.tagRoot,
        parts: resource.parts.map((part) => part.entry),
      })),
    files: [...documents]
      .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
  return { ...draft, plan: planDigest(planOf(draft)) };
}
