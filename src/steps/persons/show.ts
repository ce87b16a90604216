import type { LoggedEvent } from '../../audit/event.js';
import { hex } from '../../base/bytes.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { kindOfColumn } from '../../dataset/consent-columns.js';
import { maskValue } from '../../dataset/mask.js';
import type { ReasonCode } from '../../messages/reasons.js';
import { reasonsOf, type Verdict } from '../../policy/reasons.js';
import { isReplaced, verdictOf } from '../../policy/verdict.js';
import { SHARES, type Share } from '../../retention/disposition.js';
import type { RetentionEnd } from '../../retention/schedule.js';
import { type Dataset, isLedger } from '../../store/dataset-rows.js';
import type { SubjectMark } from '../../store/persons-rows.js';
import type { Restraint } from '../../store/retention-rows.js';
import { dispositions, DUE_ONLY, shareEnds } from '../retention/dispositions.js';
import { isOutdated } from '../check/carried.js';
import type { Session } from '../session/session.js';
import { customerList, receivedList } from '../session/list.js';
import type { SubjectPlace, SubjectTags } from '../session/subject-tags.js';
import { recordsAt, type SubjectRecord } from './records.js';
import {
  type RequestOrigin,
  closeRequest,
  listRequests,
  type RequestView,
  requireTaking,
  takeIn,
} from './requests.js';
import { type Transfer, transfersOf, wasErased } from './transfers.js';
import { covers, isMinor, knownSubject } from './withdraw.js';

export interface ShowInput extends RequestOrigin {
  /** Customer number as in the file. */
  readonly subject: string;
  /** Whether values are in full; masked otherwise. */
  readonly reveal: boolean;
  readonly dryRun: boolean;
}

/** A value as it is shown. */
interface ShownValue {
  readonly field: string;
  readonly value: string;
}

/** What is held about a person at one place. */
export interface PlaceView {
  readonly dataset: Dataset;
  /** Fields with a value. */
  readonly values: readonly ShownValue[];
  /**
   * Whether this is the record that counts today: the one in the last file of the customer list that holds the person, and in the last
   * bundle of each deal. Null for a ledger, of which every entry counts.
   */
  readonly counts: boolean | null;
  /** Verdict and reasons of the newest check; null for consents, for what was received, and for a record that is replaced. */
  readonly verdict: {
    readonly verdict: Verdict;
    readonly reasons: readonly ReasonCode[];
    readonly deal: string;
    /** Whether something was heard since that the check did not hear: a ledger, or a person's word. */
    readonly stale: boolean;
  } | null;
  readonly share: Share;
  /** Until when it may be kept; null while no clock runs. */
  readonly keepUntil: RetentionEnd | null;
}

/** Everything about a person but for the values. */
export interface SubjectFacts {
  readonly subject: SubjectTags;
  readonly isMinor: boolean;
  readonly transfers: readonly Transfer[];
  /** Open holds and freezes that cover the person. */
  readonly restraints: readonly Restraint[];
  readonly marks: readonly SubjectMark[];
  readonly requests: readonly RequestView[];
  readonly wasErased: boolean;
}

export interface ShowResult extends SubjectFacts {
  readonly places: readonly PlaceView[];
  readonly revealed: boolean;
}

/**
 * A person's own record (PIPL-44, 45), masked unless asked otherwise, with what was decided about it, where it went, and until when it is
 * kept. Looking is a request like any other, and is logged.
 *
 * @throws HandoverError SUBJECT_UNKNOWN, and those of takeIn
 */
export async function showSubject(session: Session, input: ShowInput): Promise<ShowResult> {
  await session.keys();
  const subject = await knownSubject(session, input.subject);
  const records = await recordsAt(session, subject.places);
  const taking = { ...input, kind: 'access', isMinor: await isMinor(session, subject) } as const;
  if (input.dryRun) requireTaking(session, subject, taking);
  else {
    const request = takeIn(session, subject, taking);
    session.record(
      {
        action: 'subject-shown',
        objects: { subject: hex(subject.own), request: request.id },
        details: { records: records.length, revealed: input.reveal },
      },
      () => undefined,
    );
    closeRequest(session, request, 'done');
  }
  const revealed = input.reveal && !input.dryRun;
  const counting = countingDatasets(session, subject.places);
  return {
    ...factsOf(session, subject, taking.isMinor),
    places: records.map((record) => viewOf(session, record, revealed, counting)),
    revealed,
  };
}

