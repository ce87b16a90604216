import { sumsSchema } from '../../bundle/accounting.js';
import { z } from 'zod';
import { BASES } from '../../messages/bases.js';
import { FURTHER_TABLES } from '../../messages/tables.js';
import { ENCODINGS } from '../../dataset/encoding.js';
import { FIX_CLASSES } from '../../dataset/repair.js';
import { DELIMITERS } from '../../dataset/dialect.js';
import { FIELD_CLASSES } from '../../deal/classes.js';
import { LIKENESSES } from '../../policy/likeness.js';
import { FINDING_SEVERITIES, FINDING_SEVERITY, type FindingCode } from '../../messages/findings.js';
import {
  code,
  count,
  datasetKind,
  date,
  digest,
  relation,
  type ResultShape,
  text,
  unmatched,
  written,
  uuid,
} from './parts.js';

const encoding = z.enum(ENCODINGS);
const sheetForm = z.enum(['xlsx', 'html', 'xml']);
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
      form: sheetForm,
      name: text,
      others: z.array(text),
      hidden_sheets: z.array(text),
      /** Those of both that look like tables beside the customer list. */
      tables: z.array(z.strictObject({ sheet: text, table: z.enum([...FURTHER_TABLES, 'consents']) })),
      links: z.boolean(),
      hidden_rows: count,
      hidden_columns: count,
      struck_rows: count,
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
  /** Of a table beside the customer list: what its rows add up to, and those that were rejected as far as they could be read. */
  sums: z.strictObject({ records: sumsSchema, same: z.int().min(0), rejected: sumsSchema }).optional(),
  /** Of a statutory archive: the statute that keeps it, its period, and the freeze that covers it. */
  archive: z.strictObject({ basis: z.enum(BASES), from: date, until: date, freeze: uuid }).optional(),
  /** Persons who are in the other cabinet too: of an archive in the customer list, of customers in the archive. */
  in_other_cabinet: count,
  relation: relation.nullable(),
  /** The file to which it relates. */
  relates_to: text.nullable(),
  /** How its persons differ from the list before it. */
  difference: z.strictObject({ added: count, changed: count, unchanged: count, gone: count }).nullable(),
  /** `workbook`: the same rows as a workbook; null where they are too many for one. */
  rejects: z.strictObject({ path: text, rows: z.int().min(1), workbook: text.nullable() }).nullable(),
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
  /** Rejected rows that may say no of somebody whom they do not name; absent where there are none. */
  unread_noes: z.int().min(1).optional(),
  /** Cells that were left out while their row stayed. */
  left_out: z.array(
    z.strictObject({ column: z.int().min(1), field: text, code: findingCode, cells: z.int().min(1) }),
  ),
  /** Cells and rows that `--fix` could mend, by class. */
  mendable: z.partialRecord(z.enum(FIX_CLASSES), z.int().min(1)),
  /** Lines that are no rows of data: titles, totals, signatures, repeated headers. */
  aside: count,
  erased_before: count,
  /** Customers whose numbers differ only in spelling from those of persons who said no. */
  spelled_alike: count,
  outcome: z.enum(['ok', 'findings']),
});

/** A column of a file, before anything of it is stored. */
const column = z.strictObject({
  column: z.int().min(1),
  header: z.string(),
  field: text.nullable(),
  filled: count,
  /** Beyond some thousands the number is estimated. */
  distinct: z.strictObject({ count, exact: z.boolean() }),
  /** Digits as 9, Hanzi as 字, letters as A and a, each with how many follow one another. */
  shapes: z.array(z.strictObject({ shape: text, cells: z.int().min(1) })).max(3),
  damage: z.array(z.strictObject({ code: findingCode, cells: z.int().min(1) })),
  /** Masked. */
  samples: z.array(text).max(3),
  class: z.enum(FIELD_CLASSES).nullable(),
  /** Under the deal: keep, changed, stays. Without one: what the catalogue allows. */
  leaving: z.enum(['keep', 'changed', 'stays', 'default', 'justified', 'never', 'unknown']),
});

const profile = z.strictObject({
  kind: datasetKind,
  file: text,
  bytes: count,
  encoding: z.strictObject({ name: encoding, bom: z.boolean(), evidence: z.array(evidence) }),
  delimiter: z.enum(DELIMITERS),
  sheet: z.strictObject({ form: sheetForm, name: text, others: z.array(text) }).nullable(),
  /** Cells of the header, those that each row should have, and how many rows have how many. */
  width: z.strictObject({
    header: z.int().min(1),
    expected: z.int().min(1),
    rows: z.array(z.strictObject({ cells: z.int().min(1), rows: z.int().min(1) })),
  }),
  counts: z.strictObject({
    rows: count,
    records: count,
    rejected: count,
    blank: count,
    aside: count,
    rejected_by: z.record(code, z.int().min(1)),
  }),
  /** Fields without which the file cannot be imported, and that no column has. */
  missing: z.array(text),
  mapping: z.strictObject({ used: z.boolean(), like: text.nullable() }),
  mendable: z.partialRecord(z.enum(FIX_CLASSES), z.int().min(1)),
  notes: z.array(findingCode),
  columns: z.array(column),
  /** Records under different customer numbers that share something, with the lines of the first groups. */
  alike: z.array(
    z.strictObject({
      by: z.enum(LIKENESSES),
      groups: z.int().min(1),
      records: z.int().min(2),
      lines: z.array(z.array(z.int().min(1)).min(2)),
    }),
  ),
});

/** A file becomes records. */
export const IMPORT_RESULTS = {
  profile: {
    profile,
    page: z.strictObject({ path: text, sha256: digest, bytes: count }).nullable(),
  },
  import: {
    imports: z.array(imported).min(1).max(2),
    /** Whom the ledgers name and no customer file; absent where there is nothing to compare. `file` has all rows of the imported ledger, in the clear. */
    unmatched: unmatched.extend({ file: written.extend({ rows: z.int().min(1) }).nullable() }).optional(),
    /** Groups of customers who share something under different numbers; absent for a ledger, a rehearsal and a very long list. */
    alike: z.partialRecord(z.enum(LIKENESSES), count).optional(),
  },
  'source plan': {
    /** The id that the dataset will have. */
    dataset: uuid,
    file: text,
    bytes: count,
    sha256: digest,
    encoding,
    fields: count,
    parts: z.int().min(1),
    folder: text,
    key: text,
  },
  'source read-part': {
    dataset: uuid,
    part: z.int().min(1),
    of: z.int().min(1),
    rows: count,
    records: count,
    rejected: count,
    blank: count,
    bytes: count,
  },
} as const satisfies { readonly [name: string]: ResultShape };
