import { hex } from '../../base/bytes.js';
import { newSecretKey } from '../../base/crypto.js';
import { TAG_BYTES, tagger } from '../../base/tagger.js';
import type { FieldName } from '../../dataset/fields.js';
import type { ValueKind } from '../../dataset/kinds.js';
import { maskValue } from '../../dataset/mask.js';
import { recordsOf } from '../../dataset/page.js';
import { fail } from '../../messages/error.js';
import type { DecidedPairs, PairDecision } from '../../policy/decided-pairs.js';
import { compileComparable, LIKENESSES, type LikenessKind } from '../../policy/likeness.js';
import { repeatedSubjects, sieveOf } from '../../policy/repeats.js';
import { MOST_SHARED } from '../../policy/twins.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { datasetFields, findDatasets } from '../session/datasets.js';
import { decidedPairs } from '../session/decided.js';
import { replacedRecords } from '../session/list.js';
import type { Keys, Session } from '../session/session.js';

/** What is shown, masked, of what records share. */
const SHOWN: Readonly<Record<LikenessKind, { readonly field: FieldName; readonly kind: ValueKind }>> = {
  mobile: { field: 'mobile', kind: 'mobile' },
  id_no: { field: 'id_no', kind: 'id-number' },
  name_address: { field: 'address', kind: 'address' },
  household: { field: 'address', kind: 'address' },
};

/** Groups that are shown; all are counted. */
const MAX_GROUPS = 100;

/** Records that share something under different customer numbers. Masked. */
interface DuplicateGroup {
  readonly by: LikenessKind;
  /** What somebody decided of all of them; null where that is open. */
  readonly decided: PairDecision | null;
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
  /** Groups about which nothing was decided, by what they share. */
  readonly counts: Readonly<Record<LikenessKind, number>>;
  /** Groups about which all was decided. */
  readonly decided: number;
  /** The first {@link MAX_GROUPS}. */
  readonly groups: readonly DuplicateGroup[];
}

/** A group, and where its records are. */
interface FoundGroup {
  readonly by: LikenessKind;
  readonly decided: PairDecision | null;
  readonly positions: readonly number[];
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
 * Groups of records that may be one person or one household: what policy/likeness.ts compares, under different customer numbers (PIPL-8), in
 * the customer list or one of its files. Records that later ones replace are not looked at. Nothing is changed: only people can know.
 *
 * @throws HandoverError WRONG_ROLE, DATASET_NONE, DATASET_UNKNOWN
 */
export async function findDuplicates(session: Session, named: string | null): Promise<DuplicatesResult> {
  // What a buyer received is as the seller's file was; its duplicates are the seller's to sort out.
  if (session.workspace.info.role !== 'seller') fail({ code: 'WRONG_ROLE', role: 'seller' });
  const datasets = findDatasets(session, named);
  const { vault } = await session.keys();
  const { read } = session.workspace;
  const replaced = new Map(
    [...replacedRecords(read, datasets)].map((page) => [`${page.dataset.id} ${page.number}`, page.replaced]),
  );
  // Values are compared by tags under a key of this moment, 16 bytes a record, so that a million records fit.
  const tag = tagger(newSecretKey(session.runtime.random));
  const subjects: Uint8Array[] = [];
  const names: Uint8Array[] = [];
  const valueTags = new Map(LIKENESSES.map((by) => [by, [] as Uint8Array[]]));
  const looks: Look[] = [];
  let count = 0;
  for (const dataset of datasets) {
    const fileFrom = count;
    const comparable = compileComparable(datasetFields(dataset));
    const name = dataset.columns.indexOf('name');
    for (const { number, sealed, tags } of read.pages(dataset.id)) {
      session.runtime.signal.throwIfAborted();
      const key = vault.get(dataset.keyId);
      const records = recordsOf(openPage(sealed, { dataset: dataset.id, number, tags }, key));
      const former = replaced.get(`${dataset.id} ${number}`) ?? [];
      for (const by of LIKENESSES) {
        const texts = records.map((record, i) => {
          const value = former.includes(i) ? '' : comparable(record, by);
          return value === '' ? `\u0000${count + i}` : value;
        });
        valueTags.get(by)?.push(tag(texts));
      }
      names.push(tag(records.map((record) => record[name] ?? '')));
      subjects.push(tags);
      looks.push({ dataset, number, records: records.length, from: count, fileFrom });
      count += records.length;
    }
  }
  const grouped = groupsOf(session, count, valueTags, packedLookup(subjects), packedLookup(names));
  return { datasets, ...grouped, groups: masked(session, vault, looks, grouped.groups) };
}

/** The groups of records that share something, each with what was decided about it. */
function groupsOf(
  session: Session,
  count: number,
  valueTags: ReadonlyMap<LikenessKind, readonly Uint8Array[]>,
  subjectOf: (position: number) => string,
  nameOf: (position: number) => string,
): Pick<DuplicatesResult, 'counts' | 'decided'> & { readonly groups: readonly FoundGroup[] } {
  const counts: Record<LikenessKind, number> = { mobile: 0, id_no: 0, name_address: 0, household: 0 };
  const found: FoundGroup[] = [];
  const pairs = decidedPairs(session.workspace.read);
  let settled = 0;
  for (const [by, pages] of valueTags) {
    for (const positions of repeatedSubjects(sieveOf(count, pages), () => pages)) {
      if (new Set(positions.map(subjectOf)).size < 2) continue;
      // Of one name they are the same person once more, and an address that many share is an office.
      const isCrowd = positions.length > MOST_SHARED;
      if (by === 'household' && (isCrowd || new Set(positions.map(nameOf)).size < 2)) continue;
      const decided = decisionOn([...new Set(positions.map(subjectOf))], pairs);
      if (decided === null) counts[by]++;
      else settled++;
      if (found.length < MAX_GROUPS) found.push({ by, decided, positions });
    }
  }
  return { counts, decided: settled, groups: found };
}

/** What was decided of each two of these persons; null where any pair is open. Of one and two together everything is known: they are not one. */
function decisionOn(subjects: readonly string[], pairs: DecidedPairs): PairDecision | null {
  const tags = subjects.map((subject) => hex(Buffer.from(subject, 'latin1')));
  // A number that thousands share, such as the firm's own, has millions of pairs.
  if (!tags.every((tag) => pairs.has(tag))) return null;
  let decision: PairDecision = 'one';
  for (const [i, tag] of tags.entries())
    for (const other of tags.slice(i + 1)) {
      const said = pairs.of(tag, other);
      if (said === null) return null;
      if (said === 'two') decision = 'two';
    }
  return decision;
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
  groups: readonly FoundGroup[],
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
  return groups.map(({ by, decided, positions }) => ({
    by,
    decided,
    records: positions.map((at) => ({
      record: at - (seen.get(at)?.look.fileFrom ?? 0) + 1,
      file: seen.get(at)?.look.dataset.file ?? '',
      customerNo: maskValue('customer-no', of(at, 'customer_no')),
      name: maskValue('name', of(at, 'name')),
      value: maskValue(SHOWN[by].kind, of(at, SHOWN[by].field)),
    })),
  }));
}
