// The deal: its terms are drafted, checked, signed by both parties, and looked up by whoever acts under them.

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import { requireEqualEscrow } from '../../deal/escrow.js';
import {
  dealBytes,
  dealComment,
  dealDigest,
  readDealJson,
  type SignedDeal,
  signedDeal,
} from '../../deal/signed-deal.js';
import { dealTemplate } from '../../deal/template.js';
import { DEAL_ROLES, type DealRole, type Terms } from '../../deal/terms.js';
import type { DealFile } from '../../deal/terms-reading.js';
import { requireCurrent } from '../../identity/card.js';
import { signMinisign, verifyMinisign } from '../../identity/minisign.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { Problem } from '../../messages/problem.js';
import { CURRENT_POLICY } from '../../policy/pack.js';
import { reviewScope, type ScopeRow } from '../../policy/scope.js';
import { readLimited, writeWhole } from '../../store/files.js';
import { ownCard, pinnedCard } from '../session/cards.js';
import type { Session } from '../session/session.js';

const DEAL_LIMIT = 1 << 20;
const SIGNATURE_LIMIT = 1 << 16;

export interface DealDraft {
  readonly path: string;
  readonly id: string;
  readonly seller: string;
  readonly buyer: string;
}

/** Writes a commented deal.yaml that both parties fill in. */
export async function draftDeal(
  session: Session,
  input: { readonly path: string; readonly id: string | null; readonly force: boolean },
): Promise<DealDraft> {
  const own = ownCard(session.workspace.info);
  const others = session.workspace.read.cards();
  const other = others.at(-1) ?? fail({ code: 'DEAL_NO_PARTNER' });
  const partner = pinnedCard(session, other.digest);
  const isSeller = session.workspace.info.role === 'seller';
  const [seller, buyer] = isSeller ? [own, partner] : [partner, own];
  const id = input.id ?? `${session.now.slice(0, 4)}-001`;
  const text = dealTemplate(session.runtime.lang, {
    id,
    environment: session.workspace.info.environment,
    policy: { pack: CURRENT_POLICY.id, version: CURRENT_POLICY.version },
    seller: { name: seller.card.name, card: seller.digest },
    buyer: { name: buyer.card.name, card: buyer.digest },
    today: session.now,
  });
  await writeWhole(input.path, text, { force: input.force });
  return { path: input.path, id, seller: seller.card.name, buyer: buyer.card.name };
}

/** What one reading of a deal file found: its terms, or everything that has to be put right. */
export interface DealReview {
  readonly path: string;
  readonly terms: Terms | null;
  readonly problems: readonly Problem[];
  readonly scope: readonly ScopeRow[];
}

/** Reads deal.yaml or deal.json and says everything that is wrong with it in one go. */
export async function reviewDeal(path: string): Promise<DealReview> {
  const bytes = readLimited(path, DEAL_LIMIT, basename(path));
  const read = isJson(path) ? { terms: readDealJson(bytes), problems: [] } : await readYaml(bytes);
  if (read.terms === null) return { path, terms: null, problems: read.problems, scope: [] };
  const scope = reviewScope(read.terms);
  return { path, terms: read.terms, problems: scope.problems, scope: scope.rows };
}

/** The reader of YAML is loaded here, because most commands read deals that are signed, and those are JSON. */
async function readYaml(bytes: Uint8Array): Promise<DealFile> {
  return (await import('../../deal/deal-file.js')).readDealFile(bytes);
}

function isJson(path: string): boolean {
  return path.endsWith('.json');
}

/** Where a deal stands: which signatures are there. */
export interface DealView {
  readonly terms: Terms;
  readonly digest: Sha256;
  readonly signed: Readonly<Record<DealRole, boolean>>;
}

export interface DealSigned extends DealView {
  /** The canonical deal and the signatures, to be sent to the other party. */
  readonly path: string;
  readonly signaturePath: string;
  /** Whether the other party's signature was found beside the file and is good. */
  readonly heard: boolean;
}

