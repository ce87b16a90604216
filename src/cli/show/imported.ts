import { type FurtherTable, isFurtherTable, tableWords } from '../../messages/tables.js';
import { tableScreen } from '../../messages/screens/tables.js';
import { sumsText } from '../../report/table-sums.js';
import { FIELDS } from '../../dataset/fields.js';
import { kindOfColumn, CONSENT_COLUMNS } from '../../dataset/consent-columns.js';
import { FIX_CLASSES, type FixClass } from '../../dataset/repair.js';
import { evidenceText } from '../../messages/evidence.js';
import {
  FINDING_SEVERITY,
  type FindingCode,
  type FindingSeverity,
  findingText,
} from '../../messages/findings.js';
import type { Lang } from '../../messages/lang.js';
import { punctuation } from '../../messages/punctuation.js';
import { archiveWords } from '../../messages/screens/archive.js';
import { findingGist } from '../../messages/screens/findings.js';
import { importWords } from '../../messages/screens/import.js';
import { listWords } from '../../messages/screens/list.js';
import { valueLabel } from '../../report/labels.js';
import { grouped } from '../../report/numbers.js';
import type { Fact, Screen } from '../../report/screen.js';
import type { ImportResult } from '../../steps/import/import.js';
import type { ImportedSheet } from '../../steps/import/result.js';
import type { CommandContext } from '../context.js';
import { reasonsList } from './accounting.js';
import { basisText } from './restraint.js';

/** Findings that are shown with their place; the rest is in the reject file. */
const PLACES = 5;

/** What was read, how it was understood, and where every row went. */
export function drawImport(screen: Screen, result: ImportResult, context: CommandContext): void {
  const { lang } = context;
  screen.facts([
    fileFact(result, lang),
    ...sheetFact(result.sheet, lang),
    ...samplesFact(result, lang),
    ...columnFacts(result, context),
    resultFact(result, lang),
    ...cabinetFacts(result, lang),
    ...(isFurtherTable(result.kind) ? sumsFacts(result.kind, result.sums, lang) : listFact(result, lang)),
    ...rejectsFact(result, context),
    ...placesFact(result, lang),
    ...leftOutFact(result, lang),
    ...mendableFact(result.mendable, lang),
    ...asideFact(result, lang),
    ...notesFact(result, lang),
    ...changesFact(result, lang),
  ]);
  warnOf(screen, result, lang);
}

/** What a person has to look at before the file counts. */
function warnOf(screen: Screen, result: ImportResult, lang: Lang): void {
  const words = importWords[lang];
  if (result.erasedBefore > 0) screen.warn(words.erasedBefore(grouped(result.erasedBefore)));
  if (result.spelledAlike > 0) screen.warn(words.spelledAlike(result.spelledAlike));
  for (const { code, column, got } of result.findings)
    if (code === 'HEADER_NO_WORDS')
      screen.warn(words.noWords(result.columns[column - 1]?.shown ?? '', grouped(got ?? 0)));
  if (result.unreadNoes > 0) screen.warn(words.unreadNoes(grouped(result.unreadNoes)));
  if (result.undated > 0) screen.warn(words.undated(grouped(result.undated)));
  else if (result.isManyRejected) screen.warn(words.manyRejected);
}

/** Which file it is, how it was read and why so, and its shape. */
function fileFact({ kind, archive, sheet, file, opening, columns }: ImportResult, lang: Lang): Fact {
  const words = importWords[lang];
  const label = isFurtherTable(kind)
    ? tableWords[lang][kind].name
    : archive !== null
      ? archiveWords[lang].label
      : kind === 'consents'
        ? words.ledger
        : words.file;
  if (sheet !== null)
    return [label, words.sheetText[sheet.form](file, sheet.name), words.sheetShape(columns.length)];
  const why = opening.evidence.map((evidence) => evidenceText(evidence, lang)).join(words.comma);
  return [
    label,
    words.fileText(file, opening.encoding, opening.bom > 0, why),
    words.shape(words.delimiters[opening.delimiter], columns.length),
  ];
}

/** How many columns were understood, by which mapping, and which were not. */
function columnFacts({ columns, derived, mapping }: ImportResult, context: CommandContext): readonly Fact[] {
  const { lang, dryRun } = context;
  const words = importWords[lang];
  const joined = new Set(derived.flatMap((each) => each.columns));
  const unknown = columns.filter(
    ({ index, field, also }) => field === null && also === undefined && !joined.has(index),
  );
  return [
    [
      words.mapped,
      words.mappedText(columns.length - unknown.length, unknown.length),
      dryRun && !mapping.used
        ? words.wouldMap(context.shown(mapping.path))
        : words.mapping(context.shown(mapping.path), mapping.used),
      ...(mapping.like === null ? [] : [words.mappingLike(mapping.like)]),
    ],
    ...(unknown.length === 0
      ? []
      : [
          [
            words.unknown,
            { items: unknown.map((column) => column.shown), between: punctuation[lang].list },
          ] as const,
        ]),
  ];
}

