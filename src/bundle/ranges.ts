import { z } from 'zod';
import { hex, utf8 } from '../base/bytes.js';
import { derivedKey, type SecretKey, type Sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { DATE_ORDERS } from '../dataset/dates.js';
import { DELIMITERS } from '../dataset/dialect.js';
import { ENCODINGS } from '../dataset/encoding.js';
import { DERIVATIONS, type Mapping } from '../dataset/mapping.js';
import { profileOfKind } from '../dataset/profile.js';
import { FIX_CLASSES } from '../dataset/repair.js';
import { BASES } from '../messages/bases.js';
import { fail } from '../messages/error.js';
import { LANGS } from '../messages/lang.js';
import { authenticated, isAuthentic, macOf, macSchema } from './authenticated.js';
import {
  calendarDateSchema,
  countSchema,
  digestSchema,
  instantSchema,
  jsonOf,
  readDocument,
  uuidSchema,
} from './document.js';
import { findingsJson, findingsSchema } from './finding-schema.js';
import {
  JOB_DOCUMENT,
  JOB_NAME,
  PROGRAM,
  programSchema,
  requireProgram,
  secretOf,
  secretSchema,
} from './job.js';

/*
 * A customer file that is read in ranges, on as many machines as there are (docs/formats.md, "Reading in ranges"): what is to be read, what a worker is
 * told, and what it answers. None of it travels to the buyer.
 */

export const RANGES_FORMAT = 'handover.ranges/1';
export const RANGE_JOB_FORMAT = 'handover.range-job/1';
export const READ_RANGE_FORMAT = 'handover.read-range/1';

/** The document of a folder of ranges by name. */
export const RANGES_NAME = 'ranges.json';

/** Their numbers have five digits. */
const RANGES_AT_MOST = 9999;

const line = z.int().min(1);

/** One range: whole pages of the file. */
const rangeSchema = z.strictObject({
  /** Where it begins in the file, behind a byte order mark. */
  from: countSchema,
  bytes: z.int().min(1),
  /** The line of the file on which it begins. */
  line,
  /** Number of its first chunk and of its first page, from 0. */
  chunk: countSchema,
  page: countSchema,
  pages: z.int().min(1),
  /** SHA-256 over the digests of the text of its pages. */
  sha256: digestSchema,
});

const rangesSchema = z.strictObject({
  format: z.literal(RANGES_FORMAT),
  /** Id of the dataset that is made of them. */
  dataset: uuidSchema,
  file: z.strictObject({ bytes: z.int().min(1), sha256: digestSchema }),
  ranges: z.array(rangeSchema).min(1).max(RANGES_AT_MOST),
  /** SHA-256 of job.age. */
  job: digestSchema,
  /** As `mac`, under a key that no worker has. */
  home: macSchema,
  mac: macSchema,
});

/** What is to be read, range by range. */
export type Ranges = Readonly<Omit<z.infer<typeof rangesSchema>, 'mac' | 'home'>>;
export type Range = Ranges['ranges'][number];

const readSchema = z.strictObject({
  format: z.literal(READ_RANGE_FORMAT),
  /** SHA-256 of ranges.json. */
  ranges: digestSchema,
  /** From 1. */
  range: z.int().min(1).max(RANGES_AT_MOST),
  /** Where its rows went: rows = records + rejected + blank. */
  rows: countSchema,
  records: countSchema,
  rejected: countSchema,
  blank: countSchema,
  /** Of the file with its pages. */
  bytes: z.int().min(1),
  sha256: digestSchema,
  program: programSchema,
  mac: macSchema,
});

/** What a worker says of the range that it read. The same range gives the same bytes wherever it is read. */
export type ReadRange = Readonly<Omit<z.infer<typeof readSchema>, 'mac' | 'program'>>;

const cells = z.array(z.string()).max(2000);

const evidenceSchema = z.union([
  z.strictObject({ kind: z.enum(['workbook', 'ascii', 'utf8-strict']) }),
  z.strictObject({ kind: z.enum(['named', 'bom']), encoding: z.string() }),
  z.strictObject({ kind: z.literal('utf8-fails'), line }),
  z.strictObject({
    kind: z.enum(['nul-pattern', 'common-hanzi']),
    encoding: z.string(),
    permille: countSchema,
  }),
  z.strictObject({ kind: z.literal('mobile-lines'), permille: countSchema }),
]);

/** What the head of the file said of all of it. */
const openingSchema = z.strictObject({
  encoding: z.enum(ENCODINGS),
  bom: z.int().min(0).max(4),
  evidence: z.array(evidenceSchema).max(20),
  delimiter: z.enum(DELIMITERS),
  header: cells,
  headerRows: z.array(cells).max(2),
  headerLine: line,
  dataLine: line,
  titles: z.array(line).max(100),
  width: countSchema,
});

const columnSchema = z.strictObject({
  index: countSchema,
  header: z.string(),
  shown: z.string(),
  field: z.string().nullable(),
  also: z.string().exactOptional(),
  isBeside: z.literal(true).exactOptional(),
  isSwitch: z.literal(true).exactOptional(),
  isSpare: z.literal(true).exactOptional(),
});

const derivedSchema = z.strictObject({
  field: z.string(),
  from: z.enum(DERIVATIONS),
  columns: z.array(countSchema).max(2000),
});

/** The kinds of files whose rows say all that is said of them. */
const RANGE_KINDS = ['customers', 'consents', 'archive'] as const;
export type RangeKind = (typeof RANGE_KINDS)[number];

const byColumn = z.string().regex(/^\d{1,4}$/);

const jobSchema = z.strictObject({
  format: z.literal(RANGE_JOB_FORMAT),
  program: programSchema,
  dataset: uuidSchema,
  /** Absolute, on the machine that planned. */
  path: z.string().min(1),
  kind: z.enum(RANGE_KINDS),
  opening: openingSchema,
  mapping: z.strictObject({
    columns: z.array(columnSchema).max(2000),
    derived: z.array(derivedSchema).max(2000),
    path: z.string().min(1),
    used: z.boolean(),
    /** SHA-256 of what that file said; null where none was used. */
    said: digestSchema.nullable(),
    like: z.string().nullable(),
  }),
  hints: z.strictObject({
    orders: z.record(byColumn, z.enum(DATE_ORDERS)),
    guards: z.record(byColumn, z.strictObject({ before: z.string(), after: z.string() })),
    isNumbered: z.boolean(),
  }),
  /** About the header and its columns. */
  findings: findingsSchema,
  fixes: z.array(z.enum(FIX_CLASSES)).max(FIX_CLASSES.length),
  needed: z.array(z.string()).max(1000),
  archive: z.strictObject({ basis: z.enum(BASES), since: calendarDateSchema }).nullable(),
  /** Whether a file that was imported before is imported once more. */
  again: z.boolean(),
  now: instantSchema,
  lang: z.enum(LANGS),
  tag_key: secretSchema,
  seal_key: secretSchema,
  mac_key: secretSchema,
});

/** Keys that belong to one folder of ranges and follow from one secret. */
export interface RangeKeys {
  /** Decides what would be chance, so that the same range gives the same bytes. */
  readonly sealKey: SecretKey;
  /** Authenticates the files of the folder. */
  readonly macKey: SecretKey;
}

type JobDocument = z.infer<typeof jobSchema>;

/**
 * Everything that a worker is told: all that import decides for the whole file, and the key of the tags. No key in it signs, and none opens the
 * workspace.
 */
export interface RangeJob
  extends RangeKeys,
    Pick<
      JobDocument,
      | 'dataset'
      | 'path'
      | 'kind'
      | 'opening'
      | 'hints'
      | 'findings'
      | 'fixes'
      | 'needed'
      | 'archive'
      | 'again'
      | 'now'
      | 'lang'
    > {
  readonly mapping: Mapping;
  /** Where the mapping is, or will be once the file is imported. */
  readonly mappingFile: Omit<JobDocument['mapping'], 'columns' | 'derived'>;
  readonly tagKey: SecretKey;
}

/** The keys of a folder of ranges. @param seed the one secret that is kept */
export function rangeKeys(seed: SecretKey): RangeKeys & { readonly homeKey: SecretKey } {
  return {
    sealKey: derivedKey(seed, 'handover ranges seal'),
    macKey: derivedKey(seed, 'handover ranges mac'),
    homeKey: derivedKey(seed, 'handover ranges home'),
  };
}

/** The bytes of ranges.json. */
export function rangesBytes(
  ranges: Ranges,
  { macKey, homeKey }: Pick<ReturnType<typeof rangeKeys>, 'macKey' | 'homeKey'>,
): Uint8Array {
  return authenticated({ ...ranges, home: macOf(ranges, homeKey) }, macKey);
}

/** The most bytes of ranges.json, and of what a worker says of one range. */
export const RANGES_LIMIT = 4 * 1024 * 1024;
export const READ_RANGE_LIMIT = 4096;

/** Reads ranges.json. @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, READING_CHANGED */
export function readRanges(bytes: Uint8Array, macKey: SecretKey): Ranges {
  const { mac, ...told } = rangesDocument(bytes);
  if (!isAuthentic(told, mac, macKey)) fail({ code: 'READING_CHANGED', name: RANGES_NAME });
  const { home: _, ...ranges } = told;
  return ranges;
}

/**
 * Reads ranges.json where it was written. The key of the other MAC is with every worker, and what the job says decides where files are written.
 *
 * @throws HandoverError as {@link readRanges}
 */
export function readOwnRanges(bytes: Uint8Array, homeKey: SecretKey): Ranges {
  const { mac: _, home, ...ranges } = rangesDocument(bytes);
  if (!isAuthentic(ranges, home, homeKey)) fail({ code: 'READING_CHANGED', name: RANGES_NAME });
  return ranges;
}

/** Which dataset ranges.json says it is for. Nobody vouches for it before {@link readRanges}. Throws as that does. */
export function claimedDataset(bytes: Uint8Array): string {
  return rangesDocument(bytes).dataset;
}

function rangesDocument(bytes: Uint8Array): z.infer<typeof rangesSchema> {
  return readDocument(bytes, {
    document: RANGES_NAME,
    format: RANGES_FORMAT,
    schema: rangesSchema,
    limit: RANGES_LIMIT,
  });
}

/** The bytes of what a worker says of a range. */
export function readRangeBytes(read: ReadRange, macKey: SecretKey): Uint8Array {
  return authenticated({ ...read, ...PROGRAM }, macKey);
}

/**
 * Reads what a worker said of a range.
 *
 * @param name of its file, for problems
 * @param ranges digest of ranges.json
 * @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, READING_OTHER, READING_CHANGED, LOTS_PROGRAM
 */
export function readReadRange(bytes: Uint8Array, macKey: SecretKey, ranges: Sha256, name: string): ReadRange {
  const { mac, ...read } = readDocument(bytes, {
    document: name,
    format: READ_RANGE_FORMAT,
    schema: readSchema,
    limit: READ_RANGE_LIMIT,
  });
  if (read.ranges !== ranges) fail({ code: 'READING_OTHER', name });
  if (!isAuthentic(read, mac, macKey)) fail({ code: 'READING_CHANGED', name });
  const { program, ...range } = read;
  requireProgram(program, name);
  return range;
}

/** The bytes of the job, to be sealed. */
export function rangeJobBytes(job: RangeJob): Uint8Array {
  const { mapping, mappingFile, findings, tagKey, sealKey, macKey, ...told } = job;
  const { columns, derived } = mapping;
  const document = {
    format: RANGE_JOB_FORMAT,
    ...PROGRAM,
    ...told,
    findings: findingsJson(findings),
    mapping: { columns, derived, ...mappingFile },
    tag_key: hex(tagKey),
    seal_key: hex(sealKey),
    mac_key: hex(macKey),
  };
  return utf8(canonicalJson(jsonOf(document)));
}

/** The most bytes of a job: a header of 2,000 columns. */
export const RANGE_JOB_LIMIT = 4 * 1024 * 1024;

/** Reads the job that was opened. @throws HandoverError the JSON_ codes, FORMAT_UNKNOWN, FORMAT_SHAPE, LOTS_PROGRAM */
export function readRangeJob(bytes: Uint8Array): RangeJob {
  const {
    format: _,
    program,
    mapping,
    tag_key,
    seal_key,
    mac_key,
    ...job
  } = readDocument(bytes, {
    document: JOB_DOCUMENT,
    format: RANGE_JOB_FORMAT,
    schema: jobSchema,
    limit: RANGE_JOB_LIMIT,
  });
  requireProgram(program, JOB_NAME);
  const { columns, derived, ...mappingFile } = mapping;
  return {
    ...job,
    mapping: { profile: profileOfKind(job.kind), columns, derived, findings: [] },
    mappingFile,
    tagKey: secretOf(tag_key),
    sealKey: secretOf(seal_key),
    macKey: secretOf(mac_key),
  };
}
