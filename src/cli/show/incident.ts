import type { Json } from '../../base/json.js';
import { dayOf, type Instant, minutesBetween } from '../../base/time.js';
import { jsonOf } from '../../bundle/document.js';
import { type Deadline, type IncidentDuty, isLate } from '../../incident/deadlines.js';
import { isSensitive, type Readable } from '../../incident/exposure.js';
import type {
  TellingWay,
  ClearFile,
  Grade,
  IncidentKind,
  IncidentScope,
  NoteFacts,
  Sealing,
  Told,
} from '../../incident/facts.js';
import type { Lang } from '../../messages/lang.js';
import { punctuation } from '../../messages/punctuation.js';
import { incidentWords } from '../../messages/screens/incident.js';
import { fileSize, grouped } from '../../report/numbers.js';
import type { Fact, Screen } from '../../report/screen.js';
import { localTime } from '../../report/times.js';
import type { IncidentView } from '../../steps/incident/incident.js';
import type { Next } from '../context.js';
import { fieldList } from './accounting.js';

/** The keyed words of a language, held to the keys that the program has. */
interface KeyedWords {
  readonly kinds: Readonly<Record<IncidentKind, string>>;
  readonly duties: Readonly<Record<IncidentDuty, string>>;
  readonly grades: Readonly<Record<Grade, string>>;
  readonly whom: Readonly<Record<Told, string>>;
  readonly channels: Readonly<Record<TellingWay, string>>;
  readonly readables: Readonly<Record<Readable, string>>;
  readonly minorsTexts: Readonly<Record<IncidentScope['minors'] | 'yes' | 'no', string>>;
  readonly who: Readonly<Record<Sealing['recipients'][number]['who'], string>>;
  readonly keyKinds: Readonly<Record<Sealing['recipients'][number]['kind'], string>>;
  readonly keyStates: Readonly<Record<Sealing['identity'], string>>;
  readonly fileKinds: Readonly<Record<ClearFile['kind'], string>>;
}

const KEYED: Readonly<Record<Lang, KeyedWords>> = incidentWords;

/** `I-1 · lost device · open`. */
function incidentTitle({ id, facts, closed }: IncidentView, lang: Lang): string {
  const words = incidentWords[lang];
  const kind = KEYED[lang].kinds[facts.what] + (facts.suspected ? words.suspected : '');
  return [id, kind, closed === null ? words.open : words.closed].join(' · ');
}

/** What happened, in words, and whether it is only suspected. */
export function kindOf({ facts }: IncidentView, lang: Lang): string {
  return KEYED[lang].kinds[facts.what] + (facts.suspected ? incidentWords[lang].suspected : '');
}

/** Everything about an incident, for a page. */
export function drawIncident(screen: Screen, incident: IncidentView, now: Instant, lang: Lang): void {
  const words = incidentWords[lang];
  screen.heading(incidentTitle(incident, lang)).facts(scopeFacts(incident, lang));
  screen.gap().heading(words.clocks);
  screen.facts(incident.clocks.map((clock) => clockFact(clock, incident, now, lang)));
  const entries = incident.notes.flatMap((note) =>
    saidIn(note, lang).map((text) => words.entry(localTime(note.time), note.person, text)),
  );
  if (entries.length > 0) screen.gap().heading(words.timeline);
  for (const entry of entries) screen.item(entry);
}

