// Incident: who was in it and what could be read, which clocks run, whom to tell. scope.ts finds the persons without opening a record.

import { basename } from 'node:path';
import type { z } from 'zod';
import type { Json } from '../../base/json.js';
import { type Instant, readMoment } from '../../base/time.js';
import { howToRead } from '../../base/shape.js';
import { jsonOf } from '../../bundle/document.js';
import { type Deadline, deadlinesOf, nextDeadline, openDuties } from '../../incident/deadlines.js';
import { draftLetter, type Addressee as LetterReader, type Sender } from '../../incident/draft.js';
import { type Readable, readableOf, type TierView, tierOf } from '../../incident/exposure.js';
import {
  type TellingWay,
  type ClearFile,
  type Grade,
  type Incident,
  type IncidentFacts,
  type IncidentKind,
  incidentFactsSchema,
  minorsIn,
  type NoteFacts,
  noteSchema,
  type Told,
} from '../../incident/facts.js';
import { type GradeView, gradeOf } from '../../incident/grade.js';
import { type Letter, letterMarkdown } from '../../incident/letter.js';
import { fail } from '../../messages/error.js';
import { letterWords } from '../../messages/screens/incident-letter.js';
import { cleanAccount, cleanName } from '../../policy/reason.js';
import { letterHtml } from '../../report/letter.js';
import { writeWhole } from '../../store/files.js';
import type { Reader } from '../../store/reader.js';
import type { Counts } from '../../store/columns.js';
import type { StoredIncident } from '../../store/incident-rows.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { affectedBy } from './scope.js';

export interface IncidentInput {
  readonly what: IncidentKind;
  readonly bundle: string | null;
  readonly dataset: string | null;
  /** As typed (base/time.ts, readMoment); null for now. */
  readonly discovered: string | null;
  readonly grade: Grade | null;
  readonly suspected: boolean;
  readonly gdpr: boolean;
  readonly summary: string;
  readonly dryRun: boolean;
}

/** Everything about an incident, with its clocks as they are now. */
export interface IncidentView extends Incident {
  readonly id: string;
  readonly opened: Instant;
  readonly closed: Instant | null;
  readonly grade: GradeView;
  readonly clocks: readonly Deadline[];
  readonly nearest: Deadline | null;
  readonly readable: Readable;
  readonly tier: TierView;
  readonly minors: 'yes' | 'no' | 'unknown';
  /** The datasets that were in it, as far as the store still has their lines. */
  readonly datasets: readonly { readonly id: string; readonly file: string; readonly imported: Instant }[];
  /** The files in the clear, with the names that the store has for them. */
  readonly files: readonly (ClearFile & { readonly file: string })[];
  /** The bundle's file, where it is known. */
  readonly bundleFile: string | null;
  /** This party, as on its card. */
  readonly sender: Sender;
}

/**
 * Registers an incident and starts its clocks. Goes on without the keys: a passphrase may be what was lost.
 *
 * @throws HandoverError REASON_SHAPE, REASON_PERSONAL_DATA, INCIDENT_TIME, INCIDENT_TIME_FUTURE and the codes of {@link affectedBy}
 */
export async function openIncident(session: Session, input: IncidentInput): Promise<IncidentView> {
  const { what, bundle, dataset, suspected, gdpr, grade } = input;
  const opened = session.now;
  const discovered = input.discovered === null ? opened : momentOf(input.discovered, '--discovered', opened);
  const summary = cleanAccount(input.summary);
  const affected = await affectedBy(session, { what, bundle, dataset });
  const openedBy = session.runtime.operator;
  const facts: IncidentFacts = { what, suspected, discovered, summary, grade, gdpr, ...affected, openedBy };
  const id = `I-${session.workspace.read.incidents().length + 1}`;
  const stored: StoredIncident = { id, facts: countsOf(facts), opened, closed: null };
  const view = viewOf(session, stored, []);
  if (input.dryRun) return view;
  await session.keysIfAny();
  session.record(
    {
      action: 'incident-opened',
      objects: { incident: id, ...(affected.bundle === null ? {} : { bundle: affected.bundle.id }) },
      details: {
        kind: what,
        suspected,
        discovered,
        persons: facts.scope.persons,
        records: facts.scope.records,
        fields: facts.scope.fields.map((field) => field.name),
        grade: view.grade.grade,
        deadlines: Object.fromEntries(view.clocks.map(({ duty, due }) => [duty, due])),
      },
    },
    (write) => write.addIncident(stored),
  );
  return view;
}

