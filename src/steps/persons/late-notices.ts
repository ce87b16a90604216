import type { Instant } from '../../base/time.js';
import type { BuyerNoticeKind } from '../../bundle/notice.js';
import { readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { LateWord } from '../../store/persons-rows.js';
import type { Session } from '../session/session.js';
import { makeBuyerNotice, putNotice, type SentNotice } from './notice-send.js';
import { namedUnder } from './late-named.js';
import { findLateWords } from './late.js';

// What was learned late and waits for a notice, and the notices that tell it.

/** Persons of one deal of whom a no was learned after they had been handed over, and whom no notice names yet. */
export interface PendingNotice {
  /** Id of the deal, and the buyer who has to be told. */
  readonly deal: string;
  readonly buyer: string;
  readonly kind: LateWord['kind'];
  readonly persons: number;
  /** When the first of them was found. */
  readonly since: Instant;
}

/** A notice names no more persons than this (docs/formats.md). */
const MOST = 10_000;

/** A word that waits for a notice, with the id of its deal. */
interface PendingWord extends Omit<LateWord, 'deal'> {
  readonly deal: string;
}

/** Words that wait for a notice, with the persons' tags under the deal. Of an aborted deal none: the buyer was told to destroy everything. */
function pendingWords(session: Session): readonly PendingWord[] {
  const { read } = session.workspace;
  const words = read.persons.lateWords().flatMap(({ deal, ...word }) => {
    const id = read.dealEnd(deal) === undefined ? read.deal(deal)?.id : undefined;
    return id === undefined ? [] : [{ ...word, deal: id }];
  });
  const named = new Map(words.map(({ deal }) => [deal, namedUnder(session, deal)]));
  return words.filter(({ deal, subject, found }) => (named.get(deal)?.get(subject) ?? '') < found);
}

/** What the buyers still have to be told of what was learned late. Opens no record. */
export function pendingNotices(session: Session): readonly PendingNotice[] {
  const { read } = session.workspace;
  const groups = new Map<string, PendingNotice>();
  for (const { deal, kind, found } of pendingWords(session)) {
    const terms = readDealJson((read.deal(deal) ?? damaged()).bytes);
    const name = `${deal} ${kind}`;
    const { persons = 0, since = found } = groups.get(name) ?? {};
    groups.set(name, { deal: terms.id, buyer: terms.buyer.name, kind, persons: persons + 1, since });
  }
  return [...groups.values()];
}

/**
 * Writes a signed notice for each deal and kind of word that was learned late. Run again, it writes what has been learned since.
 *
 * @param input.deal id of a deal; null for all
 */
export async function sendLateNotices(
  session: Session,
  input: { readonly deal: string | null; readonly dryRun: boolean },
): Promise<{ readonly pending: readonly PendingNotice[]; readonly sent: readonly SentNotice[] }> {
  const { read, info } = session.workspace;
  if (info.role !== 'seller') fail({ code: 'NOTICE_ROLE', role: info.role });
  if (!input.dryRun) {
    await session.keys();
    await findLateWords(session);
  }
  const pending = pendingNotices(session).filter(({ deal }) => input.deal === null || deal === input.deal);
  const sent: SentNotice[] = [];
  if (input.dryRun) return { pending, sent };
  const words = pendingWords(session);
  for (const { deal, kind } of pending) {
    const stored = read.deal(deal) ?? damaged();
    const terms = readDealJson(stored.bytes);
    const subjects = words
      .filter((word) => word.deal === deal && word.kind === kind)
      .map((word) => word.subject);
    for (let from = 0; from < subjects.length; from += MOST) {
      const some = subjects.slice(from, from + MOST);
      sent.push(await sendOne(session, terms, kind, some));
    }
  }
  return { pending, sent };
}

async function sendOne(
  session: Session,
  terms: Terms,
  kind: Exclude<BuyerNoticeKind, 'abort' | 'correction'>,
  subjects: readonly string[],
): Promise<SentNotice> {
  const content = { kind, request: null, purpose: null, subjects, corrections: null, reason: null };
  return putNotice(session, (await makeBuyerNotice(session, terms, content)) ?? damaged());
}

function damaged(): never {
  return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}