/** Where every row went, as a sum. */
function resultFact({ counts }: ImportResult, lang: Lang): Fact {
  const words = importWords[lang];
  const { rows, records, rejected, blank } = counts;
  return [
    words.result,
    words.balance(
      grouped(rows),
      grouped(records),
      grouped(rejected),
      grouped(blank),
      rows === records + rejected + blank,
    ),
  ];
}

/** Where the rows lie that could not be used. */
function rejectsFact({ rejects, counts }: ImportResult, context: CommandContext): readonly Fact[] {
  if (rejects === null) return [];
  const { lang, dryRun } = context;
  const words = importWords[lang];
  const text = dryRun ? words.wouldReject : words.rejectsText;
  return [
    [
      words.rejects,
      text(grouped(rejects.rows), context.shown(rejects.path)),
      ...(rejects.workbook === null ? [] : [words.rejectBook(context.shown(rejects.workbook))]),
      reasonsList(counts.rejectedBy, lang),
    ],
  ];
}

/** Why an archive is kept and until when, and who is in the other cabinet as well. */
function cabinetFacts({ archive, otherCabinet }: ImportResult, lang: Lang): readonly Fact[] {
  const words = archiveWords[lang];
  const persons = grouped(otherCabinet);
  if (archive === null)
    return otherCabinet === 0 ? [] : [[words.returned, words.returnedText(persons)] as const];
  const { basis, since, until } = archive;
  return [
    [
      words.why,
      words.kept(basisText(basis, lang), since, until),
      words.apart,
      ...(otherCabinet === 0 ? [] : [words.customers(persons)]),
    ],
  ];
}

/** What the rows of a table add up to, and the amounts in those that were rejected. */
function sumsFacts(table: FurtherTable, sums: ImportResult['sums'], lang: Lang): readonly Fact[] {
  if (sums === null) return [];
  const words = tableScreen[lang];
  const { records, same, rejected } = sums;
  return [
    [
      words.sums,
      sumsText(table, records, lang),
      ...(same === 0 ? [] : [words.once(grouped(same))]),
      ...(rejected.rows === 0 ? [] : [words.rejected(sumsText(table, rejected, lang))]),
    ],
  ];
}

/** What a sheet looks like that was not read. */
export function sheetTableName(table: FurtherTable | 'consents', lang: Lang): string {
  return table === 'consents' ? importWords[lang].workbook.ledger : tableWords[lang][table].name;
}

/** What is in a workbook that a table has not, as far as there is any. */
function sheetFact(sheet: ImportedSheet | null, lang: Lang): readonly Fact[] {
  if (sheet === null) return [];
  const words = importWords[lang].workbook;
  const { facts, others, hidden, tables, hasLinks } = sheet;
  const said = (count: number, text: (count: string) => string): readonly string[] =>
    count === 0 ? [] : [text(grouped(count))];
  const lines = [
    ...(others.length === 0 ? [] : [words.others(others.join(punctuation[lang].list))]),
    ...(hidden.length === 0 ? [] : [words.hiddenSheets(hidden.join(punctuation[lang].list))]),
    ...tables.map(({ name, table }) => words.alike(name, sheetTableName(table, lang))),
    ...said(facts.hiddenRows, words.hiddenRows),
    ...said(facts.hiddenColumns, words.hiddenColumns),
    ...said(facts.struckRows, (count) => words.struckRows(count, grouped(facts.firstStruck))),
    ...said(facts.mergedCells, words.mergedCells),
    ...said(facts.formulas, words.formulas),
    ...said(facts.unvalued, words.unvalued),
    ...said(facts.outside, (count) => words.outside(count, facts.firstOutside ?? '')),
    ...(hasLinks ? [words.links] : []),
  ];
  const [first, ...more] = lines;
  return first === undefined ? [] : [[words.label, first, ...more]];
}

/** What the file does to the customer list, and who is in it more than once. */
function listFact({ relation, relatesTo, difference, counts }: ImportResult, lang: Lang): readonly Fact[] {
  if (relation === null) return [];
  const words = listWords[lang];
  const { same, different, orders } = counts.repeats ?? { same: 0, different: 0, orders: 0 };
  const stands =
    difference === null || relatesTo === null
      ? words.first
      : words.relatesTo(words.relations[relation], relatesTo);
  return [
    [
      words.list,
      stands,
      ...(difference === null
        ? []
        : [
            words.difference(
              grouped(difference.added),
              grouped(difference.changed),
              grouped(difference.unchanged),
            ),
            words.gone[relation](grouped(difference.gone)),
          ]),
    ],
    ...(orders === 0 ? [] : [[words.orders, words.ordersText(grouped(orders))] as const]),
    ...(same + different === 0
      ? []
      : [[words.repeats, words.repeatsText(grouped(same), grouped(different))] as const]),
  ];
}

