import { fieldOf } from '../dataset/fields.js';
import { categoryOf } from '../policy/stays.js';
import { movingHoldings } from '../policy/limits.js';
import { policyOf, ruleOf } from '../policy/pack.js';
import { leavingFields, leavingPurposes, type Terms } from '../deal/terms.js';
import type { Card } from '../identity/card.js';
import type { TextFacts, TextKind, TextParty } from '../messages/campaign-text.js';
import { durationInText } from '../messages/durations.js';
import type { Lang } from '../messages/lang.js';

/** Both parties' cards: how customers reach them (PIPL-22, PIPL-23). */
export interface TextCards {
  readonly seller: Card;
  readonly buyer: Card;
}

/** What customers have to be told under a deal: they are asked where its kind needs their consent, else told. */
export function textKindOf(terms: Terms): TextKind {
  return ruleOf(policyOf(terms), terms).consent === 'separate' ? 'ask' : 'tell';
}

/** What the texts of a deal say, in one language. Nothing of it is typed twice. */
export function textFacts(terms: Terms, cards: TextCards, kind: TextKind, lang: Lang): TextFacts {
  const leaving = leavingFields(terms);
  const label = (name: string): string => fieldOf(name)?.[lang] ?? name;
  const pack = policyOf(terms);
  const rule = ruleOf(pack, terms);
  const period = (duration: string): string => durationInText(duration, lang);
  return {
    kind,
    deal: terms.id,
    seller: partyOf(terms.seller.name, cards.seller),
    buyer: partyOf(terms.buyer.name, cards.buyer),
    effective: terms.effective,
    purposes: leavingPurposes(terms).map((purpose) => purpose[lang]),
    fields: leaving.map(({ name }) => label(name)),
    sensitive: leaving
      .filter((field) => categoryOf(field, pack.profile) !== null)
      .map(({ name, necessity = '' }) => ({ field: label(name), necessity })),
    asksContract: rule.contract && movingHoldings(terms).length > 0 && kind !== 'own',
    sellerKeeps: period(terms.retention.seller.after_receipt),
    buyerKeeps: period(terms.retention.buyer.after_effective),
    objection: terms.notice.objection === undefined ? null : period(terms.notice.objection),
    complaints: terms.complaints,
  };
}

function partyOf(name: string, { contact }: Card): TextParty {
  const more = [contact.email, contact.address].flatMap((text) => text ?? []);
  return { name, phone: contact.phone, more };
}
