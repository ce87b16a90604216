import { z } from 'zod';
import { concat, utf8 } from '../base/bytes.js';
import { canonicalJson, readJson } from '../base/json.js';
import { shaped } from '../base/shape.js';
import { TAG_BYTES } from '../base/tagger.js';
import type { ImportedChunks } from '../dataset/imported.js';
import { FIX_CLASSES } from '../dataset/repair.js';
import { fail } from '../messages/error.js';
import { CONSENT_STATES, type ConsentState } from '../policy/consent.js';
import { countSchema, jsonOf } from './document.js';
import { findingCodeSchema, findingsJson, findingsSchema } from './finding-schema.js';

/** A page of a range as a worker read it. Plain: it is sealed with the others of its range. */
export interface RangePage {
  readonly number: number;
  /** Bytes of the file. */
  readonly bytes: number;
  readonly imported: Omit<ImportedChunks, 'page' | 'cellCounts'>;
  /** The records, packed as at rest; empty if there is none. */
  readonly packed: Uint8Array;
  /** What tells the records apart, what is the customers' own in them, and how their numbers are spelled; empty for what is no customer file. */
  readonly prints: Uint32Array;
  readonly persons: Uint32Array;
  readonly spellings: Float64Array;
  /** Who said no in rejected rows, with a tag and a sealed spelling each. */
  readonly refused: RefusedRows | null;
}

interface RefusedRows {
  readonly tags: Uint8Array;
  readonly spellings: Uint8Array;
  readonly events: readonly { readonly state: ConsentState; readonly at: string }[];
}

/** In the order in which they were met. */
const counts = z.array(z.tuple([findingCodeSchema, countSchema]));

const factsSchema = z.strictObject({
  number: countSchema,
  bytes: countSchema,
  rows: countSchema,
  aside: countSchema,
  blank: countSchema,
  records: countSchema,
  rejected: countSchema,
  findings: findingsSchema,
  counts,
  leftOut: z.array(
    z.strictObject({ column: countSchema, field: z.string(), code: findingCodeSchema, cells: countSchema }),
  ),
  mendable: z.array(z.tuple([z.enum(FIX_CLASSES), countSchema])),
  rejectedBy: counts,
  /** Line, code, and whether it may be nobody's no. */
  rejectedRows: z.array(z.tuple([countSchema, findingCodeSchema, z.boolean()])),
  broughtBack: z.array(countSchema),
  samples: z.array(z.array(z.string())).max(10),
  events: z.array(z.strictObject({ state: z.enum(CONSENT_STATES), at: z.string() })),
});
type Facts = z.infer<typeof factsSchema>;

/** What follows the head of a page, in this order. */
const PIECES = 9;
const HEAD = 4 * PIECES;

/** The bytes of a page: nine lengths of 4 bytes, little-endian, and so many pieces. */
export function rangePageBytes(page: RangePage): Uint8Array {
  const { number, bytes, imported, refused } = page;
  const {
    tags,
    rejects,
    findings,
    rejectedRows,
    counts: byCode,
    mendable,
    rejectedBy,
    ...counted
  } = imported;
  const facts = {
    ...counted,
    number,
    bytes,
    findings: findingsJson(findings),
    counts: Object.entries(byCode),
    mendable: Object.entries(mendable),
    rejectedBy: Object.entries(rejectedBy),
    rejectedRows: rejectedRows.map(({ line, code, isUnreadNo }) => [line, code, isUnreadNo]),
    events: refused?.events ?? [],
  };
  const none = new Uint8Array(0);
  const pieces = [
    utf8(canonicalJson(jsonOf(facts))),
    page.packed,
    tags,
    bytesOf(page.prints),
    bytesOf(page.persons),
    bytesOf(page.spellings),
    refused?.tags ?? none,
    refused?.spellings ?? none,
    rejects,
  ];
  const head = new DataView(new ArrayBuffer(HEAD));
  for (const [i, { length }] of pieces.entries()) head.setUint32(4 * i, length, true);
  return concat(new Uint8Array(head.buffer), ...pieces);
}

