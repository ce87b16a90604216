import { utf8 } from '../../base/bytes.js';
import { type SecretKey, type Sha256, sha256 } from '../../base/crypto.js';
import { CELL_END, type ImportedRecord, recordsOf } from '../../dataset/page.js';
import { fail } from '../../messages/error.js';
import { repeatedSubjects, type SubjectSieve, sieveOf } from '../../policy/repeats.js';
import type { Reader } from '../../store/reader.js';
import { openPage } from '../../store/sealed-pages.js';
import { release } from '../../base/transfer.js';
import type { UnstoredPages } from './unstored-pages.js';

/** A person who is in several rows of one file. */
export interface RepeatedSubject {
  /** Positions of the records in the whole file, in order. */
  readonly positions: readonly number[];
  /** Whether they agree in every cell. */
  readonly same: boolean;
  /** Whether they were the orders of one customer, and agree since they were put together. */
  readonly isOrders?: true;
}

/** Rows that repeat the customer number of an earlier one of their file. */
export interface RepeatCounts {
  /** They say the same. */
  readonly same: number;
  /** They are of persons of whom rows differ. */
  readonly different: number;
  /** They are further orders of a customer. */
  readonly orders: number;
}

/** Where a page begins among the records of its file. */
interface PageStart {
  readonly number: number;
  readonly from: number;
  readonly records: number;
}

/** The records of a stored file that are not yet sealed for ever, or only read. */
export class StoredRecords {
  readonly #read: Reader;
  readonly #dataset: string;
  readonly #key: SecretKey;
  readonly #starts: readonly PageStart[];
  readonly size: number;

  constructor(read: Reader, dataset: string, key: SecretKey) {
    this.#read = read;
    this.#dataset = dataset;
    this.#key = key;
    const starts: PageStart[] = [];
    let size = 0;
    for (const { number, records, tags } of read.pageTags(dataset)) {
      starts.push({ number, from: size, records });
      size += records;
      release(tags);
    }
    this.#starts = starts;
    this.size = size;
  }

  /** The packed tags of one page after another, each until the next. */
  *tags(): Generator<Uint8Array> {
    for (const { tags } of this.#read.pageTags(this.#dataset)) {
      yield tags;
      release(tags);
    }
  }

  /** The pages that hold any of these positions, with their records and which of them are meant. */
  *pagesWith(wanted: ReadonlySet<number>): Generator<{
    readonly number: number;
    readonly from: number;
    readonly tags: Uint8Array;
    readonly records: ImportedRecord[];
    readonly positions: readonly number[];
  }> {
    for (const { number, from, records } of this.#starts) {
      const positions = Array.from({ length: records }, (_, i) => from + i).filter((at) => wanted.has(at));
      if (positions.length === 0) continue;
      const page =
        this.#read.page(this.#dataset, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
      const place = { dataset: this.#dataset, number, tags: page.tags };
      const opened = recordsOf(openPage(page.sealed, place, this.#key));
      yield { number, from, tags: page.tags, records: opened, positions };
    }
  }
}

/** @param sieve fed with the tags of all pages, if there is one */
export function findRepeats(
  read: Reader,
  dataset: string,
  key: SecretKey,
  sieve: SubjectSieve | null = null,
): readonly RepeatedSubject[] {
  const stored = new StoredRecords(read, dataset, key);
  const groups = [...repeatedSubjects(sieve ?? sieveOf(stored.size, stored.tags()), () => stored.tags())];
  if (groups.length === 0) return [];
  const contents = new Map<number, Sha256>();
  for (const { from, records, positions } of stored.pagesWith(new Set(groups.flat())))
    for (const at of positions) contents.set(at, sha256(utf8((records[at - from] ?? []).join(CELL_END))));
  return groups.map((positions) => ({
    positions,
    same: new Set(positions.map((at) => contents.get(at))).size === 1,
  }));
}

/** Whom a file that is not stored names more than once. */
export function repeatsIn(sieve: SubjectSieve, pages: UnstoredPages): readonly RepeatedSubject[] {
  const groups = [...repeatedSubjects(sieve, () => pages.tags())];
  const wanted = new Set(groups.flat());
  const printsAt = new Map<number, readonly [row: number, person: number]>();
  let from = 0;
  for (const { rows, persons } of wanted.size === 0 ? [] : pages.prints()) {
    for (const [i, row] of rows.entries())
      if (wanted.has(from + i)) printsAt.set(from + i, [row, persons[i] ?? 0]);
    from += rows.length;
  }
  const isOne = (positions: readonly number[], of: 0 | 1): boolean =>
    new Set(positions.map((at) => printsAt.get(at)?.[of])).size === 1;
  return groups.map((positions) => {
    if (isOne(positions, 0)) return { positions, same: true };
    return isOne(positions, 1) ? { positions, same: true, isOrders: true } : { positions, same: false };
  });
}

/** How many rows repeat an earlier one of their file, by what became of them. */
export function countRepeats(repeats: readonly RepeatedSubject[]): RepeatCounts {
  const rows = (wanted: (repeated: RepeatedSubject) => boolean): number =>
    repeats.reduce((sum, repeated) => sum + (wanted(repeated) ? repeated.positions.length - 1 : 0), 0);
  return {
    same: rows(({ same, isOrders }) => same && isOrders === undefined),
    different: rows(({ same }) => !same),
    orders: rows(({ isOrders }) => isOrders === true),
  };
}
