import canonicalize from 'canonicalize';
import { HandoverError } from '../messages/error.js';

/** What canonical JSON may hold in this product: no fractions (docs/formats.md, "Conventions"). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Nesting beyond this is refused before it can exhaust the stack. */
const MAX_DEPTH = 32;

/** Canonical JSON (RFC 8785) as text. Throws a plain Error on a fraction: that is a bug of the caller, not input. */
export function canonicalJson(value: Json): string {
  assertIntegers(value);
  const text = canonicalize(value);
  if (text === undefined) throw new Error('not a JSON value');
  return text;
}

function assertIntegers(value: Json): void {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error('canonical JSON of this product holds integers only');
  } else if (Array.isArray(value)) {
    for (const item of value) assertIntegers(item);
  } else if (value !== null && typeof value === 'object') {
    for (const item of Object.values(value)) assertIntegers(item);
  }
}

/** How strictly {@link readJson} reads. */
export interface JsonReading {
  /** The kind of document, named in problems: "manifest.json", never its content. */
  readonly document: string;
  /** In bytes; a longer document is refused unread. Default 16 MiB. */
  readonly limit?: number;
  /** Whether the bytes must be exactly the canonical form. Everything that is signed is read so. Default true. */
  readonly canonical?: boolean;
}

/**
 * Reads JSON from outside. The bytes are attacker-controlled: fatal UTF-8, no duplicate keys, no fractions, bounded depth and size,
 * and by default exactly canonical, so that one document has one spelling.
 *
 * @throws HandoverError JSON_TOO_LARGE, JSON_UTF8, JSON_SYNTAX, JSON_DUPLICATE_KEY, JSON_NUMBER, JSON_DEPTH, JSON_NOT_CANONICAL
 */
export function readJson(bytes: Uint8Array, reading: JsonReading): Json {
  const { document, limit = 16 * 1024 * 1024, canonical = true } = reading;
  if (bytes.length > limit) throw new HandoverError({ code: 'JSON_TOO_LARGE', document, limit });
  const text = decode(bytes, document);
  const value = parse(text, document);
  scan(text, document);
  if (canonical && canonicalJson(value) !== text)
    throw new HandoverError({ code: 'JSON_NOT_CANONICAL', document });
  return value;
}

function decode(bytes: Uint8Array, document: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new HandoverError({ code: 'JSON_UTF8', document });
  }
}

function parse(text: string, document: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new HandoverError({ code: 'JSON_SYNTAX', document });
  }
}

/** Finds what JSON.parse forgives: duplicate keys, fractions and exponents, depth. The text is known to be valid JSON. */
function scan(text: string, document: string): void {
  const objects: (Set<string> | null)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\]]/gy;
  const skip = /[\s,:]+|true|false|null/gy;
  let at = 0;
  while (at < text.length) {
    skip.lastIndex = at;
    if (skip.test(text)) {
      at = skip.lastIndex;
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) throw new HandoverError({ code: 'JSON_SYNTAX', document });
    at = token.lastIndex;
    if (found === '{' || found === '[') {
      objects.push(found === '{' ? new Set() : null);
      if (objects.length > MAX_DEPTH) throw new HandoverError({ code: 'JSON_DEPTH', document });
    } else if (found === '}' || found === ']') {
      objects.pop();
    } else if (found.startsWith('"')) {
      if (!isKey(text, at)) continue;
      const keys = objects.at(-1);
      const key = JSON.parse(found) as string;
      if (keys?.has(key)) throw new HandoverError({ code: 'JSON_DUPLICATE_KEY', document });
      keys?.add(key);
    } else if (!Number.isSafeInteger(Number(found)) || !/^-?\d+$/.test(found)) {
      throw new HandoverError({ code: 'JSON_NUMBER', document });
    }
  }
}

function isKey(text: string, after: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = after;
  return colon.test(text);
}
