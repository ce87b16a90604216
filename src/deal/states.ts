import type { Sha256 } from '../base/crypto.js';
import type { DealRole } from './terms.js';
import { versionsOf, type Wording } from './versions.js';

/** The state of a deal with one of its parties. */
export const DEAL_STATES = [
  /** Nothing of this id was signed here. */
  'none',
  /** This party has signed a first version, the other has not. */
  'offered',
  /** A version is in force. */
  'agreed',
  /** A version is in force, and this party has signed an amendment of it, the other has not. */
  'amending',
  /** As `agreed`, and a bundle has left, or has come. */
  'delivered',
  /** As `amending`, and a bundle has left, or has come. */
  'delivered-amending',
  'aborted',
] as const;
export type DealState = (typeof DEAL_STATES)[number];

/**
 * What a text is to the wordings that are kept of its deal: the version in force; a former one; one that waits for the other party's
 * signature; a new text that amends nothing, the version in force, or something else.
 */
export type WordingKind = 'standing' | 'former' | 'offer' | 'first' | 'amendment' | 'stray';

/** `countersign` is `sign` with the other party's good signature beside the text. */
type SignAct = `${'sign' | 'countersign'}-${WordingKind}`;
/** Under the version in force, or under another wording that somebody named by its digest. */
type UseAct = 'check' | 'approve' | 'export' | `${'check' | 'approve' | 'export'}-${'former' | 'offer'}`;
export type SellerAct = SignAct | UseAct | 'abort';
export type BuyerAct = SignAct | `receive-${WordingKind}` | 'abort';
export type DealAct = SellerAct | BuyerAct;

/** The problems with which an act is refused. */
export type DealStop =
  | 'DEAL_UNKNOWN'
  | 'DEAL_UNSIGNED'
  | 'DEAL_SIGNED'
  | 'DEAL_AMENDS'
  | 'DEAL_AMENDED'
  | 'DEAL_RECEIVED'
  | 'DEAL_ABORTED';

/** What follows: the state after the act, or the problem; null where the two cannot meet. */
export type DealCell = DealState | DealStop | null;
/** The cells of an act in the order of {@link DEAL_STATES}. */
type Row = readonly [DealCell, DealCell, DealCell, DealCell, DealCell, DealCell, DealCell];

const UNKNOWN = 'DEAL_UNKNOWN';
const UNSIGNED = 'DEAL_UNSIGNED';
const SIGNED = 'DEAL_SIGNED';
const AMENDS = 'DEAL_AMENDS';
const AMENDED = 'DEAL_AMENDED';
const RECEIVED = 'DEAL_RECEIVED';
const ABORTED = 'DEAL_ABORTED';
const BOTH = 'delivered-amending';

const SIGNING: Readonly<Record<SignAct, Row>> = {
  // none, offered, agreed, amending, delivered, delivered-amending, aborted
  'sign-first': ['offered', 'offered', SIGNED, SIGNED, SIGNED, SIGNED, ABORTED],
  'countersign-first': ['agreed', 'agreed', SIGNED, SIGNED, SIGNED, SIGNED, ABORTED],
  'sign-offer': [null, 'offered', null, 'amending', null, BOTH, ABORTED],
  'countersign-offer': [null, 'agreed', null, 'agreed', null, 'delivered', ABORTED],
  'sign-amendment': [null, null, 'amending', 'amending', BOTH, BOTH, ABORTED],
  'countersign-amendment': [null, null, 'agreed', 'agreed', 'delivered', 'delivered', ABORTED],
  'sign-stray': [AMENDS, AMENDS, AMENDS, AMENDS, AMENDS, AMENDS, ABORTED],
  'countersign-stray': [AMENDS, AMENDS, AMENDS, AMENDS, AMENDS, AMENDS, ABORTED],
  'sign-standing': [null, null, 'agreed', 'amending', 'delivered', BOTH, ABORTED],
  'countersign-standing': [null, null, 'agreed', 'amending', 'delivered', BOTH, ABORTED],
  'sign-former': [null, null, AMENDED, AMENDED, AMENDED, AMENDED, ABORTED],
  'countersign-former': [null, null, AMENDED, AMENDED, AMENDED, AMENDED, ABORTED],
};

const FORMER: Row = [null, null, AMENDED, AMENDED, AMENDED, AMENDED, ABORTED];
const OFFER: Row = [null, null, null, UNSIGNED, null, UNSIGNED, ABORTED];
const LOOK: Row = [UNKNOWN, 'offered', 'agreed', 'amending', 'delivered', BOTH, ABORTED];

