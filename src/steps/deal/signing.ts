import { textOf } from '../../base/bytes.js';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import { assessmentScope, papersProblem } from '../../bundle/gates.js';
import { fieldNamed } from '../../dataset/field-named.js';
import { requireEqualEscrow } from '../../deal/escrow.js';
import {
  dealBytes,
  dealComment,
  dealDigest,
  dealFileName,
  dealRow,
  readDealJson,
  type SignedDeal,
  signedDeal,
} from '../../deal/signed-deal.js';
import type { PaperReference } from '../../deal/paper-references.js';
import { soundnessOf } from '../../deal/soundness.js';
import type { WordingKind } from '../../deal/states.js';
import { DEAL_ROLES, type DealRole, type Terms } from '../../deal/terms.js';
import type { DealFile } from '../../deal/terms-reading.js';
import { requireCurrent } from '../../identity/card.js';
import { signMinisign, verifyMinisign } from '../../identity/minisign.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { Problem } from '../../messages/problem.js';
import { reviewScope, type ScopeRow } from '../../policy/scope.js';
import { readSent, writeWhole } from '../../store/files.js';
import { type CameDocument, cameDocument, isSending, sendingsIn } from '../session/came-document.js';
import { pinnedCard } from '../session/cards.js';
import { putSending } from '../session/put-sending.js';
import type { Session } from '../session/session.js';
import { type DealView, viewDeal } from './deal.js';
import { requireGates } from './gates.js';
import { kindOfText, partyCard, requireDeal, stateOfDeal } from './standing.js';
import { namedText, withDraftedText } from './text.js';

const DEAL_LIMIT = 1 << 20;
const SIGNATURE_LIMIT = 1 << 16;

/** What one reading of a deal file found: its terms, or everything that has to be put right. */
export interface DealReview {
  readonly path: string;
  readonly terms: Terms | null;
  readonly problems: readonly Problem[];
  readonly scope: readonly ScopeRow[];
  /** Whether the notice is the text that follows from the terms; its digest is known once the cards are. */
  readonly isDrafted: boolean;
}

/**
 * Reads deal.yaml or deal.json and says everything that is wrong with it in one go.
 *
 * @param papers those of the workspace, to which a draft may refer
 */
export async function reviewDeal(path: string, papers: readonly PaperReference[] = []): Promise<DealReview> {
  const { bytes, name } = cameDocument(path, DEAL_LIMIT);
  const isSigned = isJson(name);
  const read = isSigned ? { terms: readDealJson(bytes), problems: [] } : await readYaml(bytes, papers);
  const { terms } = read;
  const isDrafted = 'isDrafted' in read && read.isDrafted === true;
  if (terms === null) return { path, terms, problems: read.problems, scope: [], isDrafted };
  const scope = reviewScope(terms);
  const missing = papersProblem(terms) ?? assessmentScope(terms);
  const problems = [
    ...(isSigned ? soundnessOf(terms) : []),
    ...(missing === null ? [] : [missing]),
    ...scope.problems,
  ];
  return { path, terms, problems, scope: scope.rows, isDrafted };
}

/** The reader of YAML is loaded here, because most commands read deals that are signed, and those are JSON. */
async function readYaml(bytes: Uint8Array, papers: readonly PaperReference[]): Promise<DealFile> {
  return (await import('../../deal/deal-file.js')).readDealFile(bytes, papers, fieldNamed);
}

function isJson(name: string): boolean {
  return name.endsWith('.json');
}

export interface DealSigned extends DealView {
  /** The canonical deal and the signatures, to be sent to the other party. */
  readonly path: string;
  readonly signaturePath: string;
  /** The same in one file. */
  readonly sendingPath: string;
  /** Whether the other party's signature was found beside the file and is good. */
  readonly heard: boolean;
}

/** A text that may be signed here, looked at without the keys. Nothing is kept yet. */
export interface Signing {
  readonly path: string;
  readonly terms: Terms;
  readonly digest: Sha256;
  /** What it is to the deal as it is here. */
  readonly kind: WordingKind;
  /** Whether this party signed it before. */
  readonly own: boolean;
  /** The other party's good signature that lies beside the text, or null. */
  readonly others: string | null;
  /** The version that it amends, or null. */
  readonly former: Terms | null;
}

