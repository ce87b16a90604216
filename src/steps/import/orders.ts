import { utf8 } from '../../base/bytes.js';
import type { Random, SecretKey } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { compileOrders } from '../../dataset/orders.js';
import { type ImportedRecord, recordText } from '../../dataset/page.js';
import { compilePrint } from '../../dataset/print.js';
import { sealPage } from '../../store/sealed-pages.js';
import type { Reader } from '../../store/reader.js';
import type { Writer } from '../../store/workspace.js';
import type { Comparison } from './difference.js';
import { type RepeatedSubject, StoredRecords } from './repeats.js';

/** A file on its way into the store. */
interface Incoming {
  readonly dataset: string;
  readonly key: SecretKey;
  /** Fields of its records. */
  readonly columns: readonly string[];
  /** To which the customers of the file were told as their rows came; null where there was no list. */
  readonly comparison: Comparison | null;
}

/** Records that are held at once: a file of orders may be all repeats. */
const HELD = 50_000;

/**
 * Puts the orders of each customer together: every row of the customer then says what all of them say, and one of them is kept. Persons whose
 * rows contradict each other stay as they are.
 */
export function joinOrders(
  read: Reader,
  write: Writer,
  { dataset, key, columns, comparison }: Incoming,
  repeats: readonly RepeatedSubject[],
  random: Random,
): readonly RepeatedSubject[] {
  const stored = new StoredRecords(read, dataset, key);
  const join = compileOrders(columns);
  const print = compilePrint(columns);
  const joined = new Set<RepeatedSubject>();
  for (const groups of portions(repeats.filter(({ same }) => !same))) {
    const records = new Map<number, ImportedRecord>();
    const wanted = new Set(groups.flatMap(({ positions }) => positions));
    for (const page of stored.pagesWith(wanted))
      for (const at of page.positions) records.set(at, page.records[at - page.from] ?? fail());
    const changed = new Map<number, ImportedRecord>();
    for (const group of groups) {
      const one = join(group.positions.map((at) => records.get(at) ?? fail()));
      if (one === null) continue;
      joined.add(group);
      for (const at of group.positions) changed.set(at, one);
    }
    for (const page of stored.pagesWith(new Set(changed.keys()))) {
      const { number, tags, from } = page;
      for (const at of page.positions) {
        const offset = (at - from) * TAG_BYTES;
        const tag = tags.subarray(offset, offset + TAG_BYTES);
        comparison?.add(tag, Uint32Array.of(print(changed.get(at) ?? fail())));
      }
      const text = page.records.map((record, i) => recordText(changed.get(from + i) ?? record)).join('');
      const sealed = sealPage(utf8(text), { dataset, number, tags }, key, random);
      write.replacePage({ dataset, number, records: page.records.length, sealed, tags }, []);
    }
  }
  return repeats.map((group) => (joined.has(group) ? { ...group, same: true, isOrders: true } : group));
}

function* portions(groups: readonly RepeatedSubject[]): Generator<readonly RepeatedSubject[]> {
  let portion: RepeatedSubject[] = [];
  let held = 0;
  for (const group of groups) {
    portion.push(group);
    held += group.positions.length;
    if (held < HELD) continue;
    yield portion;
    portion = [];
    held = 0;
  }
  if (portion.length > 0) yield portion;
}

function fail(): never {
  throw new Error('a record of a page that was read is missing');
}
