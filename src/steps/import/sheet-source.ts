import { tableLike } from '../../dataset/profile.js';
import type { DatasetKind, FurtherTable } from '../../messages/tables.js';
import { readSheetOpening, safeHeader, type Opening } from '../../dataset/header.js';
import { noFacts, type SheetFacts } from '../../dataset/workbook/sheet.js';
import { guessEncoding, type Encoding } from '../../dataset/encoding.js';
import { type MarkupFile, type MarkupTable, markupTables, tableText } from '../../dataset/workbook/markup.js';
import { openWorkbook, type Sheet, SheetReader } from '../../dataset/workbook/workbook.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { OpenFile } from '../../store/random-access.js';

/** What holds the sheet: a workbook, or a web page or an XML spreadsheet, which are often named as one. */
type SheetForm = 'xlsx' | 'html' | 'xml';

/** A sheet of a workbook that is read as a file of its own. */
export interface SheetSource {
  readonly form: SheetForm;
  /** As it may be shown. */
  readonly name: string;
  /** The other sheets that hold something, as they may be shown. */
  readonly others: readonly string[];
  /** The hidden ones of them that hold something and are passed over unless they are named. */
  readonly hidden: readonly string[];
  /** Those of both that look like a table beside the customer list, or a ledger. */
  readonly tables: readonly SheetTable[];
  /** Whether the workbook names other workbooks, of which nothing is read. */
  readonly hasLinks: boolean;
  /** Complete once the sheet was read. */
  readonly facts: SheetFacts;
  /** The rows as text, from the first to the last. */
  text(file: OpenFile): AsyncGenerator<Uint8Array, void, undefined>;
}

/** A sheet with the table that its columns look like. */
interface SheetTable {
  /** As it may be shown. */
  readonly name: string;
  readonly table: FurtherTable | 'consents';
}

/** Which sheet is meant. */
interface Meant {
  /** Its name. */
  readonly sheet?: string | undefined;
  readonly kind?: DatasetKind | undefined;
}

/** Whether a cell is the heading of a column that is looked for. */
type IsKnown = (cell: string) => boolean;

/** Enough of a sheet to see its header and what kind of table it is. */
const HEAD = 256 * 1024;

/** Columns that a sheet must have by name to be taken for what is looked for. */
const TELLING = 2;

interface Candidate {
  /** Its place among the sheets. */
  readonly index: number;
  readonly name: string;
  readonly opening: Opening;
  /** How many columns are known by their header. */
  readonly known: number;
}

/** A sheet that may be the one. */
interface Offered {
  /** As the file has it. */
  readonly name: string;
  /** Whether it is passed over unless it is named. */
  readonly hidden: boolean;
  /** The header; null where the sheet is empty. */
  open(): Promise<Pick<Candidate, 'opening' | 'known'> | null>;
}

/**
 * Opens the sheet that is meant: the one named, else the only one that holds something, else the only one that looks like it.
 *
 * @throws HandoverError WORKBOOK_…, CSV_…
 */
export async function openSheet(
  file: OpenFile,
  meant: Meant,
  isKnown: (cell: string) => boolean,
): Promise<{ readonly opening: Opening; readonly sheet: SheetSource }> {
  const workbook = await openWorkbook(file);
  const reader = new SheetReader(workbook);
  const offered = workbook.sheets.map((sheet) => ({
    name: sheet.name,
    hidden: sheet.hidden,
    open: () => openingOf(reader, sheet, isKnown),
  }));
  const { chosen, ...beside } = await chosenFrom(offered, meant);
  const [sheet, facts] = [workbook.sheets[chosen.index], noFacts()];
  if (sheet === undefined) return fail({ code: 'WORKBOOK_DAMAGED' });
  return {
    opening: chosen.opening,
    sheet: {
      form: 'xlsx',
      name: chosen.name,
      ...beside,
      hasLinks: workbook.hasLinks,
      facts,
      text: (again) =>
        new SheetReader({ ...workbook, file: again }).text(sheet, Object.assign(facts, noFacts())),
    },
  };
}