/**
 * Signs a deal for this workspace's party, and takes in the other party's signature if it lies beside the file. May be run again: that
 * is how a signature that came later is taken in. What both have signed is not replaced by another wording, and a call that fails has
 * signed nothing.
 *
 * @throws HandoverError the first DEAL_ problem of the terms, DEAL_NOT_PARTY, DEAL_ENVIRONMENT, DEAL_SIGNED, DEAL_SIGNATURE
 */
export async function signDeal(session: Session, path: string): Promise<DealSigned> {
  const review = await reviewDeal(path);
  const [problem] = review.problems;
  if (review.terms === null || problem !== undefined) {
    return fail(problem ?? { code: 'FORMAT_SHAPE', document: basename(path), path: '.' });
  }
  const { terms } = review;
  const { info } = session.workspace;
  if (terms[info.role].card !== info.cardDigest) fail({ code: 'DEAL_NOT_PARTY', deal: terms.id });
  if (terms.environment !== info.environment) {
    fail({
      code: 'DEAL_ENVIRONMENT',
      deal: terms.id,
      environment: terms.environment,
      workspace: info.environment,
    });
  }
  for (const role of DEAL_ROLES) requireCurrent(pinnedCard(session, terms[role].card), session.now);
  requireEqualEscrow(pinnedCard(session, terms.buyer.card).card.recipient, terms);

  requireNotReplacing(session, terms);
  const bytes = dealBytes(terms);
  const digest = dealDigest(terms);
  const out = session.path('exchange', `${terms.id}.deal.json`);
  const copies = [...(isJson(path) ? [path] : [join(dirname(path), `${terms.id}.deal.json`)]), out];
  // Looked at first: beside a signature that is not good, ours is not given.
  const others = signatureBeside(session, terms, copies);
  const ownPath = `${out}.${info.role}.minisig`;
  const { identity } = await session.keys();
  if (!hasSigned(session, digest, info.role)) {
    const signature = signMinisign(bytes, identity.signer, dealComment(terms.id, info.role));
    session.record(
      { action: 'deal-signed', objects: { deal: digest }, details: { by: info.role } },
      (write) => {
        write.putDeal(terms.id, digest, bytes);
        write.addDealSignature(digest, info.role, signature, info.cardDigest);
      },
    );
  }
  const own = session.workspace.read.deal(digest)?.signatures.find((s) => s.role === info.role);
  await writeWhole(out, bytes, { force: true });
  await writeWhole(ownPath, own?.signature ?? '', { force: true });
  const heard = takeSignature(session, terms, others);
  return { ...viewDeal(session, digest), path: out, signaturePath: ownPath, heard };
}

/**
 * Two parties have one deal of an id: another wording of it does not take the place of one that both have signed.
 *
 * @throws HandoverError DEAL_SIGNED
 */
export function requireNotReplacing(session: Session, terms: Terms): void {
  const digest = dealDigest(terms);
  const isSigned = session.workspace.read
    .wordings(terms.id)
    .some((wording) => wording.digest !== digest && wording.signatures.length === DEAL_ROLES.length);
  if (isSigned) fail({ code: 'DEAL_SIGNED', deal: terms.id });
}

/**
 * The other party's signature from beside one of the given copies of deal.json, or null if there is none or it is kept already. A file that
 * is there and does not verify is refused loudly: somebody changed the terms or signed something else.
 *
 * @throws HandoverError DEAL_SIGNATURE
 */
function signatureBeside(session: Session, terms: Terms, copies: readonly string[]): string | null {
  const other = otherRole(session);
  if (hasSigned(session, dealDigest(terms), other)) return null;
  const path = copies.map((copy) => `${copy}.${other}.minisig`).find((candidate) => existsSync(candidate));
  if (path === undefined) return null;
  const text = Buffer.from(readLimited(path, SIGNATURE_LIMIT, basename(path))).toString('utf8');
  if (!isSignedBy(session, terms, other, text)) fail({ code: 'DEAL_SIGNATURE', deal: terms.id, role: other });
  return text;
}

