import { hex } from '../../base/bytes.js';
import { TAG_BYTES, tagger } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import type { NoticeKind } from '../../bundle/notice.js';
import { readNotice } from '../../bundle/notice.js';
import { recordsOf } from '../../dataset/page.js';
import { readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { compileJudge } from '../../policy/judge.js';
import type { Ledger } from '../../policy/ledger.js';
import { maskOf, type ReasonMask } from '../../policy/reasons.js';
import type { Dataset, LateWord, StoredBundle, StoredDeal } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';

import { loadLedger } from '../check/ledger.js';
import { checkOfBundle } from '../retention/fates.js';
import { columnsOf } from '../session/datasets.js';
import type { House } from '../session/house.js';
import { dealKeys } from '../session/tag-keys.js';
import { makeNotice, putNotice, type SentNotice } from './notice-send.js';

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

const NO = maskOf('CONSENT_REFUSED', 'CONSENT_WITHDRAWN', 'OBJECTION', 'ERASURE_REQUESTED');

/**
 * Finds who was handed over and says no by now, whatever it came by: a ledger, a later customer file, a row that was rejected (PIPL-15, 44, 47).
 * Run after every import and check, because there a no is learned; what it finds is kept until a notice names the person.
 *
 * @returns how many persons were found anew
 */
export async function findLateWords(house: House): Promise<number> {
  const { read, info } = house.workspace;
  if (info.role !== 'seller') return 0;
  let found = 0;
  for (const deal of read.deals()) {
    const bundles = sentUnder(house, deal);
    if (bundles.length === 0) continue;
    const words = await lateWordsOf(house, deal, bundles);
    if (words.length === 0) continue;
    house.record(
      { action: 'learned-late', objects: { deal: deal.digest }, details: { persons: words.length } },
      (write) => {
        for (const word of words) write.addLateWord(word);
      },
    );
    found += words.length;
  }
  return found;
}

function sentUnder(house: House, deal: StoredDeal): readonly StoredBundle[] {
  const { read } = house.workspace;
  if (read.dealEnd(deal.digest) !== undefined) return [];
  return read
    .bundles()
    .filter((b) => b.direction === 'out' && b.deal === deal.digest && SENT.includes(b.state));
}

/** Whom a deal's bundles took to the buyer and who says no, but for those who are known or were named in a notice since. */
async function lateWordsOf(
  house: House,
  deal: StoredDeal,
  bundles: readonly StoredBundle[],
): Promise<readonly LateWord[]> {
  const terms = readDealJson(deal.bytes);
  const { index } = await loadLedger(house, terms, []);
  if (index.size === 0) return [];
  const tagsOf = tagger((await dealKeys(house, terms)).tagKey);
  // Whom a notice named, or whose word waits for one already.
  const named = new Map(namedUnder(house, deal.digest));
  for (const { deal: of, subject, found } of house.workspace.read.lateWords())
    if (of === deal.digest) noteLatest(named, subject, found);
  const words = new Map<string, LateWord>();
  for (const bundle of bundles) {
    for (const { number, mask } of await refusing(house, bundle, terms, index)) {
      const subject = hex(tagsOf([number]));
      if (words.has(subject) || (named.get(subject) ?? '') >= bundle.time) continue;
      words.set(subject, { deal: deal.digest, subject, kind: kindOf(mask), found: house.now });
    }
  }
  return [...words.values()];
}

interface Refusing {
  /** The customer number. */
  readonly number: string;
  readonly mask: ReasonMask;
}

/** The persons of a bundle who say no by what is known now. Opens only the pages of persons of whom anything is known. */
async function refusing(
  house: House,
  bundle: StoredBundle,
  terms: Terms,
  index: Ledger,
): Promise<readonly Refusing[]> {
  const { read } = house.workspace;
  const { vault } = await house.keys();
  const found: Refusing[] = [];
  for (const dataset of datasetsOf(house)) {
    const check = checkOfBundle(bundle, read.checksOf(dataset.id));
    if (check === undefined) continue;
    const columns = columnsOf(dataset);
    const judge = compileJudge({ terms, columns, now: house.now });
    const key = vault.get(dataset.keyId);
    const numberAt = columns.indexOf('customer_no');
    for (const { number, tags } of read.pageTags(dataset.id)) {
      const masks = read.checkPage(check.id, dataset.id, number)?.masks;
      if (masks === undefined) continue;
      const positions = wentAmong(masks, tags, index);
      if (positions.length === 0) continue;
      const page = read.page(dataset.id, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
      const records = recordsOf(openPage(page.sealed, { dataset: dataset.id, number, tags }, key));
      for (const position of positions) {
        const record = records[position];
        if (record === undefined) continue;
        const mask = judge(record, index.of(tags, position * TAG_BYTES)).mask & NO;
        if (mask !== 0) found.push({ number: record[numberAt] ?? '', mask });
      }
    }
  }
  return found;
}

function datasetsOf(house: House): readonly Dataset[] {
  return house.workspace.read
    .datasets()
    .filter(({ kind, content, state }) => kind === 'customers' && content === 'cells' && state === 'kept');
}

/** Positions of the records that went and of whose persons anything is known. Four bytes of reasons a record; none means that it went. */
function wentAmong(masks: Uint8Array, tags: Uint8Array, index: Ledger): readonly number[] {
  const positions: number[] = [];
  for (let i = 0; i * TAG_BYTES < tags.length; i++) {
    const at = i * 4;
    if (((masks[at] ?? 1) | (masks[at + 1] ?? 1) | (masks[at + 2] ?? 1) | (masks[at + 3] ?? 1)) !== 0)
      continue;
    if (index.of(tags, i * TAG_BYTES) !== undefined) positions.push(i);
  }
  return positions;
}

function kindOf(mask: ReasonMask): LateWord['kind'] {
  if ((mask & maskOf('ERASURE_REQUESTED')) !== 0) return 'erasure';
  return (mask & maskOf('OBJECTION')) !== 0 ? 'objection' : 'withdrawal';
}

/** Notices that were sent under a deal, about persons and all purposes. */
function noticesOf(house: House, deal: string) {
  return house.workspace.read
    .notices()
    .filter((stored) => stored.direction === 'out' && stored.deal === deal && isForGood(stored.kind))
    .map((stored) => readNotice(stored.bytes))
    .filter(({ purpose }) => purpose === null);
}

function isForGood(kind: string): boolean {
  return kind === 'withdrawal' || kind === 'objection' || kind === 'erasure';
}

/** The persons whom notices of a deal named, and when each of them last. */
function namedUnder(house: House, deal: string): ReadonlyMap<string, Instant> {
  const named = new Map<string, Instant>();
  for (const { subjects, issued } of noticesOf(house, deal))
    for (const subject of subjects) noteLatest(named, subject, issued);
  return named;
}

function noteLatest(times: Map<string, Instant>, subject: string, time: Instant): void {
  const known = times.get(subject);
  if (known === undefined || known < time) times.set(subject, time);
}

/** Words that wait for a notice: by deal and kind, with the persons' tags under the deal. */
function pendingWords(house: House): readonly LateWord[] {
  const words = house.workspace.read.lateWords();
  const deals = new Set(words.map(({ deal }) => deal));
  const named = new Map([...deals].map((deal) => [deal, namedUnder(house, deal)]));
  return words.filter(({ deal, subject, found }) => (named.get(deal)?.get(subject) ?? '') < found);
}

/** What the buyers still have to be told of what was learned late. Opens no record. */
export function pendingNotices(house: House): readonly PendingNotice[] {
  const { read } = house.workspace;
  const groups = new Map<string, PendingNotice>();
  for (const { deal, kind, found } of pendingWords(house)) {
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
  house: House,
  input: { readonly deal: string | null; readonly dryRun: boolean },
): Promise<{ readonly pending: readonly PendingNotice[]; readonly sent: readonly SentNotice[] }> {
  const { read, info } = house.workspace;
  if (info.role !== 'seller') fail({ code: 'NOTICE_ROLE', role: info.role });
  if (!input.dryRun) {
    await house.keys();
    await findLateWords(house);
  }
  const pending = pendingNotices(house).filter(({ deal }) => input.deal === null || deal === input.deal);
  const sent: SentNotice[] = [];
  if (input.dryRun) return { pending, sent };
  const words = pendingWords(house);
  for (const { deal, kind } of pending) {
    const stored = read.deal(deal) ?? damaged();
    const terms = readDealJson(stored.bytes);
    const subjects = words
      .filter((word) => word.deal === stored.digest && word.kind === kind)
      .map((word) => word.subject);
    for (let from = 0; from < subjects.length; from += MOST) {
      const some = subjects.slice(from, from + MOST);
      sent.push(await sendOne(house, terms, kind, some));
    }
  }
  return { pending, sent };
}

async function sendOne(
  house: House,
  terms: Terms,
  kind: Exclude<NoticeKind, 'abort' | 'correction'>,
  subjects: readonly string[],
): Promise<SentNotice> {
  const content = { kind, request: null, purpose: null, subjects, corrections: null, reason: null };
  return putNotice(house, (await makeNotice(house, terms, content)) ?? damaged());
}

function damaged(): never {
  return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}
