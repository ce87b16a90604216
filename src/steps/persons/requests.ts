import { hex } from '../../base/bytes.js';
import { uuidv7 } from '../../base/crypto.js';
import { type CalendarDate, dayOf, type Instant, nextDay, startOf } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import { cleanReason } from '../../policy/reason.js';
import {
  REQUEST_KINDS,
  type Requester,
  type RequestKind,
  type Verification,
} from '../../policy/request-lists.js';
import { answerDue, mayAsk } from '../../policy/rights.js';
import type { StoredRequest, SubjectMark } from '../../store/persons-rows.js';
import { heardAt, latestDay } from '../session/clock.js';
import type { Session } from '../session/session.js';
import type { SubjectTags } from '../session/subject-tags.js';

/** Who asks, and how it was made sure who that is. Both may be missing where an open request of the person says it. */
export interface RequestOrigin {
  readonly requester: Requester | null;
  readonly verified: Verification | null;
}

/** A request to be taken in. */
export interface RequestInput extends RequestOrigin {
  readonly kind: RequestKind;
  /** Whether the record is of a child under fourteen. */
  readonly isMinor: boolean;
  /** The day on which it came, if that is not today; the last day for the answer, if that is not thirty days later. */
  readonly received?: CalendarDate | null;
  readonly due?: CalendarDate | null;
  /** Of a no that is not acted on yet: other numbers of the same person, by tag. It counts from now on. */
  readonly others?: readonly Uint8Array[];
  /** Whether a request that was passed on to the buyers already is this one, asked once more. */
  readonly isSame?: (request: StoredRequest) => boolean;
}

/** Where a request is. */
export type RequestState = 'open' | 'passed-on' | 'overdue' | 'done' | 'refused';

export interface RequestView {
  readonly request: StoredRequest;
  readonly state: RequestState;
}

/**
 * The open request of this person for this, or a new one in the register (PIPL-50).
 *
 * @throws HandoverError REQUEST_WHO if a new one lacks requester or verification, REQUEST_MINOR, REQUEST_RELATIVE, REQUEST_DATES
 */
export function takeIn(session: Session, subject: SubjectTags, taking: RequestInput): StoredRequest {
  const { kind } = taking;
  const open = openRequest(session, subject, taking);
  if (open !== undefined) {
    requireRole(kind, requesterOf(open), taking.isMinor);
    return open;
  }
  const { requester, verified } = requireWho(taking);
  requireRole(kind, requester, taking.isMinor);
  const { today, day, due } = daysOf(session, taking);
  const id = uuidv7(Date.parse(session.now), session.runtime.random);
  const received = day === today ? session.now : startOf(day);
  const time = day === today ? heardAt(session) : endOf(day);
  const heard = waitingMarks(subject, taking, { id, time });
  session.record(
    {
      action: 'request-opened',
      objects: { request: id, subject: hex(subject.own) },
      details: {
        kind,
        requester,
        verified,
        received: day,
        due,
        ...(heard.length === 0 ? {} : { heard: heard.length }),
      },
    },
    (write) => {
      for (const mark of heard) write.persons.addSubjectMark(mark);
      write.persons.addRequest({ id, tag: subject.own, kind, requester, verified, received, due });
      // The number is at hand now and never again: once the records are gone, only this tells who comes back under another spelling.
      if (isRefusal(kind)) write.persons.addSpellings(subject.own, subject.spelling);
    },
  );
  return requestOf(session, id);
}

/**
 * The words of a request that waits. To be erased is to object until somebody acts on it: nothing leaves, and what a statute keeps is not ended by
 * the way.
 */
function waitingMarks(
  { tags }: SubjectTags,
  { kind, others }: RequestInput,
  { id, time }: { readonly id: string; readonly time: Instant },
): readonly SubjectMark[] {
  if (others === undefined || !isRefusal(kind)) return [];
  const word = kind === 'withdrawal' ? 'withdrawn' : 'objection';
  return [...tags, ...others].map((tag) => ({ tag, kind: word, purpose: null, request: id, time }));
}

/** What is dated by a day alone may have been said at its end. */
function endOf(day: CalendarDate): Instant {
  return startOf(nextDay(day));
}

/** Requests by which a person says no. */
function isRefusal(kind: RequestKind): boolean {
  return kind === 'withdrawal' || kind === 'objection' || kind === 'erasure';
}

/** Whether {@link takeIn} would take it in, without doing so. Throws as it does. */
export function requireTaking(session: Session, subject: SubjectTags, taking: RequestInput): void {
  const open = openRequest(session, subject, taking);
  const requester = open === undefined ? requireWho(taking).requester : requesterOf(open);
  requireRole(taking.kind, requester, taking.isMinor);
  if (open === undefined) daysOf(session, taking);
}

/** When a request came, and by when it is answered. @throws HandoverError REQUEST_DATES */
function daysOf(session: Session, { received, due: until }: RequestInput) {
  const today = dayOf(session.now);
  const day = received ?? today;
  const due = until ?? answerDue(day);
  if (day > today || due < day) fail({ code: 'REQUEST_DATES' });
  return { today, day, due };
}

