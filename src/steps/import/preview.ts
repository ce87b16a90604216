import type { DatasetKind } from '../../messages/tables.js';
import { isHeaderOf } from '../../dataset/profile.js';
import { basename } from 'node:path';
import { newSecretKey, type Random } from '../../base/crypto.js';
import type { Instant } from '../../base/time.js';
import type { DateOrder } from '../../dataset/dates.js';
import type { Encoding } from '../../dataset/encoding.js';
import { fieldOf } from '../../dataset/fields.js';
import type { Opening } from '../../dataset/header.js';
import { compileImport } from '../../dataset/import-chunk.js';
import type { CellCount, ImportedChunks } from '../../dataset/imported.js';
import { type DerivedColumn, mappedFields, type Mapping } from '../../dataset/mapping.js';
import { skippedColumns } from '../../dataset/mapping-draft.js';
import type { ImportedRecord } from '../../dataset/page.js';
import { type ColumnPreview, FilePreviewer } from '../../dataset/preview.js';
import { FIX_CLASSES, type FixClass } from '../../dataset/repair.js';
import { surveyColumns, type Survey } from '../../dataset/survey.js';
import type { FindingCode } from '../../messages/findings.js';
import type { Lang } from '../../messages/lang.js';
import type { Progress } from '../../report/progress.js';
import { compileLikeness, LIKENESSES, type Likeness, LikenessGroups } from '../../policy/likeness.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { findMapping, profileOf } from './mapping-choice.js';
import { NEEDED_TEXTS } from './head.js';
import type { ImportedSheet } from './result.js';
import { openSource, type SourceFile, SourceReading } from './source-file.js';

export interface PreviewInput {
  /** Absolute path. */
  readonly path: string;
  readonly kind: DatasetKind;
  readonly encoding?: Encoding;
  readonly mapping: string | null;
  readonly sheet?: string;
  readonly skipColumns: readonly string[];
  readonly dateOrder?: DateOrder;
}

/** What a preview is handed from outside. It needs no workspace. */
export interface PreviewRuntime {
  readonly now: () => Instant;
  readonly random: Random;
  readonly lang: Lang;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Files that were imported before, whose mapping may be taken. */
  readonly known: readonly Dataset[];
}

/** A file as import would read it; nothing of it is stored. */
export interface FilePreview {
  readonly kind: DatasetKind;
  readonly file: string;
  readonly bytes: number;
  readonly opening: Pick<Opening, 'encoding' | 'bom' | 'evidence' | 'delimiter' | 'headerLine' | 'width'>;
  readonly sheet: ImportedSheet | null;
  /** Cells of the header. */
  readonly headerCells: number;
  readonly widths: readonly { readonly cells: number; readonly rows: number }[];
  readonly columns: readonly ColumnPreview[];
  readonly derived: readonly DerivedColumn[];
  /** Fields without which the file cannot be imported, and that no column has. */
  readonly missing: readonly string[];
  readonly mapping: { readonly used: boolean; readonly like: string | null };
  /** rows = records + rejected + blank. */
  readonly counts: Pick<ImportedChunks, 'rows' | 'records' | 'rejected' | 'blank' | 'aside'>;
  readonly rejectedBy: Readonly<Partial<Record<FindingCode, number>>>;
  /** Cells and rows that could be mended, by class. */
  readonly mendable: Readonly<Partial<Record<FixClass, number>>>;
  /** What is said of the whole file. */
  readonly notes: readonly FindingCode[];
  /** Persons under different numbers who look like one, or share something: of a customer file. */
  readonly likenesses: readonly Likeness[];
}

/**
 * Reads a file as {@link importFile} would, by the same reader, and says what is in it.
 *
 * @throws HandoverError FILE_…, CSV_…, MAPPING_…, WORKBOOK_…
 */
