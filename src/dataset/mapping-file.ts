import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import { fail } from '../messages/error.js';
import { normaliseHeader } from './header.js';
import type { GivenMapping, Mapping } from './mapping.js';
import { READ_TWICE } from './mapping-draft.js';
import type { Profile } from './profile.js';

/**
 * A mapping as text that people edit: one `header = field` a line, `-` for a column that is not imported. Headers with unusual
 * characters are in JSON quotes.
 *
 * @param comments - lines to put at the top, without `#`
 * @param open - columns of which somebody has to say what they are, by position: `?`
 */
export function writeMapping(
  mapping: Mapping,
  comments: readonly string[] = [],
  open: readonly number[] = [],
): string {
  const lines = comments.map((comment) => `# ${comment}`.trimEnd());
  for (const column of mapping.columns) {
    if (column.header.trim() === '') continue;
    const field = column.field ?? column.also ?? (open.includes(column.index) ? OPEN : '-');
    lines.push(`${quoteHeader(column.header.trim())} = ${field}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Marks in a draft where somebody has to decide. */
const OPEN = '?';

function quoteHeader(header: string): string {
  return /^["#]|[=\p{Cc}]/u.test(header) ? JSON.stringify(header) : header;
}

/**
 * Reads a mapping file. It is edited by people, so each fault is named with its line.
 *
 * @throws HandoverError MAPPING_SYNTAX, MAPPING_OPEN, MAPPING_FIELD, MAPPING_TWICE
 */
export function readMapping(profile: Profile, text: string): GivenMapping {
  const given = new Map<string, { field: string | null; line: number }[]>();
  const taken = new Set<string>();
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [left, value] = sidesOf(trimmed);
    const header = unquoteHeader(left);
    if (header === null || header === '' || value === '' || value.includes('='))
      return fail({ code: 'MAPPING_SYNTAX', line });
    if (value === OPEN || value === '？') fail({ code: 'MAPPING_OPEN', line });
    const field =
      value === '-' ? null : (fieldCalled(profile, value) ?? fail({ code: 'MAPPING_FIELD', line }));
    if (field !== null && taken.has(field) && !READ_TWICE.has(field))
      fail({ code: 'MAPPING_TWICE', line, field });
    if (field !== null) taken.add(field);
    const entries = given.get(header) ?? [];
    entries.push({ field, line });
    given.set(header, entries);
  }
  return given;
}

/** SHA-256 of what a mapping says, whatever the order of its lines and the comments between them. */
export function digestOfMapping(given: GivenMapping): Sha256 {
  const said = [...given].map(([header, entries]) => [header, ...entries.map(({ field }) => field)]);
  return sha256(utf8(canonicalJson(said.map((each) => JSON.stringify(each)).sort())));
}

/** The field of a profile by its own name, or by one that people call it: `姓名` is `name`. */
function fieldCalled({ fields, byHeader }: Profile, text: string): string | undefined {
  const exact = fields.find(({ name }) => name === text);
  return (exact ?? byHeader.get(normaliseHeader(text)))?.name;
}

/** The two sides of the sign in a line, trimmed. A header in quotes may hold the sign. */
function sidesOf(line: string): readonly [header: string, value: string] {
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(line)?.[0];
  if (quoted !== undefined) {
    const rest = line.slice(quoted.length).trimStart();
    if (/^[=＝]/.test(rest)) return [quoted, rest.slice(1).trim()];
  }
  const at = line.search(/[=＝]/);
  return at === -1 ? ['', ''] : [line.slice(0, at).trimEnd(), line.slice(at + 1).trim()];
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

/** Whether a mapping is about a file with this header: the same columns, in whatever order. */
export function isMappingOf(given: GivenMapping, header: readonly string[]): boolean {
  const names = header.map((cell) => cell.trim()).filter((name) => name !== '');
  const told = [...given].reduce((sum, [, entries]) => sum + entries.length, 0);
  return (
    told === names.length &&
    [...given].every(([name, entries]) => names.filter((each) => each === name).length === entries.length)
  );
}
