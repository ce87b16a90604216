import { join, parse } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import type { Sums } from '../../bundle/accounting.js';
import { addRows } from '../../bundle/page-reading.js';
import { TableSums } from '../../bundle/sums.js';
import { importFileWords } from '../../messages/import-files.js';
import { FURTHER_TABLES, type FurtherTable, tableWords } from '../../messages/tables.js';
import { yuanOf } from '../../dataset/amounts.js';
import { fieldOf } from '../../dataset/fields.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { fail } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import { tableBytes } from '../../report/table-file.js';
import { requireWritable, type Written, writeWhole } from '../../store/files.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { writeTable } from '../../store/table-file.js';
import { lacksOwnNotice, requireAgreed } from '../deal/uses.js';
import { bundleOf } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { receivedList } from '../session/list.js';
import { receivedRows } from '../session/stored-records.js';
import { requireNoPurge } from '../session/unfinished-purge.js';
import { countRows, Leaving, LeavingTable, pagesOf } from './extract-rows.js';

export const EXTRACT_FORMATS = ['csv', 'ndjson', 'sqlite'] as const;

export type ExtractFormat = (typeof EXTRACT_FORMATS)[number];

export interface ExtractInput {
  readonly path: string;
  readonly format: ExtractFormat;
  /** Id of a received dataset or bundle, or null for everything under the deal of the newest. */
  readonly dataset: string | null;
  readonly force: boolean;
  readonly dryRun: boolean;
  /**
   * What the copy is for: ids or words of purposes of the deal, or none in particular. Where it is said, the buyer's own notice must have
   * been drafted; a program that leaves it out answers for both itself.
   */
  readonly uses?: readonly string[];
}

export interface ExtractResult {
  readonly path: string;
  readonly format: ExtractFormat;
  readonly rows: number;
  readonly fields: readonly string[];
  readonly bytes: number;
  readonly sha256: Sha256 | null;
  /** In the order of their numbers. */
  readonly bundles: readonly string[];
  /** Records that are frozen, and so are not written. */
  readonly frozen: number;
  /** Records of persons who say no, and so are not written. */
  readonly refused: number;
  /** A file for each table beside the customers. */
  readonly tables: readonly ExtractedTable[];
}

/** The rows of one table as they were written, with what they add up to. */
interface ExtractedTable extends Sums {
  readonly table: FurtherTable;
  readonly path: string;
  readonly frozen: number;
  readonly refused: number;
  readonly bytes: number;
  readonly sha256: Sha256 | null;
}

/**
 * Writes received customers in the clear, for the buyer's own systems: each person once, with the record of the last bundle of the deal that
 * holds the person. The file is one that the person asked for by name; the store remembers its path and digest, so that a purge can name
 * it. Frozen records may be stored and secured, and nothing else (PIPL-47 ¶2): they are left out. So is whoever says no, also where a hold keeps
 * the record, or a later bundle brought it again.
 *
 * @throws HandoverError EXTRACT_NONE, DEAL_ABORTED, FILE_EXISTS, OWN_TEXT_MISSING, PURPOSE_DRIFT
 */
export async function extract(session: Session, input: ExtractInput): Promise<ExtractResult> {
  requireNoPurge(session);
  const datasets = receivedDatasets(session, input.dataset);
  if (input.uses !== undefined) requireTold(session, datasets, input.uses);
  const leaving = datasets.map((dataset) => new Leaving(session, dataset, datasets));
  const facts = {
    path: input.path,
    format: input.format,
    ...countRows(session, leaving),
    fields: [...new Set([...datasets].reverse().flatMap(({ columns }) => columns))],
    bundles: datasets.flatMap(({ bundle }) => bundle ?? []),
  };
  const further = tablesBeside(session, input, datasets);
  for (const { path } of [input, ...further]) requireWritable(path, input);
  if (input.dryRun) return { ...facts, bytes: 0, sha256: null, tables: further.map(plannedTable) };
  await session.keys();
  const { progress } = session.runtime;
  progress.start('extract', facts.rows);
  try {
    const announce = (written: Written): void => remember(session, facts, datasets, written);
    const written = await writeAs(
      input,
      facts.fields,
      pagesOf(session, leaving),
      session.runtime.lang,
      announce,
    );
    const tables: ExtractedTable[] = [];
    for (const table of further) tables.push(await extractTable(session, input, table));
    return { ...facts, ...written, tables };
  } finally {
    progress.end();
  }
}

/** Logged before the file can be seen: a copy in clear that nobody knows of would be worse than one that is named and never came. */
function remember(
  session: Session,
  { path, format, rows, frozen, refused, fields }: Omit<ExtractResult, 'bytes' | 'sha256' | 'tables'>,
  datasets: readonly Dataset[],
  written: Written,
): void {
  const dataset = datasets.at(-1)?.id ?? '';
  session.record(
    {
      action: 'extracted',
      objects: { dataset, file: written.sha256 },
      details: {
        format,
        rows,
        frozen,
        ...(refused === 0 ? {} : { refused }),
        fields: [...fields],
        ...(datasets.length > 1 ? { datasets: datasets.length } : {}),
      },
    },
    (write) => {
      for (const { id } of datasets)
        write.rememberFile({ ...written, path, kind: 'extract', time: session.now, dataset: id });
    },
  );
}