function samplesFact({ samples, sampleFields, kind, sheet }: ImportResult, lang: Lang): readonly Fact[] {
  if (samples.length === 0) return [];
  const words = importWords[lang];
  const shown = samples.slice(0, 2).map((cells) =>
    cells
      .map((cell, i) => valueLabel(kindOfColumn(kind, sampleFields[i] ?? ''), cell, lang))
      .filter((cell) => cell !== '')
      .slice(0, 5)
      .join('  '),
  );
  return [[words.samples, ...shown, ...(sheet === null ? [words.wrong] : [])]];
}

/** The first faulty places, so that a person can look at once. */
function placesFact({ findings, counts }: ImportResult, lang: Lang): readonly Fact[] {
  const words = importWords[lang];
  const errors = findings.filter((finding) => finding.severity === 'error' || finding.severity === 'cell');
  if (errors.length === 0) return [];
  const shown = errors
    .slice(0, PLACES)
    .map(({ line, column, code }) => words.place(line, column, findingGist(code, lang)));
  const more = counts.rejected - PLACES;
  return [[words.places, ...shown, ...(more > 0 ? [words.morePlaces(grouped(more))] : [])]];
}

/** Cells that could not be used while their row stayed, by column and reason. */
function leftOutFact({ leftOut, kind }: ImportResult, lang: Lang): readonly Fact[] {
  if (leftOut.length === 0) return [];
  const words = importWords[lang];
  const lines = leftOut.map(({ column, field, code, cells }) =>
    words.leftOutText(column, columnLabel(kind, field, lang), grouped(cells), findingGist(code, lang)),
  );
  return [[words.leftOut, ...lines.slice(0, LEFT_OUT), ...(lines.length > LEFT_OUT ? [words.more] : [])]];
}

/** What could be mended without guessing, and how to say so. */
export function mendableFact(
  mendable: Readonly<Partial<Record<FixClass, number>>>,
  lang: Lang,
): readonly Fact[] {
  const words = importWords[lang];
  const lines = FIX_CLASSES.flatMap((fix) =>
    mendable[fix] === undefined ? [] : [words.fixes[fix](grouped(mendable[fix]))],
  );
  return lines.length === 0 ? [] : [[words.mendable, ...lines]];
}

/** Lines of the list of left-out cells. */
const LEFT_OUT = 12;

function columnLabel(kind: ImportResult['kind'], field: string, lang: Lang): string {
  const columns = kind === 'consents' ? CONSENT_COLUMNS : FIELDS;
  return columns.find(({ name }) => name === field)?.[lang] ?? field;
}

/** Lines that are no customers. */
function asideFact({ aside, findings }: ImportResult, lang: Lang): readonly Fact[] {
  if (aside === 0) return [];
  const words = importWords[lang];
  const lines = findings.filter(({ severity }) => severity === 'aside');
  const shown = lines.slice(0, PLACES).map(({ line, code }) => words.place(line, 0, findingGist(code, lang)));
  return [
    [words.aside, words.asideText(grouped(aside)), ...shown, ...(aside > shown.length ? [words.more] : [])],
  ];
}

/** What was noticed and imported all the same. */
function notesFact({ findingCounts }: ImportResult, lang: Lang): readonly Fact[] {
  const notes = Object.entries(findingCounts).filter(
    ([code]) => severityOf(code) === 'warning' && code !== 'HEADER_UNMAPPED' && !WHOLE_FILE.has(code),
  );
  const sentences = Object.keys(findingCounts)
    .filter((code) => WHOLE_FILE.has(code))
    .flatMap((code) => (isFinding(code) ? [findingText(lang, code)] : []));
  if (notes.length + sentences.length === 0) return [];
  return [
    [
      importWords[lang].notes,
      ...sentences,
      ...(notes.length === 0 ? [] : [reasonsList(Object.fromEntries(notes), lang)]),
    ],
  ];
}

/** What is said of the whole file, in a sentence. */
const WHOLE_FILE: ReadonlySet<string> = new Set<FindingCode>([
  'HEADER_TWO_ROWS',
  'HEADER_SERIAL',
  'HEADER_BY_PHONE',
  'HEADER_BY_LINE',
  'HEADER_DAY_FIRST',
  'HEADER_MONTH_FIRST',
  'LEDGER_NO_RECIPIENT',
  'LEDGER_NO_PURPOSE',
  'LEDGER_BY_CONTACT',
  'LEDGER_ALL_NO',
]);

/** What was brought into another form, by kind. */
function changesFact({ findingCounts }: ImportResult, lang: Lang): readonly Fact[] {
  const changes = Object.entries(findingCounts).filter(([code]) => severityOf(code) === 'change');
  if (changes.length === 0) return [];
  return [[importWords[lang].changes, reasonsList(Object.fromEntries(changes), lang)]];
}

function severityOf(code: string): FindingSeverity | null {
  return isFinding(code) ? FINDING_SEVERITY[code] : null;
}

function isFinding(code: string): code is FindingCode {
  return Object.hasOwn(FINDING_SEVERITY, code);
}
