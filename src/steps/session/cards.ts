import { textOf } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { type Card, type ClaimedCard, readCard } from '../../identity/card.js';
import { fingerprint } from '../../identity/fingerprint.js';
import { fail } from '../../messages/error.js';
import type { WorkspaceInfo } from '../../store/workspace.js';
import { cameDocument } from './came-document.js';
import type { Session } from './session.js';

/** A card is some kilobytes. In bytes. */
export const CARD_LIMIT = 1 << 20;

export interface CardView {
  readonly card: Card;
  readonly digest: Sha256;
  readonly fingerprint: string;
}

/** Reads a card file and the signature beside it. What it says about its owner is a claim until the fingerprint was compared. */
export function claimedCardAt(path: string): ClaimedCard {
  const came = cameDocument(path, CARD_LIMIT);
  return readCard(came.bytes, textOf(came.required('.minisig', CARD_LIMIT)), came.name);
}

/** A card with its digest and fingerprint, to be shown. */
export function cardViewOf(claimed: ClaimedCard): CardView {
  return { card: claimed.card, digest: claimed.digest, fingerprint: fingerprint(claimed.digest) };
}

/** The workspace's own card. */
export function ownCard(info: WorkspaceInfo): ClaimedCard {
  return readCard(info.card, info.cardSignature, 'card.json');
}

/** A pinned card by digest; one's own counts. @throws HandoverError CARD_UNKNOWN */
export function pinnedCard(session: Session, digest: Sha256): ClaimedCard {
  const { info, read } = session.workspace;
  if (digest === info.cardDigest) return ownCard(info);
  const stored = read.card(digest) ?? fail({ code: 'CARD_UNKNOWN', party: digest.slice(0, 12) });
  return readCard(stored.bytes, stored.signature, 'card.json');
}

/**
 * A pinned card for something that is new: a deal, a bundle. One that was removed is good for nothing new.
 *
 * @throws HandoverError CARD_UNKNOWN, CARD_DISTRUSTED
 */
export function trustedCard(session: Session, digest: Sha256): ClaimedCard {
  const card = pinnedCard(session, digest);
  if (session.workspace.read.card(digest)?.state === 'removed')
    fail({ code: 'CARD_DISTRUSTED', party: card.card.name });
  return card;
}
