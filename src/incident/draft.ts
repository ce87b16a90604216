import { timeOfDay, dayOf, type Instant } from '../base/time.js';
import { fieldOf } from '../dataset/fields.js';
import type { FieldClass } from '../deal/classes.js';
import type { Lang } from '../messages/lang.js';
import { letterWords } from '../messages/screens/incident-letter.js';
import { isSensitive, type Readable, readableOf } from './exposure.js';
import {
  type AffectedField,
  type TellingWay,
  type Grade,
  type Incident,
  type IncidentFacts,
  lastSaid,
  minorsIn,
} from './facts.js';
import { gradeOf } from './grade.js';
import type { Letter, LetterLine } from './letter.js';

/** Whom a draft is for. */
export const ADDRESSEES = ['authority', 'persons'] as const;
export type Addressee = (typeof ADDRESSEES)[number];

/** Who writes, as on the party's card. */
export interface Sender {
  readonly name: string;
  readonly phone: string;
  readonly uscc: string | null;
  readonly environment: 'production' | 'test';
}

type Words = (typeof letterWords)[Lang];

/**
 * The draft of a notice with the contents of PIPL-57: categories, cause and possible harm; the measures taken and those that a person can take;
 * the contact. For the authority besides numbers, times and the person in charge. It is made of counts, names of fields and sentences of
 * the staff, and says where a human must state something that no program knows.
 *
 * @param opened when the incident was registered
 */
export function draftLetter(
  incident: Incident,
  reader: Addressee,
  { sender, opened, lang }: { readonly sender: Sender; readonly opened: Instant; readonly lang: Lang },
): Letter {
  const words = letterWords[lang];
  const draft = sender.environment === 'test' ? `${words.rehearsal}${words.draft}` : words.draft;
  const body = reader === 'authority' ? forAuthority : forPersons;
  return { draft, ...body(incident, { sender, opened, lang, words }) };
}

interface Setting {
  readonly sender: Sender;
  readonly opened: Instant;
  readonly lang: Lang;
  readonly words: Words;
}

function forAuthority(incident: Incident, setting: Setting): Omit<Letter, 'draft'> {
  const { sender, opened, lang, words } = setting;
  const { facts } = incident;
  const own = words.authority;
  const at = (instant: Instant): string => words.moment(dayOf(instant), timeOfDay(instant));
  const { grade, assumed } = gradeOf(incident);
  const bodies: readonly (readonly LetterLine[])[] = [
    [
      [own.summary(words.sentence(facts.summary))],
      [own.happened, blank(words.blanks.happened)],
      [own.discovered(at(facts.discovered), at(opened))],
      assumed
        ? [own.gradeByHeads(gradeWord(grade, words)), blank(words.blanks.grade)]
        : [own.grade(gradeWord(grade, words))],
    ],
    [
      [words.personsText(facts.scope.persons, facts.scope.records, facts.scope.exact)],
      [words.fieldsText(fieldNames(facts.scope.fields, setting))],
      sensitiveLine(facts, setting),
      minorsLine(incident, words),
    ],
    causeLines(incident, words),
    [...exposureLines(facts, words), [blank(words.blanks.exposure)], [blank(words.blanks.harm)]],
    measureLines(incident, words, words.blanks.measures),
    [...toldLines(incident, words, at), [own.adviceLead], ...adviceLines(incident, words)],
    [[blank(words.blanks.nextSteps)]],
    [
      [lastSaid(incident, 'responsible') ?? blank(words.blanks.inCharge)],
      [own.phone(sender.phone)],
      ...(sender.uscc === null ? [] : [[own.code(sender.uscc)]]),
    ],
  ];
  return {
    title: own.title,
    salutation: [blank(words.blanks.department), own.salutation],
    opening: [own.opening(at(facts.discovered), kindWord(facts, lang), facts.suspected)],
    parts: own.headings.map((heading, i) => ({ heading, lines: bodies[i] ?? [] })),
    closing: [own.closing],
    signature: [[own.seal(sender.name)], [blank(words.blanks.date)]],
  };
}

function forPersons(incident: Incident, setting: Setting): Omit<Letter, 'draft'> {
  const { sender, lang, words } = setting;
  const { facts } = incident;
  const own = words.persons;
  const at = words.moment(dayOf(facts.discovered), timeOfDay(facts.discovered));
  const causes = saidOf(incident, 'cause').map((cause): LetterLine => [own.cause(words.sentence(cause))]);
  const bodies: readonly (readonly LetterLine[])[] = [
    [[blank(words.blanks.told)], ...(causes.length > 0 ? causes : [[blank(words.blanks.cause)]])],
    [[words.fieldsText(fieldNames(facts.scope.fields, setting))], [own.varies]],
    [...exposureLines(facts, words), [own.harms], [blank(words.blanks.impact)]],
    measureLines(incident, words, words.blanks.ourMeasures),
    adviceLines(incident, words),
    [[own.phone(sender.name, sender.phone)], [blank(words.blanks.contact)], [own.complain]],
  ];
  return {
    title: own.title,
    salutation: [own.salutation],
    opening: [own.opening(at, kindWord(facts, lang), facts.suspected)],
    parts: own.headings.map((heading, i) => ({ heading, lines: bodies[i] ?? [] })),
    closing: [own.closing],
    signature: [[sender.name], [blank(words.blanks.date)]],
  };
}