export async function previewFile(runtime: PreviewRuntime, input: PreviewInput): Promise<FilePreview> {
  const source = await openSource(input.path, input, isHeaderOf(profileOf(input)));
  const { drafted, used, like } = findMapping(runtime, source, input);
  const { mapping, missing } = drafted;
  const { opening } = source;
  const survey = surveyColumns(
    mapping,
    opening.headerLine,
    opening.sample,
    input.dateOrder ?? null,
    skippedColumns({ header: opening.header, skip: input.skipColumns }),
  );
  const previewer = new FilePreviewer(mapping);
  const groups = new LikenessGroups();
  const total = new Totals(opening.titles.length);
  await readThrough(runtime, { source, mapping, survey, previewer, groups, total });
  return {
    kind: input.kind,
    file: basename(input.path),
    bytes: source.bytes,
    opening,
    sheet: source.sheet,
    headerCells: opening.header.length,
    widths: previewer.widths(),
    columns: previewer.columns(total.cellCounts()),
    derived: mapping.derived,
    missing,
    mapping: { used, like },
    counts: total.counts,
    rejectedBy: total.rejectedBy,
    mendable: total.mendable,
    notes: [...mapping.findings, ...survey.findings].map(({ code }) => code),
    likenesses: input.kind === 'customers' ? LIKENESSES.flatMap((by) => groups.of(by) ?? []) : [],
  };
}

/** What looks at a file while it is read. */
interface Looking {
  readonly source: SourceFile;
  readonly mapping: Mapping;
  readonly survey: Survey;
  readonly previewer: FilePreviewer;
  readonly groups: LikenessGroups;
  readonly total: Totals;
}

async function readThrough(
  { now, random, lang, progress, signal }: PreviewRuntime,
  { source, mapping, survey, previewer, groups, total }: Looking,
): Promise<void> {
  const reading = new SourceReading(source);
  const { delimiter, isSheet, dataLine, width, headerRows } = source.opening;
  const importChunks = compileImport({
    mapping,
    encoding: reading.encoding,
    delimiter,
    isSheet,
    dataLine,
    width,
    headerRows,
    hints: survey.hints,
    fixes: [],
    needed: NEEDED_TEXTS,
    tagKey: newSecretKey(random),
    now: now(),
    lang,
  });
  const likeness = compileLikeness(mappedFields(mapping).map((name) => fieldOf(name)?.name ?? null));
  let line = 0;
  const onRecord = (record: ImportedRecord) => {
    previewer.addRecord(record);
    if (mapping.profile.id === 'customers') groups.add(likeness(record), line);
  };
  const onRow = (cells: readonly string[], at: number) => {
    line = at;
    previewer.addRow(cells);
  };
  progress.start('read', source.sheet === null ? source.bytes : undefined);
  try {
    for await (const page of reading.pages()) {
      signal.throwIfAborted();
      const found = importChunks(page.chunks, onRecord, undefined, onRow);
      total.add(found);
      reading.giveBack(page.room);
      progress.advance(
        page.chunks.reduce((sum, { bytes }) => sum + bytes.length, 0),
        found.rows,
      );
    }
  } finally {
    progress.end();
  }
}

/** What all pages of a file add up to. */
class Totals {
  readonly counts: { rows: number; records: number; rejected: number; blank: number; aside: number };
  readonly rejectedBy: Partial<Record<FindingCode, number>> = {};
  readonly mendable: Partial<Record<FixClass, number>> = {};
  readonly #cells = new Map<string, CellCount>();

  /** @param aside - lines above the header */
  constructor(aside: number) {
    this.counts = { rows: 0, records: 0, rejected: 0, blank: 0, aside };
  }

  add(found: ImportedChunks): void {
    for (const key of ['rows', 'records', 'rejected', 'blank', 'aside'] as const)
      this.counts[key] += found[key];
    for (const { code } of found.rejectedRows) this.rejectedBy[code] = (this.rejectedBy[code] ?? 0) + 1;
    for (const fix of FIX_CLASSES)
      if (found.mendable[fix] !== undefined)
        this.mendable[fix] = (this.mendable[fix] ?? 0) + found.mendable[fix];
    for (const count of found.cellCounts) {
      const key = `${count.code} ${count.column}`;
      this.#cells.set(key, { ...count, cells: count.cells + (this.#cells.get(key)?.cells ?? 0) });
    }
  }

  cellCounts(): readonly CellCount[] {
    return [...this.#cells.values()];
  }
}
