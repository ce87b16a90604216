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
  /** How many values there may be, at any depth. A value of two bytes takes a hundred once it is read. Default {@link MAX_VALUES}. */
  readonly values?: number;
  /** How long a text in it may be, in bytes as it is there. Default {@link MAX_STRING}. */
  readonly string?: number;
  /** Whether the bytes must be exactly the canonical form. Everything that is signed is read so. Default true. */
  readonly canonical?: boolean;
}

/** Far more than any document has: the manifest of a million customers has some thousands. */
const MAX_VALUES = 200_000;

/** In bytes, as they are in the document. The longest that is written is the row of one person in a proof. */
const MAX_STRING = 1024 * 1024;

/** Of one object. The most that is written is one for each data key of a workspace. */
const MAX_KEYS = 10_000;

/**
 * Reads JSON from outside. The bytes are attacker-controlled: their size, depth and numbers of values and keys are bounded before anything
 * is made of them; fatal UTF-8, no duplicate keys, no fractions, no half characters, and by default exactly canonical, so that one
 * document has one spelling.
 *
 * @throws HandoverError JSON_TOO_LARGE, JSON_DEPTH, JSON_TOO_MANY, JSON_STRING, JSON_UTF8, JSON_SYNTAX, JSON_DUPLICATE_KEY, JSON_NUMBER,
 *   JSON_SURROGATE, JSON_NOT_CANONICAL
 */
export function readJson(bytes: Uint8Array, reading: JsonReading): Json {
  const {
    document,
    limit = 16 * 1024 * 1024,
    values = MAX_VALUES,
    string = MAX_STRING,
    canonical = true,
  } = reading;
  if (bytes.length > limit) throw new HandoverError({ code: 'JSON_TOO_LARGE', document, limit });
  measure(bytes, document, { values, string });
  const text = decode(bytes, document);
  const value = parse(text, document);
  const isCanonical = scan(text, document);
  if (canonical && !isCanonical) throw new HandoverError({ code: 'JSON_NOT_CANONICAL', document });
  return value;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];

/**
 * Bounds what a document can cost before it is parsed. Of bytes that are no JSON it measures something, and the parser refuses them: between
 * two values there is a comma or a bracket in any case.
 */
function measure(
  bytes: Uint8Array,
  document: string,
  { values, string }: { readonly values: number; readonly string: number },
): void {
  let depth = 0;
  let count = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      const end = stringEnd(bytes, at);
      if (end - at > string) throw new HandoverError({ code: 'JSON_STRING', document, limit: string });
      at = end;
    } else if (byte === COMMA) {
      count++;
    } else if (OPEN.includes(byte)) {
      count++;
      if (++depth > MAX_DEPTH) throw new HandoverError({ code: 'JSON_DEPTH', document });
    } else if (CLOSE.includes(byte)) {
      depth--;
    }
    if (count > values) throw new HandoverError({ code: 'JSON_TOO_MANY', document, limit: values });
  }
}

/** Where the string that begins here ends, at its closing quote or at the end of everything. */
function stringEnd(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at;
  }
  return bytes.length;
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

/** The object or list that is being read. */
interface Level {
  /** Keys so far. Null for a list. */
  readonly keys: Set<string> | null;
  last: string;
}

/**
 * Finds what JSON.parse forgives: duplicate keys, fractions and exponents, halves of characters. The text is known to be valid JSON.
 *
 * @returns whether it is in canonical form (RFC 8785)
 */
function scan(text: string, document: string): boolean {
  const levels: Level[] = [];
  let isCanonical = true;
  for (let at = 0; at < text.length; ) {
    const first = text.charAt(at);
    if (first === '"') {
      const end = textEnd(text, at);
      const spelled = text.slice(at, end);
      const string = textOf(spelled, document);
      if (JSON.stringify(string) !== spelled) isCanonical = false;
      const level = levels.at(-1);
      if (level !== undefined && level.keys !== null && isKey(text, end)) {
        if (!takeKey(level, level.keys, string, document)) isCanonical = false;
      }
      at = end;
    } else if (first === '{' || first === '[') {
      levels.push({ keys: first === '{' ? new Set() : null, last: '' });
      at++;
    } else if (first === '-' || (first >= '0' && first <= '9')) {
      NUMBER.lastIndex = at;
      const found = NUMBER.exec(text)?.[0] ?? '';
      if (!Number.isSafeInteger(Number(found)) || !/^-?\d+$/.test(found))
        throw new HandoverError({ code: 'JSON_NUMBER', document });
      if (found === '-0') isCanonical = false;
      at += found.length;
    } else {
      if (first === '}' || first === ']') levels.pop();
      else if (BLANK.includes(first)) isCanonical = false;
      at++;
    }
  }
  return isCanonical;
}

const NUMBER = /-?[\d.eE+-]+/y;
const BLANK = ' \t\r\n';

/** Behind the closing quote of the string that begins here. */
function textEnd(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** What a string means. Half a character has no bytes, so nobody could sign or digest it. */
function textOf(spelled: string, document: string): string {
  const string: string = JSON.parse(spelled);
  if (/\p{Surrogate}/u.test(string)) throw new HandoverError({ code: 'JSON_SURROGATE', document });
  return string;
}

/** Notes a key of an object; says whether it is in order. */
function takeKey(level: Level, keys: Set<string>, key: string, document: string): boolean {
  if (keys.has(key)) throw new HandoverError({ code: 'JSON_DUPLICATE_KEY', document });
  if (keys.size >= MAX_KEYS) throw new HandoverError({ code: 'JSON_TOO_MANY', document, limit: MAX_KEYS });
  const isAscending = keys.size === 0 || level.last < key;
  keys.add(key);
  level.last = key;
  return isAscending;
}

/** In valid JSON a string before a colon is a key. */
function isKey(text: string, after: number): boolean {
  let at = after;
  while (at < text.length && BLANK.includes(text.charAt(at))) at++;
  return text.charAt(at) === ':';
}