/**
 * Everything that decides whether a text may be signed, before a person is asked: its terms, the parties, what was signed before, and the
 * other party's signature if it lies beside the file.
 *
 * @throws HandoverError the first DEAL_ problem of the terms, DEAL_NOT_PARTY, DEAL_ENVIRONMENT, DEAL_SIGNATURE, CARD_EXPIRED, and those of
 *   {@link requireDeal} and {@link partyCard}
 */
export async function prepareSigning(session: Session, path: string): Promise<Signing> {
  const review = await reviewDeal(path, session.workspace.read.house.papers());
  const [problem] = review.problems;
  if (review.terms === null || problem !== undefined) {
    return fail(problem ?? { code: 'FORMAT_SHAPE', document: basename(path), path: '.' });
  }
  const { info } = session.workspace;
  const terms = review.isDrafted ? withDraftedText(session, review.terms) : review.terms;
  if (terms[info.role].card !== info.cardDigest) fail({ code: 'DEAL_NOT_PARTY', deal: terms.id });
  if (terms.environment !== info.environment) {
    fail({
      code: 'DEAL_ENVIRONMENT',
      deal: terms.id,
      environment: terms.environment,
      workspace: info.environment,
    });
  }
  const kind = kindOfText(session, terms);
  requireDeal(session, terms, `sign-${kind}`);
  for (const role of DEAL_ROLES) requireCurrent(partyCard(session, terms, role), session.now);
  requireGates(session, terms, ['enterprise', 'region']);
  requireEqualEscrow(partyCard(session, terms, 'buyer').card.recipient, terms);

  const name = dealFileName(terms);
  const copies = [...(isJson(path) ? [path] : [join(dirname(path), name)]), session.path('exchange', name)];
  // Looked at first: beside a signature that is not good, ours is not given.
  const others = signatureBeside(
    session,
    terms,
    copies,
    isSending(path) ? [cameDocument(path, DEAL_LIMIT)] : [],
  );
  const digest = dealDigest(terms);
  const amended = session.workspace.read.deal(terms.amends?.sha256 ?? '');
  const former = amended === undefined ? null : readDealJson(amended.bytes);
  return { path, terms, digest, kind, own: hasSigned(session, digest, info.role), others, former };
}

/**
 * Signs a deal for this workspace's party, and takes in the other party's signature if it lies beside the file. May be run again: that
 * is how a signature that came later is taken in. A call that fails has signed nothing.
 *
 * @throws HandoverError those of {@link prepareSigning}
 */
export async function signDeal(session: Session, path: string): Promise<DealSigned> {
  return sign(session, await prepareSigning(session, path));
}

/** Signs what was looked at. */
export async function sign(session: Session, { terms, digest, others }: Signing): Promise<DealSigned> {
  const { info } = session.workspace;
  const bytes = dealBytes(terms);
  const out = session.path('exchange', dealFileName(terms));
  const ownPath = `${out}.${info.role}.minisig`;
  const { identity } = await session.keys();
  const own = session.workspace.read.deal(digest)?.signatures.find((s) => s.role === info.role)?.signature;
  const signature = own ?? signMinisign(bytes, identity.signer, dealComment(terms.id, info.role));
  await writeWhole(out, bytes, { force: true });
  // Kept once the files are on disk, and before our signature can be seen.
  const announce = (): void => {
    if (own === undefined) keepOwn(session, terms, signature);
    takeSignature(session, terms, others);
  };
  await writeWhole(ownPath, signature, { force: true, announce });
  const heard = hasSigned(session, digest, otherRole(session));
  const sendingPath = await putDeal(session, terms, out);
  return { ...viewDeal(session, digest), path: out, signaturePath: ownPath, sendingPath, heard };
}

/** The deal with every signature there is, in one file. */
function putDeal(session: Session, terms: Terms, path: string): Promise<string> {
  const signatures = session.workspace.read.deal(dealDigest(terms))?.signatures ?? [];
  const beside = Object.fromEntries(signatures.map(({ role, signature }) => [`.${role}.minisig`, signature]));
  return putSending(session, { kind: 'deal', path, document: dealBytes(terms), beside });
}