function scopeFacts(incident: IncidentView, lang: Lang): readonly Fact[] {
  const words = incidentWords[lang];
  const keyed = KEYED[lang];
  const { facts, opened, grade } = incident;
  const { scope } = facts;
  const sensitive = scope.fields.filter((field) => isSensitive(field.class)).map((field) => field.name);
  return [
    [words.discovered, words.discoveredText(localTime(facts.discovered), localTime(opened), facts.openedBy)],
    [words.summary, facts.summary],
    ...(facts.bundle === null
      ? []
      : [[words.bundle, incident.bundleFile ?? words.unknownBundle(facts.bundle.id)] as const]),
    [words.scope, words.scopeText(grouped(scope.persons), grouped(scope.records), scope.exact)],
    ...(incident.datasets.length === 0
      ? []
      : [
          [
            words.datasets,
            ...incident.datasets.map(({ file, imported }) => words.datasetText(file, dayOf(imported))),
          ] as const,
        ]),
    [
      words.fields,
      fieldList(
        scope.fields.map((field) => field.name),
        lang,
      ),
    ],
    [words.sensitive, sensitive.length === 0 ? words.noSensitive : fieldList(sensitive, lang)],
    ...tierFact(incident, lang),
    [
      words.minors,
      incident.minors === 'unknown' ? keyed.minorsTexts[scope.minors] : keyed.minorsTexts[incident.minors],
    ],
    ...sealingFacts(incident, lang),
    [
      words.grade,
      words.gradeText(keyed.grades[grade.grade], keyed.grades[grade.byHeads], grade.assumed),
      ...(grade.audit ? [words.audit] : []),
    ],
  ];
}

function tierFact({ tier, facts }: IncidentView, lang: Lang): readonly Fact[] {
  if (tier.tier === null) return [];
  const words = incidentWords[lang];
  return [[words.tier, words.tierText(tier.tier, grouped(tier.from), grouped(facts.scope.records))]];
}

function sealingFacts(incident: IncidentView, lang: Lang): readonly Fact[] {
  const words = incidentWords[lang];
  const keyed = KEYED[lang];
  const { facts, files, readable } = incident;
  const holders = facts.sealing.recipients.map(({ name, who, kind }) =>
    words.recipientText(name, keyed.who[who], keyed.keyKinds[kind]),
  );
  const concernsFiles = facts.bundle === null && facts.what !== 'lost-passphrase';
  return [
    [words.sealed, words.onlyFor(holders.join(punctuation[lang].list))],
    [words.key, keyed.keyStates[facts.sealing.identity]],
    [words.readable, keyed.readables[readable]],
    ...(concernsFiles
      ? [
          [
            words.clear,
            ...files.map(({ kind, file, bytes }) =>
              words.clearText(keyed.fileKinds[kind], file, fileSize(bytes)),
            ),
            files.length === 0 ? words.noClear : words.clearNote,
          ] as const,
        ]
      : []),
  ];
}

function clockFact(clock: Deadline, incident: IncidentView, now: Instant, lang: Lang): Fact {
  const words = incidentWords[lang];
  const label = KEYED[lang].duties[clock.duty] + (clock.binding ? '' : words.advice);
  return [`  ${label}`, `${clockText(clock, incident, now, lang)}  ${clock.laws.join(' ')}`];
}

/** The state of a clock: done, at once, so long left, overdue by so long. A closed incident's clocks have stopped. */
function clockText(clock: Deadline, incident: IncidentView, now: Instant, lang: Lang): string {
  const words = incidentWords[lang];
  const end = incident.closed ?? now;
  const due = localTime(clock.due);
  if (clock.state === 'waived') return words.waived;
  if (clock.done !== null) {
    const at = localTime(clock.done);
    return isLate(clock, end) ? words.doneLate(at, span(clock.due, clock.done, lang)) : words.doneAt(at);
  }
  if (clock.atOnce) return words.atOnce(span(incident.facts.discovered, end, lang));
  return isLate(clock, end)
    ? words.overdue(due, span(clock.due, end, lang))
    : words.by(due, span(end, clock.due, lang));
}

function span(from: Instant, to: Instant, lang: Lang): string {
  const minutes = minutesBetween(from, to);
  return incidentWords[lang].hours(Math.floor(minutes / 60), minutes % 60);
}

/** The duty that is owed next, in a few words. */
export function nearestText(incident: IncidentView, now: Instant, lang: Lang): string {
  const words = incidentWords[lang];
  const { nearest } = incident;
  return nearest === null
    ? words.nothingOwed
    : `${KEYED[lang].duties[nearest.duty]}${punctuation[lang].colon}${clockText(nearest, incident, now, lang)}`;
}