/**
 * The pages of an opened range, whose bytes are those that the worker spoke of. What a page says of itself adds up.
 *
 * @param name of the file, for the problem
 * @throws HandoverError READING_CHANGED and those of canonical JSON
 */
export function* rangePages(range: Uint8Array, name: string): Generator<RangePage, void, undefined> {
  const view = new DataView(range.buffer, range.byteOffset, range.byteLength);
  for (let at = 0; at < range.length; ) {
    if (at + HEAD > range.length) fail({ code: 'READING_CHANGED', name });
    const pieces: Uint8Array[] = [];
    let from = at + HEAD;
    for (let i = 0; i < PIECES; i++) {
      const length = view.getUint32(at + 4 * i, true);
      if (from + length > range.length) fail({ code: 'READING_CHANGED', name });
      pieces.push(range.subarray(from, from + length));
      from += length;
    }
    yield pageOf(pieces, name);
    at = from;
  }
}

/** More than any page has: half a MiB of the file, each row of a byte. */
const MOST_VALUES = 8_000_000;
const MOST_BYTES = 256 * 1024 * 1024;

function pageOf(pieces: readonly Uint8Array[], name: string): RangePage {
  const none = new Uint8Array(0);
  const [json = none, packed = none, tags = none, prints = none, persons = none, spellings = none] = pieces;
  const [, , , , , , refusedTags = none, refusedSpellings = none, rejects = none] = pieces;
  const reading = { document: name, limit: MOST_BYTES, values: MOST_VALUES };
  const read = shaped(factsSchema, readJson(json, reading));
  if (!read.success) return fail({ code: 'READING_CHANGED', name });
  const { number, bytes, events, rejectedRows, counts: byCode, mendable, rejectedBy, ...counted } = read.data;
  const page: RangePage = {
    number,
    bytes,
    imported: {
      ...counted,
      counts: Object.fromEntries(byCode),
      mendable: Object.fromEntries(mendable),
      rejectedBy: Object.fromEntries(rejectedBy),
      tags,
      rejects,
      rejectedRows: rejectedRows.map(([line, code, isUnreadNo]) => ({ line, code, isUnreadNo })),
    },
    packed,
    prints: new Uint32Array(ownBuffer(prints, 4, name)),
    persons: new Uint32Array(ownBuffer(persons, 4, name)),
    spellings: new Float64Array(ownBuffer(spellings, 8, name)),
    refused: events.length === 0 ? null : { tags: refusedTags, spellings: refusedSpellings, events },
  };
  const isWhole =
    addsUp(read.data) &&
    tags.length === counted.records * TAG_BYTES &&
    packed.length > 0 === counted.records > 0 &&
    isOfEach(page.prints, counted.records) &&
    isOfEach(page.persons, counted.records) &&
    isOfEach(page.spellings, counted.records) &&
    refusedTags.length === events.length * TAG_BYTES &&
    refusedSpellings.length === events.length * TAG_BYTES;
  return isWhole ? page : fail({ code: 'READING_CHANGED', name });
}

/** Whether the rows of a page are accounted for. */
function addsUp({ rows, records, rejected, blank, rejectedRows, rejectedBy }: Facts): boolean {
  const byCode = rejectedBy.reduce((sum, [, count]) => sum + count, 0);
  return rows === records + rejected + blank && rejectedRows.length === rejected && byCode === rejected;
}

/** Whether there is a number for each record, or none at all. */
function isOfEach(numbers: Uint32Array | Float64Array, records: number): boolean {
  return numbers.length === 0 || numbers.length === records;
}

function bytesOf(numbers: Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** A copy, because numbers begin at a multiple of their length. */
function ownBuffer(bytes: Uint8Array, each: 4 | 8, name: string): ArrayBuffer {
  if (bytes.length % each !== 0) fail({ code: 'READING_CHANGED', name });
  return new Uint8Array(bytes).buffer;
}
