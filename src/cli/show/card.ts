import type { Json } from '../../base/json.js';
import { dayOf } from '../../base/time.js';
import type { Lang } from '../../messages/lang.js';
import { partyWords } from '../../messages/screens/party.js';
import type { Fact } from '../../report/screen.js';
import type { CardView } from '../../steps/session/cards.js';

/** What a card says, as facts beside their labels. */
export function cardFacts(view: CardView, lang: Lang): readonly Fact[] {
  const words = partyWords[lang];
  const { card } = view;
  const { phone, email, address } = card.contact;
  return [
    [words.party, card.name],
    ...(card.uscc === undefined ? [] : [[words.uscc, card.uscc] as const]),
    ...(card.role === undefined ? [] : [[words.role, words[card.role]] as const]),
    [words.contact, [phone, email, address].filter((text) => text !== undefined).join(' · ')],
    ...(card.environment === 'test' ? [[words.environment, words.test] as const] : []),
    [words.created, dayOf(card.created)],
    ...(card.valid_until === undefined ? [] : [[words.validUntil, dayOf(card.valid_until)] as const]),
    [words.fingerprint, view.fingerprint],
  ];
}

/** A card in a document of --json. */
export function cardJson(view: CardView): { readonly [key: string]: Json } {
  const { card } = view;
  return {
    name: card.name,
    uscc: card.uscc ?? null,
    role: card.role ?? null,
    contact: {
      phone: card.contact.phone,
      email: card.contact.email ?? null,
      address: card.contact.address ?? null,
    },
    environment: card.environment ?? 'production',
    created: card.created,
    valid_until: card.valid_until ?? null,
    sha256: view.digest,
    fingerprint: view.fingerprint,
  };
}
