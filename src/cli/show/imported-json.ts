import type { Json } from '../../base/json.js';
import { fieldOf } from '../../dataset/fields.js';
import { type Finding, findingSentence } from '../../dataset/finding.js';
import type { Lang } from '../../messages/lang.js';
import type { ImportResult } from '../../steps/import/import.js';
import type { ImportedSheet } from '../../steps/import/result.js';

function sheetJson({ form, name, others, hidden, tables, hasLinks, facts }: ImportedSheet): Json {
  return {
    form,
    name,
    others: [...others],
    hidden_sheets: [...hidden],
    tables: tables.map((each) => ({ sheet: each.name, table: each.table })),
    links: hasLinks,
    hidden_rows: facts.hiddenRows,
    hidden_columns: facts.hiddenColumns,
    struck_rows: facts.struckRows,
    merged_cells: facts.mergedCells,
    formulas: facts.formulas,
    formulas_without_value: facts.unvalued,
    outside: facts.outside,
  };
}

/** One file that was imported, as the documents of --json have it. */
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
    ...(result.sheet === null ? {} : { sheet: sheetJson(result.sheet) }),
    columns: result.columns.map(({ index, shown, field, also }) => ({
      column: index + 1,
      header: shown,
      field,
      ...(also === undefined ? {} : { also }),
    })),
    derived: result.derived.map(({ field, from }) => ({ field, from })),
    mapping: { path: mapping.path, used: mapping.used, like: mapping.like },
    counts: {
      rows: counts.rows,
      records: counts.records,
      rejected: counts.rejected,
      blank: counts.blank,
      rejected_by: { ...counts.rejectedBy },
      ...(counts.repeats === undefined ? {} : { repeated: { ...counts.repeats } }),
    },
    ...(result.sums === null
      ? {}
      : {
          sums: {
            records: { ...result.sums.records },
            same: result.sums.same,
            rejected: { ...result.sums.rejected },
          },
        }),
    ...(result.archive === null
      ? {}
      : {
          archive: {
            basis: result.archive.basis,
            from: result.archive.since,
            until: result.archive.until,
            freeze: result.archive.freeze,
          },
        }),
    in_other_cabinet: result.otherCabinet,
    relation: result.relation,
    relates_to: result.relatesTo,
    difference: result.difference === null ? null : { ...result.difference },
    rejects: rejects === null ? null : { ...rejects },
    finding_counts: JSON.parse(JSON.stringify(result.findingCounts)),
    findings: result.findings.map((finding) => findingJson(finding, lang)),
    ...(result.unreadNoes === 0 ? {} : { unread_noes: result.unreadNoes }),
    left_out: result.leftOut.map((found) => ({ ...found })),
    mendable: { ...result.mendable },
    aside: result.aside,
    erased_before: result.erasedBefore,
    spelled_alike: result.spelledAlike,
    outcome: result.outcome,
  };
}

function findingJson(finding: Finding, lang: Lang): Json {
  const { code, severity, line, column, field } = finding;
  const label = fieldOf(field)?.[lang] ?? '';
  return { code, severity, line, column, field, ...findingSentence(finding, label, lang) };
}
