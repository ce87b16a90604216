import {
  GATES,
  type Gate,
  type Light,
  lightsOf,
  type ReminderFacts,
  remindersOf,
} from '../../bundle/gates.js';
import type { DealRole, Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { personsIn } from '../session/list.js';
import { saidPersons } from '../session/person-counts.js';
import { pinnedCard } from '../session/cards.js';
import type { Session } from '../session/session.js';

/** What has to be so before a bundle of the deal is sealed, and what of it is not so now. */
export function dealLights(session: Session, terms: Terms): readonly Light[] {
  const card = (role: DealRole) => pinnedCard(session, terms[role].card).card;
  return lightsOf({ terms, seller: card('seller'), buyer: card('buyer'), now: session.now });
}

/** @throws HandoverError the problem of the first of these gates that is shut */
export function requireGates(session: Session, terms: Terms, gates: readonly Gate[] = GATES): void {
  const shut = dealLights(session, terms).find(
    ({ gate, problem }) => problem !== null && gates.some((one) => one === gate),
  );
  if (shut?.problem) fail(shut.problem);
}

/** What a person has to see to besides, at either party; nothing is stopped by it. */
export function dealReminders(
  session: Session,
  terms: Terms,
  facts: Pick<ReminderFacts, 'isPlanFresh' | 'rejected'>,
): readonly Light[] {
  const { info, read } = session.workspace;
  const other = info.role === 'seller' ? 'buyer' : 'seller';
  const kept = read.datasets().filter(({ state }) => state === 'kept');
  return remindersOf({
    ...facts,
    terms,
    buyer: pinnedCard(session, terms.buyer.card).card,
    isCompared: read.cards().some(({ digest, state }) => digest === terms[other].card && state === 'trusted'),
    hasLead: read.house.people().some(({ role, gone }) => role === 'lead' && gone === null),
    persons: { here: personsIn(read, kept), others: saidPersons(read)?.persons ?? null },
  });
}
