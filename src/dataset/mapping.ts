import { fail } from '../messages/error.js';
import { rejectHeadings } from '../messages/findings.js';
import { LANGS } from '../messages/lang.js';
import { type Finding, findingOf } from './finding.js';
import { looksLikeData, normaliseHeader, safeHeader } from './header.js';
import { fieldOfHeader, type Profile } from './profile.js';

/** One column of a file and the field that it becomes. */
export interface MappedColumn {
  /** 0-based position in the row. */
  readonly index: number;
  /** The header cell as it stands. */
  readonly header: string;
  /** What may be shown of it: the header, or `#7`. */
  readonly shown: string;
  /** Canonical field, or null where the column is not imported. */
  readonly field: string | null;
}

export interface Mapping {
  readonly profile: Profile;
  readonly columns: readonly MappedColumn[];
  readonly findings: readonly Finding[];
}

/** What a mapping file says: for each header, in order of appearance, the fields of the columns that have it. */
export type GivenMapping = ReadonlyMap<
  string,
  readonly { readonly field: string | null; readonly line: number }[]
>;

/**
 * Maps the header of a file to fields, by synonyms or as a mapping file says. Where two columns mean one field, the first wins and the
 * second is reported.
 *
 * @throws HandoverError CSV_HEADER_MISSING, MAPPING_REQUIRED, MAPPING_COLUMN
 */
export function proposeMapping(
  profile: Profile,
  header: readonly string[],
  headerLine: number,
  given?: GivenMapping,
): Mapping {
  const proposed = header.map((cell) => fieldOfHeader(profile, cell)?.name ?? null);
  const known = proposed.filter((field) => field !== null).length;
  const data = header.filter(looksLikeData).length;
  if (data > 0 && data >= known) fail({ code: 'CSV_HEADER_MISSING', line: headerLine });
  if (given !== undefined) assertColumns(given, header);

  const findings: Finding[] = [];
  const taken = new Set<string>();
  const seen = new Map<string, number>();
  const columns = header.map((cell, index): MappedColumn => {
    const key = normaliseHeader(cell);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const wanted =
      given === undefined ? (proposed[index] ?? null) : (given.get(cell.trim())?.[nth]?.field ?? null);
    const told = given?.get(cell.trim())?.[nth] !== undefined;
    // Without a single known column the first row may be a customer whom nothing gave away.
    const shown = known === 0 ? `#${index + 1}` : safeHeader(cell, index + 1);
    const note = (code: 'HEADER_DUPLICATE' | 'HEADER_SECOND' | 'HEADER_UNMAPPED', field = '') =>
      findings.push(findingOf(code, headerLine, index + 1, field));
    if (nth > 0 && key !== '' && !told && !OURS.has(key)) {
      note('HEADER_DUPLICATE', wanted ?? '');
      return { index, header: cell, shown, field: null };
    }
    if (wanted !== null && taken.has(wanted)) {
      note('HEADER_SECOND', wanted);
      return { index, header: cell, shown, field: null };
    }
    if (wanted === null && key !== '' && !told && !OURS.has(key)) note('HEADER_UNMAPPED');
    if (wanted !== null) taken.add(wanted);
    return { index, header: cell, shown, field: wanted };
  });

  const missing = profile.required.filter((field) => !taken.has(field));
  if (missing.length > 0) {
    const free = columns.filter((column) => column.field === null && column.header.trim() !== '');
    fail({
      code: 'MAPPING_REQUIRED',
      fields: missing.join(', '),
      headers:
        free
          .slice(0, 40)
          .map((column) => column.shown)
          .join(', ') || '-',
    });
  }
  return { profile, columns, findings };
}

/** The columns that a reject file adds are not reported when it is imported again. */
const OURS = new Set(LANGS.flatMap((lang) => rejectHeadings[lang].map(normaliseHeader)));

/**
 * The column of a reject file in which the line of each row stands; null for any other file. One that was rejected again has the three
 * columns twice, and the later ones speak of it.
 */
export function lineColumnOf({ columns }: Mapping): number | null {
  const headers = columns.map(({ header }) => normaliseHeader(header));
  for (let at = headers.length - 3; at >= 0; at--)
    for (const lang of LANGS)
      if (rejectHeadings[lang].every((heading, i) => normaliseHeader(heading) === headers[at + i])) return at;
  return null;
}

function assertColumns(given: GivenMapping, header: readonly string[]): void {
  for (const [name, entries] of given) {
    const count = header.filter((cell) => cell.trim() === name).length;
    const extra = entries[count];
    if (extra !== undefined) fail({ code: 'MAPPING_COLUMN', line: extra.line });
  }
}

/** The fields of a record of this mapping, in the order of the file's columns. */
export function mappedFields(mapping: Mapping): readonly string[] {
  return mapping.columns.flatMap((column) => (column.field === null ? [] : [column.field]));
}

/**
 * A mapping as text that people edit: one `header = field` a line, `-` for a column that is not imported. Headers with unusual
 * characters stand in JSON quotes.
 *
 * @param comments - lines to put at the top, without `#`
 */
export function writeMapping(mapping: Mapping, comments: readonly string[] = []): string {
  const lines = comments.map((comment) => `# ${comment}`.trimEnd());
  for (const column of mapping.columns) {
    if (column.header.trim() === '') continue;
    lines.push(`${quoteHeader(column.header.trim())} = ${column.field ?? '-'}`);
  }
  return `${lines.join('\n')}\n`;
}

function quoteHeader(header: string): string {
  return /^["#]|[=\p{Cc}]/u.test(header) ? JSON.stringify(header) : header;
}

/**
 * Reads a mapping file. It is edited by people, so each fault is named with its line.
 *
 * @throws HandoverError MAPPING_SYNTAX, MAPPING_FIELD, MAPPING_TWICE
 */
export function readMapping(profile: Profile, text: string): GivenMapping {
  const given = new Map<string, { field: string | null; line: number }[]>();
  const taken = new Set<string>();
  const names = new Set(profile.fields.map((field) => field.name));
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const parts = /^("(?:[^"\\]|\\.)*"|[^=]*?)\s*[=＝]\s*([^=]*)$/.exec(trimmed);
    const header = unquoteHeader(parts?.[1] ?? '');
    const value = parts?.[2]?.trim() ?? '';
    if (header === null || header === '' || value === '') return fail({ code: 'MAPPING_SYNTAX', line });
    const field = value === '-' ? null : value;
    if (field !== null && !names.has(field)) fail({ code: 'MAPPING_FIELD', line });
    if (field !== null && taken.has(field)) fail({ code: 'MAPPING_TWICE', line, field });
    if (field !== null) taken.add(field);
    const entries = given.get(header) ?? [];
    entries.push({ field, line });
    given.set(header, entries);
  }
  return given;
}

function unquoteHeader(text: string): string | null {
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** How many fen one unit of a money column is, by the unit in its header: 元 by default, 万元, 分. */
export function fenPerUnit(header: string): 1 | 100 | 1_000_000 {
  const text = header.normalize('NFKC');
  if (/[(【[]\s*(单位[::]?)?\s*(万元|万)\s*[)】\]]|\/万元?$/.test(text)) return 1_000_000;
  if (/[(【[]\s*(单位[::]?)?\s*(分|fen)\s*[)】\]]|\/分$/i.test(text)) return 1;
  return 100;
}
