import { hex } from '../../base/bytes.js';
import { TAG_BYTES, tagger } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import type { BuyerNoticeKind } from '../../bundle/notice.js';
import { readNotice } from '../../bundle/notice.js';
import { recordsOf } from '../../dataset/page.js';
import { readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { compileJudge } from '../../policy/judge.js';
import type { ConsentLedger } from '../../policy/consent-ledger.js';
import { reasonSet, type ReasonSet } from '../../policy/reasons.js';
import type { Dataset, LateWord, StoredBundle, StoredDeal } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';

import { loadConsentLedger } from '../check/consent-ledger.js';
import { checkOfBundle } from '../retention/dispositions.js';
import { datasetFields } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { dealKeys } from '../session/tag-keys.js';
import { makeBuyerNotice, putNotice, type SentNotice } from './notice-send.js';

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

/** States of a bundle that may be in the buyer's hands. */
const SENT: readonly string[] = ['exported', 'accepted'];

/** A notice names no more persons than this (docs/formats.md). */
const MOST = 10_000;

const NO = reasonSet('CONSENT_REFUSED', 'CONSENT_WITHDRAWN', 'OBJECTION', 'ERASURE_REQUESTED');

/**
 * Finds who was handed over and says no by now, whatever it came by: a ledger, a later customer file, a row that was rejected (PIPL-15, 44, 47).
 * Run after every import and check, because there a no is learned; what it finds is kept until a notice names the person.
 *
 * @returns how many persons were found anew
 */
export async function findLateWords(session: Session): Promise<number> {
  const { read, info } = session.workspace;
  if (info.role !== 'seller') return 0;
  let found = 0;
  for (const deal of read.deals()) {
    const bundles = sentUnder(session, deal);
    if (bundles.length === 0) continue;
    const words = await lateWordsOf(session, deal, bundles);
    if (words.length === 0) continue;
    session.record(
      { action: 'learned-late', objects: { deal: deal.digest }, details: { persons: words.length } },
      (write) => {
        for (const word of words) write.addLateWord(word);
      },
    );
    found += words.length;
  }
  return found;
}

function sentUnder(session: Session, deal: StoredDeal): readonly StoredBundle[] {
  const { read } = session.workspace;
  if (read.dealEnd(deal.digest) !== undefined) return [];
  return read
    .bundles()
    .filter((b) => b.direction === 'out' && b.deal === deal.digest && SENT.includes(b.state));
}

/** Whom a deal's bundles took to the buyer and who says no, but for those who are known or were named in a notice since. */
async function lateWordsOf(
  session: Session,
  deal: StoredDeal,
  bundles: readonly StoredBundle[],
): Promise<readonly LateWord[]> {
  const terms = readDealJson(deal.bytes);
  const { index } = await loadConsentLedger(session, terms, []);
  if (index.size === 0) return [];
  const tagsOf = tagger((await dealKeys(session, terms)).tagKey);
  // Whom a notice named, or whose word waits for one already.
  const named = new Map(namedUnder(session, deal.digest));
  for (const { deal: of, subject, found } of session.workspace.read.lateWords())
    if (of === deal.digest) noteLatest(named, subject, found);
  const words = new Map<string, LateWord>();
  for (const bundle of bundles) {
    for (const { number, mask } of await refusing(session, bundle, terms, index)) {
      const subject = hex(tagsOf([number]));
      if (words.has(subject) || (named.get(subject) ?? '') >= bundle.time) continue;
      words.set(subject, { deal: deal.digest, subject, kind: kindOf(mask), found: session.now });
    }
  }
  return [...words.values()];
}

interface Refusing {
  /** The customer number. */
  readonly number: string;
  readonly mask: ReasonSet;
}

/** The persons of a bundle who say no by what is known now. Opens only the pages of persons of whom anything is known. */
async function refusing(
  session: Session,
  bundle: StoredBundle,
  terms: Terms,
  index: ConsentLedger,
): Promise<readonly Refusing[]> {
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const found: Refusing[] = [];
  for (const dataset of datasetsOf(session)) {
    const check = checkOfBundle(bundle, read.checksOf(dataset.id));
    if (check === undefined) continue;
    const columns = datasetFields(dataset);
    const judge = compileJudge({ terms, columns, now: session.now });
    const key = vault.get(dataset.keyId);
    const numberAt = columns.indexOf('customer_no');
    for (const { number, tags } of read.pageTags(dataset.id)) {
      const reasonSets = read.checkPage(check.id, dataset.id, number)?.reasonSets;
      if (reasonSets === undefined) continue;
      const positions = wentAmong(reasonSets, tags, index);
      if (positions.length === 0) continue;
      const page = read.page(dataset.id, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
      const records = recordsOf(openPage(page.sealed, { dataset: dataset.id, number, tags }, key));
      for (const position of positions) {
        const record = records[position];
        if (record === undefined) continue;
        const mask = judge(record, index.of(tags, position * TAG_BYTES)) & NO;
        if (mask !== 0) found.push({ number: record[numberAt] ?? '', mask });
      }
    }
  }
  return found;
}

function datasetsOf(session: Session): readonly Dataset[] {
  return session.workspace.read
    .datasets()
    .filter(({ kind, content, state }) => kind === 'customers' && content === 'cells' && state === 'kept');
}

/** Positions of the records that went and of whose persons anything is known. Four bytes of reasons a record; none means that it went. */
function wentAmong(reasonSets: Uint8Array, tags: Uint8Array, index: ConsentLedger): readonly number[] {
  const positions: number[] = [];
  for (let i = 0; i * TAG_BYTES < tags.length; i++) {
    const at = i * 4;
    if (
      ((reasonSets[at] ?? 1) |
        (reasonSets[at + 1] ?? 1) |
        (reasonSets[at + 2] ?? 1) |
        (reasonSets[at + 3] ?? 1)) !==
      0
    )
      continue;
    if (index.of(tags, i * TAG_BYTES) !== undefined) positions.push(i);
  }
  return positions;
}

function kindOf(mask: ReasonSet): LateWord['kind'] {
  if ((mask & reasonSet('ERASURE_REQUESTED')) !== 0) return 'erasure';
  return (mask & reasonSet('OBJECTION')) !== 0 ? 'objection' : 'withdrawal';
}

/** Notices that were sent under a deal, about persons and all purposes. */
function noticesOf(session: Session, deal: string) {
  return session.workspace.read
    .notices()
    .filter((stored) => stored.direction === 'out' && stored.deal === deal && isForGood(stored.kind))
    .map((stored) => readNotice(stored.bytes))
    .filter(({ purpose }) => purpose === null);
}

function isForGood(kind: string): boolean {
  return kind === 'withdrawal' || kind === 'objection' || kind === 'erasure';
}

/** The persons whom notices of a deal named, and when each of them last. */
function namedUnder(session: Session, deal: string): ReadonlyMap<string, Instant> {
  const named = new Map<string, Instant>();
  for (const { subjects, issued } of noticesOf(session, deal))
    for (const subject of subjects) noteLatest(named, subject, issued);
  return named;
}

function noteLatest(times: Map<string, Instant>, subject: string, time: Instant): void {
  const known = times.get(subject);
  if (known === undefined || known < time) times.set(subject, time);
}

/** Words that wait for a notice: by deal and kind, with the persons' tags under the deal. */
function pendingWords(session: Session): readonly LateWord[] {
  const words = session.workspace.read.lateWords();
  const deals = new Set(words.map(({ deal }) => deal));
  const named = new Map([...deals].map((deal) => [deal, namedUnder(session, deal)]));
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
      .filter((word) => word.deal === stored.digest && word.kind === kind)
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
