import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/base/bytes.js';
import { canonicalJson, readJson } from '../../src/base/json.js';
import { HandoverError } from '../../src/messages/error.js';
import { processorSeconds } from '../kit/effort.js';

const MIB = 1024 * 1024;

function codeOf(text: string | Uint8Array, options: { readonly canonical?: boolean } = {}): string {
  try {
    readJson(typeof text === 'string' ? utf8(text) : text, { document: 'x.json', ...options });
    return 'read';
  } catch (error) {
    return error instanceof HandoverError ? error.problem.code : 'a bare error';
  }
}

const manyKeys = (count: number) => `{${Array.from({ length: count }, (_, i) => `"k${i}":0`).join(',')}}`;

describe('what is no canonical JSON', () => {
  test.each<[string, string, () => string | Uint8Array]>([
    ['nothing', 'JSON_SYNTAX', () => ''],
    ['a brace', 'JSON_SYNTAX', () => '{'],
    ['a string without an end', 'JSON_SYNTAX', () => '"abc'],
    ['a string that ends in a backslash', 'JSON_SYNTAX', () => '"abc\\'],
    ['brackets the wrong way round', 'JSON_SYNTAX', () => ']'.repeat(40)],
    ['bytes that are no UTF-8', 'JSON_UTF8', () => Uint8Array.of(0x22, 0xc0, 0x80, 0x22)],
    ['a surrogate in UTF-8', 'JSON_UTF8', () => Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)],
    ['a byte order mark', 'JSON_SYNTAX', () => '\ufeff{}'],
    ['half a character', 'JSON_SURROGATE', () => '{"a":"\\ud800"}'],
    ['the other half', 'JSON_SURROGATE', () => '{"a":"x\\udfffx"}'],
    ['halves the wrong way round', 'JSON_SURROGATE', () => '{"a":"\\udc00\\ud800"}'],
    ['half a character as a key', 'JSON_SURROGATE', () => '{"\\ud800":1}'],
    ['a fraction', 'JSON_NUMBER', () => '[1.5]'],
    ['an exponent', 'JSON_NUMBER', () => '[1e3]'],
    ['too large a number', 'JSON_NUMBER', () => '[9007199254740992]'],
    ['minus nothing', 'JSON_NOT_CANONICAL', () => '[-0]'],
    ['a key twice', 'JSON_DUPLICATE_KEY', () => '{"a":1,"a":1}'],
    ['a key twice, once escaped', 'JSON_DUPLICATE_KEY', () => '{"a":1,"\\u0061":1}'],
    ['a key twice, with others between', 'JSON_DUPLICATE_KEY', () => '{"a":1,"b":1,"a":1}'],
    ['keys out of order', 'JSON_NOT_CANONICAL', () => '{"b":1,"a":1}'],
    ['the empty key last', 'JSON_NOT_CANONICAL', () => '{"a":1,"":1}'],
    ['a blank', 'JSON_NOT_CANONICAL', () => '{"a": 1}'],
    ['a newline at the end', 'JSON_NOT_CANONICAL', () => '{}\n'],
    ['an escape that need not be', 'JSON_NOT_CANONICAL', () => '["\\u0061"]'],
    ['an escaped slash', 'JSON_NOT_CANONICAL', () => '["\\/"]'],
    ['a pair of escapes for one character', 'JSON_NOT_CANONICAL', () => '["\\ud83d\\ude00"]'],
    ['33 levels', 'JSON_DEPTH', () => `${'['.repeat(33)}${']'.repeat(33)}`],
    ['a million levels', 'JSON_DEPTH', () => '['.repeat(MIB)],
    ['a text of 8 MiB', 'JSON_STRING', () => `"${'a'.repeat(8 * MIB)}"`],
    ['a text of 8 MiB of quotes', 'JSON_STRING', () => `"${'\\"'.repeat(4 * MIB)}"`],
    ['a key of 8 MiB', 'JSON_STRING', () => `{"${'a'.repeat(8 * MIB)}":1}`],
    ['five million lists', 'JSON_TOO_MANY', () => `[${'[],'.repeat(5 * MIB)}[]]`],
    ['eight million numbers', 'JSON_TOO_MANY', () => `[${'0,'.repeat(7.9 * MIB)}0]`],
    ['a million keys', 'JSON_TOO_MANY', () => manyKeys(1_000_000)],
    ['20,000 keys', 'JSON_TOO_MANY', () => manyKeys(20_000)],
    ['17 MiB', 'JSON_TOO_LARGE', () => ' '.repeat(17 * MIB)],
    ['16 MiB of blanks', 'JSON_SYNTAX', () => ' '.repeat(16 * MIB)],
    ['16 MiB of digits', 'JSON_NUMBER', () => '9'.repeat(16 * MIB)],
    ['16 MiB of minus', 'JSON_SYNTAX', () => '-'.repeat(16 * MIB)],
    ['16 MiB of backslashes in a text', 'JSON_STRING', () => `"${'\\'.repeat(15 * MIB)}"`],
  ])('%s: %s', async (_, code, make) => {
    const text = make();
    expect(await processorSeconds(() => expect(codeOf(text)).toBe(code))).toBeLessThan(5);
  });

  test('what need not be canonical is held to all the rest', () => {
    expect(codeOf(' { "b": 1, "a": "\\u0061" }\n', { canonical: false })).toBe('read');
    expect(codeOf('{"a":1, "a":1}', { canonical: false })).toBe('JSON_DUPLICATE_KEY');
    expect(codeOf('["\\ud800"]', { canonical: false })).toBe('JSON_SURROGATE');
    expect(codeOf('[1.0]', { canonical: false })).toBe('JSON_NUMBER');
  });

  test.each([
    'null',
    'true',
    '-1',
    '""',
    '"\\\\"',
    '{}',
    '{"":0,"a":[],"b":{"c":"\\"\\\\\\b\\f\\n\\r\\t\\u001f/€😀\u2028\u007f"}}',
    '{"\u20ac":1,"😀":2,"\ufb33":3}',
    `${'['.repeat(32)}${']'.repeat(32)}`,
  ])('%j is canonical, and is written so', (text) => {
    expect(canonicalJson(readJson(utf8(text), { document: 'x.json' }))).toBe(text);
  });
});