export interface UpdateInput {
  readonly id: string;
  readonly note: string | null;
  readonly told: Told | null;
  readonly channel: TellingWay | null;
  /** When somebody was told, as typed; null for now. */
  readonly at: string | null;
  readonly measure: string | null;
  readonly cause: string | null;
  /** Name of who answers for it. */
  readonly responsible: string | null;
  readonly notTellingPersons: string | null;
  readonly minors: 'yes' | 'no' | null;
  readonly grade: Grade | null;
  readonly dryRun: boolean;
}

/**
 * Adds to the timeline of an open incident: what was found, done, decided, and who was told when.
 *
 * @throws HandoverError INCIDENT_UNKNOWN, INCIDENT_CLOSED, INCIDENT_NOTHING_SAID, INCIDENT_CHANNEL_MISSING, INCIDENT_TOLD_EARLY,
 *   INCIDENT_TIME, INCIDENT_TIME_FUTURE, REASON_SHAPE, REASON_PERSONAL_DATA
 */
export async function updateIncident(session: Session, input: UpdateInput): Promise<IncidentView> {
  const stored = openOne(session, input.id);
  const note = noteOf(session, input, factsOf(stored).discovered);
  if (Object.keys(note).length === 0) fail({ code: 'INCIDENT_NOTHING_SAID' });
  if (input.dryRun) return viewOf(session, stored, [noteRow(session, note)]);
  await session.keysIfAny();
  session.record(
    {
      action: 'incident-updated',
      objects: { incident: stored.id },
      details: {
        said: Object.keys(note).sort(),
        ...(note.told === undefined ? {} : { told: note.told.whom, at: note.told.at }),
      },
    },
    (write) => write.addIncidentNote(stampedNote(session, stored.id, note)),
  );
  return viewIncident(session, stored.id);
}

export interface CloseInput {
  readonly id: string;
  readonly outcome: string;
  readonly corrective: string;
  /** It turned out that nothing was leaked, altered or lost. */
  readonly unfounded: boolean;
  readonly dryRun: boolean;
}

/**
 * Closes an incident.
 *
 * @throws HandoverError INCIDENT_UNKNOWN, INCIDENT_CLOSED, INCIDENT_DUTIES_OPEN, REASON_SHAPE, REASON_PERSONAL_DATA
 */
export async function closeIncident(session: Session, input: CloseInput): Promise<IncidentView> {
  const stored = openOne(session, input.id);
  const { unfounded } = input;
  const outcome = cleanAccount(input.outcome);
  const corrective = cleanAccount(input.corrective);
  const note: NoteFacts = { closed: { outcome, corrective, unfounded } };
  const duties = unfounded ? [] : openDuties(viewIncident(session, stored.id));
  if (duties.length > 0) fail({ code: 'INCIDENT_DUTIES_OPEN', incident: stored.id, duties });
  const closed = session.now;
  if (input.dryRun) return viewOf(session, { ...stored, closed }, [noteRow(session, note)]);
  await session.keysIfAny();
  session.record(
    { action: 'incident-closed', objects: { incident: stored.id }, details: { unfounded } },
    (write) => {
      write.addIncidentNote(stampedNote(session, stored.id, note));
      write.closeIncident(stored.id, closed);
    },
  );
  return viewIncident(session, stored.id);
}

/** @throws HandoverError INCIDENT_UNKNOWN */
export function viewIncident(session: Session, id: string): IncidentView {
  return viewOf(session, oneOf(session, id), []);
}

/** All incidents, oldest first. */
export function incidents(session: Session): readonly IncidentView[] {
  return session.workspace.read.incidents().map((stored) => viewOf(session, stored, []));
}

export interface DraftInput {
  readonly id: string;
  readonly reader: LetterReader;
  /** Absolute paths of the files to write; null for none. */
  readonly md: string | null;
  readonly html: string | null;
  readonly force: boolean;
}

/**
 * Drafts a notice in the language of the command, and writes it where asked. A draft changes nothing: who was told is recorded by
 * {@link updateIncident}.
 *
 * @throws HandoverError INCIDENT_UNKNOWN, FILE_EXISTS and the other problems of writing
 */
export async function draftIncident(session: Session, input: DraftInput): Promise<Letter> {
  const { reader, md, html, force } = input;
  const { lang } = session.runtime;
  const view = viewIncident(session, input.id);
  const letter = draftLetter(view, reader, { sender: view.sender, opened: view.opened, lang });
  const { marks } = letterWords[lang];
  if (md !== null) await writeWhole(md, letterMarkdown(letter, marks), { force });
  if (html !== null) await writeWhole(html, letterHtml(letter, lang, marks), { force });
  return letter;
}

