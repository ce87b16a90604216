import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { inflateBundlePage } from '../../bundle/member.js';
import { fieldOf } from '../../dataset/fields.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { fail } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import { tableBytes } from '../../report/table-file.js';
import { type Written, writeWhole } from '../../store/files.js';
import type { Dataset } from '../../store/rows.js';
import { openBytes } from '../../store/sealed-pages.js';
import { writeTable } from '../../store/table-file.js';
import { lacksOwnNotice, requireAgreed } from '../deal/uses.js';
import { bundleOf } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { KnownReasons } from '../session/known.js';
import { receivedList, replacedRecords } from '../session/list.js';
import { receivedRows } from '../session/stored-records.js';
import { requireNoPurge } from '../session/unfinished-purge.js';

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
}

/**
 * Writes received customers in the clear, for the buyer's own systems: each person once, with the record of the last bundle of the deal that
 * holds the person. The file is one that the person asked for by name; the store remembers its path and digest, so that a purge can name
 * it. Frozen records may be stored and secured, and nothing else (PIPL-47 ¶2): they are left out.
 *
 * @throws HandoverError EXTRACT_NONE, FILE_EXISTS, OWN_TEXT_MISSING, PURPOSE_DRIFT
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
  if (input.dryRun) return { ...facts, bytes: 0, sha256: null };
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
    return { ...facts, ...written };
  } finally {
    progress.end();
  }
}

/** Logged before the file can be seen: a copy in clear that nobody knows of would be worse than one that is named and never came. */
function remember(
  session: Session,
  { path, format, rows, frozen, fields }: Omit<ExtractResult, 'bytes' | 'sha256'>,
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

/** The dataset that is named, or all that came under the deal of the newest. @throws HandoverError EXTRACT_NONE, DATASET_UNKNOWN */
function receivedDatasets(session: Session, named: string | null): readonly Dataset[] {
  const { read } = session.workspace;
  const received = read
    .datasets()
    .filter(({ content, state }) => content === 'ndjson-gz' && state === 'kept');
  if (named === null) return receivedList(read, received.at(-1) ?? fail({ code: 'EXTRACT_NONE' }));
  return [received.find((d) => d.id === named || d.bundle === named) ?? fail({ code: 'DATASET_UNKNOWN' })];
}

/** Which records of a dataset are written. */
class Leaving {
  readonly dataset: Dataset;
  readonly #frozen: KnownReasons;
  /** By page, the records in whose place a later bundle put others. */
  readonly #replaced = new Map<number, ReadonlySet<number>>();

  constructor(session: Session, dataset: Dataset, list: readonly Dataset[]) {
    const { read } = session.workspace;
    this.dataset = dataset;
    this.#frozen = new KnownReasons(read, dataset, session.now, ['freeze']);
    const later = list.slice(list.indexOf(dataset));
    if (later.length === 1) return;
    for (const { dataset: of, number, replaced } of replacedRecords(read, later))
      if (of.id === dataset.id && replaced.length > 0) this.#replaced.set(number, new Set(replaced));
  }

  /** Whether all records of a page are written. */
  isWhole(page: number): boolean {
    return this.#frozen.isEmpty && !this.#replaced.has(page);
  }

  dispositionOf(page: number, tags: Uint8Array, record: number): 'rows' | 'frozen' | 'replaced' {
    if (this.#replaced.get(page)?.has(record) === true) return 'replaced';
    return this.#frozen.of(tags, record * TAG_BYTES) === 0 ? 'rows' : 'frozen';
  }
}

function countRows(session: Session, leaving: readonly Leaving[]): Pick<ExtractResult, 'rows' | 'frozen'> {
  const count = { rows: 0, frozen: 0, replaced: 0 };
  for (const each of leaving)
    for (const { number, records, tags } of session.workspace.read.pageTags(each.dataset.id))
      for (let i = 0; i < records; i++) count[each.dispositionOf(number, tags, i)]++;
  return { rows: count.rows, frozen: count.frozen };
}

/** The NDJSON of each page without what is left out, opened one at a time. */
async function* pagesOf(session: Session, leaving: readonly Leaving[]): AsyncGenerator<Buffer> {
  const { vault } = await session.keys();
  for (const each of leaving) {
    const { id, keyId, file } = each.dataset;
    const key = vault.get(keyId);
    for (const { number, sealed, records, tags } of session.workspace.read.pages(id)) {
      session.runtime.signal.throwIfAborted();
      const page = inflateBundlePage(openBytes(sealed, { dataset: id, number, tags }, key), file, records);
      const isWanted = (i: number): boolean => each.dispositionOf(number, tags, i) === 'rows';
      yield each.isWhole(number) ? page : linesLeft(page, isWanted);
      session.runtime.progress.advance(records);
    }
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
  columns: readonly string[],
  pages: AsyncIterable<Buffer>,
  lang: Lang,
  announce: (written: Written) => void,
): Promise<Written> {
  const { path, format, force } = input;
  const writing = { force, announce };
  if (format === 'ndjson') return writeWhole(path, pages, writing);
  const rows = rowsOf(pages, columns);
  if (format === 'sqlite') return writeTable(path, { table: 'customers', columns }, rows, writing);
  const headings = columns.map((name) => ({ heading: fieldOf(name)?.[lang] ?? name, width: 16 }));
  return writeWhole(path, tableBytes(format, 'customers', headings, rows), writing);
}

async function* rowsOf(pages: AsyncIterable<Buffer>, columns: readonly string[]) {
  for await (const page of pages)
    yield receivedRows(page).map((row) => columns.map((name) => row[name] ?? null));
}
