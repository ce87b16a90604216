import { dealDigest, readDealJson } from '../../deal/signed-deal.js';
import {
  type DealAct,
  type DealFacts,
  type DealState,
  type DealStop,
  dealCell,
  dealState,
  isStop,
  type WordingKind,
  textKind,
} from '../../deal/states.js';
import { DEAL_ROLES, type DealRole, type Terms } from '../../deal/terms.js';
import { versionsOf, type Wording } from '../../deal/versions.js';
import type { ClaimedCard } from '../../identity/card.js';
import { fail } from '../../messages/error.js';
import type { Problem } from '../../messages/problem.js';
import type { Reader } from '../../store/reader.js';
import { trustedCard } from '../session/cards.js';
import type { Session } from '../session/session.js';

function wordingOf(terms: Terms): Pick<Wording, 'digest' | 'amends'> {
  return { digest: dealDigest(terms), amends: terms.amends?.sha256 ?? null };
}

/** What is kept here of a deal, for its state. */
function dealFacts(session: Session, id: string): DealFacts {
  const { read, info } = session.workspace;
  const wordings = read.wordings(id);
  const digests = new Set(wordings.map(({ digest }) => digest));
  return {
    role: info.role,
    wordings,
    delivered: read
      .bundles()
      .some(({ deal, state }) => digests.has(deal) && state !== 'began' && state !== 'abandoned'),
    aborted: wordings.slice(-1).some(({ digest }) => read.dealEnd(digest) !== undefined),
  };
}

/** What a text is to the deal as it is kept here. */
export function kindOfText(session: Session, terms: Terms): WordingKind {
  return textKind(wordingOf(terms), dealFacts(session, terms.id));
}

/** Where a deal is here. */
export function stateOfDeal(session: Session, id: string): DealState {
  return dealState(dealFacts(session, id));
}

/**
 * Whether something may be done under these terms, as {@link DEAL_TABLE} says. What is said of `sign` holds with the other party's signature too.
 *
 * @param act without its text (`export`), where the terms say which it is
 * @throws HandoverError DEAL_UNKNOWN, DEAL_UNSIGNED, DEAL_SIGNED, DEAL_AMENDS, DEAL_AMENDED, DEAL_RECEIVED, DEAL_ABORTED;
 *   DEAL_OTHER_PARTY, because a deal keeps its parties
 */
export function requireDeal(session: Session, terms: Terms, act: DealAct | 'receive'): void {
  const facts = dealFacts(session, terms.id);
  const state = dealState(facts);
  const kind = textKind(wordingOf(terms), facts);
  const cell = dealCell(facts.role, actOn(act, kind, state), state);
  const role = cell === 'DEAL_ABORTED' ? undefined : otherParty(session, terms, facts);
  if (role !== undefined) fail({ code: 'DEAL_OTHER_PARTY', deal: terms.id, role });
  if (isStop(cell)) fail(stopProblem(cell, terms, facts));
}

/** `export` of a text that is not the one that counts is `export-former` or `export-offer`. */
function actOn(act: DealAct | 'receive', kind: WordingKind, state: DealState): DealAct {
  if (act === 'receive') return `receive-${kind}`;
  if (act !== 'check' && act !== 'approve' && act !== 'export') return act;
  if (kind === 'former') return `${act}-former`;
  return kind === 'offer' && state !== 'offered' && state !== 'aborted' ? `${act}-offer` : act;
}

/** Whose card is another in these terms than in the version in force. */
function otherParty(session: Session, terms: Terms, { wordings }: DealFacts): DealRole | undefined {
  const present = session.workspace.read.deal(versionsOf(wordings).at(-1)?.digest ?? '');
  if (present === undefined) return undefined;
  const agreed = readDealJson(present.bytes);
  return DEAL_ROLES.find((role) => agreed[role].card !== terms[role].card);
}

/**
 * The pinned card of a party of a deal. One that has a successor serves the deals that both have signed with it, and no new ones.
 *
 * @throws HandoverError CARD_UNKNOWN, CARD_DISTRUSTED, CARD_REPLACED, DEAL_CARD_ROLE, DEAL_PARTY_NAME
 */
export function partyCard(session: Session, terms: Terms, role: DealRole): ClaimedCard {
  const { read } = session.workspace;
  const claimed = trustedCard(session, terms[role].card);
  const { card, digest } = claimed;
  // A card need not say what its owner is.
  if ((card.role ?? role) !== role) fail({ code: 'DEAL_CARD_ROLE', party: card.name, role });
  if (card.name !== terms[role].name)
    fail({ code: 'DEAL_PARTY_NAME', deal: terms.id, role, party: card.name });
  const isNew = versionsOf(read.wordings(terms.id)).length === 0;
  if (isNew && read.card(digest)?.state === 'replaced') fail({ code: 'CARD_REPLACED', party: card.name });
  return claimed;
}

function stopProblem(code: DealStop, { id: deal }: Terms, { wordings }: DealFacts): Problem {
  const present = versionsOf(wordings).at(-1);
  switch (code) {
    case 'DEAL_SIGNED':
    case 'DEAL_AMENDED':
      return { code, deal, sha256: present?.digest ?? '' };
    case 'DEAL_AMENDS':
      return { code, deal, sha256: present?.digest ?? null };
    case 'DEAL_UNSIGNED': {
      const last = wordings.at(-1)?.signatures ?? [];
      return { code, deal, roles: DEAL_ROLES.filter((role) => !last.some((s) => s.role === role)) };
    }
    default:
      return { code, deal };
  }
}

/** Ids of the deals under which anything can still be done, oldest first: those that were not aborted. */
export function openDeals(read: Reader): readonly string[] {
  return read.deals().flatMap(({ id, digest }) => (read.dealEnd(digest) === undefined ? [id] : []));
}
