import { type SecretKey, secretFromHex } from '../../src/base/crypto.js';
import { readInstant } from '../../src/base/time.js';
import { Chunker } from '../../src/dataset/chunks.js';
import type { DateOrder } from '../../src/dataset/dates.js';
import type { Encoding } from '../../src/dataset/encoding.js';
import { readOpening } from '../../src/dataset/header.js';
import { compileImport } from '../../src/dataset/import-chunk.js';
import type { ImportedChunks } from '../../src/dataset/imported.js';
import { mappedFields } from '../../src/dataset/mapping.js';
import { proposeMapping } from '../../src/dataset/mapping-draft.js';
import { readMapping } from '../../src/dataset/mapping-file.js';
import { recordsOf } from '../../src/dataset/page.js';
import { CUSTOMERS, fieldOfHeader, type Profile } from '../../src/dataset/profile.js';
import { rejectHeader } from '../../src/dataset/rejects.js';
import type { FixClass } from '../../src/dataset/repair.js';
import { surveyColumns } from '../../src/dataset/survey.js';
import type { Finding } from '../../src/dataset/finding.js';
import type { Lang } from '../../src/messages/lang.js';

const must = <T>(value: T | null): T => {
  if (value === null) throw new Error('unreadable constant');
  return value;
};
export const tagKey: SecretKey = must(secretFromHex('0123456789abcdef'.repeat(4)));
const now = must(readInstant('2026-11-20T08:00:00Z'));

export interface Whole {
  readonly chunks: readonly ImportedChunks[];
  readonly columns: readonly string[];
  readonly records: readonly (readonly string[])[];
  readonly rejects: string;
  /** Of the header and its columns. */
  readonly findings: readonly Finding[];
  readonly titles: readonly number[];
}

export interface ImportAllOptions {
  readonly profile?: Profile;
  readonly target?: number;
  readonly lang?: Lang;
  readonly block?: number;
  readonly encoding?: Encoding;
  readonly order?: DateOrder;
  readonly mapping?: string;
  readonly skip?: readonly string[];
  readonly needed?: readonly string[];
  readonly fixes?: readonly FixClass[];
}

/** Imports a whole file as the steps do. */
export function importAll(bytes: Uint8Array, options: ImportAllOptions = {}): Whole {
  const { profile = CUSTOMERS, target = 1 << 20, lang = 'zh', block = 1 << 16 } = options;
  const isKnown = (cell: string) => fieldOfHeader(profile, cell) !== undefined;
  const opening = readOpening(bytes, true, options.encoding, isKnown);
  const given = options.mapping === undefined ? undefined : readMapping(profile, options.mapping);
  const mapping = proposeMapping(profile, { ...opening, skip: options.skip ?? [] }, given);
  const survey = surveyColumns(mapping, opening.headerLine, opening.sample, options.order ?? null);
  const chunker = new Chunker({ ...opening, target });
  const run = compileImport({
    ...opening,
    mapping,
    fixes: options.fixes ?? [],
    hints: survey.hints,
    needed: options.needed ?? ['name', 'address'],
    encoding: chunker.encoding,
    tagKey,
    now,
    lang,
  });
  const cut = [];
  for (let i = 0; i < bytes.length; i += block) cut.push(...chunker.push(bytes.subarray(i, i + block)));
  // A page of each chunk; its memory is used again for the next.
  const chunks = [...cut, ...chunker.end()].map((chunk) => {
    const imported = run([chunk]);
    return {
      ...imported,
      page: Uint8Array.from(imported.page),
      rejects: Uint8Array.from(imported.rejects),
    };
  });
  return {
    chunks,
    columns: mappedFields(mapping),
    records: chunks.flatMap((c) => recordsOf(c.page)),
    rejects: rejectHeader(mapping, lang) + Buffer.concat(chunks.map((c) => c.rejects)).toString('utf8'),
    findings: [...mapping.findings, ...survey.findings],
    titles: opening.titles,
  };
}
