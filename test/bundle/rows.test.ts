import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELDS, lineOf, pageOf, tagOf } from '../../fixtures/vectors/make/kit.js';
import { rowSchema } from '../../src/bundle/row-schema.js';
import { compileRowReader } from '../../src/bundle/rows.js';
import { problemOf } from '../identity/problem-of.js';
import { processorSeconds } from '../kit/effort.js';
import { timed } from '../kit/timed.js';

describe('the row reader', () => {
  const read = compileRowReader(FIELDS);
  const good = lineOf(['C0001', '王小一', null, 'a "b" \\ \t c']);
  const tag = tagOf('C0001');
  const at = { part: 'data/customers-00001.ndjson.gz.age', start: 0 };

  it('gives rows and tags of a good page', () => {
    const text = pageOf([
      ['C0001', '王小一', '138', null],
      ['C0002', '"', null, '\n'],
    ]);
    const { rows, tags } = read(Buffer.from(text), at);
    expect(rows).toBe(2);
    expect(Buffer.from(tags).toString('hex')).toBe(tagOf('C0001') + tagOf('C0002'));
  });

  it.each<readonly [string, string | Buffer]>([
    ['no newline at the end', good],
    ['an empty line', '\n'],
    ['a carriage return', `${good}\r\n`],
    ['a space', `${good.replace(',"name"', ', "name"')}\n`],
    ['an empty string', `${good.replace('"王小一"', '""')}\n`],
    ['a number', `${good.replace('"王小一"', '1')}\n`],
    ['true', `${good.replace('"王小一"', 'true')}\n`],
    ['an object', `${good.replace('"王小一"', '{}')}\n`],
    ['a missing key', `${good.replace('"mobile":null,', '')}\n`],
    ['a foreign key', `${good.replace('}', ',"x":null}')}\n`],
    ['a repeated key', `${good.replace('}', ',"name":null}')}\n`],
    ['keys in another order', `${good.replace('"_tag"', '"name"').replace(',"name"', ',"_tag"')}\n`],
    ['an upper-case tag', `${good.replace(tag, tag.toUpperCase())}\n`],
    ['a short tag', `${good.replace(tag, tag.slice(2))}\n`],
    ['an escape that is not needed', `${good.replace('王', '\\u738b')}\n`],
    ['a solidus escaped', `${good.replace('王', '\\/')}\n`],
    ['an escaped control character', `${good.replace('王', '\\u001f')}\n`],
    ['a raw control character', `${good.replace('王', '\u001f')}\n`],
    ['half a surrogate pair', `${good.replace('王', '\\ud800')}\n`],
    ['bytes that are not UTF-8', Buffer.from(`${good}\n`, 'latin1').fill(0xff, 60, 61)],
    ...[
      ...'\u007f\u0080\u009b\u061c\u200f\u2028\u2029\u202a\u202e\u2069\u206a\u206f',
      ...'\ufff9\ufffb\ufffe\uffff\u{e0000}\u{e007f}',
    ].map(
      (hidden) => [`U+${hidden.codePointAt(0)?.toString(16)}`, `${good.replace('王', hidden)}\n`] as const,
    ),
    ['a byte-order mark', `\ufeff${good}\n`],
    ['two rows on a line', `${good}${good}\n`],
  ])('refuses %s', (_, text) => {
    const problem = problemOf(() => read(Buffer.from(text), at));
    expect(problem).toEqual({ code: 'BUNDLE_ROW', part: at.part, row: 1 });
  });

  it('names the row by its number in the part, and nothing of it', () => {
    const text = `${good}\n${good}\n${good.replace(tag, 'secret')}\n`;
    const problem = problemOf(() => read(Buffer.from(text), { ...at, start: 40 }));
    expect(problem).toEqual({ code: 'BUNDLE_ROW', part: at.part, row: 43 });
  });

  it.each(['“', '”', '—', '…', '‘', '，', '：', '£', 'é', 'ﻀ', '؛', '\u00a0', '€'])('reads %s', (char) => {
    expect(read(Buffer.from(`${good.replace('王', char)}\n`), at).rows).toBe(1);
  });

  it('accepts exactly what JSON.stringify writes', () => {
    const value = fc.option(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.tuple(value, value, value, value), fc.nat(), fc.nat(255), (values, where, byte) => {
        const row: Record<string, string | null> = { _tag: tag };
        for (const [i, field] of FIELDS.entries()) row[field] = values[i] ?? null;
        const bytes = Buffer.from(`${JSON.stringify(row)}\n`);
        bytes[where % bytes.length] = byte;
        expect(isRead(read, bytes)).toBe(isSpelling(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  timed('takes time in proportion to the length, whatever an attacker writes', async () => {
    const long = `${good.slice(0, -3)}${'\\"a'.repeat(200_000)}`;
    expect(await processorSeconds(() => problemOf(() => read(Buffer.from(long), at)))).toBeLessThan(5);
  });
});

function isRead(read: ReturnType<typeof compileRowReader>, bytes: Buffer): boolean {
  try {
    return read(bytes, { part: 'p', start: 0 }).rows === 1;
  } catch {
    return false;
  }
}

/** The slow definition: the page is one row that JSON.stringify would write again, with fields of text or null. */
function isSpelling(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const row: Record<string, unknown> = JSON.parse(text);
    const values = FIELDS.map((field) => row[field]);
    return (
      `${JSON.stringify(row)}\n` === text &&
      Object.keys(row).join() === ['_tag', ...FIELDS].join() &&
      /^[0-9a-f]{32}$/.test(String(row['_tag'])) &&
      values.every(
        (v) =>
          v === null ||
          (typeof v === 'string' &&
            v !== '' &&
            !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}\p{Surrogate}]/u.test(
              v,
            )),
      )
    );
  } catch {
    return false;
  }
}

describe('the row schema', () => {
  it('lists the tag and each field, and nothing else', () => {
    expect(rowSchema(['a', 'b'])).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        _tag: { type: 'string', pattern: '^[0-9a-f]{32}$' },
        a: { type: ['string', 'null'], minLength: 1 },
        b: { type: ['string', 'null'], minLength: 1 },
      },
      required: ['_tag', 'a', 'b'],
      additionalProperties: false,
    });
  });
});
