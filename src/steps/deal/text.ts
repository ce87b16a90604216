import { textKindOf } from '../../campaign/facts.js';
import { type CampaignText, draftText, readText } from '../../campaign/text.js';
import type { Terms } from '../../deal/terms.js';
import type { TextKind } from '../../messages/campaign-text.js';
import { pinnedCard } from '../session/cards.js';
import type { Session } from '../session/session.js';

/**
 * The text to customers of a deal: the one that it names, as it was kept when it was signed, or what follows from its terms and cards today.
 *
 * @throws HandoverError CARD_UNKNOWN
 */
export function textOfDeal(session: Session, terms: Terms, kind: TextKind = textKindOf(terms)): CampaignText {
  const kept = kind === 'own' ? undefined : session.workspace.read.campaign.text(terms.notice.sha256);
  return kept === undefined ? followingText(session, terms, kind) : readText(kept.bytes, 'text.json');
}

/** Terms that name the text that follows from them. */
export function withDraftedText(session: Session, terms: Terms): Terms {
  const { digest } = followingText(session, terms, textKindOf(terms));
  return { ...terms, notice: { ...terms.notice, sha256: digest } };
}

/** The text that a deal names, if it is the one that follows from it: kept, so that it can be shown whatever becomes of the program. */
export function namedText(session: Session, terms: Terms): CampaignText | null {
  const text = textOfDeal(session, terms);
  return text.digest === terms.notice.sha256 ? text : null;
}

function followingText(session: Session, terms: Terms, kind: TextKind): CampaignText {
  const seller = pinnedCard(session, terms.seller.card).card;
  const buyer = pinnedCard(session, terms.buyer.card).card;
  return draftText(terms, { seller, buyer }, kind);
}
