import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { inflateBundlePage } from '../../bundle/member.js';
import { csvLine } from '../../dataset/csv-line.js';
import { fieldOf } from '../../dataset/fields.js';
import { fail } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import { type Written, writeWhole } from '../../store/files.js';
import type { Dataset } from '../../store/rows.js';
import { openBytes } from '../../store/sealed-pages.js';
import { writeTable } from '../../store/table-file.js';
import type { Session } from '../session/session.js';
import { KnownReasons } from '../session/known.js';
import { receivedRows } from '../session/stored-records.js';
import { requireNoPurge } from '../session/unfinished-purge.js';

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
  /** Records that are frozen, and so are not written. */
  readonly frozen: number;
}

/**
 * Writes received customers in the clear, for the buyer's own systems. The file is one that the person asked for by name; the store
 * remembers its path and digest, so that a purge can name it. Frozen records may be stored and secured, and nothing else (PIPL-47 ¶2): they
 * are left out.
 *
 * @throws HandoverError EXTRACT_NONE, FILE_EXISTS
 */
export async function extract(session: Session, input: ExtractInput): Promise<ExtractResult> {
  requireNoPurge(session);
  const dataset = receivedDataset(session, input.dataset);
  const frozen = new KnownReasons(session.workspace.read, dataset, session.now, ['freeze']);
  const count = countRows(session, dataset, frozen);
  const facts = {
    path: input.path,
    format: input.format,
    ...count,
    fields: dataset.columns,
    bundle: dataset.bundle,
  };
  if (input.dryRun) return { ...facts, bytes: 0, sha256: null };
  const { vault } = await session.keys();
  const pages = pagesOf(session, dataset, vault.get(dataset.keyId), frozen);
  const { progress } = session.runtime;
  progress.start('extract', facts.rows);
  try {
    // Logged before the file can be seen: a copy in clear that nobody knows of would be worse than one that is named and never came.
    const announce = (written: Written): void =>
      session.record(
        {
          action: 'extracted',
          objects: { dataset: dataset.id, file: written.sha256 },
          details: {
            format: input.format,
            rows: facts.rows,
            frozen: facts.frozen,
            fields: [...facts.fields],
          },
        },
        (write) => {
          write.rememberFile({
            ...written,
            path: input.path,
            kind: 'extract',
            time: session.now,
            dataset: dataset.id,
          });
        },
      );
    const written = await writeAs(input, dataset, pages, session.runtime.lang, announce);
    return { ...facts, ...written };
  } finally {
    progress.end();
  }
}

function receivedDataset(session: Session, named: string | null): Dataset {
  const received = session.workspace.read
    .datasets()
    .filter((dataset) => dataset.content === 'ndjson-gz' && dataset.state === 'kept');
  if (named === null) return received.at(-1) ?? fail({ code: 'EXTRACT_NONE' });
  return received.find((d) => d.id === named || d.bundle === named) ?? fail({ code: 'DATASET_UNKNOWN' });
}

function countRows(
  session: Session,
  dataset: Dataset,
  frozen: KnownReasons,
): Pick<ExtractResult, 'rows' | 'frozen'> {
  const count = { rows: 0, frozen: 0 };
  for (const { records, tags } of session.workspace.read.pageTags(dataset.id))
    for (let i = 0; i < records; i++) count[isLeftOut(frozen, tags, i) ? 'frozen' : 'rows']++;
  return count;
}

function isLeftOut(frozen: KnownReasons, tags: Uint8Array, record: number): boolean {
  return frozen.of(tags, record * TAG_BYTES) !== 0;
}

/** The NDJSON of each page without what is frozen, opened one at a time. */
async function* pagesOf(
  session: Session,
  dataset: Dataset,
  key: Parameters<typeof openBytes>[2],
  frozen: KnownReasons,
): AsyncGenerator<Buffer> {
  for (const { number, sealed, records, tags } of session.workspace.read.pages(dataset.id)) {
    session.runtime.signal.throwIfAborted();
    const packed = openBytes(sealed, { dataset: dataset.id, number, tags }, key);
    const page = inflateBundlePage(packed, dataset.file, records);
    yield frozen.isEmpty ? page : linesLeft(page, (i) => !isLeftOut(frozen, tags, i));
    session.runtime.progress.advance(records);
  }
}

/** The lines of a page that are wanted. */
function linesLeft(page: Buffer, isWanted: (line: number) => boolean): Buffer {
  const wanted: Buffer[] = [];
  let from = 0;
  for (let line = 0; from < page.length; line++) {
    const end = page.indexOf(NEWLINE, from) + 1;
    if (isWanted(line)) wanted.push(page.subarray(from, end));
    from = end;
  }
  return Buffer.concat(wanted);
}

const NEWLINE = 0x0a;

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
  const rows = rowsOf(pages, columns);
  if (format === 'sqlite') return writeTable(path, { table: 'customers', columns }, rows, writing);
  const headings = columns.map((name) => fieldOf(name)?.[lang] ?? name);
  return writeWhole(path, csvOf(headings, rows), writing);
}

async function* rowsOf(pages: AsyncIterable<Buffer>, columns: readonly string[]) {
  for await (const page of pages)
    yield receivedRows(page).map((row) => columns.map((name) => row[name] ?? null));
}

/** For Excel: byte order mark, CRLF, and no cell that it would take for a formula. */
async function* csvOf(
  headings: readonly string[],
  batches: AsyncIterable<readonly (readonly (string | null)[])[]>,
) {
  yield Buffer.from(`\ufeff${csvLine(headings)}`, 'utf8');
  for await (const rows of batches) yield Buffer.from(rows.map(csvLine).join(''), 'utf8');
}
