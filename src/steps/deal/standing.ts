import { dealDigest } from '../../deal/signed-deal.js';
import {
  type DealAct,
  type DealFacts,
  type DealState,
  type DealStop,
  dealCell,
  dealState,
  isStop,
  type TextKind,
  textKind,
} from '../../deal/states.js';
import { DEAL_ROLES, type Terms } from '../../deal/terms.js';
import { versionsOf, type Wording } from '../../deal/versions.js';
import { fail } from '../../messages/error.js';
import type { Problem } from '../../messages/problem.js';
import type { House } from '../session/house.js';

function wordingOf(terms: Terms): Pick<Wording, 'digest' | 'amends'> {
  return { digest: dealDigest(terms), amends: terms.amends?.sha256 ?? null };
}

/** What is kept here of a deal, for its state. */
function dealFacts(house: House, id: string): DealFacts {
  const { read, info } = house.workspace;
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
export function kindOfText(house: House, terms: Terms): TextKind {
  return textKind(wordingOf(terms), dealFacts(house, terms.id));
}

/** Where a deal stands here. */
export function stateOfDeal(house: House, id: string): DealState {
  return dealState(dealFacts(house, id));
}

/**
 * Whether something may be done under these terms, as {@link DEAL_TABLE} says. What is said of `sign` holds with the other party's signature too.
 *
 * @param act without its text (`export`), where the terms say which it is
 * @throws HandoverError DEAL_UNKNOWN, DEAL_UNSIGNED, DEAL_SIGNED, DEAL_AMENDS, DEAL_AMENDED, DEAL_RECEIVED, DEAL_ABORTED
 */
export function requireDeal(house: House, terms: Terms, act: DealAct | 'receive'): void {
  const facts = dealFacts(house, terms.id);
  const state = dealState(facts);
  const kind = textKind(wordingOf(terms), facts);
  const cell = dealCell(facts.role, actOn(act, kind, state), state);
  if (isStop(cell)) fail(stopProblem(cell, terms, facts));
}

/** `export` of a text that is not the one that stands is `export-former` or `export-offer`. */
function actOn(act: DealAct | 'receive', kind: TextKind, state: DealState): DealAct {
  if (act === 'receive') return `receive-${kind}`;
  if (act !== 'check' && act !== 'approve' && act !== 'export') return act;
  if (kind === 'former') return `${act}-former`;
  return kind === 'offer' && state !== 'offered' && state !== 'aborted' ? `${act}-offer` : act;
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
