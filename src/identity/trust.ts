import type { Brand } from '../base/brand.js';
import type { Sha256 } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import { type ClaimedCard, isSignedByFormer } from './card.js';
import { compareFingerprint } from './fingerprint.js';

/**
 * A card of which it has been established whose it is. Nothing is trusted on first use: the ways to get one are the three functions
 * of this file.
 */
export type TrustedCard = Brand<ClaimedCard, 'TrustedCard'>;

/**
 * Trusts a card because a person compared its fingerprint with its owner and typed it.
 *
 * @throws HandoverError CARD_FINGERPRINT_TYPED (a slip), CARD_FINGERPRINT (another card)
 */
export function trustByFingerprint(claimed: ClaimedCard, typed: string): TrustedCard {
  const compared = compareFingerprint(typed, claimed.digest);
  if (compared.result === 'malformed') fail({ code: 'CARD_FINGERPRINT_TYPED', digits: compared.digits });
  if (compared.result === 'different') fail({ code: 'CARD_FINGERPRINT', party: claimed.card.name });
  return claimed as TrustedCard;
}

/**
 * Recognises a card that was trusted before, by the digest that was kept then; or one's own card, by one's own digest.
 *
 * @param pinned digests of the trusted cards
 * @throws HandoverError CARD_UNKNOWN
 */
export function recognise(claimed: ClaimedCard, pinned: readonly Sha256[]): TrustedCard {
  if (!pinned.includes(claimed.digest)) fail({ code: 'CARD_UNKNOWN', party: claimed.card.name });
  return claimed as TrustedCard;
}

/**
 * Trusts a card because the card before it says so: it names that card and is signed by its key too. Keys, contact and dates may
 * change this way; whose card it is may not, because a stolen key could then turn one firm into another.
 *
 * @param formerSignature text of the signature by the former key
 * @throws HandoverError CARD_REPLACES, CARD_SUCCESSION
 */
export function trustAsSuccessor(
  former: TrustedCard,
  claimed: ClaimedCard,
  formerSignature: string,
): TrustedCard {
  const party = claimed.card.name;
  if (claimed.card.replaces !== former.digest) fail({ code: 'CARD_REPLACES', party });
  const sameParty =
    claimed.card.name === former.card.name &&
    claimed.card.uscc === former.card.uscc &&
    claimed.card.role === former.card.role &&
    claimed.card.environment === former.card.environment;
  if (!sameParty || !isSignedByFormer(claimed, formerSignature, former.publicKey)) {
    fail({ code: 'CARD_SUCCESSION', party });
  }
  return claimed as TrustedCard;
}
