import { existsSync } from 'node:fs';
import type { Instant } from '../../base/time.js';
import { type ClaimedCard, readCard, requireCurrent } from '../../identity/card.js';
import { recognise, trustAsSuccessor, trustByFingerprint } from '../../identity/trust.js';
import { fail } from '../../messages/error.js';
import { readLimited } from '../../store/files.js';
import type { CardState } from '../../store/rows.js';
import { type CardView, claimedCardAt, viewOf } from '../session/cards.js';
import type { House } from '../session/house.js';

/**
 * Pins the card of the other party, after its fingerprint was read out over the phone and typed.
 *
 * @param typed the digits as typed; spaces and full-width digits do not matter
 * @throws HandoverError CARD_SIGNATURE, CARD_EXPIRED, CARD_FINGERPRINT, TRUST_OWN_CARD, TRUST_ENVIRONMENT
 */
export async function trustCard(house: House, path: string, typed: string): Promise<CardView> {
  const claimed = claimedPartner(house, path);
  const trusted = trustByFingerprint(claimed, typed);
  const signature = signatureAt(`${path}.minisig`);
  const view = viewOf(trusted);
  await house.keys();
  house.record(
    { action: 'party-trusted', objects: { card: trusted.digest }, details: { how: 'fingerprint' } },
    (write) => write.putCard(trusted.digest, trusted.bytes, signature, house.now),
  );
  return view;
}

/** The card of another party as it came. @throws HandoverError CARD_SIGNATURE, CARD_EXPIRED, TRUST_OWN_CARD, TRUST_ENVIRONMENT */
function claimedPartner(house: House, path: string): ClaimedCard {
  const { info } = house.workspace;
  const claimed = claimedCardAt(path);
  requireCurrent(claimed, house.now);
  if (claimed.digest === info.cardDigest) fail({ code: 'TRUST_OWN_CARD' });
  if ((claimed.card.environment ?? 'production') !== info.environment) {
    fail({ code: 'TRUST_ENVIRONMENT', party: claimed.card.name, workspace: info.environment });
  }
  return claimed;
}

function signatureAt(path: string): string {
  return Buffer.from(readLimited(path, 1 << 20, 'minisig')).toString('utf8');
}

/** A pinned card as it is listed. */
export type ListedCard = CardView & { readonly compared: Instant; readonly state: CardState };

/**
 * A trusted card by its fingerprint, its digest or the name on it.
 *
 * @throws HandoverError TRUST_WHICH
 */
export function findTrusted(house: House, named: string): ListedCard {
  const wanted = named.normalize('NFKC').trim();
  const digits = wanted.replace(/\s/g, '');
  const found = trustedCards(house).filter(
    ({ state, card, digest, fingerprint }) =>
      state === 'trusted' &&
      (card.name === wanted || digest === wanted || fingerprint.replace(/\s/g, '') === digits),
  );
  const [only, ...more] = found;
  return only === undefined || more.length > 0 ? fail({ code: 'TRUST_WHICH', found: found.length }) : only;
}

/**
 * Withdraws the trust in a card. What was signed with it can still be verified; nothing new is signed with its owner, sent to it or taken from it.
 *
 * @throws HandoverError TRUST_WHICH
 */
export async function removeCard(house: House, named: string): Promise<ListedCard> {
  const card = findTrusted(house, named);
  await house.keys();
  house.record({ action: 'party-distrusted', objects: { card: card.digest }, details: {} }, (write) =>
    write.setCardState(card.digest, 'removed'),
  );
  return { ...card, state: 'removed' };
}

export interface ReplacedCard {
  readonly former: CardView;
  readonly card: CardView;
}

/** What a card is that says it follows one that is trusted. Changes nothing. @throws HandoverError those of {@link replaceCard} */
export function viewSuccessor(house: House, path: string): ReplacedCard {
  const { former, trusted } = successorAt(house, path);
  return { former: viewOf(former), card: viewOf(trusted) };
}

function successorAt(house: House, path: string) {
  const claimed = claimedPartner(house, path);
  const party = claimed.card.name;
  const stored = house.workspace.read.card(claimed.card.replaces ?? '');
  if (stored === undefined || stored.state !== 'trusted') return fail({ code: 'CARD_REPLACES', party });
  const former = recognise(readCard(stored.bytes, stored.signature, 'card.json'), [stored.digest]);
  const by = `${path}.former.minisig`;
  if (!existsSync(by)) return fail({ code: 'CARD_SUCCESSION', party });
  return { former, trusted: trustAsSuccessor(former, claimed, signatureAt(by)) };
}

/**
 * Trusts the card that follows a trusted one, because the former key signed it too. The former card goes on serving the deals that name it.
 *
 * @throws HandoverError CARD_REPLACES, CARD_SUCCESSION, and those of {@link trustCard}
 */
export async function replaceCard(house: House, path: string): Promise<ReplacedCard> {
  const { former, trusted } = successorAt(house, path);
  const signature = signatureAt(`${path}.minisig`);
  await house.keys();
  house.record(
    { action: 'card-replaced', objects: { card: trusted.digest, former: former.digest }, details: {} },
    (write) => {
      write.putCard(trusted.digest, trusted.bytes, signature, house.now);
      write.setCardState(former.digest, 'replaced');
    },
  );
  return { former: viewOf(former), card: viewOf(trusted) };
}

/** The pinned cards, oldest first, with the time at which they came to be trusted. */
export function trustedCards(house: House): readonly ListedCard[] {
  return house.workspace.read.cards().map(({ bytes, signature, compared, state }) => ({
    ...viewOf(readCard(bytes, signature, 'card.json')),
    compared,
    state,
  }));
}
