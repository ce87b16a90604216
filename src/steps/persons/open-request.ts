import { type CalendarDate, dayOf } from '../../base/time.js';
import type { RequestKind } from '../../policy/request-lists.js';
import { answerDue } from '../../policy/rights.js';
import type { Session } from '../session/session.js';
import { type RequestOrigin, requireTaking, takeIn } from './requests.js';
import { findLateWords } from './late.js';
import { otherNumbersOf } from '../session/decided.js';
import { isMinor, knownSubject } from './withdraw.js';

export interface OpenRequestInput extends RequestOrigin {
  /** Customer number as in the file. */
  readonly subject: string;
  readonly kind: RequestKind;
  /** The day on which it came; null for today. */
  readonly received: CalendarDate | null;
  /** The last day for the answer; null for thirty days later. */
  readonly due: CalendarDate | null;
  readonly dryRun: boolean;
}

export interface OpenedRequest {
  /** Null in a rehearsal. */
  readonly request: string | null;
  readonly due: CalendarDate;
  readonly isMinor: boolean;
}

/**
 * Takes a person's request into the register, to be acted on later. One that is open for the same person and matter is kept. Who withdraws, objects
 * or asks to be erased is not handed over from that moment, whatever becomes of the request, until a later yes (PIPL-15).
 *
 * @throws HandoverError SUBJECT_UNKNOWN, and those of takeIn
 */
export async function openRequestFor(session: Session, input: OpenRequestInput): Promise<OpenedRequest> {
  await session.keys();
  const { read } = session.workspace;
  const subject = await knownSubject(session, input.subject);
  const taking = { ...input, isMinor: await isMinor(session, subject) };
  if (input.dryRun) {
    requireTaking(session, subject, taking);
    const due = input.due ?? answerDue(input.received ?? dayOf(session.now));
    return { request: null, due, isMinor: taking.isMinor };
  }
  const { id, due } = takeIn(session, subject, { ...taking, others: otherNumbersOf(read, subject.own) });
  await findLateWords(session);
  return { request: id, due, isMinor: taking.isMinor };
}