/** Customers are told in the buyer's own name before anything is used, and used is what they agreed to (PIPL-17, PIPL-22, PIPL-23). */
function requireTold(session: Session, datasets: readonly Dataset[], uses: readonly string[]): void {
  const { read } = session.workspace;
  const deals = datasets.map((dataset) => bundleOf(session, dataset).deal);
  for (const deal of new Set(deals)) {
    const stored = read.deal(deal) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    requireAgreed(session, readDealJson(stored.bytes), uses);
  }
  const last = read.deal(deals.at(-1) ?? '');
  if (last !== undefined && lacksOwnNotice(read, last.digest))
    fail({ code: 'OWN_TEXT_MISSING', deal: last.id });
}

/**
 * The dataset that is named, or all that came under the deal of the newest. What a hold or a freeze keeps of an aborted deal is not used.
 *
 * @throws HandoverError EXTRACT_NONE, DATASET_UNKNOWN, DEAL_ABORTED
 */
function receivedDatasets(session: Session, named: string | null): readonly Dataset[] {
  const { read } = session.workspace;
  const came = read
    .datasets()
    .filter(
      ({ kind, content, state }) => kind === 'customers' && content === 'ndjson-gz' && state === 'kept',
    );
  const dealOf = (dataset: Dataset) => bundleOf(session, dataset).deal;
  const isAborted = (dataset: Dataset) => read.dealEnd(dealOf(dataset)) !== undefined;
  const wanted =
    named === null
      ? (came.findLast((dataset) => !isAborted(dataset)) ?? came.at(-1))
      : came.find(({ id, bundle }) => id === named || bundle === named);
  if (wanted === undefined) return fail({ code: named === null ? 'EXTRACT_NONE' : 'DATASET_UNKNOWN' });
  if (isAborted(wanted)) fail({ code: 'DEAL_ABORTED', deal: read.deal(dealOf(wanted))?.id ?? '' });
  return named === null ? receivedList(read, wanted) : [wanted];
}

interface TableBeside {
  readonly table: FurtherTable;
  readonly path: string;
  readonly leaving: readonly LeavingTable[];
  readonly rows: number;
  readonly frozen: number;
  readonly refused: number;
}

/** The tables that came with customers, each with the file that it is written to. */
function tablesBeside(
  session: Session,
  { path }: ExtractInput,
  customers: readonly Dataset[],
): readonly TableBeside[] {
  const came = session.workspace.read.datasets().filter(({ state }) => state === 'kept');
  const { dir, name, ext } = parse(path);
  return FURTHER_TABLES.flatMap((table) => {
    const leaving = customers.flatMap(({ bundle }, i) =>
      came
        .filter((each) => each.kind === table && each.bundle !== null && each.bundle === bundle)
        .map((dataset) => new LeavingTable(session, dataset, customers.slice(i + 1))),
    );
    if (leaving.length === 0) return [];
    const word = importFileWords[session.runtime.lang].tables[table];
    return [{ table, path: join(dir, `${name}.${word}${ext}`), leaving, ...countRows(session, leaving) }];
  });
}

function plannedTable({ table, path, rows, frozen, refused }: TableBeside): ExtractedTable {
  return {
    table,
    path,
    rows,
    frozen,
    refused,
    persons: 0,
    fen: null,
    sessions: null,
    bytes: 0,
    sha256: null,
  };
}

/** Writes one table, and adds up what is written. */
async function extractTable(
  session: Session,
  input: ExtractInput,
  { table, path, leaving, rows, frozen, refused }: TableBeside,
): Promise<ExtractedTable> {
  const datasets = leaving.map(({ dataset }) => dataset);
  const fields = [...new Set([...datasets].reverse().flatMap(({ columns }) => columns))];
  const sums = new TableSums(table, fields);
  async function* added(): AsyncGenerator<Buffer> {
    for await (const page of pagesOf(session, leaving)) {
      addRows(table, page, (person, fen, sessions) => sums.add(person, fen, sessions));
      yield page;
    }
  }
  const facts = { path, format: input.format, rows, frozen, refused, fields, bundles: [] };
  const announce = (written: Written): void => remember(session, facts, datasets, written);
  const { lang } = session.runtime;
  const sheet = tableWords[lang][table].file;
  const written = await writeAs({ ...input, path }, fields, added(), lang, announce, { table, sheet });
  return { table, path, frozen, refused, ...sums.end(), ...written };
}

function writeAs(
  input: ExtractInput,
  columns: readonly string[],
  pages: AsyncIterable<Buffer>,
  lang: Lang,
  announce: (written: Written) => void,
  names = { table: 'customers', sheet: 'customers' },
): Promise<Written> {
  const { path, format, force } = input;
  const writing = { force, announce };
  if (format === 'ndjson') return writeWhole(path, pages, writing);
  const rows = rowsOf(pages, columns);
  if (format === 'sqlite') return writeTable(path, { table: names.table, columns }, rows, writing);
  const written = inYuan(rows, columns);
  const headings = columns.map((name) => ({ heading: fieldOf(name)?.[lang] ?? name, width: 16 }));
  return writeWhole(path, tableBytes(format, names.sheet, headings, written), writing);
}

async function* rowsOf(pages: AsyncIterable<Buffer>, columns: readonly string[]) {
  for await (const page of pages)
    yield receivedRows(page).map((row) => columns.map((name) => row[name] ?? null));
}

/** Money in the unit in which a person who opens the file, and whatever it is imported into, reads a column of that name. */
async function* inYuan(batches: ReturnType<typeof rowsOf>, columns: readonly string[]) {
  const money = columns.flatMap((name, i) => (fieldOf(name)?.kind === 'money' ? [i] : []));
  for await (const rows of batches) {
    for (const row of rows)
      for (const i of money) {
        const value = row[i];
        if (typeof value === 'string') row[i] = yuanOf(value);
      }
    yield rows;
  }
}