function keepOwn(session: Session, terms: Terms, signature: string): void {
  const { role, cardDigest } = session.workspace.info;
  const deal = dealDigest(terms);
  const text = namedText(session, terms);
  session.record({ action: 'deal-signed', objects: { deal }, details: { by: role } }, (write) => {
    write.putDeal(dealRow(terms));
    if (text !== null) write.campaign.putText({ ...text, deal, time: session.now });
    write.addDealSignature(deal, role, signature, cardDigest);
  });
}

/**
 * The deal with both signatures verified again, from the pinned cards. The other party's may lie in the exchange folder still; it is kept by
 * {@link takeWaiting}, once nothing else is in the way.
 *
 * @throws HandoverError DEAL_ABORTED, DEAL_AMENDED, DEAL_SIGNATURE, DEAL_UNSIGNED, CARD_EXPIRED, and those of {@link partyCard}
 */
export function requireSigned(session: Session, terms: Terms): SignedDeal {
  const waiting = waitingSignature(session, terms);
  requireDeal(session, terms, waiting === null ? 'export' : 'countersign-offer');
  const signatures = session.workspace.read.deal(dealDigest(terms))?.signatures ?? [];
  for (const role of DEAL_ROLES) requireCurrent(partyCard(session, terms, role), session.now);
  return signedDeal(terms, (role) => {
    const found = signatures.find((s) => s.role === role);
    if (found === undefined) return waiting !== null && role === otherRole(session);
    return isSignedBy(session, terms, role, found.signature);
  });
}

/** Keeps the other party's signature that waits in the exchange folder, if one does. */
export function takeWaiting(session: Session, terms: Terms): void {
  takeSignature(session, terms, waitingSignature(session, terms));
}

/** The good signature of the other party, beside the deal in the exchange folder, that a deal signed here alone waits for. */
function waitingSignature(session: Session, terms: Terms): string | null {
  if (stateOfDeal(session, terms.id) !== 'offered') return null;
  return signatureBeside(session, terms, [session.path('exchange', dealFileName(terms))]);
}

/**
 * The other party's signature from beside one of the given copies of deal.json, or null if there is none or it is kept already. A file that
 * is there and does not verify is refused loudly: somebody changed the terms or signed something else.
 *
 * @throws HandoverError DEAL_SIGNATURE
 */
function signatureBeside(
  session: Session,
  terms: Terms,
  copies: readonly string[],
  came: readonly CameDocument[] = [],
): string | null {
  const other = otherRole(session);
  if (hasSigned(session, dealDigest(terms), other)) return null;
  const end = `.${other}.minisig`;
  const path = copies.map((copy) => `${copy}${end}`).find((candidate) => existsSync(candidate));
  const bytes =
    path === undefined
      ? signatureSent(session, terms, end, came)
      : readSent(path, SIGNATURE_LIMIT, basename(path));
  if (bytes === null) return null;
  const text = textOf(bytes);
  if (!isSignedBy(session, terms, other, text)) fail({ code: 'DEAL_SIGNATURE', deal: terms.id, role: other });
  return text;
}

/** The signature in what was sent: the file that was named, or one that lies in the exchange folder under whatever name. */
function signatureSent(
  session: Session,
  terms: Terms,
  end: string,
  came: readonly CameDocument[],
): Uint8Array | null {
  const text = dealBytes(terms);
  const waiting = came.length > 0 ? came : sendingsIn(session.path('exchange'), 'deal', DEAL_LIMIT);
  for (const { bytes, beside } of waiting) {
    const found = Buffer.from(bytes).equals(text) ? beside(end, SIGNATURE_LIMIT) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Keeps the other party's signature, if there is a new one. */
function takeSignature(session: Session, terms: Terms, text: string | null): void {
  if (text === null) return;
  const digest = dealDigest(terms);
  const other = otherRole(session);
  session.record({ action: 'deal-received', objects: { deal: digest }, details: { by: other } }, (write) => {
    write.putDeal(dealRow(terms));
    write.addDealSignature(digest, other, text, terms[other].card);
  });
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
