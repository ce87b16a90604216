import type { SecretKey } from '../base/crypto.js';
import { TagBlocks } from '../base/tagger.js';
import { TextBlock } from '../base/text-block.js';
import { dayOf, type Instant } from '../base/time.js';
import { FINDING_SEVERITY, type FindingCode } from '../messages/findings.js';
import type { Lang } from '../messages/lang.js';
import type { Chunk } from './chunks.js';
import { compileDecode, type Encoding } from './encoding.js';
import { type Finding, findingOf } from './finding.js';
import type { ValueKind } from './kinds.js';
import { fenPerUnit, lineColumnOf, type Mapping } from './mapping.js';
import { maskValue } from './mask.js';
import type { Normaliser } from './normaliser.js';
import { type ImportedRecord, recordText } from './page.js';
import { rejectRow } from './rejects.js';
import { forEachRow, type RowVisit } from './rows.js';
import { cleanCell, isOdd, normaliserOf } from './values.js';

/** Everything that an import of one file depends on. Structured-cloneable, so that a worker can be sent it. */
export interface ImportSetup {
  readonly mapping: Mapping;
  /** Of the chunks: {@link Chunker.encoding}. */
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** The first line behind the header; rows that begin before it are no data. */
  readonly dataLine: number;
  /** Key of the subject tags of this workspace. */
  readonly tagKey: SecretKey;
  readonly now: Instant;
  /** Language of the reject rows. */
  readonly lang: Lang;
}

/** What became of the chunks of one page. rows = records + rejected + blank, always. */
export interface ImportedChunks {
  /** Data rows read. */
  readonly rows: number;
  /** Rows without a single value. */
  readonly blank: number;
  readonly records: number;
  readonly rejected: number;
  /**
   * The records as UTF-8: cells joined by U+001F, each record ended by U+001E. Not compressed, not sealed, and in memory that the next
   * page uses again.
   */
  readonly page: Uint8Array;
  /** 16 bytes a record: its subject tag. */
  readonly tags: Uint8Array;
  /** At most {@link MAX_FINDINGS}, in order; `counts` has them all. */
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Partial<Record<FindingCode, number>>>;
  /** Rejected rows by the code of their first error; the numbers add up to `rejected`. */
  readonly rejectedBy: Readonly<Partial<Record<FindingCode, number>>>;
  /** Where each rejected row began, with the code of its first error. */
  readonly rejectedRows: readonly RejectedRow[];
  /** The lines of another file that rows of this one bring back, if this is a reject file. */
  readonly broughtBack: readonly number[];
  /** CSV text of the rejected rows, without header: it holds customers, and goes to the reject file only. */
  readonly rejects: string;
  /** The first records of the file, masked for a screen, in the order of the columns; only of chunk 0. */
  readonly samples: readonly (readonly string[])[];
}

/** A row that was rejected: where it began, and the code of its first error. */
interface RejectedRow {
  readonly line: number;
  readonly code: FindingCode;
}

/** Findings kept per page; all are counted. */
export const MAX_FINDINGS = 1000;
const SAMPLES = 3;

/** The last of `blocks` is that of the record's subject. */
type RecordListener = (record: ImportedRecord, blocks: TagBlocks) => void;

/** Sees a rejected row whose cells and customer number could be read: what could not be read of it is ''. */
type RejectListener = (cells: readonly string[], subject: string) => void;

interface Column {
  readonly index: number;
  readonly field: string;
  readonly kind: ValueKind;
  readonly normalise: Normaliser;
}

/**
 * Compiles the import of one file: the function returned turns the chunks of a page into records. Pure; runs in workers. One bad
 * row never stops the next.
 *
 * `onRecord` sees each record while it is at hand, with the tag blocks so far; the array is used again for the next one. So does `onReject`
 * with what could be read of a rejected row.
 *
 * @throws HandoverError CSV_BAD_BYTES, from the function returned
 */
