import { TAG_BYTES } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import { REPLACED, reasonSet } from '../../policy/reasons.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { RepeatedSubject } from '../import/repeats.js';
import { KnownReasons } from '../session/known.js';
import { replacedRecords } from '../session/list.js';
import type { Session } from '../session/session.js';
import type { ComparedPage, ComparedPages } from '../workers/compared-pages.js';
import type { LoadedConsentLedger } from './consent-ledger.js';

/** Every page of a dataset, judged. */
export interface ExaminedDataset {
  readonly dataset: Dataset;
  readonly pages: readonly ComparedPage[];
  /** The same pages, with what their records are compared by. */
  readonly compared: ComparedPages;
  /** Whom the file names more than once. */
  readonly repeats: readonly RepeatedSubject[];
}

/** What a check draws its conclusions from. */
export interface Examined {
  /** In the order of the list. */
  readonly files: readonly ExaminedDataset[];
  /** When the verdicts hold. */
  readonly now: Instant;
  readonly ledger: LoadedConsentLedger;
}

const REPEATED = reasonSet('SUBJECT_REPEATED');
const DUPLICATE = reasonSet('SUBJECT_DUPLICATE');

/**
 * Records of one subject that agree in every cell are one record: the first counts, the others are duplicates. Records that differ are
 * all kept back, because nobody here can know which is right (PIPL-8).
 */
export function refuseRepeats({ pages, repeats }: ExaminedDataset): void {
  if (repeats.length === 0) return;
  const starts: number[] = [];
  let start = 0;
  for (const page of pages) {
    starts.push(start);
    start += page.reasonSets.length;
  }
  const add = (position: number, set: number): void => {
    const i = pageOf(starts, position);
    pages[i]?.reasonSets.add(position - (starts[i] ?? 0), set);
  };
  for (const { positions, same } of repeats) {
    const [first, ...others] = positions;
    if (first === undefined) continue;
    if (!same) add(first, REPEATED);
    for (const other of others) add(other, same ? DUPLICATE : REPEATED);
  }
}

/** What the store knows and the file does not say: requests to be erased, freezes, erasures. */
export function hearStore(session: Session, { dataset, pages }: ExaminedDataset, now: Instant): void {
  const { read } = session.workspace;
  const known = new KnownReasons(read, dataset, now);
  if (known.isEmpty) return;
  const setsOf = new Map(pages.map(({ number, reasonSets }) => [number, reasonSets]));
  for (const { number, records, tags } of read.pageTags(dataset.id)) {
    const reasonSets = setsOf.get(number) ?? damaged();
    for (let i = 0; i < records; i++) reasonSets.add(i, known.of(tags, i * TAG_BYTES));
  }
}

/** A record that a later one of the same person replaced has no verdict of its own. */
export function replaceFormer(session: Session, files: readonly ExaminedDataset[]): void {
  if (files.length === 1) return;
  const setsOf = new Map(
    files.flatMap(({ dataset, pages }) =>
      pages.map(({ number, reasonSets }) => [`${dataset.id} ${number}`, reasonSets] as const),
    ),
  );
  const datasets = files.map(({ dataset }) => dataset);
  for (const { dataset, number, replaced } of replacedRecords(session.workspace.read, datasets)) {
    if (replaced.length === 0) continue;
    const reasonSets = setsOf.get(`${dataset.id} ${number}`) ?? damaged();
    for (const at of replaced) reasonSets.put(at, REPLACED);
  }
}

/** The last page that starts at or before a position. */
function pageOf(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  return low;
}

function damaged(): never {
  return fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}
