import { z } from 'zod';
import { ENCODINGS } from '../../dataset/encoding.js';
import { DELIMITERS } from '../../dataset/dialect.js';
import { FINDING_SEVERITIES, FINDING_SEVERITY, type FindingCode } from '../../messages/findings.js';
import {
  code,
  count,
  datasetKind,
  digest,
  relation,
  type ResultShape,
  text,
  unmatched,
  uuid,
} from './parts.js';

const encoding = z.enum(ENCODINGS);
const permille = z.int().min(0).max(1000);
const findingCode = z.enum(Object.keys(FINDING_SEVERITY) as [FindingCode, ...FindingCode[]]);

/** One observation that led to the encoding. */
const evidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('named'), encoding }),
  z.strictObject({ kind: z.literal('bom'), encoding }),
  z.strictObject({ kind: z.literal('workbook') }),
  z.strictObject({ kind: z.literal('ascii') }),
  z.strictObject({ kind: z.literal('utf8-strict') }),
  z.strictObject({ kind: z.literal('utf8-fails'), line: z.int().min(1) }),
  z.strictObject({ kind: z.literal('nul-pattern'), encoding, permille }),
  z.strictObject({ kind: z.literal('common-hanzi'), encoding, permille }),
  z.strictObject({ kind: z.literal('mobile-lines'), permille }),
]);

/** What an import made of one file. */
export const imported = z.strictObject({
  dataset: uuid,
  kind: datasetKind,
  file: text,
  bytes: count,
  sha256: digest,
  encoding: z.strictObject({ name: encoding, bom: z.boolean(), evidence: z.array(evidence) }),
  delimiter: z.enum(DELIMITERS),
  /** Of a workbook: the sheet that was read, and what is in it that a table has not. */
  sheet: z
    .strictObject({
      form: z.enum(['xlsx', 'html', 'xml']),
      name: text,
      others: z.array(text),
      links: z.boolean(),
      hidden_rows: count,
      hidden_columns: count,
      merged_cells: count,
      formulas: count,
      formulas_without_value: count,
      outside: count,
    })
    .optional(),
  /** By position; `field` is null for one that was not imported. */
  columns: z.array(
    z.strictObject({
      column: z.int().min(1),
      header: z.string(),
      field: text.nullable(),
      /** The field of another column that this one says as well. */
      also: text.optional(),
    }),
  ),
  /** Fields that are made of other columns. */
  derived: z.array(z.strictObject({ field: text, from: text })),
  /** `like`: the file of the same columns whose mapping was taken. */
  mapping: z.strictObject({ path: text, used: z.boolean(), like: text.nullable() }),
  counts: z.strictObject({
    rows: count,
    records: count,
    rejected: count,
    blank: count,
    rejected_by: z.record(code, z.int().min(1)),
    /** Rows that repeat the customer number of an earlier one: in every cell, not in every cell, or as further orders of the customer. */
    repeated: z.strictObject({ same: count, different: count, orders: count }).optional(),
  }),
  relation: relation.nullable(),
  /** The file to which it relates. */
  relates_to: text.nullable(),
  /** How its persons differ from the list before it. */
  difference: z.strictObject({ added: count, changed: count, unchanged: count, gone: count }).nullable(),
  rejects: z.strictObject({ path: text, rows: z.int().min(1) }).nullable(),
  finding_counts: z.partialRecord(findingCode, z.int().min(1)),
  findings: z.array(
    z.strictObject({
      code: findingCode,
      severity: z.enum(FINDING_SEVERITIES),
      line: z.int().min(1),
      /** 0 for the whole row. */
      column: count,
      /** '' where the column has no field. */
      field: z.string(),
      what: text,
      fix: z.string(),
    }),
  ),
  /** Cells that were left out while their row stayed. */
  left_out: z.array(
    z.strictObject({ column: z.int().min(1), field: text, code: findingCode, cells: z.int().min(1) }),
  ),
  /** Lines that are no rows of data: titles, totals, signatures, repeated headers. */
  aside: count,
  erased_before: count,
  outcome: z.enum(['ok', 'findings']),
});

/** A file becomes records. */
export const IMPORT = {
  import: {
    imports: z.array(imported).min(1).max(2),
    /** Whom the ledgers name and no customer file; absent where there is nothing to compare. */
    unmatched: unmatched.optional(),
  },
} as const satisfies { readonly [name: string]: ResultShape };
