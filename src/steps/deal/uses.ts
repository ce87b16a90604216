import type { Sha256 } from '../../base/crypto.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { leavingPurposes, type Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { Reader } from '../../store/reader.js';
import type { Session } from '../session/session.js';

/**
 * What customers agreed to is what the deal says, and nothing else (PIPL-14, PIPL-23).
 *
 * @param uses ids or words of purposes
 * @throws HandoverError PURPOSE_DRIFT
 */
export function requireAgreed(session: Session, terms: Terms, uses: readonly string[]): void {
  const purposes = leavingPurposes(terms);
  const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
  const known = new Set(purposes.flatMap(({ id, zh, en }) => [id, zh, en].map(plain)));
  if (uses.every((use) => known.has(plain(use)))) return;
  const { lang } = session.runtime;
  fail({ code: 'PURPOSE_DRIFT', deal: terms.id, agreed: purposes.map((purpose) => purpose[lang]) });
}

/**
 * Whether the buyer still has to draft its own notice to the customers of a deal. Where the deal names a text that is a paper of the parties,
 * so may the notice be, and it is asked for instead.
 *
 * @param deal digest of the wording under which the customers came
 */
export function lacksOwnNotice(read: Reader, deal: Sha256): boolean {
  const stored = read.deal(deal);
  if (stored === undefined || read.campaign.text(readDealJson(stored.bytes).notice.sha256) === undefined)
    return false;
  return !read.campaign.texts().some((text) => text.kind === 'own' && text.deal === deal);
}
