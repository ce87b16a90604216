import { hex } from '../../base/bytes.js';
import { TAG_BYTES } from '../../base/tagger.js';
import type { FieldName } from '../../dataset/fields.js';
import { type ImportedRecord, recordsOf } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import { type DecidedPairs, settleApart, spreadNoes, type TaggedPage } from '../../policy/decided-pairs.js';
import type { KnownReason } from '../../policy/explain.js';
import { compileJudge } from '../../policy/judge.js';
import { looseFingerprint } from '../../policy/near.js';
import { type ReasonSet, reasonsOf } from '../../policy/reasons.js';
import { type Refusers, SAYS_NO, tagAt } from '../../policy/spelled.js';
import { compileFingerprints, FINGERPRINTS, MOST_SHARED, markTwins, NO } from '../../policy/twins.js';
import type { Reader } from '../../store/reader.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { datasetFields } from '../session/datasets.js';
import { decidedPairs } from '../session/decided.js';
import { KnownReasons } from '../session/known.js';
import { replacedRecords } from '../session/list.js';
import type { Session } from '../session/session.js';
import { OutsideNoes, Settling } from '../session/spelled.js';
import type { ComparedPage } from '../workers/compared-pages.js';
import type { LoadedConsentLedger } from './consent-ledger.js';
import { formerNoes } from './former-noes.js';
import { markSpelledAlike, refusersBeside } from './spelled.js';

/** Every page of a dataset, judged. */
interface JudgedPages {
  readonly dataset: Dataset;
  readonly pages: readonly ComparedPage[];
}

/**
 * Marks whoever shares a number with somebody who says no, as far as nobody knows better: of two numbers that are one person a no is said for
 * both, and two who are not one person ask nothing of each other.
 */
export async function markSamePersons(
  session: Session,
  files: readonly JudgedPages[],
  ledger: LoadedConsentLedger,
): Promise<void> {
  const { read } = session.workspace;
  const pages = files.flatMap((file) => file.pages);
  const pairs = decidedPairs(read);
  const judged = files.map(({ dataset }) => dataset);
  const former = await formerNoes(session, judged, ledger.index);
  if (pairs.isEmpty) {
    markTwins(pages, former);
    return await markSpelledAlike(session, files, ledger, pairs);
  }
  const tagged: readonly TaggedPage[] = files.flatMap((file) =>
    file.pages.map((page) => ({
      reasonSets: page.reasonSets,
      get fingerprints() {
        return page.fingerprints;
      },
      tags: read.pageTagsAt(file.dataset.id, page.number),
    })),
  );
  const outside = new OutsideNoes(session, ledger.index);
  spreadNoes(tagged, pairs, (tag) => outside.of(tag));
  markTwins(pages, former);
  settleApart(tagged, pairs, former);
  await markSpelledAlike(session, files, ledger, pairs);
}

/** One record of a person, and where it is. */
interface Known {
  readonly dataset: Dataset;
  readonly record: ImportedRecord;
  readonly tag: Uint8Array;
}

/**
 * Whether another record of the list shares a number with this one and says no, as the check marks it. It looks through all pages, because
 * nothing that outlives a command says who shares a number.
 */
export async function refusedElsewhere(
  session: Session,
  terms: Terms,
  datasets: readonly Dataset[],
  { dataset: own, record: ownRecord, tag: ownTag }: Known,
  ledger: LoadedConsentLedger,
): Promise<readonly KnownReason[]> {
  const shared = new SharedHere(datasetFields(own), ownRecord);
  const { read } = session.workspace;
  const [pairs, me] = [decidedPairs(read), hex(ownTag)];
  const same = pairs.othersOf(me);
  const numberAt = datasetFields(own).indexOf('customer_no');
  const alike = new AlikeHere(looseFingerprint(ownRecord[numberAt] ?? ''), me);
  alike.addOutside(await refusersBeside(session, ledger));
  shared.hearFormer(await formerNoes(session, datasets, ledger.index), (who) => pairs.of(me, who) === 'two');
  const { vault } = await session.keys();
  const replaced = replacedByPage(read, datasets);
  let said = 0;
  const seen = new Set<string>();
  for (const dataset of datasets) {
    const columns = datasetFields(dataset);
    const subject = columns.indexOf('customer_no');
    const judge = compileJudge({ terms, columns, now: session.now });
    const print = compileFingerprints(columns);
    const found = new Float64Array(FINGERPRINTS);
    const known = new KnownReasons(read, dataset, session.now);
    const key = vault.get(dataset.keyId);
    for (const { number, sealed, tags } of read.pages(dataset.id)) {
      const former = replaced.get(`${dataset.id} ${number}`) ?? [];
      const records = recordsOf(openPage(sealed, { dataset: dataset.id, number, tags }, key));
      for (const [i, record] of records.entries()) {
        print(record, found, 0);
        const who = hex(tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES));
        const isSame = same.includes(who);
        if (former.includes(i)) continue;
        const isAlike = alike.has(record[subject] ?? '', who);
        if (!isSame && !isAlike && !shared.has(found)) continue;
        shared.count(found);
        const events = ledger.index.of(tags, i * TAG_BYTES, dataset.id);
        const set = judge(record, events).reasonSet | known.of(tags, i * TAG_BYTES);
        if (isSame && seen.add(who)) said = (said | (set & NO)) >>> 0;
        if (isAlike) alike.hear(who, set);
        if ((set & NO) === 0 || pairs.of(me, who) === 'two') continue;
        shared.refuse(found);
      }
    }
  }
  const outside = new OutsideNoes(session, ledger.index);
  said = same.reduce((all, other) => (seen.has(other) ? all : all | outside.of(other)), said) >>> 0;
  if (said !== 0) return reasonsOf(said).map(({ code }) => ({ code, entry: 'twin', at: '' }));
  if (shared.isTwin) return [{ code: 'SAME_PERSON_REFUSED', entry: 'twin', at: '' }];
  return alike.isOpen(session, pairs, outside)
    ? [{ code: 'SAME_PERSON_REFUSED', entry: 'spelling', at: '' }]
    : [];
}

