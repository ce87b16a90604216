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
  const { rejects, mapping } = result;
  return {
    dataset: result.dataset,
    kind: result.kind,
    file: result.file,
    bytes: result.bytes,
    sha256: result.sha256,
    ...readJson(result),
    mapping: { path: mapping.path, used: mapping.used, like: mapping.like },
    counts: countsJson(result.counts),
    ...(result.sums === null ? {} : { sums: sumsJson(result.sums) }),
    ...(result.archive === null ? {} : { archive: archiveJson(result.archive) }),
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

/** How the file was read: its encoding with the evidence, and what each column is. */
function readJson({ opening, sheet, columns, derived }: ImportResult): { readonly [key: string]: Json } {
  const evidence: Json = JSON.parse(JSON.stringify(opening.evidence));
  return {
    encoding: { name: opening.encoding, bom: opening.bom > 0, evidence },
    delimiter: opening.delimiter,
    ...(sheet === null ? {} : { sheet: sheetJson(sheet) }),
    columns: columns.map(({ index, shown, field, also }) => ({
      column: index + 1,
      header: shown,
      field,
      ...(also === undefined ? {} : { also }),
    })),
    derived: derived.map(({ field, from }) => ({ field, from })),
  };
}

function countsJson({ rows, records, rejected, blank, rejectedBy, repeats }: ImportResult['counts']): Json {
  return {
    ...{ rows, records, rejected, blank },
    rejected_by: { ...rejectedBy },
    ...(repeats === undefined ? {} : { repeated: { ...repeats } }),
  };
}

function sumsJson({ records, same, rejected }: NonNullable<ImportResult['sums']>): Json {
  return { records: { ...records }, same, rejected: { ...rejected } };
}

function archiveJson({ basis, since, until, freeze }: NonNullable<ImportResult['archive']>): Json {
  return { basis, from: since, until, freeze };
}

function findingJson(finding: Finding, lang: Lang): Json {
  const { code, severity, line, column, field } = finding;
  const label = fieldOf(field)?.[lang] ?? '';
  return { code, severity, line, column, field, ...findingSentence(finding, label, lang) };
}
