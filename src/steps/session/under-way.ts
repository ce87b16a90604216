import type { Sha256 } from '../../base/crypto.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { buyerEnd } from '../../retention/schedule.js';
import { latestDay } from './clock.js';
import type { Session } from './session.js';

/**
 * The deals that a card signed and that go on: not aborted, and the buyer may still keep the records, so that what customers say has to reach
 * it. Ids, oldest first.
 */
export function dealsUnderWay(session: Session, card: Sha256): readonly string[] {
  const { read } = session.workspace;
  const today = latestDay(session);
  return read
    .deals()
    .filter(
      ({ id, digest, bytes }) =>
        read.wordings(id).some(({ signatures }) => signatures.some((signature) => signature.card === card)) &&
        read.dealEnd(digest) === undefined &&
        today <= buyerEnd(readDealJson(bytes)).date,
    )
    .map(({ id }) => id);
}
