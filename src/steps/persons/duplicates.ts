import { newSecretKey } from '../../base/crypto.js';
import { TAG_BYTES, tagger } from '../../base/tagger.js';
import { maskValue } from '../../dataset/mask.js';
import { recordsOf } from '../../dataset/page.js';
import { fail } from '../../messages/error.js';
import { repeatedSubjects, sieveOf } from '../../policy/repeats.js';
import type { Dataset } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { findDatasets } from '../session/datasets.js';
import type { Session, Keys } from '../session/session.js';
import { replacedRecords } from '../session/list.js';

/** What makes two records look like one person's. */
export const DUPLICATE_FIELDS = ['mobile', 'id_no'] as const;
type DuplicateField = (typeof DUPLICATE_FIELDS)[number];

/** Groups that are shown; all are counted. */
const MAX_GROUPS = 100;

/** Records with one phone or one ID number under different customer numbers. Masked. */
interface DuplicateGroup {
  readonly by: DuplicateField;
  readonly records: readonly {
    /** Position in its file, from 1. */
    readonly record: number;
    readonly file: string;
    readonly customerNo: string;
    readonly name: string;
    readonly value: string;
  }[];
}

export interface DuplicatesResult {
  /** The files that were looked through together. */
  readonly datasets: readonly Dataset[];
  /** All groups, by what they share. */
  readonly counts: Readonly<Record<DuplicateField, number>>;
  /** The first {@link MAX_GROUPS}. */
  readonly groups: readonly DuplicateGroup[];
}

/** A page of a file, and where its records are among all that are looked through. */
interface Look {
  readonly dataset: Dataset;
  readonly number: number;
  readonly records: number;
  readonly from: number;
  /** Where the file begins. */
  readonly fileFrom: number;
}

/**
 * Groups of records that may be one person: the same mobile or the same ID number under different customer numbers (PIPL-8), in the
 * customer list or one of its files. Records that later ones replace are not looked at. Nothing is changed: only people can know.
 *
 * @throws HandoverError WRONG_ROLE, DATASET_NONE, DATASET_UNKNOWN
 */
export async function findDuplicates(session: Session, named: string | null): Promise<DuplicatesResult> {
  // What a buyer received is as the seller's file was; its duplicates are the seller's to sort out.
  if (session.workspace.info.role !== 'seller') fail({ code: 'WRONG_ROLE', role: 'seller' });
  const datasets = findDatasets(session, named);
  const { vault } = await session.keys();
  const { read } = session.workspace;
  const fields = DUPLICATE_FIELDS.filter((field) => datasets.some(({ columns }) => columns.includes(field)));
  const replaced = new Map(
    [...replacedRecords(read, datasets)].map((page) => [`${page.dataset.id} ${page.number}`, page.replaced]),
  );
  // Values are compared by tags under a key of this moment, 16 bytes a record, so that a million records fit.
  const tag = tagger(newSecretKey(session.runtime.random));
  const subjects: Uint8Array[] = [];
  const valueTags = new Map(fields.map((field) => [field, [] as Uint8Array[]]));
  const looks: Look[] = [];
  let count = 0;
  for (const dataset of datasets) {
    const fileFrom = count;
    for (const { number, sealed, tags } of read.pages(dataset.id)) {
      session.runtime.signal.throwIfAborted();
      const key = vault.get(dataset.keyId);
      const records = recordsOf(openPage(sealed, { dataset: dataset.id, number, tags }, key));
      const former = replaced.get(`${dataset.id} ${number}`) ?? [];
      for (const field of fields) {
        const column = dataset.columns.indexOf(field);
        const texts = records.map((record, i) => {
          const value = former.includes(i) ? null : comparable(field, record[column] ?? '');
          return value ?? `\u0000${count + i}`;
        });
        valueTags.get(field)?.push(tag(texts));
      }
      subjects.push(tags);
      looks.push({ dataset, number, records: records.length, from: count, fileFrom });
      count += records.length;
    }
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
  return { datasets, counts, groups: masked(session, vault, looks, found) };
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
  session: Session,
  vault: Keys['vault'],
  looks: readonly Look[],
  groups: readonly { readonly by: DuplicateField; readonly positions: readonly number[] }[],
): readonly DuplicateGroup[] {
  const wanted = new Set(groups.flatMap(({ positions }) => positions));
  const seen = new Map<number, { readonly look: Look; readonly cells: readonly string[] }>();
  for (const look of looks) {
    const { dataset, number, records, from } = look;
    const inside = Array.from({ length: records }, (_, i) => from + i).filter((at) => wanted.has(at));
    if (inside.length === 0) continue;
    const page =
      session.workspace.read.page(dataset.id, number) ??
      fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    const opened = recordsOf(
      openPage(page.sealed, { dataset: dataset.id, number, tags: page.tags }, vault.get(dataset.keyId)),
    );
    for (const at of inside) seen.set(at, { look, cells: opened[at - from] ?? [] });
  }
  const of = (at: number, field: string): string => {
    const record = seen.get(at);
    return record?.cells[record.look.dataset.columns.indexOf(field)] ?? '';
  };
  return groups.map(({ by, positions }) => ({
    by,
    records: positions.map((at) => ({
      record: at - (seen.get(at)?.look.fileFrom ?? 0) + 1,
      file: seen.get(at)?.look.dataset.file ?? '',
      customerNo: maskValue('customer-no', of(at, 'customer_no')),
      name: maskValue('name', of(at, 'name')),
      value: maskValue(by === 'mobile' ? 'mobile' : 'id-number', of(at, by)),
    })),
  }));
}
