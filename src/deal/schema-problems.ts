import type { z } from 'zod';
import { type DealProblem, EXPECTATIONS, type Expectation } from '../messages/problems/deal.js';
import type { Locate, Path } from './cross-checks.js';
import { DEAL_FORMAT, fieldSchema, purposeSchema, termsSchema } from './terms.js';

/** What reading terms gave: the terms, or everything that is wrong with them. */
type Issue = z.core.$ZodIssue;

/**
 * zod's findings about a deal as problems. zod itself repeats keys and values in its messages, which may be a customer's if somebody
 * opens the wrong file: only paths of the schema and our own words pass.
 */
export function schemaProblems(
  issues: readonly Issue[],
  document: unknown,
  locate: Locate,
): readonly DealProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, document, locate));
}

function problemsOf(issue: Issue, document: unknown, locate: Locate): readonly DealProblem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'DEAL_FIELD_UNKNOWN',
      ...locate([...path, key]),
      path: locate([...path, printableKey(key)]).path,
      suggestion: nearest(key, keysAt(path)),
    }));
  const expected = expectationOf(issue.message);
  const value = at(document, path);
  if (value === undefined) return [{ code: 'DEAL_FIELD_MISSING', ...locate(path), expected }];
  if (value === null || value === '') return [{ code: 'DEAL_FIELD_EMPTY', ...locate(path), expected }];
  const choices = issue.code === 'invalid_value' && issue.values.length > 1 ? issue.values.map(String) : [];
  return [{ code: 'DEAL_FIELD_INVALID', ...locate(path), expected, choices }];
}

function expectationOf(message: string): Expectation {
  return EXPECTATIONS.find((e) => e === message) ?? 'text';
}

/** The value at a path of a plain document; undefined if the path leads nowhere. */
export function at(document: unknown, path: Path): unknown {
  let value = document;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (value !== null && typeof value === 'object' && Object.hasOwn(value, step))
      value = Reflect.get(value, step);
    else return undefined;
  }
  return value;
}

/** A foreign key is shown only if it looks like a name of a format: never a line of a customer file opened by mistake. */
function printableKey(key: string): string {
  return /^[A-Za-z_][A-Za-z_-]{0,40}$/.test(key) ? key : '?';
}

/** The names that the format knows at a path. Read from the lists below, because a path may lead through a list or an optional part. */
function keysAt(path: Path): readonly string[] {
  const last = path.at(-1);
  const under = path.at(-2);
  if (typeof last === 'number') {
    if (under === 'fields') return Object.keys(fieldSchema.shape);
    if (under === 'purposes') return Object.keys(purposeSchema.shape);
    if (under === 'resources') return ['name', 'fields'];
    return ['name', 'recipient', 'reason'];
  }
  let shape: unknown = termsSchema;
  for (const step of path) shape = Reflect.get(Object(unwrapped(shape)?.['shape']), step);
  return Object.keys(Object(unwrapped(shape)?.['shape']));
}

function unwrapped(schema: unknown): Record<string, unknown> | undefined {
  if (schema === null || typeof schema !== 'object') return undefined;
  const inner: unknown = 'unwrap' in schema && typeof schema.unwrap === 'function' ? schema.unwrap() : schema;
  return inner === null || typeof inner !== 'object' ? undefined : { shape: Reflect.get(inner, 'shape') };
}

/** The known name nearest to a misspelt one, if it is near: at most two letters off, or a third of a long name. */
function nearest(word: string, known: readonly string[]): string | null {
  if (word.length > 40) return null;
  let best: string | null = null;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = levenshtein(word.toLowerCase(), candidate);
    if (distance < least && distance < candidate.length) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Edit distance with insertions, deletions and substitutions, in two rows. */
function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Whether a document says that it is a deal of a version that this program does not know. */
export function isForeignVersion(document: unknown): boolean {
  const format = at(document, ['format']);
  return typeof format === 'string' && format !== DEAL_FORMAT && /^handover\.deal\/\d{1,4}$/.test(format);
}
