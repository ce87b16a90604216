import { textOf } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import type { CalendarDate, Instant } from '../../base/time.js';
import {
  type Completion,
  completionDigest,
  readCompletion,
  type VerifiedCompletion,
  verifyCompletion,
} from '../../bundle/completion.js';
import {
  type BuyerNoticeKind,
  noticeDigest,
  readNotice,
  type SignedBuyerNotice,
} from '../../bundle/notice.js';
import { fail } from '../../messages/error.js';
import type { StoredBuyerNotice } from '../../store/persons-rows.js';
import { pinnedCard } from '../session/cards.js';
import { cameDocument } from '../session/came-document.js';
import { latestDay } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { loggingRefusal } from '../session/refusal.js';
import { noticeName } from './notice-send.js';
import { closeRequest } from './requests.js';

/** How far a notice is. */
export type NoticeState = 'open' | 'overdue' | 'completed';

export interface NoticeView {
  readonly id: string;
  readonly direction: 'out' | 'in';
  readonly number: number;
  readonly deal: string;
  readonly kind: BuyerNoticeKind;
  readonly persons: number;
  readonly issued: Instant;
  readonly due: CalendarDate;
  readonly state: NoticeState;
  /** Name of its file. */
  readonly file: string;
  readonly completion: Completion | null;
}

/** Notices that were sent or received, oldest first. Opens no record. */
export function listNotices(session: Session): readonly NoticeView[] {
  const today = latestDay(session);
  return session.workspace.read.persons.notices().map((stored) => viewOf(session, stored, today));
}

/** Notices of a deal that have not come, although later ones have: by number, ascending. */
export interface MissingNotices {
  readonly deal: string;
  readonly numbers: readonly number[];
}

/** A party numbers the notices of a deal one by one: what is between those that came was lost on its way, with the no that it tells. */
export function missingNotices({ workspace: { read } }: Session): readonly MissingNotices[] {
  const came = new Map<string, Set<number>>();
  for (const { direction, bytes } of read.persons.notices()) {
    if (direction !== 'in') continue;
    const { deal, number } = readNotice(bytes);
    came.set(deal.id, (came.get(deal.id) ?? new Set()).add(number));
  }
  return [...came].flatMap(([deal, numbers]) => {
    const last = Math.max(...numbers);
    const lacking: number[] = [];
    // A number that is far too high, of a party that errs, must fill neither the memory nor the screen.
    for (let n = 1; n < last && lacking.length < MOST_LISTED; n++) if (!numbers.has(n)) lacking.push(n);
    return lacking.length === 0 ? [] : [{ deal, numbers: lacking }];
  });
}

/** Numbers that are named. */
const MOST_LISTED = 20;

function viewOf(
  session: Session,
  stored: StoredBuyerNotice,
  today: CalendarDate = latestDay(session),
): NoticeView {
  const notice = readNotice(stored.bytes);
  return {
    id: stored.id,
    direction: stored.direction,
    number: notice.number,
    deal: notice.deal.id,
    kind: notice.kind,
    persons: notice.subjects.length,
    issued: notice.issued,
    due: notice.due,
    state: stored.completed !== null ? 'completed' : notice.due < today ? 'overdue' : 'open',
    file: `${noticeName(notice.deal.id, notice.number)}.json`,
    completion: stored.completion === null ? null : readCompletion(stored.completion),
  };
}

const LIMIT = 1 << 20;

/** A signed document with the signature beside it. */
export function signedAt(path: string): SignedBuyerNotice {
  const { bytes, required } = cameDocument(path, LIMIT);
  return { bytes, signature: textOf(required('.minisig', LIMIT)) };
}

export interface AcceptNoticeResult {
  readonly notice: NoticeView;
  readonly completion: VerifiedCompletion;
  readonly digest: Sha256;
  /** Ids of the requests that are closed by it. */
  readonly closed: readonly string[];
  /** Whether it had been accepted before. */
  readonly again: boolean;
}

/**
 * Accepts the buyer's completion of a notice, and closes the request behind it once every buyer has answered.
 *
 * @throws HandoverError NOTICE_ROLE, NOTICE_UNKNOWN, COMPLETION_SECOND, and those of verifyCompletion
 */
export function acceptCompletion(session: Session, input: AcceptInput): Promise<AcceptNoticeResult> {
  return loggingRefusal(session, input, () => accept(session, input));
}

interface AcceptInput {
  readonly path: string;
  readonly dryRun: boolean;
}

async function accept(session: Session, input: AcceptInput): Promise<AcceptNoticeResult> {
  const { read, info } = session.workspace;
  if (info.role !== 'seller') fail({ code: 'NOTICE_ROLE', role: info.role });
  const signed = signedAt(input.path);
  const stored = read.persons.notice(readCompletion(signed.bytes).notice);
  if (stored?.direction !== 'out') return fail({ code: 'NOTICE_UNKNOWN' });
  const notice = readNotice(stored.bytes);
  const buyer = pinnedCard(session, notice.buyer.card);
  const completion = verifyCompletion(signed, {
    notice,
    digest: noticeDigest(stored),
    buyer,
    now: session.now,
  });
  const digest = completionDigest(signed);
  const again = stored.completion !== null;
  if (again && completionDigest({ bytes: stored.completion }) !== digest)
    fail({ code: 'COMPLETION_SECOND', number: notice.number });
  if (!again && !input.dryRun) {
    await session.keys();
    const { done, not_found: notFound, kept, certificate } = completion;
    session.record(
      {
        action: 'notice-completed',
        objects: {
          notice: noticeDigest(stored),
          completion: digest,
          ...(notice.request === null ? {} : { request: notice.request }),
          ...(certificate === null ? {} : { certificate: certificate.digest }),
        },
        details: { kind: notice.kind, done, not_found: notFound, kept },
      },
      (write) => write.persons.completeNotice(stored.id, signed.bytes, signed.signature, session.now),
    );
  }
  const closed = input.dryRun ? [] : await settleRequest(session, notice.request);
  return {
    notice: viewOf(session, read.persons.notice(stored.id) ?? stored),
    completion,
    digest,
    closed,
    again,
  };
}

/** Why a request is closed as refused when the buyer had to keep somebody's record. */
export const KEPT_BY_BUYER = 'KEPT_BY_BUYER';

/** Closes a request whose notices are all completed. Killed in between, the same completion accepted again does it. */
async function settleRequest(session: Session, id: string | null): Promise<readonly string[]> {
  const { read } = session.workspace;
  const request = id === null ? undefined : read.persons.request(id);
  if (request === undefined || request.closed !== null) return [];
  const completions: Completion[] = [];
  for (const stored of read.persons.notices()) {
    if (stored.direction !== 'out' || readNotice(stored.bytes).request !== id) continue;
    if (stored.completion === null) return [];
    completions.push(readCompletion(stored.completion));
  }
  const isKept = completions.some(({ kept }) => kept > 0);
  await session.keys();
  closeRequest(session, request, isKept ? 'refused' : 'done', isKept ? KEPT_BY_BUYER : null);
  return [request.id];
}
