import type { Json } from '../../base/json.js';
import { fieldOf } from '../../dataset/fields.js';
import { type Finding, findingSentence } from '../../dataset/finding.js';
import { kindOfColumn } from '../../dataset/consent-columns.js';
import { evidenceText } from '../../messages/evidence.js';
import { FINDING_SEVERITY, type FindingCode } from '../../messages/findings.js';
import type { Lang } from '../../messages/lang.js';
import { punctuation } from '../../messages/punctuation.js';
import { findingGist } from '../../messages/screens/findings.js';
import { importWords } from '../../messages/screens/import.js';
import { listWords } from '../../messages/screens/list.js';
import { valueLabel } from '../../report/labels.js';
import { grouped } from '../../report/numbers.js';
import type { Fact, Screen } from '../../report/screen.js';
import type { ImportResult } from '../../steps/import/import.js';
import type { CommandContext } from '../context.js';
import { reasonsList } from './accounting.js';

/** Findings that are shown with their place; the rest is in the reject file. */
const PLACES = 5;

/** What was read, how it was understood, and where every row went. */
export function drawImport(screen: Screen, result: ImportResult, context: CommandContext): void {
  const { lang, dryRun } = context;
  const words = importWords[lang];
  const { opening, columns, counts, rejects, mapping } = result;
  const known = columns.filter((column) => column.field !== null).length;
  const unknown = columns.filter((column) => column.field === null);
  const why = opening.evidence.map((evidence) => evidenceText(evidence, lang)).join(words.comma);
  screen.facts([
    [
      result.kind === 'consents' ? words.ledger : words.file,
      words.fileText(result.file, opening.encoding, opening.bom > 0, why),
      words.shape(words.delimiters[opening.delimiter], columns.length),
    ],
    ...samplesFact(result, lang),
    [
      words.mapped,
      words.mappedText(known, unknown.length),
      dryRun && !mapping.used
        ? words.wouldMap(context.shown(mapping.path))
        : words.mapping(context.shown(mapping.path), mapping.used),
    ],
    ...(unknown.length === 0
      ? []
      : [
          [
            words.unknown,
            { items: unknown.map((column) => column.shown), between: punctuation[lang].list },
          ] as const,
        ]),
    [
      words.result,
      words.balance(
        grouped(counts.rows),
        grouped(counts.records),
        grouped(counts.rejected),
        grouped(counts.blank),
      ),
    ],
    ...listFact(result, lang),
    ...(rejects === null
      ? []
      : [
          [
            words.rejects,
            (dryRun ? words.wouldReject : words.rejectsText)(
              grouped(rejects.rows),
              context.shown(rejects.path),
            ),
            reasonsList(counts.rejectedBy, lang),
          ] as const,
        ]),
    ...placesFact(result, lang),
    ...notesFact(result, lang),
  ]);
  if (result.erasedBefore > 0) screen.warn(words.erasedBefore(grouped(result.erasedBefore)));
  if (result.outcome === 'findings') screen.warn(words.manyRejected);
}

/** What the file does to the customer list, and who stands in it more than once. */
function listFact({ relation, relatesTo, difference, counts }: ImportResult, lang: Lang): readonly Fact[] {
  if (relation === null) return [];
  const words = listWords[lang];
  const { same, different } = counts.repeats ?? { same: 0, different: 0 };
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
    ...(same + different === 0
      ? []
      : [[words.repeats, words.repeatsText(grouped(same), grouped(different))] as const]),
  ];
}

function samplesFact({ samples, sampleFields, kind }: ImportResult, lang: Lang): readonly Fact[] {
  if (samples.length === 0) return [];
  const words = importWords[lang];
  const shown = samples.slice(0, 2).map((cells) =>
    cells
      .map((cell, i) => valueLabel(kindOfColumn(kind, sampleFields[i] ?? ''), cell, lang))
      .filter((cell) => cell !== '')
      .slice(0, 5)
      .join('  '),
  );
  return [[words.samples, ...shown, words.wrong]];
}

/** The first faulty places, so that a person can look at once. */
function placesFact({ findings, counts }: ImportResult, lang: Lang): readonly Fact[] {
  const words = importWords[lang];
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length === 0) return [];
  const shown = errors
    .slice(0, PLACES)
    .map(({ line, column, code }) => words.place(line, column, findingGist(code, lang)));
  const more = counts.rejected - PLACES;
  return [[words.places, ...shown, ...(more > 0 ? [words.morePlaces(grouped(more))] : [])]];
}

/** What was noticed and imported all the same. */
function notesFact({ findingCounts }: ImportResult, lang: Lang): readonly Fact[] {
  const notes = Object.entries(findingCounts).filter(
    ([code]) => isWarning(code) && code !== 'HEADER_UNMAPPED',
  );
  if (notes.length === 0) return [];
  return [[importWords[lang].notes, reasonsList(Object.fromEntries(notes), lang)]];
}

function isWarning(code: string): boolean {
  return isFinding(code) && FINDING_SEVERITY[code] === 'warning';
}

function isFinding(code: string): code is FindingCode {
  return Object.hasOwn(FINDING_SEVERITY, code);
}

export function importJson(result: ImportResult, lang: Lang): Json {
  const { opening, counts, rejects, mapping } = result;
  const evidence: Json = JSON.parse(JSON.stringify(opening.evidence));
  return {
    dataset: result.dataset,
    kind: result.kind,
    file: result.file,
    bytes: result.bytes,
    sha256: result.sha256,
    encoding: { name: opening.encoding, bom: opening.bom > 0, evidence },
    delimiter: opening.delimiter,
    columns: result.columns.map(({ index, shown, field }) => ({ column: index + 1, header: shown, field })),
    mapping: { path: mapping.path, used: mapping.used },
    counts: {
      rows: counts.rows,
      records: counts.records,
      rejected: counts.rejected,
      blank: counts.blank,
      rejected_by: { ...counts.rejectedBy },
      ...(counts.repeats === undefined ? {} : { repeated: { ...counts.repeats } }),
    },
    relation: result.relation,
    relates_to: result.relatesTo,
    difference: result.difference === null ? null : { ...result.difference },
    rejects: rejects === null ? null : { path: rejects.path, rows: rejects.rows },
    finding_counts: JSON.parse(JSON.stringify(result.findingCounts)),
    findings: result.findings.map((finding) => findingJson(finding, lang)),
    erased_before: result.erasedBefore,
    outcome: result.outcome,
  };
}

function findingJson(finding: Finding, lang: Lang): Json {
  const { code, severity, line, column, field } = finding;
  const label = fieldOf(field)?.[lang] ?? '';
  return { code, severity, line, column, field, ...findingSentence(finding, label, lang) };
}
