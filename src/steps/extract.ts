import type { Sha256 } from '../base/crypto.js';
import { inflatePage } from '../bundle/part.js';
import { csvLine } from '../dataset/csv-line.js';
import { fieldOf } from '../dataset/fields.js';
import { fail } from '../messages/error.js';
import type { Lang } from '../messages/lang.js';
import { type Written, writeWhole } from '../store/files.js';
import type { Dataset } from '../store/rows.js';
import { openBytes } from '../store/sealed-pages.js';
import { writeTable } from '../store/table-file.js';
import type { House } from './house.js';
import { requireNoPurge } from './purge-guard.js';

export const EXTRACT_FORMATS = ['csv', 'ndjson', 'sqlite'] as const;
export type ExtractFormat = (typeof EXTRACT_FORMATS)[number];

export interface ExtractInput {
  readonly path: string;
  readonly format: ExtractFormat;
  /** Id of a received dataset, or null for the newest. */
  readonly dataset: string | null;
  readonly force: boolean;
  readonly dryRun: boolean;
}

export interface ExtractResult {
  readonly path: string;
  readonly format: ExtractFormat;
  readonly rows: number;
  readonly fields: readonly string[];
  readonly bytes: number;
  readonly sha256: Sha256 | null;
  readonly bundle: string | null;
}

/**
 * Writes received customers in the clear, for the buyer's own systems. The file is one that the person asked for by name; the store
 * remembers its path and digest, so that a purge can name it.
 *
 * @throws HandoverError EXTRACT_NONE, FILE_EXISTS
 */
export async function extract(house: House, input: ExtractInput): Promise<ExtractResult> {
  requireNoPurge(house);
  const dataset = receivedDataset(house, input.dataset);
  const { received, purged } = dataset.counts;
  const facts = {
    path: input.path,
    format: input.format,
    rows: (typeof received === 'number' ? received : 0) - (typeof purged === 'number' ? purged : 0),
    fields: dataset.columns,
    bundle: dataset.bundle,
  };
  if (input.dryRun) return { ...facts, bytes: 0, sha256: null };
  const { vault } = await house.keys();
  const pages = pagesOf(house, dataset, vault.get(dataset.keyId));
  const { progress } = house.around;
  progress.start('extract', facts.rows);
  try {
    // Logged before the file can be seen: a copy in clear that nobody knows of would be worse than one that is named and never came.
    const announce = (written: Written): void =>
      house.record(
        {
          action: 'extracted',
          objects: { dataset: dataset.id, file: written.sha256 },
          details: { format: input.format, rows: facts.rows, fields: [...facts.fields] },
        },
        (write) => {
          write.rememberFile({
            ...written,
            path: input.path,
            kind: 'extract',
            time: house.now,
            dataset: dataset.id,
          });
        },
      );
    const written = await writeAs(input, dataset, pages, house.around.lang, announce);
    return { ...facts, ...written };
  } finally {
    progress.end();
  }
}

function receivedDataset(house: House, named: string | null): Dataset {
  const received = house.workspace.read
    .datasets()
    .filter((dataset) => dataset.content === 'ndjson-gz' && dataset.state === 'kept');
  if (named === null) return received.at(-1) ?? fail({ code: 'EXTRACT_NONE' });
  return received.find((d) => d.id === named || d.bundle === named) ?? fail({ code: 'DATASET_UNKNOWN' });
}

/** The NDJSON of each page, opened one at a time. */
async function* pagesOf(
  house: House,
  dataset: Dataset,
  key: Parameters<typeof openBytes>[2],
): AsyncGenerator<Buffer> {
  for (const { number, sealed, records } of house.workspace.read.pages(dataset.id)) {
    house.around.signal.throwIfAborted();
    const packed = openBytes(sealed, { dataset: dataset.id, number }, key);
    yield inflatePage(packed, dataset.file, records);
    house.around.progress.advance(records);
  }
}

function writeAs(
  input: ExtractInput,
  { columns }: Dataset,
  pages: AsyncIterable<Buffer>,
  lang: Lang,
  announce: (written: Written) => void,
): Promise<Written> {
  const { path, format, force } = input;
  const writing = { force, announce };
  if (format === 'ndjson') return writeWhole(path, pages, writing);
  const rows = parsed(pages, columns);
  if (format === 'sqlite') return writeTable(path, { table: 'customers', columns }, rows, writing);
  const headings = columns.map((name) => fieldOf(name)?.[lang] ?? name);
  return writeWhole(path, csvOf(headings, rows), writing);
}

async function* parsed(pages: AsyncIterable<Buffer>, columns: readonly string[]) {
  for await (const page of pages) {
    const lines = page.toString('utf8').split('\n');
    lines.pop();
    yield lines.map((line) => {
      // Every row was checked against the signed schema before it was stored: an object of texts and nulls.
      const row: Record<string, string | null> = JSON.parse(line);
      return columns.map((name) => row[name] ?? null);
    });
  }
}

/** For Excel: byte order mark, CRLF, and no cell that it would take for a formula. */
async function* csvOf(
  headings: readonly string[],
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>,
) {
  yield Buffer.from(`\ufeff${csvLine(headings)}`, 'utf8');
  for await (const rows of batches) yield Buffer.from(rows.map(csvLine).join(''), 'utf8');
}
