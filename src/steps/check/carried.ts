import type { Sha256 } from '../../base/crypto.js';
import { howToRead } from '../../base/shape.js';
import { type Accounting, accountingSchema } from '../../bundle/accounting.js';
import type { Reader } from '../../store/reader.js';
import type { StoredCheck } from '../../store/check-rows.js';
import { type Dataset, isLedger } from '../../store/dataset-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import { purgedOf } from '../import/counts.js';
import { bundlesOfDeal } from '../session/handed-over.js';
import { customerList } from '../session/list.js';

/**
 * The check that says how customer files are under a deal together: the newest of exactly these files; once one of them was handed over
 * and purged, the one that was carried out, because a later one sees only what is left. After an amendment, what was carried out is
 * until there is a check under the new version.
 *
 * @param deal digest of the deal's wording
 */
export function checkThatCounts(
  read: Reader,
  deal: Sha256,
  files: readonly Dataset[],
): StoredCheck | undefined {
  const ids = files.map(({ id }) => id);
  const carried = carriedOut(read, deal, ids);
  const isPurged = files.some((file) => purgedOf(file) > 0);
  return (isPurged ? carried : undefined) ?? read.latestCheck(deal, ids) ?? carried;
}

/** The check of the last bundle, under whatever version of the deal, that held all of these files. */
function carriedOut(read: Reader, deal: Sha256, ids: readonly string[]): StoredCheck | undefined {
  return bundlesOfDeal(read, read.deal(deal)?.id ?? '')
    .map((bundle) => (bundle.check === null ? undefined : read.check(bundle.check)))
    .findLast((check) => check !== undefined && ids.every((each) => check.datasets.includes(each)));
}

/**
 * The checks that tell how a deal went: those that its bundles carried out, in the order in which they were made, and last the one that says
 * the state of the customer list now, if there is one. Its figures are those of every screen, page and form.
 */
export function checksOfDeal(read: Reader, { id, digest }: StoredDeal): readonly StoredCheck[] {
  const list = customerList(read);
  const standing = list.length === 0 ? undefined : checkThatCounts(read, digest, list);
  const carried = new Set(bundlesOfDeal(read, id).flatMap(({ check }) => check ?? []));
  const others = read.checks().filter((check) => carried.has(check.id) && check.id !== standing?.id);
  return standing === undefined ? others : [...others, standing];
}

/** How the last check under a deal counted, under whatever version; null before the first. @param deal id */
export function formerAccounting(read: Reader, deal: string): Accounting | null {
  const last = read
    .checks()
    .findLast((check) => check.datasets.length > 0 && read.deal(check.deal)?.id === deal);
  const counted = accountingSchema.safeParse(last?.counts['accounting'], howToRead());
  return counted.success ? counted.data : null;
}

/** Whether something came in since a check that it would have heard: a ledger, or a person's own word. */
export function isOutdated(read: Reader, { ledgers, counts }: StoredCheck): boolean {
  const heard = new Set(ledgers);
  const isHeard = read.datasets().every((d) => !isLedger(d) || d.state !== 'kept' || heard.has(d.id));
  return !isHeard || wordsOf(read) !== (counts['marks'] ?? 0);
}

/** How many words of persons, and of somebody about two of them, a check hears beside the files. */
export function wordsOf(read: Reader): number {
  // Each release takes a word away, and has to be news all the same.
  const { persons } = read;
  return persons.subjectMarks().length + 2 * persons.releasedMarks().length + persons.decidedPairs().length;
}
