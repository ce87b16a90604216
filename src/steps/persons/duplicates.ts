import { newSecretKey } from '../../base/crypto.js';
import { TAG_BYTES, tagger } from '../../base/tagger.js';
import { maskValue } from '../../dataset/mask.js';
import { recordsOf } from '../../dataset/page.js';
import { fail } from '../../messages/error.js';
import { repeatedSubjects, sieveOf } from '../../policy/repeats.js';
import type { Dataset } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { findDataset } from '../session/datasets.js';
import type { House } from '../session/house.js';

/** What makes two records look like one person's. */
export const DUPLICATE_FIELDS = ['mobile', 'id_no'] as const;
type DuplicateField = (typeof DUPLICATE_FIELDS)[number];

/** Groups that are shown; all are counted. */
const MAX_GROUPS = 100;

/** Records with one phone or one ID number under different customer numbers. Masked. */
interface DuplicateGroup {
  readonly by: DuplicateField;
  readonly records: readonly {
    /** Position in the dataset, from 1. */
    readonly record: number;
    readonly customerNo: string;
    readonly name: string;
    readonly value: string;
  }[];
}

export interface DuplicatesResult {
  readonly dataset: Dataset;
  /** All groups, by what they share. */
  readonly counts: Readonly<Record<DuplicateField, number>>;
  /** The first {@link MAX_GROUPS}. */
  readonly groups: readonly DuplicateGroup[];
}

/**
 * Groups of records that may be one person: the same mobile or the same ID number under different customer numbers (PIPL-8). Nothing is
 * changed: only people can know.
 *
 * @throws HandoverError WRONG_ROLE, DATASET_NONE, DATASET_UNKNOWN
 */
export async function findDuplicates(house: House, named: string | null): Promise<DuplicatesResult> {
  // What a buyer received is as the seller's file was; its duplicates are the seller's to sort out.
  if (house.workspace.info.role !== 'seller') fail({ code: 'WRONG_ROLE', role: 'seller' });
  const dataset = findDataset(house, named);
  const { vault } = await house.keys();
  const key = vault.get(dataset.keyId);
  const { read } = house.workspace;
  const fields = DUPLICATE_FIELDS.filter((field) => dataset.columns.includes(field));
  // Values are compared by tags under a key of this moment, 16 bytes a record, so that a million records fit.
  const tag = tagger(newSecretKey(house.around.random));
  const subjects: Uint8Array[] = [];
  const valueTags = new Map(fields.map((field) => [field, [] as Uint8Array[]]));
  let count = 0;
  for (const { number, sealed, tags } of read.pages(dataset.id)) {
    house.around.signal.throwIfAborted();
    const records = recordsOf(openPage(sealed, { dataset: dataset.id, number, tags }, key));
    for (const field of fields) {
      const column = dataset.columns.indexOf(field);
      const texts = records.map(
        (record, i) => comparable(field, record[column] ?? '') ?? `\u0000${count + i}`,
      );
      valueTags.get(field)?.push(tag(texts));
    }
    subjects.push(tags);
    count += records.length;
  }
  const subjectOf = packedLookup(subjects);
  const counts: Record<DuplicateField, number> = { mobile: 0, id_no: 0 };
  const found: { readonly by: DuplicateField; readonly positions: readonly number[] }[] = [];
  for (const [field, pages] of valueTags) {
    for (const positions of repeatedSubjects(sieveOf(count, pages), pages)) {
      if (new Set(positions.map(subjectOf)).size < 2) continue;
      counts[field]++;
      if (found.length < MAX_GROUPS) found.push({ by: field, positions });
    }
  }
  return { dataset, counts, groups: masked(house, dataset, key, found) };
}

/** The form in which values of a field are compared, or null where there is nothing to compare: an ID number of 15 digits is one of 18. */
function comparable(field: DuplicateField, value: string): string | null {
  if (value === '') return null;
  if (field === 'mobile') return value;
  return value.length === 15 ? `${value.slice(0, 6)}19${value.slice(6)}` : value.slice(0, 17);
}

/** The subject tag at a position of the dataset, as text. */
function packedLookup(pages: readonly Uint8Array[]): (position: number) => string {
  const all = Buffer.concat(pages);
  return (position) => all.toString('latin1', position * TAG_BYTES, (position + 1) * TAG_BYTES);
}

function masked(
  house: House,
  dataset: Dataset,
  key: Parameters<typeof openPage>[2],
  groups: readonly { readonly by: DuplicateField; readonly positions: readonly number[] }[],
): readonly DuplicateGroup[] {
  const wanted = new Set(groups.flatMap(({ positions }) => positions));
  const cells = new Map<number, readonly string[]>();
  let start = 0;
  for (const { number, records } of house.workspace.read.pageTags(dataset.id)) {
    const inside = Array.from({ length: records }, (_, i) => start + i).filter((at) => wanted.has(at));
    if (inside.length > 0) {
      const page =
        house.workspace.read.page(dataset.id, number) ??
        fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
      const opened = recordsOf(openPage(page.sealed, { dataset: dataset.id, number, tags: page.tags }, key));
      for (const at of inside) cells.set(at, opened[at - start] ?? []);
    }
    start += records;
  }
  const of = (at: number, field: string): string => cells.get(at)?.[dataset.columns.indexOf(field)] ?? '';
  return groups.map(({ by, positions }) => ({
    by,
    records: positions.map((at) => ({
      record: at + 1,
      customerNo: maskValue('customer-no', of(at, 'customer_no')),
      name: maskValue('name', of(at, 'name')),
      value: maskValue(by === 'mobile' ? 'mobile' : 'id-number', of(at, by)),
    })),
  }));
}