function blank(text: string): { readonly blank: string } {
  return { blank: text };
}

function kindWord({ what }: IncidentFacts, lang: Lang): string {
  const kinds: Readonly<Record<IncidentFacts['what'], string>> = letterWords[lang].kinds;
  return kinds[what];
}

function gradeWord(grade: Grade, words: Words): string {
  const grades: Readonly<Record<Grade, string>> = words.grades;
  return grades[grade];
}

function channelWord(channel: TellingWay | undefined, words: Words): string {
  const channels: Readonly<Record<TellingWay, string>> = words.channels;
  return channel === undefined ? '' : channels[channel];
}

/** Everything said under a key, oldest first. */
function saidOf(incident: Incident, key: 'cause' | 'measure'): readonly string[] {
  return incident.notes.flatMap((note) => note[key] ?? []);
}

function fieldNames(fields: readonly AffectedField[], { lang, words }: Setting): string {
  return words.list(fields.map(({ name }) => fieldOf(name)?.[lang] ?? name));
}

function sensitiveLine({ scope }: IncidentFacts, setting: Setting): LetterLine {
  const { words } = setting;
  const sensitive = scope.fields.filter((field) => isSensitive(field.class));
  return sensitive.length > 0
    ? [words.sensitiveText(fieldNames(sensitive, setting))]
    : [words.noSensitive, blank(words.blanks.noSensitive)];
}

function minorsLine(incident: Incident, words: Words): LetterLine {
  switch (minorsIn(incident)) {
    case 'yes':
      return [words.minorsYes, blank(words.blanks.minors)];
    case 'no':
      return [words.minorsNo];
    case 'unknown':
      return [blank(words.blanks.minors)];
  }
}

function causeLines(incident: Incident, words: Words): readonly LetterLine[] {
  const causes = saidOf(incident, 'cause');
  return causes.length === 0 ? [[blank(words.blanks.cause)]] : causes.map((cause) => [words.sentence(cause)]);
}

/** What could be read by whoever has it, as the keys and the known files say. */
function exposureLines(facts: IncidentFacts, words: Words): readonly LetterLine[] {
  const readables: Readonly<Record<Readable, (holders: string) => string>> = words.readables;
  const holders = words.list(facts.sealing.recipients.map((recipient) => recipient.name));
  const sealed = readables[readableOf(facts)](holders);
  return [
    ...(sealed === '' ? [] : [[sealed]]),
    ...(facts.files.length === 0 ? [] : [[words.clearFiles(facts.files.length)]]),
  ];
}

function measureLines(incident: Incident, words: Words, nothing: string): readonly LetterLine[] {
  const taken = incident.notes.flatMap(({ measure, time }): LetterLine[] =>
    measure === undefined
      ? []
      : [[words.measureAt(words.moment(dayOf(time), timeOfDay(time)), words.sentence(measure))]],
  );
  return taken.length === 0 ? [[blank(nothing)]] : taken;
}

function toldLines(
  incident: Incident,
  words: Words,
  at: (instant: Instant) => string,
): readonly LetterLine[] {
  const own = words.authority;
  const told = incident.notes.flatMap(({ told: said }): LetterLine[] =>
    said?.whom === 'persons' ? [[own.told(at(said.at), channelWord(said.channel, words))]] : [],
  );
  if (told.length > 0) return told;
  const reason = lastSaid(incident, 'notTellingPersons');
  if (reason !== undefined) return [[own.notTelling(words.sentence(reason))]];
  return [[own.notYet, blank(words.blanks.notYetTold)]];
}

/** What a person can do, by the kinds of information that were in it. */
function adviceLines(incident: Incident, words: Words): readonly LetterLine[] {
  const { fields } = incident.facts.scope;
  const has = (...classes: readonly FieldClass[]): boolean =>
    fields.some((field) => classes.includes(field.class));
  const names = (...wanted: readonly string[]): boolean => fields.some(({ name }) => wanted.includes(name));
  const { advice } = words;
  return [
    ...(has('contact', 'general') ? [[advice.contact]] : []),
    ...(has('address') ? [[advice.address]] : []),
    ...(has('safety') ? [[advice.safety]] : []),
    ...(names('id_no', 'id_image') ? [[advice.identity]] : []),
    ...(names('bank_account', 'bank_name', 'alipay') ? [[advice.account]] : []),
    ...(has('transaction') ? [[advice.balance]] : []),
    ...(minorsIn(incident) === 'yes' ? [[advice.guardian]] : []),
    [advice.always],
  ];
}