/** Keeps the other party's signature. @returns whether there is one now */
function takeSignature(session: Session, terms: Terms, text: string | null): boolean {
  const digest = dealDigest(terms);
  const other = otherRole(session);
  if (text === null) return hasSigned(session, digest, other);
  session.record({ action: 'deal-received', objects: { deal: digest }, details: { by: other } }, (write) => {
    write.putDeal(terms.id, digest, dealBytes(terms));
    write.addDealSignature(digest, other, text, terms[other].card);
  });
  return true;
}

function otherRole(session: Session): DealRole {
  return session.workspace.info.role === 'seller' ? 'buyer' : 'seller';
}

function hasSigned(session: Session, digest: Sha256, role: DealRole): boolean {
  return session.workspace.read.deal(digest)?.signatures.some((s) => s.role === role) === true;
}

function isSignedBy(session: Session, terms: Terms, role: DealRole, text: string): boolean {
  try {
    const { publicKey } = pinnedCard(session, terms[role].card);
    return verifyMinisign(dealBytes(terms), text, publicKey).trustedComment === dealComment(terms.id, role);
  } catch (error) {
    if (error instanceof HandoverError && error.problem.code.startsWith('SIGNATURE_')) return false;
    throw error;
  }
}

/** The deal by id, by digest, by path, or the only one there is. @throws HandoverError DEAL_WHICH, DEAL_UNKNOWN */
export function findDeal(session: Session, named: string | null): Terms {
  const deals = session.workspace.read.deals();
  if (named === null) {
    const [only, ...more] = deals;
    if (only === undefined) return fail({ code: 'DEAL_NONE' });
    if (more.length > 0) return fail({ code: 'DEAL_WHICH', deals: deals.map((deal) => deal.id) });
    return readDealJson(only.bytes);
  }
  const stored =
    session.workspace.read.deal(named) ??
    session.workspace.read.deal(basename(named).replace(/\.deal\.json$/, ''));
  if (stored === undefined) return fail({ code: 'DEAL_UNKNOWN', deal: basename(named) });
  return readDealJson(stored.bytes);
}

export function viewDeal(session: Session, digest: Sha256): DealView {
  const stored =
    session.workspace.read.deal(digest) ?? fail({ code: 'DEAL_UNKNOWN', deal: digest.slice(0, 12) });
  const has = (role: DealRole) => stored.signatures.some((s) => s.role === role);
  return {
    terms: readDealJson(stored.bytes),
    digest,
    signed: { seller: has('seller'), buyer: has('buyer') },
  };
}

/**
 * The deal with both signatures verified again, from the pinned cards. Takes in a signature that lies in the exchange folder.
 *
 * @throws HandoverError DEAL_ABORTED, DEAL_SIGNED, DEAL_SIGNATURE, DEAL_UNSIGNED, CARD_EXPIRED
 */
export async function requireSigned(session: Session, terms: Terms): Promise<SignedDeal> {
  requireAlive(session, terms);
  requireNotReplacing(session, terms);
  const copies = [session.path('exchange', `${terms.id}.deal.json`)];
  const beside = signatureBeside(session, terms, copies);
  if (beside !== null) await session.keys();
  takeSignature(session, terms, beside);
  const signatures = session.workspace.read.deal(dealDigest(terms))?.signatures ?? [];
  for (const role of DEAL_ROLES) requireCurrent(pinnedCard(session, terms[role].card), session.now);
  return signedDeal(terms, (role) => {
    const found = signatures.find((s) => s.role === role);
    return found !== undefined && isSignedBy(session, terms, role, found.signature);
  });
}

/** @throws HandoverError DEAL_ABORTED if this wording of the deal was ended */
export function requireAlive(session: Session, terms: Terms): void {
  if (session.workspace.read.dealEnd(dealDigest(terms)) !== undefined)
    fail({ code: 'DEAL_ABORTED', deal: terms.id });
}

/** The two signature files as they go into a bundle. */
export function dealSignatures(session: Session, digest: Sha256): Readonly<Record<DealRole, string>> {
  const signatures = session.workspace.read.deal(digest)?.signatures ?? [];
  const of = (role: DealRole) => signatures.find((s) => s.role === role)?.signature ?? '';
  return { seller: of('seller'), buyer: of('buyer') };
}
