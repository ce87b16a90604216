import { hex } from '../../base/bytes.js';
import { tagger } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { reasonSet, type ReasonSet } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import type { LateWord } from '../../store/persons-rows.js';
import { loadConsentLedger } from '../check/consent-ledger.js';
import { heardAt } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { dealKeys } from '../session/tag-keys.js';
import { numbersLeft } from '../session/numbers-left.js';
import { isOf, namedUnder, noteLatest } from './late-named.js';
import { saidBeside, heardOf, UNSEEN } from './late-heard.js';

/** States of a bundle that may be in the buyer's hands. */
const SENT: readonly string[] = ['exported', 'accepted'];

/**
 * Finds who was handed over and says no by now, whatever it came by: a ledger, a later customer file, a row that was rejected (PIPL-15, 44, 47).
 * Run after every import and check, because there a no is learned; what it finds is kept until a notice names the person.
 *
 * @param among ids of the bundles whose persons are meant, where a bundle that was made since holds what is known; null for all
 * @returns how many persons were found anew
 */
export async function findLateWords(
  session: Session,
  among: ReadonlySet<string> | null = null,
): Promise<number> {
  const { read, info } = session.workspace;
  if (info.role !== 'seller') return 0;
  let found = 0;
  for (const deal of read.deals()) {
    const bundles = sentUnder(session, deal).filter(({ id }) => among === null || among.has(id));
    if (bundles.length === 0) continue;
    const said = await saidBySent(session, deal, bundles);
    // Nobody has to be told of a no that was followed by a yes before anybody was told, in whatever order the two were learned.
    const saying = sayingNo(said);
    const agreed = said.map(({ subject }) => subject).filter((subject) => !saying.has(subject));
    endWaiting(session, deal, agreed);
    const words = newWords(session, deal, said);
    if (words.length === 0) continue;
    session.record(
      { action: 'learned-late', objects: { deal: deal.digest }, details: { persons: words.length } },
      (write) => {
        for (const word of words) write.persons.addLateWord(word);
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
    .filter((b) => b.direction === 'out' && isOf(session, deal.id, b.deal) && SENT.includes(b.state));
}

/** Whom a deal's bundles took to the buyer and who says no, but for those who are known or were named in a notice since. */
function newWords(session: Session, deal: StoredDeal, said: readonly Said[]): readonly LateWord[] {
  // Whom a notice named, or whose word waits for one already.
  const named = new Map(namedUnder(session, deal.id));
  for (const { deal: of, subject, found } of session.workspace.read.persons.lateWords())
    if (isOf(session, deal.id, of)) noteLatest(named, subject, found);
  const words = new Map<string, LateWord>();
  const heard = heardAt(session);
  for (const { subject, kind, went } of said) {
    if (kind === null || words.has(subject) || (named.get(subject) ?? '') >= went) continue;
    words.set(subject, { deal: deal.digest, subject, kind, found: heard });
  }
  return [...words.values()];
}

/** What somebody who went in a bundle says by what is known now. */
interface Said {
  /** Tag under the deal. */
  readonly subject: string;
  /** The no; null where the record and everything beside it say none. */
  readonly kind: LateWord['kind'] | null;
  /** When the bundle was made. */
  readonly went: Instant;
}

function sayingNo(said: readonly Said[]): ReadonlySet<string> {
  return new Set(said.flatMap(({ subject, kind }) => (kind === null ? [] : [subject])));
}

/** What those say whom a deal's bundles took to the buyer, as far as anything is known of them: once for each bundle. */
async function saidBySent(
  session: Session,
  deal: StoredDeal,
  bundles: readonly StoredBundle[],
): Promise<readonly Said[]> {
  const terms = readDealJson(deal.bytes);
  const { index } = await loadConsentLedger(session, terms, []);
  const beside = saidBeside(session, index);
  if (index.size === 0 && beside.size === 0) return [];
  const tagsOf = tagger((await dealKeys(session, terms)).tagKey);
  const found: Said[] = [];
  for (const bundle of bundles)
    for (const { number, reasonSet } of await heardOf(session, bundle, terms, { index, beside }))
      found.push({
        subject: hex(tagsOf([number])),
        kind: reasonSet === 0 ? null : kindOf(reasonSet),
        went: bundle.time,
      });
  return found;
}

/** What became of the words about persons who turned out to have said nothing. */
export interface Released {
  /** Persons about whom no notice has to be sent any more. */
  readonly persons: number;
  /** Persons of whom a buyer was told already. */
  readonly told: number;
}

/**
 * Ends what waits for a notice about these persons, as far as they do not say no by what is known now: it had been heard from somebody who was
 * held to be the same person.
 *
 * @param own their tags under the workspace's key
 */
export async function releaseLateWords(session: Session, own: readonly Uint8Array[]): Promise<Released> {
  const { read } = session.workspace;
  const wanted = new TagReasons();
  for (const tag of own) wanted.add(tag, UNSEEN);
  const numbers = [...(await numbersLeft(session, wanted)).values()];
  let [persons, told] = [0, 0];
  for (const deal of read.deals()) {
    const bundles = sentUnder(session, deal);
    if (bundles.length === 0) continue;
    const named = namedUnder(session, deal.id);
    const tagOf = tagger((await dealKeys(session, readDealJson(deal.bytes))).tagKey);
    const said = await saidBySent(session, deal, bundles);
    const saying = sayingNo(said);
    const silent = numbers.map((number) => hex(tagOf([number]))).filter((subject) => !saying.has(subject));
    told += silent.filter((subject) => named.has(subject)).length;
    persons += endWaiting(session, deal, silent);
  }
  return { persons, told };
}

/** Ends the words about persons that wait for a notice. @returns how many persons had one */
function endWaiting(session: Session, deal: StoredDeal, subjects: readonly string[]): number {
  const silent = new Set(subjects);
  const named = namedUnder(session, deal.id);
  const waiting = session.workspace.read.persons
    .lateWords()
    .filter(
      ({ deal: of, subject, found }) =>
        silent.has(subject) && isOf(session, deal.id, of) && (named.get(subject) ?? '') < found,
    );
  const released = new Set(waiting.map(({ subject }) => subject));
  if (released.size === 0) return 0;
  session.record(
    { action: 'late-released', objects: { deal: deal.digest }, details: { persons: released.size } },
    (write) => {
      for (const subject of released) write.persons.releaseLateWords(subject, session.now);
    },
  );
  return released.size;
}

function kindOf(set: ReasonSet): LateWord['kind'] {
  if ((set & reasonSet('ERASURE_REQUESTED')) !== 0) return 'erasure';
  return (set & reasonSet('OBJECTION')) !== 0 ? 'objection' : 'withdrawal';
}