function replacedByPage(read: Reader, datasets: readonly Dataset[]): ReadonlyMap<string, readonly number[]> {
  return new Map(
    [...replacedRecords(read, datasets)].map((page) => [`${page.dataset.id} ${page.number}`, page.replaced]),
  );
}

/** The numbers by which one record may be somebody else's, and who has them. */
class SharedHere {
  readonly #wanted = new Float64Array(FINGERPRINTS);
  readonly #shared = new Float64Array(FINGERPRINTS);
  readonly #refused = new Uint8Array(FINGERPRINTS);

  constructor(columns: readonly FieldName[], record: ImportedRecord) {
    compileFingerprints(columns)(record, this.#wanted, 0);
  }

  /** Whether a record with these fingerprints shares a number. */
  has(found: Float64Array): boolean {
    return found.some((one) => one !== 0 && this.#wanted.includes(one));
  }

  count(found: Float64Array): void {
    for (const [k, one] of this.#wanted.entries())
      if (one !== 0 && found.includes(one)) this.#shared[k] = (this.#shared[k] ?? 0) + 1;
  }

  /** Notes that whoever has these says no. */
  refuse(found: Float64Array): void {
    for (const [k, one] of this.#wanted.entries()) if (one !== 0 && found.includes(one)) this.#refused[k] = 1;
  }

  /** Takes in who says no and is on the list no more. @param isApart whether somebody decided that it is another person */
  hearFormer(former: readonly TaggedPage[], isApart: (tag: string) => boolean): void {
    for (const { fingerprints, tags } of former)
      for (let i = 0; i * TAG_BYTES < tags.length; i++)
        if (!isApart(tagAt(tags, i)))
          this.refuse(fingerprints.subarray(i * FINGERPRINTS, (i + 1) * FINGERPRINTS));
  }

  get isTwin(): boolean {
    return this.#refused.some((one, k) => one === 1 && (this.#shared[k] ?? 0) <= MOST_SHARED);
  }
}

/** Who of the list, and beside it, has a number that differs only in spelling from one person's. */
class AlikeHere {
  readonly #print: number;
  readonly #tag: string;
  readonly #others = new Set<string>();
  readonly #heard: (readonly [tag: string, set: ReasonSet])[] = [];

  constructor(print: number, tag: string) {
    this.#print = print;
    this.#tag = tag;
  }

  addOutside({ spellings, tags }: Refusers): void {
    for (const [i, print] of spellings.entries())
      if (print !== 0 && print === this.#print && tagAt(tags, i) !== this.#tag)
        this.#others.add(tagAt(tags, i));
  }

  has(number: string, tag: string): boolean {
    return tag !== this.#tag && this.#print !== 0 && looseFingerprint(number) === this.#print;
  }

  hear(tag: string, set: ReasonSet): void {
    this.#heard.push([tag, set]);
    if ((set & SAYS_NO) !== 0) this.#others.add(tag);
  }

  /** Whether anybody of them says no, and nobody knows better. */
  isOpen(session: Session, pairs: DecidedPairs, outside: OutsideNoes): boolean {
    if (this.#others.size === 0) return false;
    const others = [...this.#others];
    const settling = new Settling(session, [{ tag: this.#tag, others }], pairs, outside);
    for (const [tag, set] of this.#heard) settling.hear(tag, set);
    return others.some((other) => settling.isOpen(this.#tag, other));
  }
}