export function compileImport(
  setup: ImportSetup,
): (chunks: readonly Chunk[], onRecord?: RecordListener, onReject?: RejectListener) => ImportedChunks {
  const { mapping, delimiter, dataLine, lang } = setup;
  const decode = compileDecode(setup.encoding);
  const width = mapping.columns.length;
  const columns = importedColumns(mapping, dayOf(setup.now));
  const subject = columns.findIndex((column) => column.field === mapping.profile.subject);
  const labels = new Map(mapping.profile.fields.map((field) => [field.name, field[lang]]));
  const label = (field: string) => labels.get(field) ?? '';
  const lineColumn = lineColumnOf(mapping);
  const page = new TextBlock();
  const blocks = new TagBlocks();

  // The page at hand. The functions below are made once for all pages, because V8 optimises each function that is made anew once more.
  let listen: RecordListener | undefined;
  let listenToRejects: RejectListener | undefined;
  let samples: string[][] = [];
  let findings: Finding[] = [];
  let counts: Partial<Record<FindingCode, number>> = {};
  let rejectedBy: Partial<Record<FindingCode, number>> = {};
  let rejectedRows: RejectedRow[] = [];
  let broughtBack: number[] = [];
  let rejects = '';
  let rows = 0;
  let blank = 0;
  let rejected = 0;

  // The chunk at hand: its position in the file, and whether its cells need a closer look.
  let index = 0;
  let odd = false;

  // The row at hand.
  const out: string[] = columns.map(() => '');
  let line = 0;
  let column: Column | undefined;
  let rowFindings: Finding[] = [];
  let bad = false;
  const add = (finding: Finding) => {
    rowFindings.push(finding);
    counts[finding.code] = (counts[finding.code] ?? 0) + 1;
    if (findings.length < MAX_FINDINGS) findings.push(finding);
    if (FINDING_SEVERITY[finding.code] === 'error') bad = true;
  };
  const note = (code: FindingCode) =>
    add(findingOf(code, line, column === undefined ? 0 : column.index + 1, column?.field ?? ''));

  const normaliseRow = (cells: readonly string[]) => {
    for (let i = 0; i < columns.length; i++) {
      column = columns[i];
      if (column === undefined) continue;
      const raw = cells[column.index] ?? '';
      const cell = raw === '' ? '' : cleanCell(raw, odd, note);
      out[i] = cell === '' ? '' : column.normalise(cell, note);
    }
    column = columns[subject];
    if (isSummary(cells, out[subject] ?? '')) {
      column = undefined;
      note('ROW_SUMMARY');
    } else if (out[subject] === '') note('ID_MISSING');
  };

  const visit: RowVisit = (cells, begin, stray) => {
    if (begin < dataLine) return;
    rows++;
    line = begin;
    if (bad || rowFindings.length > 0) {
      bad = false;
      rowFindings = [];
    }
    let isRead = false;
    if (stray > 0) {
      const field = mapping.columns[stray - 1]?.field ?? '';
      add(findingOf('CSV_QUOTE_STRAY', line, stray, field));
    } else if ((cells[0] ?? '').trim() === '' && isBlank(cells)) {
      blank++;
      return;
    } else if (cells.length < width || (cells.length > width && !isBlank(cells.slice(width)))) {
      add({ ...findingOf('ROW_CELLS', line), expected: width, got: cells.length });
    } else {
      normaliseRow(cells);
      isRead = true;
    }
    if (lineColumn !== null) {
      const back = (cells[lineColumn] ?? '').trim();
      if (LINE.test(back)) broughtBack.push(Number(back));
    }
    if (bad) {
      rejected++;
      const first = rowFindings.find((finding) => FINDING_SEVERITY[finding.code] === 'error');
      if (first !== undefined) {
        rejectedBy[first.code] = (rejectedBy[first.code] ?? 0) + 1;
        rejectedRows.push({ line, code: first.code });
      }
      rejects += rejectRow(cells, width, line, rowFindings, label, lang);
      const person = out[subject] ?? '';
      if (isRead && person !== '') listenToRejects?.(out, person);
      return;
    }
    blocks.add(out[subject] ?? '');
    listen?.(out as readonly string[] as ImportedRecord, blocks);
    page.add(recordText(out));
    if (index === 0 && samples.length < SAMPLES)
      samples.push(out.map((value, i) => maskValue(columns[i]?.kind ?? 'text', value)));
  };

  return (chunks, onRecord, onReject) => {
    listen = onRecord;
    listenToRejects = onReject;
    samples = [];
    findings = [];
    counts = {};
    rejectedBy = {};
    rejectedRows = [];
    broughtBack = [];
    rejects = '';
    rows = 0;
    blank = 0;
    rejected = 0;
    page.clear();
    blocks.clear();
    for (const { bytes, kind, firstLine, ...chunk } of chunks) {
      const text = decode(bytes, { firstLine, delimiter });
      index = chunk.index;
      odd = isOdd(text);
      forEachRow(text, { delimiter, kind, firstLine }, visit);
    }
    return {
      rows,
      blank,
      records: rows - rejected - blank,
      rejected,
      page: page.take(),
      tags: blocks.tags(setup.tagKey),
      findings,
      counts,
      rejectedBy,
      rejectedRows,
      broughtBack,
      rejects,
      samples,
    };
  };
}

/** A number of a line as a reject file has it. */
const LINE = /^[1-9]\d{0,9}$/;

function importedColumns(mapping: Mapping, today: ReturnType<typeof dayOf>): Column[] {
  const kinds = new Map(mapping.profile.fields.map((field) => [field.name, field.kind]));
  return mapping.columns.flatMap(({ index, field, header }) => {
    if (field === null) return [];
    const kind = kinds.get(field) ?? 'text';
    return [{ index, field, kind, normalise: normaliserOf(kind, { today, fen: fenPerUnit(header) }) }];
  });
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}

const SUMMARY =
  /^(合计|总计|小计|共计|累计|本页合计|总数|total|subtotal|sum|grand total)\s*[:\uff1a]?\s*\d*$/i;

/** A row of totals: the word stands in one of the first cells, and no customer number beside it. */
function isSummary(cells: readonly string[], subject: string): boolean {
  if (subject !== '') {
    // Real numbers begin with a digit or a capital as a rule; the words do not take longer than this to rule out.
    const first = subject.charCodeAt(0);
    return (
      (first > 0x2e80 ||
        first === 0x74 ||
        first === 0x54 ||
        first === 0x73 ||
        first === 0x53 ||
        first === 0x67) &&
      SUMMARY.test(subject)
    );
  }
  return cells.slice(0, 4).some((cell) => SUMMARY.test(cell.trim()));
}
