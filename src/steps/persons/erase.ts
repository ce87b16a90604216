// Persons: one asks, is found by tag, is answered, and whoever has the record is told. Erasing has all of it; the other rights are beside.

import { hex } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import type { CalendarDate } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import type { VerifiedCertificate } from '../../retention/certificate.js';
import type { StoredRequest } from '../../store/persons-rows.js';
import { heardAt } from '../session/clock.js';
import { otherNumbersOf } from '../session/decided.js';
import type { Session } from '../session/session.js';
import type { SubjectTags } from '../session/subject-tags.js';
import { type Ended, endRecords, purgesOf, tagTexts } from './ending.js';
import { findLateWords } from './late.js';
import { passOn, type SentNotice } from './notice-send.js';
import {
  closeRequest,
  openRequest,
  type RequestOrigin,
  requestOf,
  requireTaking,
  takeIn,
} from './requests.js';
import { transfersOf } from './transfers.js';
import { isMinor, keptBy, knownSubject, REFUSED_BY_FREEZE, REFUSED_BY_HOLD } from './withdraw.js';

export interface EraseInput extends RequestOrigin {
  /** Customer number as in the file. */
  readonly subject: string;
  /** Whether files in the clear that may hold the record are overwritten. */
  readonly shred: boolean;
  readonly dryRun: boolean;
}

export interface EraseResult {
  /** Null in a rehearsal. */
  readonly request: string | null;
  /** Other numbers of the same person, for which it counts as well; their records are still there. */
  readonly others: number;
  /** Records of the person in this workspace that end. */
  readonly records: number;
  readonly certificate: VerifiedCertificate | null;
  readonly digest: Sha256 | null;
  readonly waits: Extract<Ended, { readonly state: 'waits' }> | null;
  readonly notices: readonly SentNotice[];
  readonly deals: readonly string[];
}

/**
 * Erases a person (PIPL-47): the records end in a purge with its certificate, and the buyers who have them are told. What a hold or a statutory
 * period keeps is refused with that reason; the person is marked all the same, so that nothing but keeping happens any more.
 *
 * @throws HandoverError SUBJECT_UNKNOWN, SUBJECT_ERASED, SUBJECT_HELD, SUBJECT_FROZEN, and those of takeIn and endRecords
 */
export async function eraseSubject(session: Session, input: EraseInput): Promise<EraseResult> {
  await session.keys();
  const subject = await knownSubject(session, input.subject);
  const transfers = transfersOf(session, subject).filter(({ bundle }) => bundle.direction === 'out');
  // Asked again, whether after a command that was killed or while a buyer or a second person is waited for, it is the same request.
  const isSame = (): boolean => true;
  const taking = { ...input, kind: 'erasure', isMinor: await isMinor(session, subject), isSame } as const;
  const isGone = subject.places.length === 0 && transfers.length === 0;
  if (isGone && openRequest(session, subject, taking) === undefined) fail({ code: 'SUBJECT_ERASED' });
  const deals = [...new Set(transfers.map(({ terms }) => terms.id))];
  const others = otherNumbersOf(session.workspace.read, subject.own).length;
  const facts = { records: subject.places.length, deals, others };
  const keeping = keptBy(session, subject);
  if (input.dryRun) {
    requireTaking(session, subject, taking);
    if (keeping !== null) refuse(keeping);
    return { ...facts, request: null, certificate: null, digest: null, waits: null, notices: [] };
  }
  const request = takeIn(session, subject, taking);
  if (keeping !== null) {
    const reason = keeping === 'held' ? REFUSED_BY_HOLD : REFUSED_BY_FREEZE;
    closeRequest(session, request, 'refused', reason, marksOf(session, subject, request));
    // What is kept here is kept by a case of this house: whoever received the record is told all the same.
    await findLateWords(session);
    return refuse(keeping);
  }
  const notices = await passOn(session, input.subject, {
    kind: 'erasure',
    request: requestOf(session, request.id),
    purpose: null,
    transfers,
  });
  const ended = await end(session, subject, request, input.shred);
  if (ended?.state === 'waits')
    return { ...facts, request: request.id, certificate: null, digest: null, waits: ended, notices };
  const certificate = ended?.certificate ?? null;
  const digest = ended?.digest ?? null;
  session.record(
    {
      action: 'subject-erased',
      objects: {
        subject: hex(subject.own),
        request: request.id,
        ...(digest === null ? {} : { certificate: digest }),
      },
      details: { records: facts.records, outcome: certificate?.outcome ?? null },
    },
    (write) => {
      for (const mark of marksOf(session, subject, request)) write.persons.addSubjectMark(mark);
    },
  );
  if (others > 0) await findLateWords(session);
  if (notices.length === 0) closeRequest(session, requestOf(session, request.id), 'done');
  return { ...facts, request: request.id, certificate, digest, waits: null, notices };
}

/** How many records an erasure would end now: none where something keeps them, so that nobody is asked about what will be refused. */
export async function recordsToEnd(session: Session, customerNo: string): Promise<number> {
  const subject = await knownSubject(session, customerNo);
  return keptBy(session, subject) === null ? subject.places.length : 0;
}

async function end(
  session: Session,
  subject: SubjectTags,
  request: StoredRequest,
  shred: boolean,
): Promise<Ended | null> {
  const scope = { kind: 'subjects', tags: tagTexts(subject.tags) } as const;
  const ending = { scope, cause: request.id, shred, since: request.received };
  // Without records there is nothing to plan, but there may be a purge that was killed before it was certified.
  if (subject.places.length === 0 && purgesOf(session, ending).length === 0) return null;
  return endRecords(session, ending);
}

function refuse(keeping: 'held' | CalendarDate): never {
  return fail(keeping === 'held' ? { code: 'SUBJECT_HELD' } : { code: 'SUBJECT_FROZEN', until: keeping });
}

function marksOf(session: Session, subject: SubjectTags, request: StoredRequest) {
  const time = heardAt(session);
  return [...subject.tags, ...otherNumbersOf(session.workspace.read, subject.own)].map(
    (tag) => ({ tag, kind: 'erasure', purpose: null, request: request.id, time }) as const,
  );
}