function oneOf(session: Session, id: string): StoredIncident {
  const found = session.workspace.read.incidents().find((stored) => stored.id === id.toUpperCase());
  return found ?? fail({ code: 'INCIDENT_UNKNOWN', incident: cleanId(id) });
}

/** An id as it may be repeated: what was typed in its place may be anything. */
function cleanId(id: string): string {
  return /^I-\d{1,6}$/i.test(id) ? id.toUpperCase() : '?';
}

function openOne(session: Session, id: string): StoredIncident {
  const stored = oneOf(session, id);
  return stored.closed === null ? stored : fail({ code: 'INCIDENT_CLOSED', incident: stored.id });
}

function noteOf(session: Session, input: UpdateInput, discovered: Instant): NoteFacts {
  const { told, channel, minors, grade } = input;
  const said = <K extends string>(key: K, text: string | null) =>
    text === null ? {} : { [key]: cleanAccount(text) };
  if (told === 'persons' && channel === null) fail({ code: 'INCIDENT_CHANNEL_MISSING' });
  const at = input.at === null ? session.now : momentOf(input.at, '--at', session.now);
  if (told !== null && at < discovered) fail({ code: 'INCIDENT_TOLD_EARLY' });
  return {
    ...said('note', input.note),
    ...(told === null ? {} : { told: { whom: told, ...(channel === null ? {} : { channel }), at } }),
    ...said('measure', input.measure),
    ...said('cause', input.cause),
    ...(input.responsible === null ? {} : { responsible: cleanName(input.responsible) }),
    ...said('notTellingPersons', input.notTellingPersons),
    ...(minors === null ? {} : { minors }),
    ...(grade === null ? {} : { grade }),
  };
}

function momentOf(text: string, option: string, now: Instant): Instant {
  const moment = readMoment(text) ?? fail({ code: 'INCIDENT_TIME', option });
  return moment > now ? fail({ code: 'INCIDENT_TIME_FUTURE', option }) : moment;
}

function noteRow(session: Session, note: NoteFacts): Incident['notes'][number] {
  return { ...note, time: session.now, person: session.runtime.operator };
}

function stampedNote(session: Session, incident: string, note: NoteFacts) {
  return { incident, facts: countsOf(note), person: session.runtime.operator, time: session.now };
}

function viewOf(session: Session, stored: StoredIncident, further: Incident['notes']): IncidentView {
  const { info, read } = session.workspace;
  const facts = factsOf(stored);
  const notes = read
    .incidentNotes(stored.id)
    .map(({ facts: said, person, time }) => ({ ...parsed(noteSchema, said), person, time }));
  const incident: Incident = { facts, notes: [...notes, ...further] };
  const { card } = ownCard(info);
  return {
    ...incident,
    id: stored.id,
    opened: stored.opened,
    closed: stored.closed,
    grade: gradeOf(incident),
    clocks: deadlinesOf(incident),
    nearest: nextDeadline(incident),
    readable: readableOf(facts),
    tier: tierOf(facts),
    minors: minorsIn(incident),
    datasets: facts.scope.datasets.flatMap((dataset) => {
      const known = read.dataset(dataset);
      return known === undefined ? [] : [{ id: known.id, file: known.file, imported: known.imported }];
    }),
    files: namedFiles(read, facts.files),
    bundleFile: bundleFile(read, facts),
    sender: {
      name: card.name,
      phone: card.contact.phone,
      uscc: card.uscc ?? null,
      environment: info.environment,
    },
  };
}

function namedFiles(read: Reader, files: readonly ClearFile[]): IncidentView['files'] {
  const names = new Map(read.files().map(({ sha256, path }) => [sha256, basename(path)]));
  return files.map((file) => ({ ...file, file: names.get(file.sha256) ?? file.sha256.slice(0, 12) }));
}

function bundleFile(read: Reader, { bundle }: IncidentFacts): string | null {
  const stored = bundle === null ? undefined : read.bundle(bundle.id);
  return stored === undefined ? null : basename(stored.path);
}

function factsOf({ facts }: StoredIncident): IncidentFacts {
  return parsed(incidentFactsSchema, facts);
}

/** The database is a file that somebody may have changed. */
function parsed<T>(schema: z.ZodType<T>, facts: Counts): T {
  const read = schema.safeParse(facts, howToRead());
  return read.success ? read.data : fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}

function countsOf(facts: IncidentFacts | NoteFacts): Counts {
  const json = jsonOf(facts);
  if (!isCounts(json)) throw new Error('facts are an object');
  return json;
}

function isCounts(json: Json): json is Counts {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