/** As {@link openSheet}, for the tables of a web page or an XML spreadsheet. */
export async function openMarkup(
  file: OpenFile,
  head: Uint8Array,
  kind: 'html' | 'xml',
  { encoding, ...meant }: Meant & { readonly encoding?: Encoding | undefined },
  isKnown: IsKnown,
): Promise<{ readonly opening: Opening; readonly sheet: SheetSource }> {
  const guess = guessEncoding(head, head.length === file.size, encoding);
  const from = { file, kind, encoding: guess.encoding, bom: guess.bom };
  const tables = await markupTables(from, HEAD);
  if (tables.length === 0) fail({ code: 'CSV_NOT_TEXT', kind });
  const offered = tables.map((table) => ({
    name: table.name,
    hidden: false,
    open: () => Promise.resolve(openingOfTable(table, isKnown)),
  }));
  const { chosen, ...beside } = await chosenFrom(offered, meant);
  const facts = noFacts();
  const textOf = (again: MarkupFile): AsyncGenerator<Uint8Array, void, undefined> => {
    facts.mergedCells = 0;
    return tableText(again, chosen.index, facts);
  };
  return {
    opening: chosen.opening,
    sheet: {
      form: kind,
      name: chosen.name,
      ...beside,
      hasLinks: false,
      facts,
      text: (again) => textOf({ ...from, file: again }),
    },
  };
}

/** Looks through the sheets for the one that is meant. */
async function chosenFrom(
  sheets: readonly Offered[],
  { sheet: wanted, kind }: Meant,
): Promise<{ readonly chosen: Candidate } & Pick<SheetSource, 'others' | 'hidden' | 'tables'>> {
  const found: Candidate[] = [];
  const hidden: Candidate[] = [];
  let problem: unknown;
  for (const [index, sheet] of sheets.entries()) {
    const name = safeHeader(sheet.name, index + 1);
    if (wanted !== undefined && !isNamed(sheet.name, wanted) && name !== wanted) continue;
    const isPassedOver = wanted === undefined && sheet.hidden;
    try {
      const opened = await sheet.open();
      if (opened !== null) (isPassedOver ? hidden : found).push({ index, name, ...opened });
    } catch (error) {
      if (isPassedOver) continue;
      if (!(error instanceof HandoverError) || wanted !== undefined) throw error;
      problem ??= error;
    }
  }
  const chosen = choose(
    found,
    sheets.map(({ name }) => name),
    { sheet: wanted, kind },
    problem,
  );
  const others = found.filter(({ index }) => index !== chosen.index);
  const tables = [...others, ...hidden].flatMap(({ name, opening }): readonly SheetTable[] => {
    const table = tableLike(opening.header);
    return table === null ? [] : [{ name, table }];
  });
  return { chosen, others: others.map(({ name }) => name), hidden: hidden.map(({ name }) => name), tables };
}

function choose(
  found: readonly Candidate[],
  sheets: readonly string[],
  { sheet: wanted, kind }: Meant,
  problem: unknown,
): Candidate {
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const names = (some: readonly string[]): string => some.map((name) => `“${name}”`).join(' ');
  if (wanted !== undefined && !sheets.some((sheet) => isNamed(sheet, wanted)))
    return fail({
      code: 'WORKBOOK_SHEET_UNKNOWN',
      sheets: names(sheets.map((name, index) => safeHeader(name, index + 1))),
    });
  if (only === undefined) {
    if (problem !== undefined) throw problem;
    return fail({ code: 'WORKBOOK_EMPTY' });
  }
  const telling = found.filter(({ known }) => known >= TELLING);
  const [chosen] = telling;
  if (chosen !== undefined && telling.length === 1) return chosen;
  // In a book of several tables each says by its columns what it is.
  if (kind !== undefined) {
    const wantedTable = kind === 'customers' || kind === 'archive' ? null : kind;
    const [alike, ...more] = telling.filter(({ opening }) => tableLike(opening.header) === wantedTable);
    if (alike !== undefined && more.length === 0) return alike;
  }
  return fail({
    code: 'WORKBOOK_SHEET_WHICH',
    sheets: names(found.map(({ name }) => name)),
    names: found.map(({ name }) => name),
  });
}

function isNamed(sheet: string, wanted: string): boolean {
  return sheet.normalize('NFC').trim() === wanted.normalize('NFC').trim();
}

async function openingOf(
  reader: SheetReader,
  sheet: Sheet,
  isKnown: IsKnown,
): Promise<Pick<Candidate, 'opening' | 'known'> | null> {
  const blocks: Uint8Array[] = [];
  let length = 0;
  for await (const block of reader.text(sheet)) {
    blocks.push(block);
    length += block.length;
    if (length > HEAD) break;
  }
  return openingOfText(Buffer.concat(blocks), length <= HEAD, isKnown);
}

function openingOfTable(
  { head, isWhole }: MarkupTable,
  isKnown: IsKnown,
): Pick<Candidate, 'opening' | 'known'> | null {
  return openingOfText(Buffer.from(head), isWhole, isKnown);
}

function openingOfText(
  head: Buffer,
  isWhole: boolean,
  isKnown: IsKnown,
): Pick<Candidate, 'opening' | 'known'> | null {
  if (head.toString().trim() === '') return null;
  const opening = readSheetOpening(head, isWhole, isKnown);
  return { opening, known: opening.header.filter(isKnown).length };
}
