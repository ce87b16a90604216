import { textOf } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import type { Instant } from '../../base/time.js';
import { checkDate } from '../../bundle/dates.js';
import { type ClaimedCard, readCard, requireCurrent } from '../../identity/card.js';
import { recognise, type TrustedCard, trustAsSuccessor, trustByFingerprint } from '../../identity/trust.js';
import { fail } from '../../messages/error.js';
import type { CardState } from '../../store/party-rows.js';
import { type CardView, claimedCardAt, pinnedCard, cardViewOf } from '../session/cards.js';
import { CARD_LIMIT } from '../session/cards.js';
import { cameDocument } from '../session/came-document.js';
import type { Session } from '../session/session.js';
import { loggingRefusal } from '../session/refusal.js';
import { dealsUnderWay } from '../session/under-way.js';

/**
 * Pins the card of the other party, after its fingerprint was read out over the phone and typed.
 *
 * @param typed the digits as typed; spaces and full-width digits do not matter
 * @throws HandoverError CARD_SIGNATURE, CARD_EXPIRED, CARD_FINGERPRINT, TRUST_OWN_CARD, TRUST_ENVIRONMENT
 */
export function trustCard(session: Session, path: string, typed: string): Promise<CardView> {
  return loggingRefusal(session, { path }, () => pin(session, path, typed));
}

async function pin(session: Session, path: string, typed: string): Promise<CardView> {
  const claimed = claimedPartner(session, path);
  const trusted = trustByFingerprint(claimed, typed);
  const signature = signatureOf(path);
  const view = cardViewOf(trusted);
  await session.keys();
  session.record(
    { action: 'party-trusted', objects: { card: trusted.digest }, details: { how: 'fingerprint' } },
    (write) => write.putCard(trusted.digest, trusted.bytes, signature, session.now),
  );
  return view;
}

/** A rehearsal of {@link trustCard}. @throws HandoverError as trustCard */
export function rehearseTrust(session: Session, path: string, typed: string): CardView {
  const trusted = trustByFingerprint(claimedPartner(session, path), typed);
  signatureOf(path);
  return cardViewOf(trusted);
}

/** The card of another party as it came. @throws HandoverError CARD_SIGNATURE, CARD_EXPIRED, DATE_AHEAD, TRUST_OWN_CARD, TRUST_ENVIRONMENT */
function claimedPartner(session: Session, path: string): ClaimedCard {
  const { info } = session.workspace;
  const claimed = claimedCardAt(path);
  requireCurrent(claimed, session.now);
  checkDate({ document: 'card.json', time: claimed.card.created, now: session.now });
  if (claimed.digest === info.cardDigest) fail({ code: 'TRUST_OWN_CARD' });
  if ((claimed.card.environment ?? 'production') !== info.environment) {
    fail({ code: 'TRUST_ENVIRONMENT', party: claimed.card.name, workspace: info.environment });
  }
  return claimed;
}

const SIGNATURE_LIMIT = 1 << 16;

function signatureOf(path: string): string {
  return textOf(cameDocument(path, CARD_LIMIT).required('.minisig', SIGNATURE_LIMIT));
}

/** A pinned card as it is listed. */
export type ListedCard = CardView & { readonly compared: Instant; readonly state: CardState };

/**
 * A trusted card by its fingerprint, its digest or the name on it.
 *
 * @throws HandoverError TRUST_WHICH
 */
function findTrusted(session: Session, named: string): ListedCard {
  const wanted = named.normalize('NFKC').trim();
  const digits = wanted.replace(/\s/g, '');
  const found = trustedCards(session).filter(
    ({ state, card, digest, fingerprint }) =>
      state === 'trusted' &&
      (card.name === wanted || digest === wanted || fingerprint.replace(/\s/g, '') === digits),
  );
  const [only, ...more] = found;
  return only === undefined || more.length > 0 ? fail({ code: 'TRUST_WHICH', found: found.length }) : only;
}

/**
 * A card in which the trust can be withdrawn: its owner has signed no deal that is under way.
 *
 * @throws HandoverError TRUST_WHICH, CARD_UNDER_WAY
 */
export function removableCard(session: Session, named: string): ListedCard {
  const card = findTrusted(session, named);
  const deals = dealsUnderWay(session, card.digest);
  if (deals.length > 0) fail({ code: 'CARD_UNDER_WAY', party: card.card.name, deals });
  return card;
}

