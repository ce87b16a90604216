import { hex } from '../base/bytes.js';
import { leavingPurposes } from '../deal/terms.js';
import { readDealJson } from '../deal/signed-deal.js';
import { fail } from '../messages/error.js';
import { isChild } from '../policy/rights.js';
import { dayOf } from '../base/time.js';
import type { StoredRequest } from '../store/rows.js';
import type { House } from './house.js';
import { type SentNotice, passOn } from './notice-send.js';
import { type Asking, closeRequest, requestOf, requireTaking, takeIn } from './requests.js';
import { recordsAt } from './subject-records.js';
import { type SubjectTags, tagsOf } from './subject.js';
import { transfersOf, wasErased } from './transfers.js';

export interface WithdrawInput extends Asking {
  /** Customer number as in the file. */
  readonly subject: string;
  readonly kind: 'withdrawal' | 'objection';
  /** Id of a purpose; null for all of them. */
  readonly purpose: string | null;
  readonly dryRun: boolean;
}

export interface WithdrawResult {
  /** Null in a rehearsal. */
  readonly request: string | null;
  readonly kind: 'withdrawal' | 'objection';
  readonly purpose: string | null;
  /** Records of the person in this workspace. */
  readonly records: number;
  /** Notices to those who have the person's record by now; in a rehearsal, deals under which one would be written. */
  readonly notices: readonly SentNotice[];
  readonly deals: readonly string[];
}

/**
 * A person withdraws consent, or objects (PIPL-15, PIPL-44). It is heard by the next check, plans made before are stale, and whoever
 * received the record is told by a signed notice. What was done before stays lawful.
 *
 * @throws HandoverError SUBJECT_UNKNOWN, SUBJECT_PURPOSE, and those of takeIn
 */
export async function withdraw(house: House, input: WithdrawInput): Promise<WithdrawResult> {
  const { kind, purpose } = input;
  await house.keys();
  const subject = await knownSubject(house, input.subject);
  requirePurpose(house, purpose);
  const { read } = house.workspace;
  // A command that was killed between its notices is run again: then it is the same request, if it is about the same purpose.
  const isSame = ({ id }: StoredRequest): boolean =>
    read.subjectMarks().some((mark) => mark.request === id && mark.purpose === purpose);
  const taking = { ...input, isMinor: await isMinor(house, subject), isSame };
  const transfers = transfersOf(house, subject);
  const deals = [...new Set(transfers.map(({ terms }) => terms.id))];
  const facts = { kind, purpose, records: subject.places.length, deals };
  if (input.dryRun) {
    requireTaking(house, subject, taking);
    return { ...facts, request: null, notices: [] };
  }
  const request = takeIn(house, subject, taking);
  house.record(
    {
      action: 'subject-withdrawn',
      objects: { subject: hex(subject.own), request: request.id },
      details: { kind, purpose, records: facts.records },
    },
    (write) => {
      for (const tag of subject.tags)
        write.addSubjectMark({
          tag,
          kind: kind === 'withdrawal' ? 'withdrawn' : 'objection',
          purpose,
          request: request.id,
          time: house.now,
        });
    },
  );
  const notices = await passOn(house, input.subject, { kind, request, purpose, transfers });
  if (notices.length === 0) closeRequest(house, requestOf(house, request.id), 'done');
  return { ...facts, request: request.id, notices };
}

/**
 * A person of whom there are records, or of whom there were until they were purged.
 *
 * @throws HandoverError SUBJECT_UNKNOWN
 */
export async function knownSubject(house: House, customerNo: string): Promise<SubjectTags> {
  const subject = await tagsOf(house, customerNo);
  if (subject.places.length === 0 && !wasErased(house, subject)) fail({ code: 'SUBJECT_UNKNOWN' });
  return subject;
}

/** Whether any record of the person says that it is a child under fourteen. */
export async function isMinor(house: House, { places }: SubjectTags): Promise<boolean> {
  const today = dayOf(house.now);
  const records = await recordsAt(
    house,
    places.filter(({ dataset }) => dataset.kind === 'customers'),
  );
  return records.some(({ values }) =>
    isChild((name) => values.find(({ field }) => field === name)?.value ?? '', today),
  );
}

function requirePurpose(house: House, purpose: string | null): void {
  if (purpose === null) return;
  const known = house.workspace.read
    .deals()
    .flatMap(({ bytes }) => leavingPurposes(readDealJson(bytes)).map(({ id }) => id));
  if (!known.includes(purpose)) fail({ code: 'SUBJECT_PURPOSE', purposes: [...new Set(known)] });
}
