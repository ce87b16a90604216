import { utf8 } from '../../base/bytes.js';
import { type SecretKey, type Sha256, sha256 } from '../../base/crypto.js';
import { CELL_END, recordsOf } from '../../dataset/page.js';
import { fail } from '../../messages/error.js';
import { repeatedSubjects, type SubjectSieve, sieveOf } from '../../policy/repeats.js';
import type { Reader } from '../../store/reader.js';
import { openPage } from '../../store/sealed-pages.js';

/** A person who is in several rows of one file. */
export interface RepeatedSubject {
  /** Positions of the records in the whole file, in order. */
  readonly positions: readonly number[];
  /** Whether they agree in every cell. */
  readonly same: boolean;
}

/** Rows that repeat the customer number of an earlier one of their file: those that say the same, and those of persons of whom rows differ. */
export interface RepeatCounts {
  readonly same: number;
  readonly different: number;
}

/** @param sieve fed with the tags of all pages, if there is one */
export function findRepeats(
  read: Reader,
  dataset: string,
  key: SecretKey,
  sieve: SubjectSieve | null = null,
): readonly RepeatedSubject[] {
  const starts: { readonly number: number; readonly from: number; readonly records: number }[] = [];
  let size = 0;
  for (const { number, records } of read.pageTags(dataset)) {
    starts.push({ number, from: size, records });
    size += records;
  }
  const fed = sieve ?? sieveOf(size, tagPages(read, dataset));
  const groups = [...repeatedSubjects(fed, tagPages(read, dataset))];
  if (groups.length === 0) return [];
  const wanted = new Set(groups.flat());
  const contents = new Map<number, Sha256>();
  for (const { number, from, records } of starts) {
    const positions = Array.from({ length: records }, (_, i) => from + i).filter((at) => wanted.has(at));
    if (positions.length === 0) continue;
    const page = read.page(dataset, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    const opened = recordsOf(openPage(page.sealed, { dataset, number, tags: page.tags }, key));
    for (const at of positions) contents.set(at, sha256(utf8((opened[at - from] ?? []).join(CELL_END))));
  }
  return groups.map((positions) => ({
    positions,
    same: new Set(positions.map((at) => contents.get(at))).size === 1,
  }));
}

export function countRepeats(repeats: readonly RepeatedSubject[]): RepeatCounts {
  const rows = (wanted: boolean): number =>
    repeats.reduce((sum, { positions, same }) => sum + (same === wanted ? positions.length - 1 : 0), 0);
  return { same: rows(true), different: rows(false) };
}

function* tagPages(read: Reader, dataset: string): Generator<Uint8Array> {
  for (const { tags } of read.pageTags(dataset)) yield tags;
}
