import { canonicalJson, type Json, readJson } from '../base/json.js';
import { dealBytes } from './signed-deal.js';
import type { Terms } from './terms.js';
import { DEAL_FILE_LIMIT } from './terms-reading.js';

/** One part of the terms that an amendment changes, as it is in deal.json; null where it is not there. */
export interface TermsChange {
  /** Keys from the outside in; a member of a list by its id or name. */
  readonly path: string;
  readonly before: string | null;
  readonly now: string | null;
}

/** Everything in which an amendment differs from the version that it amends, but for the naming of that version. */
export function termsChanges(before: Terms, now: Terms): readonly TermsChange[] {
  const old = partsOf(before);
  const fresh = partsOf(now);
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, now: fresh.get(path) ?? null }))
    .filter((change) => change.before !== change.now);
}

/** Every single value of the terms under its path. */
function partsOf({ amends: _, ...terms }: Terms): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  walk(readJson(dealBytes(terms), { document: 'deal.json', limit: DEAL_FILE_LIMIT }), '', parts);
  return parts;
}

function walk(value: Json, path: string, parts: Map<string, string>): void {
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  if (isList(value)) {
    const names = value.map((item, i) => nameOf(item) ?? String(i + 1));
    // The order of the fields is that of the columns.
    parts.set(path, names.join(', '));
    for (const [i, item] of value.entries())
      walk(item, at(names.indexOf(names[i] ?? '') === i ? (names[i] ?? '') : String(i + 1)), parts);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) walk(item, at(key), parts);
  } else parts.set(path, typeof value === 'string' ? value : canonicalJson(value));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function nameOf(item: Json): string | null {
  if (item === null || typeof item !== 'object' || isList(item)) return null;
  const name = item['id'] ?? item['name'];
  return typeof name === 'string' ? name : null;
}
