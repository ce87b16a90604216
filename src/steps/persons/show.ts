import type { LoggedEvent } from '../../audit/event.js';
import { hex } from '../../base/bytes.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { kindOfColumn } from '../../dataset/ledger.js';
import { maskValue } from '../../dataset/mask.js';
import type { ReasonCode } from '../../messages/reasons.js';
import { reasonsOf, type Verdict } from '../../policy/reasons.js';
import { verdictOf } from '../../policy/verdict.js';
import { SHARES, type Share } from '../../retention/fate.js';
import type { RetentionEnd } from '../../retention/schedule.js';
import type { Dataset, Restraint, SubjectMark } from '../../store/rows.js';
import { fates, NOBODY, shareEnds } from '../retention/fates.js';
import type { House } from '../session/house.js';
import type { SubjectPlace, SubjectTags } from '../session/subject-tags.js';
import { recordsAt, type SubjectRecord } from './records.js';
import {
  type Asking,
  closeRequest,
  listRequests,
  type RequestView,
  requireTaking,
  takeIn,
} from './requests.js';
import { type Transfer, transfersOf, wasErased } from './transfers.js';
import { covers, isMinor, knownSubject } from './withdraw.js';

export interface ShowInput extends Asking {
  /** Customer number as in the file. */
  readonly subject: string;
  /** Whether values stand in full; masked otherwise. */
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
  /** Verdict and reasons of the newest check; null for consents and for what was received. */
  readonly verdict: {
    readonly verdict: Verdict;
    readonly reasons: readonly ReasonCode[];
    readonly deal: string;
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
export async function showSubject(house: House, input: ShowInput): Promise<ShowResult> {
  await house.keys();
  const subject = await knownSubject(house, input.subject);
  const records = await recordsAt(house, subject.places);
  const taking = { ...input, kind: 'access', isMinor: await isMinor(house, subject) } as const;
  if (input.dryRun) requireTaking(house, subject, taking);
  else {
    const request = takeIn(house, subject, taking);
    house.record(
      {
        action: 'subject-shown',
        objects: { subject: hex(subject.own), request: request.id },
        details: { records: records.length, revealed: input.reveal },
      },
      () => undefined,
    );
    closeRequest(house, request, 'done');
  }
  const revealed = input.reveal && !input.dryRun;
  return {
    ...factsOf(house, subject, taking.isMinor),
    places: records.map((record) => viewOf(house, record, revealed)),
    revealed,
  };
}

/** Everything that the store knows of a person without opening a record. */
export function factsOf(house: House, subject: SubjectTags, minor: boolean): SubjectFacts {
  const { read } = house.workspace;
  const tags = subject.tags.map(hex);
  const isTheirs = ({ tag }: { readonly tag: Uint8Array }): boolean => tags.includes(hex(tag));
  return {
    subject,
    isMinor: minor,
    transfers: transfersOf(house, subject),
    restraints: read.restraints().filter((restraint) => covers(house, restraint, subject)),
    // One act marks a person under several keys.
    marks: read.subjectMarks().filter((mark) => hex(mark.tag) === hex(subject.own)),
    requests: listRequests(house).filter(({ request }) => isTheirs(request)),
    wasErased: wasErased(house, subject),
  };
}

function viewOf(house: House, { place, values }: SubjectRecord, reveal: boolean): PlaceView {
  const { dataset } = place;
  const share = shareOf(house, place);
  return {
    dataset,
    values: values
      .filter(({ value }) => value !== '')
      .map(({ field, value }) => ({
        field,
        value: reveal ? value : maskValue(kindOfColumn(dataset.kind, field), value),
      })),
    verdict: dataset.kind === 'customers' && dataset.content === 'cells' ? verdictAt(house, place) : null,
    share,
    keepUntil: shareEnds(house.workspace.read, dataset)[share] ?? null,
  };
}

function verdictAt(house: House, { dataset, page, position }: SubjectPlace): PlaceView['verdict'] {
  const { read } = house.workspace;
  const check = read.checksOf(dataset.id).at(-1);
  const masks = check === undefined ? undefined : read.checkPage(check.id, page)?.masks;
  if (check === undefined || masks === undefined || masks.length < 4 * (position + 1)) return null;
  const mask = Buffer.from(masks.buffer, masks.byteOffset, masks.byteLength).readUInt32LE(4 * position);
  return {
    verdict: verdictOf(mask),
    reasons: reasonsOf(mask).map(({ code }) => code),
    deal: read.deal(check.deal)?.id ?? '',
  };
}

export function shareOf(house: House, { dataset, page, position }: SubjectPlace): Share {
  const today: CalendarDate = dayOf(house.now);
  for (const { number, shares } of fates(house.workspace.read, dataset, NOBODY, today))
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
export async function subjectHistory(house: House, customerNo: string): Promise<HistoryResult> {
  await house.keys();
  const subject = await knownSubject(house, customerNo);
  const facts = factsOf(house, subject, await isMinor(house, subject));
  const own = hex(subject.own);
  const requests = new Set(facts.requests.map(({ request }) => request.id));
  const events: LoggedEvent[] = [];
  for (const event of house.workspace.read.events()) {
    const { subject: about, request } = event.objects;
    if (about === own || (request !== undefined && requests.has(request))) events.push(event);
  }
  const ledgers = subject.places.filter(({ dataset }) => dataset.kind === 'consents');
  const consents = (await recordsAt(house, ledgers)).map(({ place, values }): ConsentEntry => {
    const of = (name: string): string => values.find(({ field }) => field === name)?.value ?? '';
    return { file: place.dataset.file, event: of('event'), time: of('time'), method: of('method') };
  });
  return { ...facts, events, consents };
}
