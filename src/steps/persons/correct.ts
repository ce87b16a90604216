import { hex } from '../../base/bytes.js';
import { dayOf } from '../../base/time.js';
import { readNotice } from '../../bundle/notice.js';
import { type FieldName, fieldOf } from '../../dataset/fields.js';
import { CELL_END, recordOf } from '../../dataset/page.js';
import { cleanerOf, isOdd, normaliserOf } from '../../dataset/values.js';
import { dealDigest } from '../../deal/signed-deal.js';
import { leavingFields, type Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { FINDING_SEVERITY, type FindingCode } from '../../messages/findings.js';
import { compileMinimise, ndjsonLine } from '../../policy/minimise.js';
import type { StaySet } from '../../policy/stays.js';
import { checkedRecord } from '../../policy/verdict.js';
import type { StoredRequest } from '../../store/persons-rows.js';
import { datasetFields } from '../session/datasets.js';
import { explainSubject } from '../check/explain.js';
import { customerList } from '../session/list.js';
import type { Session, Keys } from '../session/session.js';
import type { SubjectPlace, SubjectTags } from '../session/subject-tags.js';
import { dealKeys } from '../session/tag-keys.js';
import { passOn, type SentNotice } from './notice-send.js';
import type { FormerEnded } from './former.js';
import { recordsAt, rewriteRecords } from './records.js';
import {
  type RequestOrigin,
  closeRequest,
  openRequest,
  requestOf,
  requireTaking,
  takeIn,
} from './requests.js';
import { transfersOf } from './transfers.js';
import { isMinor, knownSubject } from './withdraw.js';

export interface CorrectInput extends RequestOrigin {
  /** Customer number as in the file. */
  readonly subject: string;
  /** Canonical name of a field. */
  readonly field: string;
  /** The new value as the person gave it; null in a rehearsal that has none yet. */
  readonly value: string | null;
  readonly dryRun: boolean;
}

export interface CorrectResult {
  /** Null in a rehearsal. */
  readonly request: string | null;
  readonly field: string;
  /** Records that were changed. */
  readonly records: number;
  readonly notices: readonly SentNotice[];
  readonly deals: readonly string[];
  /** What became of the former value; null if nothing was changed now. */
  readonly former: FormerEnded | null;
}

/**
 * Corrects a field of a person's records (PIPL-46), by the same rules as import reads it. The former value is gone with its key, and the
 * buyers who have the field get the new value, encrypted to them, in a signed notice.
 *
 * @throws HandoverError SUBJECT_UNKNOWN, SUBJECT_ERASED, SUBJECT_FIELD, SUBJECT_FIELD_FIXED, SUBJECT_VALUE, SUBJECT_VALUE_SAME, and those of
 *   takeIn
 */
export async function correctSubject(session: Session, input: CorrectInput): Promise<CorrectResult> {
  const { field } = input;
  const keys = await session.keys();
  const subject = await knownSubject(session, input.subject);
  const places = placesWith(subject.places, field);
  const records = await recordsAt(session, places);
  const minor = await isMinor(session, subject);
  const value = input.value === null ? null : normalised(session, field, input.value);
  const current = records.map(({ values }) => values.find((each) => each.field === field)?.value);
  const isCurrent = value !== null && current.every((known) => known === value);
  const { read } = session.workspace;
  // A correction that was made, and killed before its notices: run again, it goes on with them.
  const isSame = ({ id }: StoredRequest): boolean =>
    isCurrent &&
    read.persons
      .notices()
      .map(({ bytes }) => readNotice(bytes))
      .some((notice) => notice.request === id && notice.fields.includes(field));
  const taking = { ...input, kind: 'correction', isMinor: minor, isSame } as const;
  if (isCurrent && openRequest(session, subject, taking) === undefined) fail({ code: 'SUBJECT_VALUE_SAME' });
  const transfers = transfersOf(session, subject).filter(({ terms }) =>
    leavingFields(terms).some(({ name }) => name === field),
  );
  const deals = [...new Set(transfers.map(({ terms }) => terms.id))];
  const facts = { field, records: places.length, deals };
  if (input.dryRun || value === null) {
    requireTaking(session, subject, taking);
    return { ...facts, request: null, notices: [], former: null };
  }
  const request = takeIn(session, subject, taking);
  const former = isCurrent ? null : change(session, keys, subject, request, places, { field, value });
  const corrected = (terms: Terms, tag: string) =>
    leavingValue(session, places, { subject: input.subject, field, terms, tag });
  const notices = await passOn(session, input.subject, {
    kind: 'correction',
    request,
    purpose: null,
    transfers,
    corrected,
  });
  if (notices.length === 0) closeRequest(session, requestOf(session, request.id), 'done');
  return { ...facts, request: request.id, notices, former };
}

/** Puts the new value into the records, and marks the person, so that plans made before are stale. */
function change(
  session: Session,
  keys: Keys,
  subject: SubjectTags,
  request: StoredRequest,
  places: readonly SubjectPlace[],
  { field, value }: { readonly field: string; readonly value: string },
): FormerEnded {
  return rewriteRecords(session, keys, {
    places,
    change: (cells, { dataset }) => cells.with(dataset.columns.indexOf(field), value),
    event: {
      action: 'subject-corrected',
      objects: { subject: hex(subject.own), request: request.id },
      details: { fields: [field], records: places.length },
    },
    also: (write) => {
      for (const tag of subject.tags)
        write.persons.addSubjectMark({
          tag,
          kind: 'corrected',
          purpose: null,
          request: request.id,
          time: session.now,
        });
    },
  });
}

/** The records that have the field. @throws HandoverError SUBJECT_ERASED, SUBJECT_FIELD, SUBJECT_FIELD_FIXED */
function placesWith(places: readonly SubjectPlace[], field: string): readonly SubjectPlace[] {
  const customers = places.filter(({ dataset }) => dataset.kind === 'customers');
  if (customers.length === 0) fail({ code: 'SUBJECT_ERASED' });
  const columns = [...new Set(customers.flatMap(({ dataset }) => dataset.columns))];
  if (!columns.includes(field))
    fail({ code: 'SUBJECT_FIELD', fields: columns.filter((name) => !isFixed(name)) });
  if (isFixed(field)) fail({ code: 'SUBJECT_FIELD_FIXED', field });
  return customers.filter(({ dataset }) => dataset.columns.includes(field));
}

/** The number by which the person is found, and evidence, which is never rewritten. */
function isFixed(field: string): boolean {
  return field === 'customer_no' || fieldOf(field)?.class === 'evidence';
}

/** The value in the one form of its kind. @throws HandoverError SUBJECT_VALUE_SOURCE, SUBJECT_VALUE */
function normalised(session: Session, field: string, given: string): string {
  let wrong: FindingCode | null = null;
  const note = (code: FindingCode): void => {
    if (['error', 'cell'].includes(FINDING_SEVERITY[code])) wrong ??= code;
  };
  const kind = fieldOf(field)?.kind ?? 'text';
  const cell = cleanerOf(kind)(given, isOdd(given), note);
  const value = cell === '' ? '' : normaliserOf(kind, { today: dayOf(session.now) })(cell, note);
  if (wrong !== null) fail({ code: 'SUBJECT_VALUE', field, finding: wrong });
  return value === '' ? fail({ code: 'SUBJECT_VALUE_SOURCE' }) : value;
}

/** What stayed of the person in the last check of the deal in which the record went. */
function staysAt(session: Session, { dataset, page, position }: SubjectPlace, terms: Terms): StaySet {
  const { read } = session.workspace;
  const check = read.checksOf(dataset.id).findLast(({ deal }) => deal === dealDigest(terms));
  const stays = check === undefined ? undefined : read.checkPage(check.id, dataset.id, page)?.stays;
  if (stays === undefined || stays.length < 4 * (position + 1)) return 0;
  return Buffer.from(stays.buffer, stays.byteOffset, stays.byteLength).readUInt32LE(4 * position);
}

/**
 * What stays of the person by the record as it is now: a correction may bring what needs a consent of its own, such as an illness in a note.
 * Whoever is in no file of the list any more has what stayed at the last check, and nothing else.
 */
async function staysNow(session: Session, subject: string, terms: Terms): Promise<StaySet> {
  const { read } = session.workspace;
  const inList = new Set(customerList(read).map(({ id }) => id));
  const { places } = await knownSubject(session, subject);
  if (!places.some(({ dataset }) => inList.has(dataset.id))) return 0;
  const { explanations } = await explainSubject(session, { terms, dataset: null, subject });
  return explanations.reduce((all, { stays }) => all | stays, 0);
}

/** What the deal lets leave of the corrected field, as an export would make it. */
async function leavingValue(
  session: Session,
  places: readonly SubjectPlace[],
  {
    subject,
    field,
    terms,
    tag,
  }: { readonly subject: string; readonly field: string; readonly terms: Terms; readonly tag: string },
): Promise<ReadonlyMap<string, string | null>> {
  const place = places.find(({ dataset }) => dataset.kind === 'customers' && dataset.content === 'cells');
  if (place === undefined) return new Map();
  const [record] = await recordsAt(session, [place]);
  const columns: readonly FieldName[] = datasetFields(place.dataset);
  const { tokenKey } = await dealKeys(session, terms);
  const cells = (record?.values ?? []).map(({ value }) => value);
  // The record went under this deal: what is asked here is only how its field leaves.
  const checked = checkedRecord(recordOf(cells.join(CELL_END)), 0);
  if (checked === null) return new Map();
  const stays = staysAt(session, place, terms) | (await staysNow(session, subject, terms));
  const row: unknown = JSON.parse(
    ndjsonLine(tag, compileMinimise({ terms, columns, tokenKey })(checked, stays)),
  );
  const value: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, field) : undefined;
  return new Map([[field, typeof value === 'string' ? value : null]]);
}
