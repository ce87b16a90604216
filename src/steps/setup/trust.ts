import type { Instant } from '../../base/time.js';
import { readCard, requireCurrent } from '../../identity/card.js';
import { trustByFingerprint } from '../../identity/trust.js';
import { fail } from '../../messages/error.js';
import { readLimited } from '../../store/files.js';
import { type CardView, claimedCardAt, cardViewOf } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { loggingRefusal } from '../session/refusal.js';

/**
 * Pins the card of the other party, after its fingerprint was read out over the phone and typed.
 *
 * @param typed the digits as typed; spaces and full-width digits do not matter
 * @throws HandoverError CARD_SIGNATURE, CARD_EXPIRED, CARD_FINGERPRINT, TRUST_OWN_CARD, TRUST_ENVIRONMENT
 */
export function trustCard(session: Session, path: string, typed: string): Promise<CardView> {
  return loggingRefusal(session, { path }, () => trust(session, path, typed));
}

async function trust(session: Session, path: string, typed: string): Promise<CardView> {
  const { info } = session.workspace;
  const claimed = claimedCardAt(path);
  requireCurrent(claimed, session.now);
  if (claimed.digest === info.cardDigest) fail({ code: 'TRUST_OWN_CARD' });
  if ((claimed.card.environment ?? 'production') !== info.environment) {
    fail({ code: 'TRUST_ENVIRONMENT', party: claimed.card.name, workspace: info.environment });
  }
  const trusted = trustByFingerprint(claimed, typed);
  const signature = Buffer.from(readLimited(`${path}.minisig`, 1 << 20, 'minisig')).toString('utf8');
  const view = cardViewOf(trusted);
  await session.keys();
  session.record(
    { action: 'party-trusted', objects: { card: trusted.digest }, details: { how: 'fingerprint' } },
    (write) => write.putCard(trusted.digest, trusted.bytes, signature, session.now),
  );
  return view;
}

/** The pinned cards, oldest first, with the time at which their fingerprint was compared. */
export function trustedCards(session: Session): readonly (CardView & { readonly compared: Instant })[] {
  return session.workspace.read.cards().map(({ bytes, signature, compared }) => ({
    ...cardViewOf(readCard(bytes, signature, 'card.json')),
    compared,
  }));
}
