import { TagReasons } from '../../policy/tag-reasons.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { utf8 } from '../../base/bytes.js';
import { inflateBundlePage } from '../../bundle/member.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { openBytes } from '../../store/sealed-pages.js';
import type { Session } from '../session/session.js';
import { KnownReasons } from '../session/known.js';
import { SaidNo } from '../session/said-no.js';
import { replacedRecords } from '../session/list.js';
import { receivedRows } from '../session/stored-records.js';

/* Which rows a copy in the clear holds, and the lines of them. */

/** What becomes of a received row in a copy. */
type Disposition = 'rows' | 'frozen' | 'refused' | 'replaced';

/** Which rows of a dataset are written. */
interface LeavingRows {
  readonly dataset: Dataset;
  isWhole(page: number): boolean;
  dispositionOf(page: number, tags: Uint8Array, record: number): Disposition;
  /** Fields of a row that is written that are left empty: they serve only purposes to which the person says no. */
  emptied(tags: Uint8Array, record: number): readonly string[];
}

/** Records that are kept and may not be used. */
class Unused {
  readonly #frozen: KnownReasons;
  readonly #saidNo: SaidNo;
  readonly #table: string;

  constructor({ workspace: { read }, now }: Session, dataset: Dataset) {
    this.#frozen = new KnownReasons(read, dataset, now, ['freeze']);
    this.#saidNo = new SaidNo(read, dataset);
    this.#table = dataset.resource;
  }

  get isEmpty(): boolean {
    return this.#frozen.isEmpty && this.#saidNo.isEmpty && !this.#saidNo.isPartly;
  }

  emptied(tags: Uint8Array, record: number): readonly string[] {
    return this.#saidNo.emptied(tags, record, this.#table);
  }

  of(tags: Uint8Array, record: number): Exclude<Disposition, 'replaced'> {
    if (this.#frozen.of(tags, record * TAG_BYTES) !== 0) return 'frozen';
    return this.#saidNo.has(tags, record) ? 'refused' : 'rows';
  }
}

/** Which rows of a table are written: not those of a customer whom a later bundle brought once more. */
export class LeavingTable implements LeavingRows {
  readonly dataset: Dataset;
  readonly #unused: Unused;
  readonly #later = new TagReasons();

  constructor(session: Session, dataset: Dataset, later: readonly Dataset[]) {
    const { read } = session.workspace;
    this.dataset = dataset;
    this.#unused = new Unused(session, dataset);
    for (const { id } of later) for (const { tags } of read.pageTags(id)) this.#later.add(tags, 1);
  }

  isWhole(): boolean {
    return this.#unused.isEmpty && this.#later.size === 0;
  }

  dispositionOf(_: number, tags: Uint8Array, record: number): Disposition {
    if (this.#later.of(tags, record * TAG_BYTES) !== 0) return 'replaced';
    return this.#unused.of(tags, record);
  }

  emptied(tags: Uint8Array, record: number): readonly string[] {
    return this.#unused.emptied(tags, record);
  }
}

/** Which records of a dataset are written. */
export class Leaving implements LeavingRows {
  readonly dataset: Dataset;
  readonly #unused: Unused;
  /** By page, the records in whose place a later bundle put others. */
  readonly #replaced = new Map<number, ReadonlySet<number>>();

  constructor(session: Session, dataset: Dataset, list: readonly Dataset[]) {
    const { read } = session.workspace;
    this.dataset = dataset;
    this.#unused = new Unused(session, dataset);
    const later = list.slice(list.indexOf(dataset));
    if (later.length === 1) return;
    for (const { dataset: of, number, replaced } of replacedRecords(read, later))
      if (of.id === dataset.id && replaced.length > 0) this.#replaced.set(number, new Set(replaced));
  }

  /** Whether all records of a page are written. */
  isWhole(page: number): boolean {
    return this.#unused.isEmpty && !this.#replaced.has(page);
  }

  dispositionOf(page: number, tags: Uint8Array, record: number): Disposition {
    if (this.#replaced.get(page)?.has(record) === true) return 'replaced';
    return this.#unused.of(tags, record);
  }

  emptied(tags: Uint8Array, record: number): readonly string[] {
    return this.#unused.emptied(tags, record);
  }
}

/** How many rows are written, and how many are left out and why. */
interface RowCounts {
  readonly rows: number;
  readonly frozen: number;
  readonly refused: number;
}

/** Counts the records of datasets by what becomes of them in the copy. */
export function countRows(session: Session, leaving: readonly LeavingRows[]): RowCounts {
  const count = { rows: 0, frozen: 0, refused: 0, replaced: 0 };
  for (const each of leaving)
    for (const { number, records, tags } of session.workspace.read.pageTags(each.dataset.id))
      for (let i = 0; i < records; i++) count[each.dispositionOf(number, tags, i)]++;
  return { rows: count.rows, frozen: count.frozen, refused: count.refused };
}

/** The NDJSON of each page without what is left out, opened one at a time. */
export async function* pagesOf(session: Session, leaving: readonly LeavingRows[]): AsyncGenerator<Buffer> {
  const { vault } = await session.keys();
  for (const each of leaving) {
    const { id, keyId, file } = each.dataset;
    const key = vault.get(keyId);
    for (const { number, sealed, records, tags } of session.workspace.read.pages(id)) {
      session.runtime.signal.throwIfAborted();
      const page = inflateBundlePage(openBytes(sealed, { dataset: id, number, tags }, key), file, records);
      const isWanted = (i: number): boolean => each.dispositionOf(number, tags, i) === 'rows';
      yield each.isWhole(number) ? page : linesLeft(page, isWanted, (i) => each.emptied(tags, i));
      session.runtime.progress.advance(records);
    }
  }
}

/** The lines of a page that are wanted, with the fields of each that are to be empty emptied. */
function linesLeft(
  page: Buffer,
  isWanted: (line: number) => boolean,
  emptied: (line: number) => readonly string[],
): Buffer {
  const wanted: Uint8Array[] = [];
  let from = 0;
  for (let line = 0; from < page.length; line++) {
    const end = page.indexOf(NEWLINE, from) + 1;
    if (isWanted(line)) wanted.push(withoutFields(page.subarray(from, end), emptied(line)));
    from = end;
  }
  return Buffer.concat(wanted);
}

function withoutFields(line: Buffer, fields: readonly string[]): Uint8Array {
  if (fields.length === 0) return line;
  const [row = {}] = receivedRows(line);
  const left = Object.entries(row).map(([name, value]) => [name, fields.includes(name) ? null : value]);
  return utf8(`${JSON.stringify(Object.fromEntries(left))}\n`);
}

const NEWLINE = 0x0a;
