import { readSheetOpening, safeHeader, type Opening } from '../../dataset/header.js';
import { noFacts, type SheetFacts } from '../../dataset/workbook/sheet.js';
import { openWorkbook, type Sheet, SheetReader, type Workbook } from '../../dataset/workbook/workbook.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { OpenFile } from '../../store/random-access.js';

/** A sheet of a workbook that is read as a file of its own. */
export interface SheetSource {
  /** As it may be shown. */
  readonly name: string;
  /** The other sheets that hold something, as they may be shown. */
  readonly others: readonly string[];
  /** Whether the workbook names other workbooks, of which nothing is read. */
  readonly hasLinks: boolean;
  /** Complete once the sheet was read. */
  readonly facts: SheetFacts;
  /** The rows as text, from the first to the last. */
  text(file: OpenFile): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Enough of a sheet to see its header and what kind of table it is. */
const HEAD = 256 * 1024;

/** Columns that a sheet must have by name to be taken for what is looked for. */
const TELLING = 2;

interface Candidate {
  readonly sheet: Sheet;
  readonly name: string;
  readonly opening: Opening;
  /** How many columns are known by their header. */
  readonly known: number;
}

/**
 * Opens the sheet that is meant: the one named, else the only one that holds something, else the only one that looks like it.
 *
 * @throws HandoverError WORKBOOK_…, CSV_…
 */
export async function openSheet(
  file: OpenFile,
  wanted: string | undefined,
  isKnown: (cell: string) => boolean,
): Promise<{ readonly opening: Opening; readonly sheet: SheetSource }> {
  const workbook = await openWorkbook(file);
  const reader = new SheetReader(workbook);
  const found: Candidate[] = [];
  let problem: unknown;
  for (const [index, sheet] of workbook.sheets.entries()) {
    const name = safeHeader(sheet.name, index + 1);
    if (wanted !== undefined && !isNamed(sheet, wanted) && name !== wanted) continue;
    if (wanted === undefined && sheet.hidden) continue;
    try {
      const opening = await openingOf(reader, sheet, isKnown);
      if (opening !== null) found.push({ sheet, name, ...opening });
    } catch (error) {
      if (!(error instanceof HandoverError) || wanted !== undefined) throw error;
      problem ??= error;
    }
  }
  const chosen = choose(found, workbook, wanted, problem);
  const others = found.filter(({ sheet }) => sheet !== chosen.sheet).map(({ name }) => name);
  return { opening: chosen.opening, sheet: sourceOf(workbook, chosen, others) };
}

function choose(
  found: readonly Candidate[],
  { sheets }: Workbook,
  wanted: string | undefined,
  problem: unknown,
): Candidate {
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const names = (some: readonly string[]): string => some.map((name) => `“${name}”`).join(' ');
  if (wanted !== undefined && !sheets.some((sheet) => isNamed(sheet, wanted)))
    return fail({
      code: 'WORKBOOK_SHEET_UNKNOWN',
      sheets: names(sheets.map(({ name }, index) => safeHeader(name, index + 1))),
    });
  if (only === undefined) {
    if (problem !== undefined) throw problem;
    return fail({ code: 'WORKBOOK_EMPTY' });
  }
  const telling = found.filter(({ known }) => known >= TELLING);
  const [chosen] = telling;
  if (chosen !== undefined && telling.length === 1) return chosen;
  return fail({ code: 'WORKBOOK_SHEET_WHICH', sheets: names(found.map(({ name }) => name)) });
}

function sourceOf(workbook: Workbook, { sheet, name }: Candidate, others: readonly string[]): SheetSource {
  const facts = noFacts();
  return {
    name,
    others,
    hasLinks: workbook.hasLinks,
    facts,
    text: (file) => new SheetReader({ ...workbook, file }).text(sheet, Object.assign(facts, noFacts())),
  };
}

function isNamed(sheet: Sheet, wanted: string): boolean {
  return sheet.name.normalize('NFC').trim() === wanted.normalize('NFC').trim();
}

/** The header of a sheet; null where the sheet is empty. */
async function openingOf(
  reader: SheetReader,
  sheet: Sheet,
  isKnown: (cell: string) => boolean,
): Promise<{ readonly opening: Opening; readonly known: number } | null> {
  const blocks: Uint8Array[] = [];
  let length = 0;
  for await (const block of reader.text(sheet)) {
    blocks.push(block);
    length += block.length;
    if (length > HEAD) break;
  }
  const head = Buffer.concat(blocks);
  const isWhole = length <= HEAD;
  if (head.toString().trim() === '') return null;
  const opening = readSheetOpening(head, isWhole, isKnown);
  return { opening, known: opening.header.filter(isKnown).length };
}