/**
 * Withdraws the trust in a card. What was signed with it can still be verified; nothing new is signed with its owner, sent to it or taken from it.
 *
 * @throws HandoverError TRUST_WHICH, CARD_UNDER_WAY
 */
export async function removeCard(session: Session, named: string): Promise<ListedCard> {
  const card = removableCard(session, named);
  await session.keys();
  session.record({ action: 'party-distrusted', objects: { card: card.digest }, details: {} }, (write) =>
    write.setCardState(card.digest, 'removed'),
  );
  return { ...card, state: 'removed' };
}

/** A new card of a party and the trusted one in whose place it comes. */
export interface Succession {
  readonly path: string;
  readonly claimed: ClaimedCard;
  readonly card: CardView;
  readonly former: CardView;
  /** The former key's signature over the new card as it came, or null: then the fingerprint has to be compared. */
  readonly formerSignature: string | null;
  /** Deals under way that the former card signed. They go on with it. */
  readonly deals: readonly string[];
}

/**
 * What decides whether a card may take the place of a trusted one, before a person is asked. Changes nothing.
 *
 * @param input.former fingerprint, digest or name of the trusted card; null if the new card names it, or bears the same name
 * @param input.dealsStay that the deals under way go on with the former card
 * @throws HandoverError CARD_SIGNATURE, CARD_EXPIRED, TRUST_OWN_CARD, TRUST_ENVIRONMENT, TRUST_WHICH, CARD_REPLACES, CARD_ROLE_CHANGED,
 *   CARD_UNDER_WAY
 */
export function prepareReplacing(
  session: Session,
  input: { readonly path: string; readonly former: string | null; readonly dealsStay: boolean },
): Succession {
  const { path } = input;
  const claimed = claimedPartner(session, path);
  const { name: party, replaces, role } = claimed.card;
  const former = findTrusted(session, input.former ?? replaces ?? party);
  if (former.digest === claimed.digest || (replaces ?? former.digest) !== former.digest)
    return fail({ code: 'CARD_REPLACES', party });
  if ((former.card.role ?? role) !== role) return fail({ code: 'CARD_ROLE_CHANGED', party });
  const by = cameDocument(path, CARD_LIMIT).beside('.former.minisig', SIGNATURE_LIMIT);
  const formerSignature = replaces === null || by === null ? null : textOf(by);
  const deals = dealsUnderWay(session, former.digest);
  if (deals.length > 0 && !input.dealsStay) fail({ code: 'CARD_UNDER_WAY', party: former.card.name, deals });
  return { path, claimed, card: cardViewOf(claimed), former, formerSignature, deals };
}

/**
 * Establishes whose the new card is: the former key has signed it, or a person has compared its fingerprint.
 *
 * @param typed the digits as they were read out; null if the former key's signature is enough
 * @throws HandoverError CARD_FINGERPRINT, CARD_FINGERPRINT_TYPED, CARD_SUCCESSION
 */
export function trustSuccessor(
  session: Session,
  { claimed, former, formerSignature }: Succession,
  typed: string | null,
): TrustedCard {
  if (typed !== null) return trustByFingerprint(claimed, typed);
  return trustAsSuccessor(pinned(session, former.digest), claimed, formerSignature ?? '');
}

/**
 * Trusts a card in the place of a trusted one. The former card serves the deals that both have signed with it, and no new ones.
 *
 * @throws HandoverError those of {@link trustSuccessor}
 */
export async function replaceCard(
  session: Session,
  succession: Succession,
  typed: string | null,
): Promise<CardView> {
  const { path, former, deals } = succession;
  const trusted = trustSuccessor(session, succession, typed);
  const signature = signatureOf(path);
  await session.keys();
  session.record(
    {
      action: 'card-replaced',
      objects: { card: trusted.digest, former: former.digest },
      details: { how: typed === null ? 'succession' : 'fingerprint', deals: deals.length },
    },
    (write) => {
      write.putCard(trusted.digest, trusted.bytes, signature, session.now);
      write.setCardState(former.digest, 'replaced');
    },
  );
  return cardViewOf(trusted);
}

function pinned(session: Session, digest: Sha256): TrustedCard {
  return recognise(pinnedCard(session, digest), [digest]);
}

/** The pinned cards, oldest first, with the time at which they came to be trusted. */
export function trustedCards(session: Session): readonly ListedCard[] {
  return session.workspace.read.cards().map(({ bytes, signature, compared, state }) => ({
    ...cardViewOf(readCard(bytes, signature, 'card.json')),
    compared,
    state,
  }));
}
