import { TAG_BYTES } from '../../base/tagger.js';
import type { FieldName } from '../../dataset/fields.js';
import { recordOf, splitRecords } from '../../dataset/page.js';
import { fail } from '../../messages/error.js';
import { type JudgedPage, PageSets } from '../../policy/page-sets.js';
import type { ReasonSet } from '../../policy/reasons.js';
import type { StaySet } from '../../policy/stays.js';
import type { Reader } from '../../store/reader.js';
import type { StoredCheck } from '../../store/check-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { datasetFields } from '../session/datasets.js';
import type { Session } from '../session/session.js';

/** A customer file with the verdict on each of its records. */
export interface JudgedFile {
  readonly dataset: Dataset;
  readonly pages: readonly JudgedPage[];
}

/** One record with its verdict. */
export interface JudgedRecord {
  readonly reasons: ReasonSet;
  /** What stays of a person who goes. */
  readonly stays: StaySet;
  readonly place: { readonly page: JudgedPage; readonly index: number };
  /** The person's tag under the workspace's key. */
  readonly tag: Uint8Array;
  /** A cell by its field; '' where the file has no such column. */
  cell(name: FieldName): string;
}

/** The verdicts of a check that was kept, file by file. @throws HandoverError DATASET_UNKNOWN */
export function judgedFiles(read: Reader, check: StoredCheck): readonly JudgedFile[] {
  return check.datasets.map((id) => {
    const dataset = read.dataset(id) ?? fail({ code: 'DATASET_UNKNOWN' });
    const pages = [...read.pageTags(id)].flatMap(({ number }) => {
      const page = read.checkPage(check.id, id, number);
      if (page === undefined) return [];
      const stays = page.stays.length === 0 ? null : setsOf(page.stays);
      return [{ number, reasonSets: setsOf(page.reasonSets), stays }];
    });
    return { dataset, pages };
  });
}

/** The records of judged files whose verdict is wanted, page by page; a page without any stays sealed. */
export async function* judgedRecords(
  session: Session,
  files: readonly JudgedFile[],
  isWanted: (reasons: ReasonSet, stays: StaySet, page: JudgedPage, index: number) => boolean,
): AsyncGenerator<readonly JudgedRecord[], void, undefined> {
  const { vault } = await session.keys();
  const { read } = session.workspace;
  for (const { dataset, pages } of files) {
    const key = vault.get(dataset.keyId);
    const columns = new Map(datasetFields(dataset).map((name, i) => [name, i] as const));
    for (const page of pages) {
      const { number, reasonSets, stays } = page;
      session.runtime.signal.throwIfAborted();
      const wanted: number[] = [];
      for (let i = 0; i < reasonSets.length; i++)
        if (isWanted(reasonSets.at(i) ?? 0, stays?.at(i) ?? 0, page, i)) wanted.push(i);
      if (wanted.length === 0) continue;
      const { sealed, tags } =
        read.page(dataset.id, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
      const texts = splitRecords(openPage(sealed, { dataset: dataset.id, number, tags }, key));
      yield wanted.map((i) => {
        const record = recordOf(texts[i] ?? '');
        return {
          reasons: reasonSets.at(i) ?? 0,
          stays: stays?.at(i) ?? 0,
          place: { page, index: i },
          tag: tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES),
          cell: (name) => record[columns.get(name) ?? -1] ?? '',
        };
      });
    }
  }
}

function setsOf(bytes: Uint8Array): PageSets {
  return PageSets.of(new Uint32Array(new Uint8Array(bytes).buffer));
}
