// Persons: one asks, is found by tag, is answered, and whoever has the record is told. Erasing has all of it; the other rights are beside.

import { hex } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import type { CalendarDate } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import type { VerifiedCertificate } from '../../retention/certificate.js';
import type { StoredRequest } from '../../store/rows.js';
import type { House } from '../session/house.js';
import type { SubjectTags } from '../session/subject-tags.js';
import { type Ended, endRecords, purgesOf, tagTexts } from './ending.js';
import { passOn, type SentNotice } from './notice-send.js';
import { type Asking, closeRequest, openRequest, requestOf, requireTaking, takeIn } from './requests.js';
import { transfersOf } from './transfers.js';
import { isMinor, keptBy, knownSubject, REFUSED_BY_FREEZE, REFUSED_BY_HOLD } from './withdraw.js';

export interface EraseInput extends Asking {
  /** Customer number as in the file. */
  readonly subject: string;
  /** Whether files in the clear that may hold the record are overwritten. */
  readonly shred: boolean;
  readonly dryRun: boolean;
}

export interface EraseResult {
  /** Null in a rehearsal. */
  readonly request: string | null;
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
export async function eraseSubject(house: House, input: EraseInput): Promise<EraseResult> {
  await house.keys();
  const subject = await knownSubject(house, input.subject);
  const transfers = transfersOf(house, subject).filter(({ bundle }) => bundle.direction === 'out');
  // Asked again, whether after a command that was killed or while a buyer or a second person is waited for, it is the same request.
  const isSame = (): boolean => true;
  const taking = { ...input, kind: 'erasure', isMinor: await isMinor(house, subject), isSame } as const;
  const isGone = subject.places.length === 0 && transfers.length === 0;
  if (isGone && openRequest(house, subject, taking) === undefined) fail({ code: 'SUBJECT_ERASED' });
  const deals = [...new Set(transfers.map(({ terms }) => terms.id))];
  const facts = { records: subject.places.length, deals };
  const keeping = keptBy(house, subject);
  if (input.dryRun) {
    requireTaking(house, subject, taking);
    if (keeping !== null) refuse(keeping);
    return { ...facts, request: null, certificate: null, digest: null, waits: null, notices: [] };
  }
  const request = takeIn(house, subject, taking);
  if (keeping !== null) {
    const reason = keeping === 'held' ? REFUSED_BY_HOLD : REFUSED_BY_FREEZE;
    closeRequest(house, request, 'refused', reason, marksOf(house, subject, request));
    return refuse(keeping);
  }
  const notices = await passOn(house, input.subject, {
    kind: 'erasure',
    request: requestOf(house, request.id),
    purpose: null,
    transfers,
  });
  const ended = await end(house, subject, request, input.shred);
  if (ended?.state === 'waits')
    return { ...facts, request: request.id, certificate: null, digest: null, waits: ended, notices };
  const certificate = ended?.certificate ?? null;
  const digest = ended?.digest ?? null;
  house.record(
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
      for (const mark of marksOf(house, subject, request)) write.addSubjectMark(mark);
    },
  );
  if (notices.length === 0) closeRequest(house, requestOf(house, request.id), 'done');
  return { ...facts, request: request.id, certificate, digest, waits: null, notices };
}

/** How many records an erasure would end now: none where something keeps them, so that nobody is asked about what will be refused. */
export async function recordsToEnd(house: House, customerNo: string): Promise<number> {
  const subject = await knownSubject(house, customerNo);
  return keptBy(house, subject) === null ? subject.places.length : 0;
}

async function end(
  house: House,
  subject: SubjectTags,
  request: StoredRequest,
  shred: boolean,
): Promise<Ended | null> {
  const scope = { kind: 'subjects', tags: tagTexts(subject.tags) } as const;
  const ending = { scope, reason: request.id, shred, since: request.received };
  // Without records there is nothing to plan, but there may be a purge that was killed before it was certified.
  if (subject.places.length === 0 && purgesOf(house, ending).length === 0) return null;
  return endRecords(house, ending);
}

function refuse(keeping: 'held' | CalendarDate): never {
  return fail(keeping === 'held' ? { code: 'SUBJECT_HELD' } : { code: 'SUBJECT_FROZEN', until: keeping });
}

function marksOf(house: House, subject: SubjectTags, request: StoredRequest) {
  return subject.tags.map(
    (tag) => ({ tag, kind: 'erasure', purpose: null, request: request.id, time: house.now }) as const,
  );
}
