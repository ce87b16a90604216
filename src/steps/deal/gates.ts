import { GATES, type Gate, type Light, lightsOf } from '../../bundle/gates.js';
import type { DealRole, Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
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
    ({ gate, problem }) => problem !== null && gates.includes(gate),
  );
  if (shut?.problem) fail(shut.problem);
}
