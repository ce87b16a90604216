import { utf8 } from '../../base/bytes.js';
import type { Random, SecretKey } from '../../base/crypto.js';
import { gzipBundlePage, inflateBundlePage } from '../../bundle/member.js';
import { SUBJECT_KEY, TAG_KEY } from '../../bundle/row-schema.js';
import { recordsOf, recordText } from '../../dataset/page.js';
import type { Dataset, StoredPage } from '../../store/dataset-rows.js';
import { openBytes, openPage, sealBytes, sealPage } from '../../store/sealed-pages.js';

/** A record of a kept page, whether its dataset was imported or received. */
export interface StoredRecord {
  /** The tag under which a received record came; '' for an imported one. */
  readonly tag: string;
  /** Of a received row of a table beside the customer list: the tag of the customer. */
  readonly subject?: string;
  /** In the order of the dataset's columns, '' where there is no value. */
  readonly cells: readonly string[];
}

/** Opens a page. @throws HandoverError PAGE_DAMAGED, BUNDLE_PAGES */
export function openRecords(dataset: Dataset, page: StoredPage, key: SecretKey): StoredRecord[] {
  const place = { dataset: dataset.id, number: page.number, tags: page.tags };
  if (dataset.content === 'cells')
    return recordsOf(openPage(page.sealed, place, key)).map((cells) => ({ tag: '', cells }));
  const lines = inflateBundlePage(openBytes(page.sealed, place, key), dataset.file, page.records);
  return receivedRows(lines).map((row) => ({
    tag: row[TAG_KEY] ?? '',
    ...(typeof row[SUBJECT_KEY] === 'string' ? { subject: row[SUBJECT_KEY] } : {}),
    cells: dataset.columns.map((name) => row[name] ?? ''),
  }));
}

/** Seals records as {@link openRecords} found them, perhaps with other cells, at the same place. */
export function sealRecords(
  dataset: Dataset,
  { number, tags }: Pick<StoredPage, 'number' | 'tags'>,
  records: readonly StoredRecord[],
  key: SecretKey,
  random: Random,
): Uint8Array {
  const place = { dataset: dataset.id, number, tags };
  if (dataset.content === 'cells')
    return sealPage(utf8(records.map(({ cells }) => recordText(cells)).join('')), place, key, random);
  const lines = records.map(({ tag, subject, cells }) => {
    const named = dataset.columns.map((name, i) => [name, cells[i] === '' ? null : cells[i]]);
    const tags = { [TAG_KEY]: tag, ...(subject === undefined ? {} : { [SUBJECT_KEY]: subject }) };
    return `${JSON.stringify({ ...tags, ...Object.fromEntries(named) })}\n`;
  });
  return sealBytes(gzipBundlePage(utf8(lines.join(''))), place, key, random);
}

/** The rows of received NDJSON, each line ended. Every row was checked against the signed schema before it was stored. */
export function receivedRows(page: Buffer): Readonly<Record<string, string | null>>[] {
  const lines = page.toString('utf8').split('\n');
  lines.pop();
  return lines.map((line) => {
    const row: Readonly<Record<string, string | null>> = JSON.parse(line);
    return row;
  });
}