/** Everything that the store knows of a person without opening a record. */
export function factsOf(session: Session, subject: SubjectTags, minor: boolean): SubjectFacts {
  const { read } = session.workspace;
  const tags = subject.tags.map(hex);
  const isTheirs = ({ tag }: { readonly tag: Uint8Array }): boolean => tags.includes(hex(tag));
  return {
    subject,
    isMinor: minor,
    transfers: transfersOf(session, subject),
    restraints: read.retention.restraints().filter((restraint) => covers(session, restraint, subject)),
    // One act marks a person under several keys.
    marks: read.persons.subjectMarks().filter((mark) => hex(mark.tag) === hex(subject.own)),
    requests: listRequests(session).filter(({ request }) => isTheirs(request)),
    wasErased: wasErased(session, subject),
  };
}

/** The datasets whose record of a person counts today: the last of the customer list that holds the person, and the last of each deal. */
function countingDatasets(session: Session, places: readonly SubjectPlace[]): ReadonlySet<string> {
  const list = customerList(session.workspace.read).map(({ id }) => id);
  const last = list.findLast((id) => places.some(({ dataset }) => dataset.id === id));
  const received = places.flatMap(({ dataset }) => {
    const under = receivedList(session.workspace.read, dataset).map(({ id }) => id);
    return under.findLast((id) => places.some((place) => place.dataset.id === id)) ?? [];
  });
  return new Set(last === undefined ? received : [last, ...received]);
}

function viewOf(
  session: Session,
  { place, values }: SubjectRecord,
  reveal: boolean,
  counting: ReadonlySet<string>,
): PlaceView {
  const { dataset } = place;
  const share = shareOf(session, place);
  return {
    dataset,
    values: values
      .filter(({ value }) => value !== '')
      .map(({ field, value }) => ({
        field,
        value: reveal ? value : maskValue(kindOfColumn(dataset.kind, field), value),
      })),
    counts: dataset.kind === 'customers' ? counting.has(dataset.id) : null,
    verdict: dataset.kind === 'customers' && dataset.content === 'cells' ? verdictAt(session, place) : null,
    share,
    keepUntil: shareEnds(session.workspace.read, dataset)[share] ?? null,
  };
}

function verdictAt(session: Session, { dataset, page, position }: SubjectPlace): PlaceView['verdict'] {
  const { read } = session.workspace;
  const check = read.checksOf(dataset.id).at(-1);
  const reasonSets = check === undefined ? undefined : read.checkPage(check.id, dataset.id, page)?.reasonSets;
  if (check === undefined || reasonSets === undefined || reasonSets.length < 4 * (position + 1)) return null;
  const set = Buffer.from(reasonSets.buffer, reasonSets.byteOffset, reasonSets.byteLength).readUInt32LE(
    4 * position,
  );
  if (isReplaced(set)) return null;
  return {
    verdict: verdictOf(set),
    reasons: reasonsOf(set).map(({ code }) => code),
    deal: read.deal(check.deal)?.id ?? '',
    stale: isOutdated(read, check),
  };
}

/** To which part of its dataset a record belongs today. */
export function shareOf(session: Session, { dataset, page, position }: SubjectPlace): Share {
  const today: CalendarDate = dayOf(session.now);
  for (const { number, shares } of dispositions(session.workspace.read, dataset, DUE_ONLY, today))
    if (number === page) return SHARES[shares[position] ?? 0] ?? 'kept-back';
  return 'kept-back';
}

export interface HistoryResult extends SubjectFacts {
  /** What happened, from the log, oldest first. */
  readonly events: readonly LoggedEvent[];
  /** Entries about the person's consents, from the ledgers; closed words and times only. */
  readonly consents: readonly ConsentEntry[];
}

/** An entry of a consent ledger, without what could name somebody. */
interface ConsentEntry {
  readonly file: string;
  readonly event: string;
  readonly time: string;
  readonly method: string;
}

/**
 * What happened with a person's record: events, consents, handovers, requests. Shows nothing of the record.
 *
 * @throws HandoverError SUBJECT_UNKNOWN
 */
export async function subjectHistory(session: Session, customerNo: string): Promise<HistoryResult> {
  await session.keys();
  const subject = await knownSubject(session, customerNo);
  const facts = factsOf(session, subject, await isMinor(session, subject));
  const own = hex(subject.own);
  const requests = new Set(facts.requests.map(({ request }) => request.id));
  const events: LoggedEvent[] = [];
  for (const event of session.workspace.read.log.events()) {
    const { subject: about, request } = event.objects;
    if (about === own || (request !== undefined && requests.has(request))) events.push(event);
  }
  const ledgers = subject.places.filter(({ dataset }) => isLedger(dataset));
  const consents = (await recordsAt(session, ledgers)).map(({ place, values }): ConsentEntry => {
    const of = (name: string): string => values.find(({ field }) => field === name)?.value ?? '';
    return { file: place.dataset.file, event: of('event'), time: of('time'), method: of('method') };
  });
  return { ...facts, events, consents };
}
