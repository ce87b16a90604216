import { hex } from '../../base/bytes.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { termsOfTable } from '../../deal/tables.js';
import { leavingFields, leavingPurposes, type Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { isChild } from '../../policy/rights.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { StoredRequest } from '../../store/persons-rows.js';
import type { Restraint } from '../../store/retention-rows.js';
import { bundleOf } from '../session/datasets.js';
import { heardAt } from '../session/clock.js';
import { otherNumbersOf } from '../session/decided.js';
import type { Session } from '../session/session.js';
import { type SubjectPlace, type SubjectTags, tagsOf } from '../session/subject-tags.js';
import { type Ended, endRecords, dispositionsOfSubjects, tagTexts } from './ending.js';
import { findLateWords } from './late.js';
import { passOn, type SentNotice } from './notice-send.js';
import { recordsAt, rewriteRecords } from './records.js';
import { closeRequest, type RequestOrigin, requestOf, requireTaking, takeIn } from './requests.js';
import { transfersOf, wasErased } from './transfers.js';

export interface WithdrawInput extends RequestOrigin {
  /** Customer number as in the file. */
  readonly subject: string;
  readonly kind: 'withdrawal' | 'objection';
  /** Id of a purpose; null for all of them. */
  readonly purpose: string | null;
  /** On the buyer's side: whether files in the clear that may hold the record are overwritten. */
  readonly shred: boolean;
  readonly dryRun: boolean;
}

export interface WithdrawResult {
  /** Null in a rehearsal. */
  readonly request: string | null;
  readonly kind: 'withdrawal' | 'objection';
  readonly purpose: string | null;
  /** Other numbers of the same person, for which it counts as well. */
  readonly others: number;
  /** Records of the person in this workspace. */
  readonly records: number;
  /** Notices to those who have the person's record by now; in a rehearsal, deals under which one would be written. */
  readonly notices: readonly SentNotice[];
  readonly deals: readonly string[];
  /** On the buyer's side, where the basis is gone: what became of the record. `emptied`: only fields for this purpose. */
  readonly buyer: 'ends' | 'emptied' | 'held' | 'frozen' | null;
  readonly ended: Ended | null;
}

/**
 * A person withdraws consent, or objects (PIPL-15, PIPL-44). It is heard by the next check, plans made before are stale, and whoever
 * received the record is told by a signed notice. What was done before stays lawful. A buyer has no other basis: the record ends there, or the
 * fields for the one purpose, unless a hold or a statutory period keeps it.
 *
 * @throws HandoverError SUBJECT_UNKNOWN, SUBJECT_PURPOSE, and those of takeIn
 */
export async function withdraw(session: Session, input: WithdrawInput): Promise<WithdrawResult> {
  const { kind, purpose } = input;
  await session.keys();
  const subject = await knownSubject(session, input.subject);
  requirePurpose(session, purpose);
  const { read } = session.workspace;
  // A command that was killed between its notices is run again: then it is the same request, if it is about the same purpose.
  const isSame = ({ id }: StoredRequest): boolean =>
    read.persons.subjectMarks().some((mark) => mark.request === id && mark.purpose === purpose);
  const taking = { ...input, isMinor: await isMinor(session, subject), isSame };
  const transfers = transfersOf(session, subject);
  const others = otherNumbersOf(read, subject.own);
  const deals = [...new Set(transfers.map(({ terms }) => terms.id))];
  const buyer = session.workspace.info.role === 'buyer' ? dispositionHere(session, subject, purpose) : null;
  const facts = { kind, purpose, records: subject.places.length, deals, buyer, others: others.length };
  if (input.dryRun) {
    requireTaking(session, subject, taking);
    return { ...facts, request: null, notices: [], ended: null };
  }
  const request = takeIn(session, subject, taking);
  const heard = heardAt(session);
  session.record(
    {
      action: 'subject-withdrawn',
      objects: { subject: hex(subject.own), request: request.id },
      details: { kind, purpose, records: facts.records },
    },
    (write) => {
      for (const tag of [...subject.tags, ...others])
        write.persons.addSubjectMark({
          tag,
          kind: kind === 'withdrawal' ? 'withdrawn' : 'objection',
          purpose,
          request: request.id,
          time: heard,
        });
    },
  );
  const notices = await passOn(session, input.subject, { kind, request, purpose, transfers });
  // Whoever went under another number of the same person is found here, for a notice of its own.
  if (others.length > 0) await findLateWords(session);
  const ended = await endHere(session, subject, request, { ...input, buyer });
  const closing = requestOf(session, request.id);
  if (buyer === 'held') closeRequest(session, closing, 'refused', REFUSED_BY_HOLD);
  else if (buyer === 'frozen') closeRequest(session, closing, 'refused', REFUSED_BY_FREEZE);
  else if (notices.length === 0 && ended?.state !== 'waits') closeRequest(session, closing, 'done');
  return { ...facts, request: request.id, notices, ended };
}

/** What becomes of a received record when consent is gone. */
function dispositionHere(
  session: Session,
  subject: SubjectTags,
  purpose: string | null,
): WithdrawResult['buyer'] {
  if (!subject.places.some(({ dataset }) => dataset.content === 'ndjson-gz')) return null;
  if (purpose !== null && subject.places.some((place) => !endsWith(session, place, purpose)))
    return 'emptied';
  const keeping = keptBy(session, subject);
  if (keeping === 'held') return 'held';
  return keeping === null ? 'ends' : 'frozen';
}

/** Whether a received record is there for nothing but this purpose. */
function endsWith(session: Session, { dataset }: SubjectPlace, purpose: string): boolean {
  return (
    dataset.bundle === null || leavingPurposes(termsOf(session, dataset)).every(({ id }) => id === purpose)
  );
}

function termsOf(session: Session, dataset: Dataset): Terms {
  const deal = session.workspace.read.deal(bundleOf(session, dataset).deal);
  return readDealJson((deal ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' })).bytes);
}

/** On the buyer's side: ends the record, or empties the fields of the one purpose. */
async function endHere(
  session: Session,
  subject: SubjectTags,
  request: StoredRequest,
  { buyer, purpose, shred }: WithdrawInput & Pick<WithdrawResult, 'buyer'>,
): Promise<Ended | null> {
  if (buyer === 'ends') {
    const scope = { kind: 'subjects', tags: tagTexts(subject.tags) } as const;
    return endRecords(session, { scope, cause: request.id, shred, since: request.received });
  }
  if (buyer !== 'emptied' || purpose === null) return null;
  const keys = await session.keys();
  const places = subject.places.filter(({ dataset }) => dataset.content === 'ndjson-gz');
  rewriteRecords(session, keys, {
    places,
    change: (cells, { dataset }) => {
      const gone = leavingFields(termsOfTable(termsOf(session, dataset), dataset.resource)).filter(
        (field) => field.purpose === purpose,
      );
      return cells.map((cell, i) => (gone.some(({ name }) => name === dataset.columns[i]) ? '' : cell));
    },
    event: {
      action: 'subject-corrected',
      objects: { subject: hex(subject.own), request: request.id },
      details: { purpose, records: places.length },
    },
  });
  return null;
}

/**
 * A person of whom there are records, or of whom there were until they were purged.
 *
 * @throws HandoverError SUBJECT_UNKNOWN
 */
export async function knownSubject(session: Session, customerNo: string): Promise<SubjectTags> {
  const subject = await tagsOf(session, customerNo);
  if (subject.places.length === 0 && !wasErased(session, subject)) fail({ code: 'SUBJECT_UNKNOWN' });
  return subject;
}

/** Whether any record of the person says that it is a child under fourteen. */
export async function isMinor(session: Session, { places }: SubjectTags): Promise<boolean> {
  const today = dayOf(session.now);
  const records = await recordsAt(
    session,
    places.filter(({ dataset }) => dataset.kind === 'customers'),
  );
  return records.some(({ values }) =>
    isChild((name) => values.find(({ field }) => field === name)?.value ?? '', today),
  );
}

/** Whether an open hold or freeze covers any record of a person. */
export function covers(session: Session, restraint: Restraint, { tags, places }: SubjectTags): boolean {
  if (restraint.released !== null) return false;
  if (restraint.scope === 'all') return places.length > 0;
  if (restraint.scope === 'dataset') return places.some(({ dataset }) => dataset.id === restraint.dataset);
  const theirs = tags.map(hex);
  return session.workspace.read.retention
    .restraintTags(restraint.id)
    .some((tag) => theirs.includes(hex(tag)));
}

/** Why a request is closed as refused here: what was asked for is kept from ending by a hold, or by a statutory period. */
export const REFUSED_BY_HOLD = 'HOLD';
export const REFUSED_BY_FREEZE = 'FREEZE';

/** What keeps the person's records from ending: a hold, or the last day of a statutory period. */
export function keptBy(session: Session, subject: SubjectTags): 'held' | CalendarDate | null {
  const kept = [...dispositionsOfSubjects(session, tagTexts(subject.tags)).values()].map(
    ({ disposition }) => disposition,
  );
  if (kept.includes('held')) return 'held';
  if (!kept.includes('frozen')) return null;
  return (
    session.workspace.read.retention
      .restraints()
      .filter((restraint) => covers(session, restraint, subject))
      .flatMap(({ until }) => (until === null ? [] : [until]))
      .sort()
      .at(-1) ?? dayOf(session.now)
  );
}

function requirePurpose(session: Session, purpose: string | null): void {
  if (purpose === null) return;
  const known = session.workspace.read
    .deals()
    .flatMap(({ id }) => session.workspace.read.versions(id))
    .flatMap(({ bytes }) => leavingPurposes(readDealJson(bytes)).map(({ id }) => id));
  if (!known.includes(purpose)) fail({ code: 'SUBJECT_PURPOSE', purposes: [...new Set(known)] });
}
