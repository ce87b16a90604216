import { basename } from 'node:path';
import { uuidv7 } from '../../base/crypto.js';
import { tagger, tagText } from '../../base/tagger.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import type { Basis } from '../../messages/bases.js';
import { fail } from '../../messages/error.js';
import { cleanReason } from '../../policy/reason.js';
import { statutoryUntil } from '../../retention/statutory.js';
import { readLimited } from '../../store/files.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { Restraint } from '../../store/retention-rows.js';
import { bundleOf } from '../session/datasets.js';
import { digestOfTags } from '../session/beside-log.js';
import type { Session } from '../session/session.js';
import { receivedTagKeys } from '../session/tag-keys.js';
import { tagOf } from './dispositions.js';

/** What a hold or a freeze covers. */
export type Covered =
  | { readonly kind: 'all' }
  /** Id of a dataset, its beginning, or the name of its file. */
  | { readonly kind: 'dataset'; readonly dataset: string }
  /** Customer numbers as in the file. */
  | { readonly kind: 'subjects'; readonly numbers: readonly string[] };

export interface HoldInput {
  readonly covered: Covered;
  /** What the case is called. */
  readonly title: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

export interface FreezeInput {
  readonly covered: Covered;
  readonly basis: Basis;
  /** The day on which the period begins. */
  readonly since: CalendarDate;
  readonly reason: string;
  readonly dryRun: boolean;
}

/** A hold or a freeze, and whom it covers at present. */
export interface RestraintView {
  readonly restraint: Restraint;
  /** File of the dataset that it covers, or null. */
  readonly file: string | null;
}

export interface RestraintPlaced extends RestraintView {
  /** Records under it now. */
  readonly records: number;
  /** Which of the customer numbers, counted from 1, are in no dataset. They are kept, for a file that is imported later. */
  readonly notFound: readonly number[];
}

/**
 * Places a hold: a case that forbids purging until somebody releases it.
 *
 * @throws HandoverError REASON_SHAPE, REASON_PERSONAL_DATA, DATASET_UNKNOWN, SUBJECT_UNKNOWN if none of the numbers is known
 */
export async function placeHold(session: Session, input: HoldInput): Promise<RestraintPlaced> {
  const { covered, dryRun } = input;
  const facts = { title: spoken(input.title, covered), reason: spoken(input.reason, covered) };
  return place(session, covered, { kind: 'hold', basis: null, until: null, since: null, ...facts }, dryRun);
}

/**
 * Freezes records for which a statutory period runs: stored and secured, and nothing else (PIPL-47 ¶2).
 *
 * @throws HandoverError as {@link placeHold}; FREEZE_OVER if the period ended before today
 */
export async function placeFreeze(session: Session, input: FreezeInput): Promise<RestraintPlaced> {
  const { covered, basis, since, dryRun } = input;
  const until = statutoryUntil(basis, since);
  if (until < dayOf(session.now)) fail({ code: 'FREEZE_OVER', until });
  const reason = spoken(input.reason, covered);
  return place(session, covered, { kind: 'freeze', basis, until, since, title: null, reason }, dryRun);
}

/**
 * Releases a hold or ends a freeze, before its time if it has one. What it kept may be purged from then on.
 *
 * @param named the id, or the end of it that lists show
 * @throws HandoverError RESTRAINT_UNKNOWN, RESTRAINT_ENDED, REASON_SHAPE, REASON_PERSONAL_DATA
 */
export async function endRestraint(
  session: Session,
  kind: Restraint['kind'],
  named: string,
  input: { readonly reason: string; readonly dryRun: boolean },
): Promise<RestraintView> {
  const reason = cleanReason(input.reason);
  const found = session.workspace.read.retention
    .restraints()
    .filter(
      (restraint) => restraint.kind === kind && (restraint.id === named || isEndOf(named, restraint.id)),
    );
  const [restraint] = found;
  if (restraint === undefined || found.length > 1)
    return fail({ code: 'RESTRAINT_UNKNOWN', restraint: named });
  const { id } = restraint;
  if (restraint.released !== null) fail({ code: 'RESTRAINT_ENDED', restraint: named });
  const [time, person] = [session.now, session.runtime.operator];
  if (!input.dryRun) {
    await session.keys();
    session.record(
      kind === 'hold'
        ? { action: 'hold-lifted', objects: { hold: id }, details: { reason } }
        : { action: 'unfrozen', objects: { freeze: id }, details: { reason } },
      (write) => write.retention.releaseRestraint(id, time, person, reason),
    );
  }
  return viewOf(session, { ...restraint, released: time, releasedBy: person, releaseReason: reason });
}

/** Every hold or freeze, ended ones included, oldest first. Opens no keys. */
export function listRestraints(session: Session, kind: Restraint['kind']): readonly RestraintView[] {
  return session.workspace.read.retention
    .restraints()
    .filter((restraint) => restraint.kind === kind)
    .map((restraint) => viewOf(session, restraint));
}

/**
 * The customer numbers of a file: one a line, spaces around them and empty lines aside.
 *
 * @throws HandoverError SUBJECTS_EMPTY and the problems of reading a file
 */
export function readSubjects(path: string): readonly string[] {
  const name = basename(path);
  const text = Buffer.from(readLimited(path, SUBJECTS_LIMIT, name)).toString('utf8');
  const numbers = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return numbers.length === 0 ? fail({ code: 'SUBJECTS_EMPTY', name }) : numbers;
}

/** Some six hundred thousand numbers. */
const SUBJECTS_LIMIT = 8 * 1024 * 1024;

/** Digits at the end of an id that tell it from others. */
const SHORTEST_ID = 6;

function isEndOf(named: string, id: string): boolean {
  return named.length >= SHORTEST_ID && id.endsWith(named);
}

type Facts = Pick<Restraint, 'kind' | 'basis' | 'until' | 'since' | 'title' | 'reason'>;

async function place(
  session: Session,
  covered: Covered,
  facts: Facts,
  dryRun: boolean,
): Promise<RestraintPlaced> {
  const { read } = session.workspace;
  const dataset = covered.kind === 'dataset' ? anyDataset(session, covered.dataset) : null;
  await session.keys();
  const found = covered.kind === 'subjects' ? await findPersons(session, covered.numbers) : null;
  const datasets = dataset === null ? read.datasets() : [dataset];
  const records = found === null ? countRecords(session, datasets) : found.records;
  const id = uuidv7(Date.parse(session.now), session.runtime.random);
  const restraint: Restraint = {
    id,
    scope: covered.kind,
    dataset: dataset?.id ?? null,
    ...facts,
    persons: found?.persons ?? null,
    opened: session.now,
    openedBy: session.runtime.operator,
    released: null,
    releasedBy: null,
    releaseReason: null,
  };
  const placed = { restraint, file: dataset?.file ?? null, records, notFound: found?.notFound ?? [] };
  if (dryRun) return placed;
  const { kind, basis, until, since, title, reason } = facts;
  const { persons } = restraint;
  const about = dataset === null ? {} : { dataset: dataset.id };
  const whom = found === null ? {} : { subjects: digestOfTags(found.tags) };
  const count = { scope: covered.kind, records, ...(persons === null ? {} : { persons }), ...whom, reason };
  session.record(
    kind === 'hold'
      ? { action: 'hold-placed', objects: { hold: id, ...about }, details: { title, ...count } }
      : { action: 'frozen', objects: { freeze: id, ...about }, details: { basis, since, until, ...count } },
    (write) => write.retention.addRestraint(restraint, found?.tags ?? []),
  );
  return placed;
}

/** Words of a person that will be in the log and in reports: neither what the scan knows nor one of the numbers at hand may be in them. */
function spoken(text: string, covered: Covered): string {
  const clean = cleanReason(text);
  const isNamed =
    covered.kind === 'subjects' &&
    covered.numbers.some((number) => number.length >= SHORTEST_NUMBER && clean.includes(number));
  return isNamed ? fail({ code: 'REASON_PERSONAL_DATA', found: ['customer-number'] }) : clean;
}

/** Shorter numbers are in many a sentence. */
const SHORTEST_NUMBER = 4;

/** A dataset of any kind, by id, by its beginning, or by its file. */
function anyDataset(session: Session, named: string): Dataset {
  const matches = session.workspace.read
    .datasets()
    .filter((d) => d.id === named || d.bundle === named || d.id.startsWith(named) || d.file === named);
  return matches.at(-1) ?? fail({ code: 'DATASET_UNKNOWN' });
}

interface Persons {
  /** Under every key that tags are made with here. */
  readonly tags: readonly Uint8Array[];
  readonly persons: number;
  readonly records: number;
  readonly notFound: readonly number[];
}

/** Many persons at once: each dataset is looked through a single time. */
async function findPersons(session: Session, given: readonly string[]): Promise<Persons> {
  const { read } = session.workspace;
  const numbers = given.map((number) => number.normalize('NFKC').trim());
  const own = tagger(await session.keyFor('subject-tags'))(numbers);
  const all = new Map<string, number>();
  const note = (packed: Uint8Array): void => {
    for (const i of numbers.keys()) all.set(tagText(packed, i), i);
  };
  note(own);
  const datasets = read.datasets().filter((dataset) => dataset.state === 'kept');
  const deals = new Set<string>();
  for (const dataset of datasets) {
    if (dataset.content !== 'ndjson-gz') continue;
    const bundle = bundleOf(session, dataset);
    if (deals.has(bundle.deal)) continue;
    deals.add(bundle.deal);
    for (const key of await receivedTagKeys(session, bundle)) note(tagger(key)(numbers));
  }
  const found = new Set<number>();
  let records = 0;
  for (const { id } of datasets)
    for (const { tags, records: count } of read.pageTags(id))
      for (let i = 0; i < count; i++) {
        const number = all.get(tagText(tags, i));
        if (number === undefined) continue;
        found.add(number);
        records++;
      }
  const seen = new Set([...found].map((i) => numbers[i]));
  if (seen.size === 0) fail({ code: 'SUBJECT_UNKNOWN' });
  const notFound = numbers.flatMap((number, i) => (seen.has(number) ? [] : [i + 1]));
  const tags = [...all.keys()].map(tagOf);
  return { tags, persons: new Set(numbers).size, records, notFound };
}

function countRecords(session: Session, datasets: readonly Dataset[]): number {
  let count = 0;
  for (const { id } of datasets)
    for (const page of session.workspace.read.pageTags(id)) count += page.records;
  return count;
}

function viewOf(session: Session, restraint: Restraint): RestraintView {
  const { dataset } = restraint;
  return {
    restraint,
    file: dataset === null ? null : (session.workspace.read.dataset(dataset)?.file ?? null),
  };
}