/** The request of this person for this that waits: not yet acted on, or passed on to the buyers and asked once more. */
export function openRequest(
  session: Session,
  { own }: SubjectTags,
  { kind, isSame = () => false }: Pick<RequestInput, 'kind' | 'isSame'>,
): StoredRequest | undefined {
  return session.workspace.read.persons
    .requests()
    .filter((r) => r.closed === null && r.kind === kind && hex(r.tag) === hex(own))
    .find((r) => r.outcome === null || isSame(r));
}

function requireWho({ requester, verified }: RequestOrigin): {
  requester: Requester;
  verified: Verification;
} {
  if (requester === null || verified === null) return fail({ code: 'REQUEST_WHO' });
  return { requester, verified };
}

function requesterOf({ requester }: StoredRequest): Requester {
  return requester === 'guardian' || requester === 'relative' || requester === 'agent' ? requester : 'self';
}

function requireRole(kind: RequestKind, requester: Requester, isMinor: boolean): void {
  const refusal = mayAsk(kind, requester, isMinor);
  if (refusal === 'minor') fail({ code: 'REQUEST_MINOR' });
  if (refusal === 'relative') fail({ code: 'REQUEST_RELATIVE' });
}

/** @throws HandoverError REQUEST_UNKNOWN */
export function requestOf(session: Session, id: string): StoredRequest {
  const { read } = session.workspace;
  const matches = read.persons.requests().filter((r) => r.id === id || (id.length >= 8 && r.id.endsWith(id)));
  const [only, ...more] = matches;
  return only === undefined || more.length > 0 ? fail({ code: 'REQUEST_UNKNOWN' }) : only;
}

/** Says how a request ended, with what is known of the person from now on. A request that ended already stays as it is. */
export function closeRequest(
  session: Session,
  request: StoredRequest,
  outcome: 'done' | 'refused',
  reason: string | null = null,
  marks: readonly SubjectMark[] = [],
): void {
  if (request.closed !== null) return;
  session.record(
    {
      action: 'request-closed',
      objects: { request: request.id, subject: hex(request.tag) },
      details: { outcome, reason },
    },
    (write) => {
      write.persons.setRequestOutcome(request.id, {
        closed: session.now,
        outcome,
        reason,
        notice: request.notice,
      });
      for (const mark of marks) write.persons.addSubjectMark(mark);
    },
  );
}

/**
 * Refuses a request, with a reason that is told to the person (PIPL-50, MIN-34).
 *
 * @throws HandoverError REQUEST_UNKNOWN, REQUEST_CLOSED, REASON_SHAPE, REASON_PERSONAL_DATA
 */
export async function refuseRequest(
  session: Session,
  input: { readonly request: string; readonly reason: string; readonly dryRun: boolean },
): Promise<RequestView> {
  const request = requestOf(session, input.request);
  if (request.closed !== null) fail({ code: 'REQUEST_CLOSED' });
  const reason = cleanReason(input.reason);
  if (input.dryRun) return { request, state: 'refused' };
  await session.keys();
  closeRequest(session, request, 'refused', reason);
  return viewOf(session, requestOf(session, request.id));
}

/**
 * Closes a complaint with what came of it, which the person is told (NDSR-20). Other requests are closed by acting on them.
 *
 * @throws HandoverError REQUEST_UNKNOWN, REQUEST_CLOSED, REQUEST_NOT_COMPLAINT, REASON_SHAPE, REASON_PERSONAL_DATA
 */
export async function answerComplaint(
  session: Session,
  input: { readonly request: string; readonly outcome: string; readonly dryRun: boolean },
): Promise<RequestView> {
  const request = requestOf(session, input.request);
  if (request.closed !== null) fail({ code: 'REQUEST_CLOSED' });
  if (request.kind !== 'complaint') fail({ code: 'REQUEST_NOT_COMPLAINT' });
  const outcome = cleanReason(input.outcome);
  if (input.dryRun) return { request, state: 'done' };
  await session.keys();
  closeRequest(session, request, 'done', outcome);
  return viewOf(session, requestOf(session, request.id));
}

/** The register, oldest first. Opens no record. */
export function listRequests(session: Session): readonly RequestView[] {
  const today = latestDay(session);
  return session.workspace.read.persons
    .requests()
    .map((request) => ({ request, state: stateOf(request, today) }));
}

function viewOf(session: Session, request: StoredRequest): RequestView {
  return { request, state: stateOf(request, latestDay(session)) };
}

/** Where a request is on a day. */
function stateOf(request: StoredRequest, today: CalendarDate): RequestState {
  if (request.closed !== null) return request.outcome === 'refused' ? 'refused' : 'done';
  if (request.due < today) return 'overdue';
  return request.outcome === 'passed-on' ? 'passed-on' : 'open';
}

/** A kind as the register keeps it. */
export function kindOfRequest(request: StoredRequest): RequestKind {
  return REQUEST_KINDS.find((kind) => kind === request.kind) ?? 'access';
}
