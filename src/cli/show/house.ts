import type { Json } from '../../base/json.js';
import { type CalendarDate, readDate } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import { paperName } from '../../messages/papers.js';
import { identifications, roleName } from '../../messages/people.js';
import { houseWords } from '../../messages/screens/house.js';
import type { Fact } from '../../report/screen.js';
import type { StoredPaper, StoredPerson } from '../../store/house-rows.js';

/** A day as typed behind an option; null where it was not. @throws HandoverError TIME_INVALID */
export function dayGiven(given: string | undefined, option: string): CalendarDate | null {
  if (given === undefined) return null;
  return readDate(given) ?? fail({ code: 'TIME_INVALID', document: option });
}

/** A paper as the documents of --json have it. */
export function paperJson(paper: StoredPaper): { readonly [key: string]: Json } {
  return { ...paper };
}

/** A paper: what it is, who signed it and when. */
export function paperFacts(paper: StoredPaper, lang: Lang): readonly Fact[] {
  const words = houseWords[lang].papers;
  const { id, kind, file, signed, signer, deal, sha256 } = paper;
  return [
    [words.id, id],
    [words.kind, paperName(kind, lang)],
    [words.file, file],
    [words.signed, signed],
    ...(signer === null ? [] : [[words.signer, signer] as const]),
    ...(deal === null ? [] : [[words.deal, deal] as const]),
    [words.digest, sha256],
  ];
}

/** The end of an id, which tells it from others. */
function shortPerson(id: string): string {
  return id.slice(-12);
}

/** One of the people as the documents of --json have it. */
export function personJson(person: StoredPerson): { readonly [key: string]: Json } {
  const { facts, ...rest } = person;
  const { trained, ...others } = facts;
  return { ...rest, ...others, trained: trained.map((training) => ({ ...training })) };
}

/** One of the people: what the person does, has promised and was trained in. */
export function personFacts(person: StoredPerson, lang: Lang): readonly Fact[] {
  const words = houseWords[lang].people;
  const { id, name, role, since, gone, facts } = person;
  const { contact, uscc, identified, promised, paper, trained } = facts;
  const optional: readonly (readonly [string, string | null])[] = [
    [words.contact, contact],
    [words.uscc, uscc],
    [words.identified, identified === null ? null : identifications[lang][identified]],
    [words.promised, promised === null ? null : [promised, ...(paper === null ? [] : [paper])].join('  ')],
    ...trained.map(({ date, topic }) => [words.trained, `${date}  ${topic}`.trimEnd()] as const),
    [words.gone, gone],
  ];
  return [
    [words.name, name],
    [words.role, roleName(role, lang)],
    [words.id, shortPerson(id)],
    [words.since, since],
    ...optional.flatMap(([label, text]) => (text === null ? [] : [[label, text] as const])),
  ];
}
