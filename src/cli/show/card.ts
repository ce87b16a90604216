import type { Json } from '../../base/json.js';
import { dayOf } from '../../base/time.js';
import { compareFingerprint } from '../../identity/fingerprint.js';
import { fail } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import { askWords } from '../../messages/screens/ask.js';
import { partyWords } from '../../messages/screens/party.js';
import { problemSentence } from '../../report/problem-sentence.js';
import type { Fact } from '../../report/screen.js';
import type { CardView } from '../../steps/session/cards.js';
import type { CommandContext } from '../context.js';

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

/**
 * The fingerprint as the other party reads it out. That of the file is not shown before it is typed, or it would be copied instead of
 * compared; --yes does not answer for it.
 *
 * @throws HandoverError CLI_NEEDS_ANSWER
 */
export async function askFingerprint(context: CommandContext, view: CardView): Promise<string> {
  const words = partyWords[context.lang];
  if (context.ask === null) return fail({ code: 'CLI_NEEDS_ANSWER', option: '--fingerprint' });
  const facts = cardFacts(view, context.lang).filter(([label]) => label !== words.fingerprint);
  context.say((screen) => screen.facts(facts).say(words.compare));
  for (let left = SLIPS; ; left -= 1) {
    const typed = await context.ask(words.typed);
    const compared = compareFingerprint(typed, view.digest);
    if (compared.result !== 'malformed' || left === 0)
      return withWrongGroup(context.ask, typed, view.fingerprint, context.lang);
    const { digits } = compared;
    const said = problemSentence({ code: 'CARD_FINGERPRINT_TYPED', digits }, context.lang);
    context.say((screen) => screen.warn(said.what).under(said.fix));
  }
}

/** How often a person may type what can be no fingerprint and is asked again: a slip says nothing of the card. */
const SLIPS = 2;

/** One group that was misheard is asked for again, by itself. More than one is another card, and what is right is never shown. */
async function withWrongGroup(
  ask: (question: string) => Promise<string>,
  typed: string,
  fingerprint: string,
  lang: Lang,
): Promise<string> {
  const given = groupsOf(typed);
  const right = groupsOf(fingerprint);
  if (given.length !== right.length) return typed;
  const wrong = right.flatMap((group, i) => (group === given[i] ? [] : [i]));
  const [only = 0] = wrong;
  if (wrong.length !== 1) return typed;
  const again = await ask(askWords[lang].wrongGroups(String(only + 1)));
  return given.map((group, i) => (i === only ? again.trim() : group)).join(' ');
}

/** Groups of five digits, however they were set apart. */
function groupsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .replace(/[^0-9]/g, '')
      .match(/.{1,5}/g) ?? []
  );
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