function saidIn(note: NoteFacts, lang: Lang): readonly string[] {
  const words = incidentWords[lang];
  const keyed = KEYED[lang];
  const { told, closed } = note;
  const channel = told?.channel === undefined ? '' : keyed.channels[told.channel];
  return [
    ...(note.note === undefined ? [] : [words.noteText(note.note)]),
    ...(told === undefined ? [] : [words.told(keyed.whom[told.whom], localTime(told.at), channel)]),
    ...(note.measure === undefined ? [] : [words.measureText(note.measure)]),
    ...(note.cause === undefined ? [] : [words.causeText(note.cause)]),
    ...(note.responsible === undefined ? [] : [words.responsibleText(note.responsible)]),
    ...(note.notTellingPersons === undefined ? [] : [words.notTellingText(note.notTellingPersons)]),
    ...(note.minors === undefined ? [] : [words.minorsSaid[note.minors]]),
    ...(note.grade === undefined ? [] : [words.gradeSaid(keyed.grades[note.grade])]),
    ...(closed === undefined
      ? []
      : [
          words.outcomeText(closed.outcome),
          words.correctiveText(closed.corrective),
          ...(closed.unfounded ? [words.unfounded] : []),
        ]),
  ];
}

/** What can be done with an open incident. */
export function incidentNexts({ id, closed, clocks }: IncidentView, lang: Lang): readonly Next[] {
  if (closed !== null) return [];
  const words = incidentWords[lang];
  const owed = clocks.filter(({ state, binding }) => state === 'open' && binding).map(({ duty }) => duty);
  const files = words.files;
  return [
    ...(owed.includes('authority')
      ? [
          {
            say: words.nexts.draft,
            command: `handover incident draft ${id} --for authority --md ${id}.${files.report}.md`,
          },
          { say: words.nexts.tell, command: `handover incident update ${id} --told authority` },
        ]
      : []),
    ...(owed.includes('persons')
      ? [
          {
            say: words.toPersons,
            command: `handover incident draft ${id} --for persons --md ${id}.${files.notice}.md`,
          },
        ]
      : []),
    ...(owed.length === 0
      ? [
          {
            say: words.nexts.close,
            command: `handover incident close ${id} --outcome "${words.texts.outcome}" --corrective "${words.texts.corrective}"`,
          },
        ]
      : []),
  ];
}

/** An incident with its clocks at this time, as the documents of --json have it. */
export function incidentJson(incident: IncidentView, now: Instant): { readonly [key: string]: Json } {
  const { id, facts, opened, closed, grade, clocks, readable, tier, minors, files, notes } = incident;
  return {
    incident: id,
    what: facts.what,
    suspected: facts.suspected,
    state: closed === null ? 'open' : 'closed',
    discovered: facts.discovered,
    opened,
    opened_by: facts.openedBy,
    closed,
    summary: facts.summary,
    bundle: facts.bundle === null ? null : { id: facts.bundle.id, file: incident.bundleFile },
    scope: {
      persons: facts.scope.persons,
      persons_exact: facts.scope.exact,
      records: facts.scope.records,
      datasets: incident.datasets.map((dataset) => ({ ...dataset })),
      fields: facts.scope.fields.map((field) => ({ ...field, sensitive: isSensitive(field.class) })),
      minors,
      minors_in_store: facts.scope.minors,
    },
    tier: { ...tier },
    sealing: {
      recipients: facts.sealing.recipients.map((recipient) => ({ ...recipient })),
      identity: facts.sealing.identity,
      readable,
    },
    clear_files: files.map((file) => ({ ...file })),
    grade: {
      grade: grade.grade,
      by_persons: grade.byHeads,
      assumed: grade.assumed,
      audit_possible: grade.audit,
    },
    clocks: clocks.map((clock) => ({
      duty: clock.duty,
      laws: [...clock.laws],
      due: clock.due,
      at_once: clock.atOnce,
      binding: clock.binding,
      state: clock.state,
      done: clock.done,
      late: isLate(clock, closed ?? now),
    })),
    timeline: notes.map(noteJson),
  };
}

function noteJson({ notTellingPersons, ...note }: IncidentView['notes'][number]): Json {
  return jsonOf({
    ...note,
    ...(notTellingPersons === undefined ? {} : { not_telling_persons: notTellingPersons }),
  });
}
