import type { RandomAccess } from '../../base/random-access.js';
import { fail } from '../../messages/error.js';
import { type ArchiveEntry, entryBlocks, readArchive } from './archive.js';
import { type NumberFormat, numberFormat } from './number-format.js';
import { readSharedStrings, SharedStrings } from './shared-strings.js';
import { noFacts, type SheetFacts, sheetText } from './sheet.js';
import { walkXml } from './xml.js';

/** A sheet of a workbook. */
export interface Sheet {
  /** As it is on its tab. */
  readonly name: string;
  readonly hidden: boolean;
  readonly entry: ArchiveEntry;
}

/** A workbook (.xlsx, ECMA-376) whose parts were found; no cell is read. */
export interface Workbook {
  readonly file: RandomAccess;
  /** In the order of their tabs. */
  readonly sheets: readonly Sheet[];
  /** Whether it names other workbooks, of which nothing is read. */
  readonly hasLinks: boolean;
  readonly from1904: boolean;
  readonly strings: ArchiveEntry | null;
  readonly formats: readonly NumberFormat[];
  /** By the style number of a cell: whether its text is struck through. */
  readonly struck: readonly boolean[];
}

/** More sheets than this are no list of customers. */
const MAX_SHEETS = 255;

/** @throws HandoverError WORKBOOK_DAMAGED, WORKBOOK_LOCKED, WORKBOOK_BOMB, WORKBOOK_TOO_LARGE */
export async function openWorkbook(file: RandomAccess): Promise<Workbook> {
  const entries = await readArchive(file);
  const root = await relationsOf(file, entries, '');
  const path = root.find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  const relations = await relationsOf(file, entries, path);
  const byId = new Map(relations.map((relation) => [relation.id, relation.target]));
  const sheets: Sheet[] = [];
  let from1904 = false;
  await walkXml(entryBlocks(file, entryAt(entries, path)), {
    open: (name, at) => {
      if (name === 'workbookPr') from1904 = at['date1904'] === '1' || at['date1904'] === 'true';
      if (name !== 'sheet') return;
      const id = Object.entries(at).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      // Charts and macros have tabs of their own, and no cells.
      const entry = entries.get(byId.get(id) ?? '');
      if (entry === undefined || !/worksheet|sheet/i.test(entry.name)) return;
      if (sheets.length === MAX_SHEETS) fail({ code: 'WORKBOOK_DAMAGED' });
      const state = at['state'] ?? 'visible';
      sheets.push({ name: at['name'] ?? '', hidden: state !== 'visible', entry });
    },
    close: () => {},
  });
  const target = (kind: string): ArchiveEntry | null =>
    entries.get(relations.find(({ type }) => type.endsWith(`/${kind}`))?.target ?? '') ?? null;
  const styles = target('styles');
  return {
    file,
    sheets,
    hasLinks: [...entries.keys()].some((name) => name.includes('externalLinks/')),
    from1904,
    strings: target('sharedStrings'),
    ...(styles === null ? { formats: [], struck: [] } : await readStyles(entryBlocks(file, styles))),
  };
}

/** The text of sheets of one workbook; texts that they share are read once. */
export class SheetReader {
  readonly #workbook: Workbook;
  #strings: Promise<SharedStrings> | null = null;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  /**
   * A sheet as comma-separated text in UTF-8 (see {@link sheetText}).
   *
   * @param facts - filled while the sheet is read
   * @throws HandoverError WORKBOOK_DAMAGED, WORKBOOK_TOO_LARGE
   */
  async *text(sheet: Sheet, facts: SheetFacts = noFacts()): AsyncGenerator<Uint8Array, void, undefined> {
    const { file, strings, formats, struck, from1904 } = this.#workbook;
    this.#strings ??=
      strings === null ? Promise.resolve(new SharedStrings()) : readSharedStrings(entryBlocks(file, strings));
    const setup = { strings: await this.#strings, formats, struck, from1904 };
    yield* sheetText(entryBlocks(file, sheet.entry), setup, facts);
  }
}

interface Relation {
  readonly id: string;
  readonly type: string;
  /** Path in the archive. */
  readonly target: string;
}

async function relationsOf(
  file: RandomAccess,
  entries: ReadonlyMap<string, ArchiveEntry>,
  path: string,
): Promise<readonly Relation[]> {
  const slash = path.lastIndexOf('/') + 1;
  const folder = path.slice(0, slash);
  const entry = entries.get(`${folder}_rels/${path.slice(slash)}.rels`);
  if (entry === undefined) return [];
  const relations: Relation[] = [];
  await walkXml(entryBlocks(file, entry), {
    open: (name, at) => {
      // An external target is a file or page elsewhere. It is never opened.
      if (name === 'Relationship' && at['TargetMode'] !== 'External')
        relations.push({
          id: at['Id'] ?? '',
          type: at['Type'] ?? '',
          target: resolved(folder, at['Target'] ?? ''),
        });
    },
    close: () => {},
  });
  return relations;
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function entryAt(entries: ReadonlyMap<string, ArchiveEntry>, path: string): ArchiveEntry {
  return entries.get(path) ?? fail({ code: 'WORKBOOK_DAMAGED' });
}

/** Of each style that a cell may name its number format, and whether its font is struck through. */
async function readStyles(blocks: AsyncIterable<Uint8Array>): Promise<Pick<Workbook, 'formats' | 'struck'>> {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  const struck: boolean[] = [];
  const fonts: boolean[] = [];
  let [inCells, inFonts] = [false, false];
  await walkXml(blocks, {
    open: (name, at) => {
      if (name === 'numFmt') codes.set(Number(at['numFmtId']), at['formatCode'] ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'fonts') inFonts = true;
      else if (name === 'font' && inFonts) fonts.push(false);
      else if (name === 'strike' && inFonts)
        fonts[fonts.length - 1] = at['val'] !== '0' && at['val'] !== 'false';
      else if (name === 'xf' && inCells) {
        const id = Number(at['numFmtId'] ?? 0);
        formats.push(numberFormat(id, codes.get(id)));
        struck.push(fonts[Number(at['fontId'] ?? 0)] ?? false);
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
      if (name === 'fonts') inFonts = false;
    },
  });
  return { formats, struck };
}
