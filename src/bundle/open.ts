import { RESOURCE } from './resource.js';
import { tablesOf } from '../deal/tables.js';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Checkpoint, readCheckpoint } from '../audit/checkpoint.js';
import type { Brand } from '../base/brand.js';
import { sameBytes, textOf } from '../base/bytes.js';
import { type PublicKey, type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { requireEqualEscrow } from '../deal/escrow.js';
import type { Instant } from '../base/time.js';
import { dealComment, readDealJson } from '../deal/signed-deal.js';
import { DEAL_ROLES, type DealRole, type Terms } from '../deal/terms.js';
import type { ClaimedCard } from '../identity/card.js';
import { keyIdOf, readPublicKeyText, signingKeyId } from '../identity/minisign.js';
import type { TrustedCard } from '../identity/trust.js';
import { fail } from '../messages/error.js';
import { policyDigest, policyOf, ruleOf } from '../policy/pack.js';
import { type Approval, checkApprovals, readApproval } from './approval.js';
import { type Container, openContainer } from './container.js';
import { checkDate } from './dates.js';
import type { RandomAccess } from '../base/random-access.js';
import { checkComment, checkSignature, jsonOf, signedComment } from './document.js';
import {
  approvalName,
  CHECKPOINT,
  DEAL,
  DEAL_SIGNATURES,
  isApproval,
  isPart,
  MANIFEST,
  MANIFEST_SIGNATURE,
  README,
  SECRETS,
  signatureName,
} from './entry-names.js';
import { checkAccounting, type Manifest, manifestComment, readManifest } from './manifest.js';
import { fieldEntries, planDigest, planOf } from './plan.js';
import { dosTimeOf } from './zip-records.js';

/*
 * Verifying a bundle: the numbered steps of docs/formats.md, "Verifying a bundle", one function each, in order. They need the file and
 * the seller's pinned card, no key and no network. The first step that fails ends the verification, and its problem says nothing of
 * what the bundle holds. unseal.ts continues with the steps of the recipient.
 */

/** A bundle whose shape is right and of which nothing else is known. */
export type UnverifiedBundle = Brand<Container, 'UnverifiedBundle'>;

/** What a verified bundle says, for the steps that follow. */
export interface VerifiedContents {
  readonly container: Container;
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
  readonly manifestDigest: Sha256;
  /** Text of manifest.json.minisig. */
  readonly manifestSignature: string;
  readonly terms: Terms;
  /** Texts of the parties' signatures over the terms. */
  readonly dealSignatures: Readonly<Record<DealRole, string>>;
  readonly approvals: readonly Approval[];
  readonly checkpoint: Checkpoint;
  /** Text of checkpoint.txt. */
  readonly checkpointText: string;
}

/** A bundle that passed steps 1 to 10. Only {@link verifyBundle} makes one. */
export type VerifiedBundle = Brand<VerifiedContents, 'VerifiedBundle'>;

/** What the verifier brings along. */
export interface Trust {
  /** The seller's card, whose fingerprint was compared. */
  readonly seller: TrustedCard;
  /** The buyer's card, if it is at hand: ours, or one that was compared. Without it the buyer's key is taken from the signed manifest. */
  readonly buyer?: ClaimedCard;
  /** What the workspace is for. Without it any environment passes. */
  readonly environment?: 'production' | 'test';
  /** Our clock. Without it a bundle may be made in the future. */
  readonly now?: Instant;
}

/** The steps by name, in order, for whoever shows them. */
export const VERIFICATION_STEPS = [
  'container',
  'signer',
  'manifest',
  'entries',
  'deal',
  'approvals',
  'checkpoint',
  'environment',
  'accounting',
  'dates',
] as const;
export type VerificationStep = (typeof VERIFICATION_STEPS)[number];

/** Step 1. The container has the one shape that this format allows. Throws as openContainer does. */
export async function openBundle(file: RandomAccess): Promise<UnverifiedBundle> {
  const container = await openContainer(file);
  for (const name of [MANIFEST, MANIFEST_SIGNATURE]) {
    if (!container.names.includes(name)) fail({ code: 'BUNDLE_ENTRY_MISSING', entry: name });
  }
  return container as Container as UnverifiedBundle;
}

/**
 * Finds out whose a bundle is, among those whose cards are pinned. The manifest is read only once one of their keys has signed its raw bytes.
 *
 * @throws HandoverError BUNDLE_SENDER_UNKNOWN, the SIGNATURE_ codes, and those of readManifest
 */
export async function signedManifest(
  container: UnverifiedBundle,
  cards: readonly ClaimedCard[],
): Promise<Manifest> {
  const signature = textOf(await container.read(MANIFEST_SIGNATURE));
  const keyId = signingKeyId(signature) ?? fail({ code: 'SIGNATURE_FORMAT', document: MANIFEST });
  const signer = cards.find(({ publicKey }) => sameBytes(keyIdOf(publicKey), keyId));
  if (signer === undefined) return fail({ code: 'BUNDLE_SENDER_UNKNOWN' });
  const bytes = await container.read(MANIFEST);
  signedComment({ bytes, signature }, { publicKey: signer.publicKey, document: MANIFEST });
  return readManifest(bytes);
}

/**
 * Steps 2 to 10.
 *
 * @param onStep is told each step that passed, so that a person can see what was checked.
 * @throws HandoverError the problem of the first step that fails
 */
export async function verifyBundle(
  container: UnverifiedBundle,
  trust: Trust,
  onStep: (step: VerificationStep) => void = () => {},
): Promise<VerifiedBundle> {
  onStep('container');
  const manifestBytes = await container.read(MANIFEST);
  const manifestSignature = textOf(await container.read(MANIFEST_SIGNATURE));
  const comment = checkSignerStep(manifestBytes, manifestSignature, trust.seller);
  onStep('signer');
  const manifest = checkManifestStep(manifestBytes, comment, trust.seller);
  onStep('manifest');
  const read = await checkEntriesStep(manifest, container);
  onStep('entries');
  const terms = checkDealStep(manifest, read, trust);
  onStep('deal');
  const approvals = checkApprovalsStep(manifest, terms, read);
  onStep('approvals');
  const checkpoint = checkCheckpointStep(manifest, read);
  onStep('checkpoint');
  checkEnvironmentStep(manifest, terms, trust);
  onStep('environment');
  checkAccountingStep(manifest);
  onStep('accounting');
  checkDatesStep(manifest, approvals, trust);
  onStep('dates');
  const manifestDigest = sha256(manifestBytes);
  const verified: VerifiedContents = {
    container,
    manifest,
    manifestBytes,
    manifestDigest,
    manifestSignature,
    terms,
    dealSignatures: {
      seller: Buffer.from(read(DEAL_SIGNATURES.seller)).toString('utf8'),
      buyer: Buffer.from(read(DEAL_SIGNATURES.buyer)).toString('utf8'),
    },
    approvals,
    checkpoint,
    checkpointText: Buffer.from(read(CHECKPOINT)).toString('utf8'),
  };
  return verified as VerifiedBundle;
}

/**
 * Step 2. The raw bytes of the manifest are signed by the key on the pinned card: nothing in them is read before.
 *
 * @returns what was signed beside them
 * @throws HandoverError BUNDLE_SIGNER for another key, the SIGNATURE_ codes
 */
function checkSignerStep(bytes: Uint8Array, signature: string, seller: ClaimedCard): string {
  const { publicKey, card } = seller;
  const keyId = signingKeyId(signature);
  if (keyId !== null && !sameBytes(keyId, keyIdOf(publicKey)))
    fail({ code: 'BUNDLE_SIGNER', party: card.name });
  return signedComment({ bytes, signature }, { publicKey, document: MANIFEST });
}

/**
 * Step 3. The manifest follows its format, names the pinned seller, and was signed for this bundle and this recipient.
 *
 * @throws HandoverError BUNDLE_SIGNER, SIGNATURE_COMMENT, and those of readManifest
 */
function checkManifestStep(bytes: Uint8Array, comment: string, seller: ClaimedCard): Manifest {
  const manifest = readManifest(bytes);
  const { card, signing_key: key } = manifest.seller;
  if (card !== seller.digest || key !== seller.card.signing_key)
    fail({ code: 'BUNDLE_SIGNER', party: seller.card.name });
  checkComment(comment, { comment: manifestComment(manifest), document: MANIFEST });
  return manifest;
}

/** The bytes of a small entry that step 4 has checked. */
export type ReadEntry = (name: string) => Uint8Array;

/**
 * Step 4. The container holds the entries that the manifest lists and no other; each has the length and the SHA-256 listed, the CRC-32
 * of the directory, and the date of the bundle. Large entries are hashed block by block.
 *
 * @returns what was hashed of the small entries: later steps use these very bytes.
 * @throws HandoverError BUNDLE_ENTRY_MISSING, BUNDLE_ENTRY_UNLISTED, BUNDLE_ENTRY_SIZE, BUNDLE_ENTRY_DIGEST, BUNDLE_ENTRY_HEADER
 */
async function checkEntriesStep(manifest: Manifest, container: Container): Promise<ReadEntry> {
  const listed = new Map<string, { readonly bytes: number; readonly sha256: Sha256 }>();
  for (const file of manifest.files) listed.set(file.path, file);
  for (const name of requiredFiles(manifest)) {
    if (!listed.has(name)) fail({ code: 'BUNDLE_ENTRY_MISSING', entry: name });
  }
  for (const resource of manifest.resources) {
    for (const part of resource.parts) listed.set(part.path, part);
  }
  for (const name of container.names) {
    const isListed = listed.has(name) || name === MANIFEST || name === MANIFEST_SIGNATURE;
    if (!isListed) fail({ code: 'BUNDLE_ENTRY_UNLISTED', entry: name });
  }
  for (const [name, { bytes }] of listed) {
    const size = container.sizeOf(name) ?? fail({ code: 'BUNDLE_ENTRY_MISSING', entry: name });
    if (size !== bytes) fail({ code: 'BUNDLE_ENTRY_SIZE', entry: name });
  }
  const { date, time } = dosTimeOf(manifest.created);
  if (container.modified.date !== date || container.modified.time !== time) {
    fail({ code: 'BUNDLE_ENTRY_HEADER', entry: README });
  }
  const small = new Map<string, Uint8Array>();
  for (const name of container.names) {
    const digest = listed.get(name)?.sha256;
    const kept = isPart(name) ? null : await container.read(name);
    if (kept !== null) small.set(name, kept);
    const found = await sums(kept === null ? container.blocks(name) : [kept]);
    const isSame = found.crc32 === container.crcOf(name) && (digest === undefined || found.sha256 === digest);
    if (!isSame) fail({ code: 'BUNDLE_ENTRY_DIGEST', entry: name });
  }
  return (name) => small.get(name) ?? fail({ code: 'BUNDLE_ENTRY_MISSING', entry: name });
}

/** The entries that every bundle has, with the approvals numbered from 1 without a gap. */
function requiredFiles(manifest: Manifest): readonly string[] {
  const approvals = manifest.files.filter(({ path }) => isApproval(path)).length;
  const names: string[] = [README, DEAL, DEAL_SIGNATURES.seller, DEAL_SIGNATURES.buyer, CHECKPOINT, SECRETS];
  for (let n = 1; n <= Math.ceil(approvals / 2); n++) {
    names.push(approvalName(n), signatureName(approvalName(n)));
  }
  return names;
}

async function sums(
  blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<{ readonly sha256: string; readonly crc32: number }> {
  const hash = createHash('sha256');
  let checksum = 0;
  for await (const block of blocks) {
    hash.update(block);
    checksum = crc32(block, checksum);
  }
  return { sha256: hash.digest('hex'), crc32: checksum };
}

/**
 * Step 5. deal.json is the deal of the manifest, between the same two parties, signed by both; what the rows hold is what it lets out.
 *
 * @throws HandoverError BUNDLE_DEAL, BUNDLE_PARTY, BUNDLE_FIELDS, DEAL_ESCROW_WEAKER, the SIGNATURE_ codes, and those of reading a deal
 */
export function checkDealStep(
  manifest: Manifest,
  read: ReadEntry,
  parties: { readonly seller: ClaimedCard; readonly buyer?: ClaimedCard },
): Terms {
  const bytes = read(DEAL);
  if (sha256(bytes) !== manifest.deal.digest) fail({ code: 'BUNDLE_DEAL' });
  const terms = readDealJson(bytes);
  if (terms.id !== manifest.deal.id) fail({ code: 'BUNDLE_DEAL' });
  for (const role of DEAL_ROLES) {
    const party = manifest[role];
    const card = parties[role];
    const isSame =
      terms[role].card === party.card &&
      (card === undefined || (card.digest === party.card && card.card.signing_key === party.signing_key));
    if (!isSame) fail({ code: 'BUNDLE_PARTY', role });
    const document = DEAL_SIGNATURES[role];
    const signature = Buffer.from(read(document)).toString('utf8');
    checkSignature(
      { bytes, signature },
      { publicKey: keyOf(party.signing_key), comment: dealComment(terms.id, role), document },
    );
  }
  const buyer = parties.buyer;
  if (buyer !== undefined && buyer.card.recipient !== manifest.buyer.recipient) {
    fail({ code: 'BUNDLE_PARTY', role: 'buyer' });
  }
  requireEqualEscrow(manifest.buyer.recipient, terms);
  const agreed = [RESOURCE, ...tablesOf(terms)];
  const isAgreed =
    manifest.resources[0]?.name === RESOURCE &&
    manifest.resources.every(
      ({ name, fields }) =>
        agreed.includes(name) &&
        canonicalJson(jsonOf(fields)) === canonicalJson(jsonOf(fieldEntries(terms, name))),
    );
  if (!isAgreed) fail({ code: 'BUNDLE_FIELDS' });
  return terms;
}

/** A key that the manifest's schema has checked. */
function keyOf(text: string): PublicKey {
  return readPublicKeyText(text) ?? fail({ code: 'FORMAT_SHAPE', document: MANIFEST, path: 'signing_key' });
}

/**
 * Step 6. The plan that the manifest names is the one it carries out, and as many persons approved it as the deal asks for.
 *
 * @throws HandoverError BUNDLE_PLAN, the APPROVAL_ and SIGNATURE_ codes
 */
export function checkApprovalsStep(manifest: Manifest, terms: Terms, read: ReadEntry): readonly Approval[] {
  const plan = planOf(manifest);
  if (planDigest(plan) !== manifest.plan) fail({ code: 'BUNDLE_PLAN' });
  const approvals = manifest.files
    .filter(({ path }) => isApproval(path) && !path.endsWith('.minisig'))
    .map(({ path }) => {
      const signature = Buffer.from(read(signatureName(path))).toString('utf8');
      return readApproval({ bytes: read(path), signature }, plan, path);
    });
  checkApprovals(approvals, terms.approvals, manifest.seller.signing_key);
  return approvals;
}

/** Step 7. checkpoint.txt is a checkpoint signed by the seller. Throws the CHECKPOINT_ codes. */
export function checkCheckpointStep(manifest: Manifest, read: ReadEntry): Checkpoint {
  const text = Buffer.from(read(CHECKPOINT)).toString('utf8');
  return readCheckpoint(text, { publicKey: keyOf(manifest.seller.signing_key), document: CHECKPOINT });
}

/**
 * Step 8. The bundle, its deal and this workspace are for the same environment, the policy is the deal's, by name and by its very rules, and
 * the kind of deal makes bundles at all (law.md §1.1).
 *
 * @throws HandoverError BUNDLE_ENVIRONMENT, BUNDLE_POLICY, POLICY_PACK_UNKNOWN, BUNDLE_KIND
 */
export function checkEnvironmentStep(
  manifest: Manifest,
  terms: Terms,
  trust: Pick<Trust, 'environment'>,
): void {
  const { environment, policy } = manifest;
  if (environment !== terms.environment || environment !== (trust.environment ?? environment)) {
    fail({
      code: 'BUNDLE_ENVIRONMENT',
      bundle: environment,
      expected: trust.environment ?? terms.environment,
    });
  }
  if (policy.pack !== terms.policy.pack || policy.version !== terms.policy.version) {
    fail({ code: 'BUNDLE_POLICY' });
  }
  const pack = policyOf(terms);
  if (policy.digest !== policyDigest(pack)) fail({ code: 'BUNDLE_POLICY' });
  if (!ruleOf(pack, terms).bundle) fail({ code: 'BUNDLE_KIND', kind: terms.kind });
}

/** Step 9. Every row is accounted for. Throws BUNDLE_ACCOUNTING. */
export function checkAccountingStep(manifest: Manifest): void {
  checkAccounting(manifest);
}

/**
 * Step 10. The bundle was not made in the future, nor before it was approved.
 *
 * @throws HandoverError DATE_AHEAD, DATE_BEFORE
 */
export function checkDatesStep(
  { created }: Manifest,
  approvals: readonly Approval[],
  { now }: Pick<Trust, 'now'>,
): void {
  const since = approvals
    .map(({ approved }) => approved)
    .sort()
    .at(-1);
  checkDate({ document: MANIFEST, time: created, now, since: since ?? null });
}