const SELLER: Readonly<Record<SellerAct, Row>> = {
  ...SIGNING,
  check: LOOK,
  'check-offer': OFFER,
  'check-former': FORMER,
  approve: LOOK,
  'approve-offer': OFFER,
  'approve-former': FORMER,
  export: [UNKNOWN, UNSIGNED, 'delivered', BOTH, 'delivered', BOTH, ABORTED],
  'export-offer': OFFER,
  'export-former': FORMER,
  abort: [UNKNOWN, 'aborted', 'aborted', 'aborted', 'aborted', 'aborted', 'aborted'],
};

const BUYER: Readonly<Record<BuyerAct, Row>> = {
  ...SIGNING,
  'receive-standing': [null, null, 'delivered', BOTH, 'delivered', BOTH, ABORTED],
  // Made under the version that was in force then.
  'receive-former': [null, null, 'delivered', BOTH, 'delivered', BOTH, ABORTED],
  // The bundle brings the signature that was missing.
  'receive-offer': [null, 'delivered', null, 'delivered', null, 'delivered', ABORTED],
  // Both signatures in the bundle are good, ours too: this store has forgotten, or never heard, what we signed.
  'receive-first': ['delivered', 'delivered', SIGNED, SIGNED, SIGNED, SIGNED, ABORTED],
  'receive-amendment': [null, null, 'delivered', 'delivered', 'delivered', 'delivered', ABORTED],
  'receive-stray': ['delivered', 'delivered', AMENDS, AMENDS, AMENDS, AMENDS, ABORTED],
  abort: [UNKNOWN, 'aborted', 'aborted', 'aborted', RECEIVED, RECEIVED, 'aborted'],
};

/** What the two parties may do with a deal, and what it leads to: read by the steps, the tests and docs/architecture.md. */
export const DEAL_TABLE: {
  readonly seller: Readonly<Record<SellerAct, Row>>;
  readonly buyer: Readonly<Record<BuyerAct, Row>>;
} = { seller: SELLER, buyer: BUYER };

/** The cell of an act in a state; null too for an act of the other party. */
export function dealCell(role: DealRole, act: DealAct, state: DealState): DealCell {
  const rows: Readonly<Partial<Record<DealAct, Row>>> = DEAL_TABLE[role];
  return rows[act]?.[DEAL_STATES.indexOf(state)] ?? null;
}

/** Whether a cell is a problem. */
export function isStop(cell: DealCell): cell is DealStop {
  return cell?.startsWith('DEAL_') === true;
}

/** What is kept of a deal. */
export interface DealFacts {
  readonly role: DealRole;
  /** Oldest first. */
  readonly wordings: readonly Wording[];
  /** Whether a bundle has left, or has come. */
  readonly delivered: boolean;
  readonly aborted: boolean;
}

/** The state of a deal. */
export function dealState({ role, wordings, delivered, aborted }: DealFacts): DealState {
  if (aborted) return 'aborted';
  const standing = versionsOf(wordings).at(-1);
  if (standing === undefined) return wordings.some((w) => hasSigned(w, role)) ? 'offered' : 'none';
  const amending = wordings.some((w) => w.amends === standing.digest && hasSigned(w, role));
  if (delivered) return amending ? 'delivered-amending' : 'delivered';
  return amending ? 'amending' : 'agreed';
}

/** What a text is to what is kept of its deal. */
export function textKind(
  text: Pick<Wording, 'digest' | 'amends'>,
  { role, wordings }: Pick<DealFacts, 'role' | 'wordings'>,
): WordingKind {
  const versions = versionsOf(wordings);
  const standing: Sha256 | null = versions.at(-1)?.digest ?? null;
  if (text.digest === standing) return 'standing';
  // A version of which only the amendment is known here is a former one as well.
  if (versions.some(({ digest, amends }) => digest === text.digest || amends === text.digest))
    return 'former';
  const isKept = wordings.some((w) => w.digest === text.digest && hasSigned(w, role));
  if (isKept && (standing === null || text.amends === standing)) return 'offer';
  if (text.amends === null) return 'first';
  return text.amends === standing ? 'amendment' : 'stray';
}

function hasSigned({ signatures }: Wording, role: DealRole): boolean {
  return signatures.some((signature) => signature.role === role);
}
