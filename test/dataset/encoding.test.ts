import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDecode, compileLineDecode, decode, detectEncoding } from '../../src/dataset/encoding.js';
import { LANGS } from '../../src/messages/lang.js';
import { evidenceText } from '../../src/messages/evidence.js';
import { problemOf } from './problem-of.js';

/** 客户编号,姓名,手机号,服务地址 / 朱小磊 … / 㛃䶮𬱟 … : the names need GB18030's four-byte forms. */
const GB18030 = Buffer.from(
  'bfcdbba7b1e0bac52cd0d5c3fb2ccad6bbfabac52cb7fecef1b5d8d6b70a43312cd6ecd0a1c0da2c31333931323334373037362cc9eedbdacad0b8a3ccefc7f8c1abbba8c2b73132bac50a43322c8230b731fe9f9933c4352c31333831323334353637382cb9e3d6ddcad0ccecbad3c7f80a',
  'hex',
);
/** 客戶編號,姓名,電話,地址 / 陳大文 … in Big5: the same bytes are valid GB18030. */
const BIG5 = Buffer.from(
  'ab c8 a4 e1 bd 73 b8 b9 2c a9 6d a6 57 2c b9 71 b8 dc 2c a6 61 a7 7d 0a 43 31 2c b3 af a4 6a a4 e5 2c 30 39 31 32 33 34 35 36 37 38 2c a5 78 a5 5f a5 ab a4 a4 a4 73 b0 cf 0a 43 32 2c aa 4c ac fc ac c2 2c 30 39 32 32 33 33 33 34 34 34 2c b0 aa b6 af a5 ab 0a'.replaceAll(
    ' ',
    '',
  ),
  'hex',
);
const text = '客户编号,姓名,手机号\nC1,𬱟小磊,13912347076\n';

const utf16le = (t: string) => Buffer.from(t, 'utf16le');
const utf16be = (t: string) => utf16le(t).swap16();

describe('detectEncoding', () => {
  it.each([
    ['UTF-8 with BOM', Buffer.from(`\ufeff${text}`), 'utf-8', 3],
    ['UTF-8', Buffer.from(text), 'utf-8', 0],
    ['ASCII', Buffer.from('id,name\n1,a\n'), 'utf-8', 0],
    ['UTF-16LE with BOM', utf16le(`\ufeff${text}`), 'utf-16le', 2],
    ['UTF-16BE with BOM', utf16be(`\ufeff${text}`), 'utf-16be', 2],
    ['UTF-16LE without BOM', utf16le(text), 'utf-16le', 0],
    ['UTF-16BE without BOM', utf16be(text), 'utf-16be', 0],
    ['GB18030', GB18030, 'gb18030', 0],
    ['GB18030 with BOM', Buffer.concat([Buffer.from('84319533', 'hex'), GB18030]), 'gb18030', 4],
  ] as const)('%s', (_name, bytes, encoding, bom) => {
    expect(detectEncoding(bytes, true)).toMatchObject({ encoding, bom });
  });

  it('reads names that need four bytes', () => {
    const decoded = decode(GB18030, 'gb18030');
    expect(decoded).toContain('朱小磊');
    expect(decoded.split('\n')[2]).toMatch(/^C2,㛃䶮𬱟,/);
  });

  it('says why, without a word of the text', () => {
    const { evidence } = detectEncoding(GB18030, true);
    expect(evidence.map((e) => e.kind)).toEqual(['utf8-fails', 'common-hanzi', 'mobile-lines']);
    expect(evidence[0]).toEqual({ kind: 'utf8-fails', line: 1 });
    expect(evidence[2]).toEqual({ kind: 'mobile-lines', permille: 1000 });
    for (const lang of LANGS) for (const e of evidence) expect(evidenceText(e, lang)).not.toMatch(/朱|139/);
  });

  it('refuses Big5, whose bytes decode as GB18030 without an error, and reads it when told', () => {
    expect(() => new TextDecoder('gb18030', { fatal: true }).decode(BIG5)).not.toThrow();
    expect(problemOf(() => detectEncoding(BIG5, true)).code).toBe('CSV_ENCODING_BIG5');
    expect(detectEncoding(BIG5, true, 'big5').encoding).toBe('big5');
    expect(decode(BIG5, 'big5')).toContain('陳大文');
  });

  it.each([
    ['xlsx', Buffer.from('PK\x03\x04....[Content_Types].xml')],
    ['zip', Buffer.from('PK\x03\x04....a.txt')],
    ['xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['pdf', Buffer.from('%PDF-1.7')],
    ['gzip', Buffer.from('1f8b0800', 'hex')],
    ['sqlite', Buffer.from('SQLite format 3\0')],
    ['binary', Buffer.from('id,name\n1,a\0b\n2,\0\0\0')],
    ['binary', Buffer.from('fffe0000', 'hex')],
  ] as const)('refuses %s', (kind, bytes) => {
    expect(problemOf(() => detectEncoding(bytes, true))).toEqual({ code: 'CSV_NOT_TEXT', kind });
  });

  it('refuses an empty file, one with nothing but a mark, and bytes that no table makes sense of', () => {
    expect(problemOf(() => detectEncoding(Buffer.alloc(0), true)).code).toBe('CSV_EMPTY');
    expect(problemOf(() => detectEncoding(Buffer.from('\ufeff'), true)).code).toBe('CSV_EMPTY');
    const noise = Buffer.from('9c9d9e9f8a8b8c8d8e8f97989a2c9c9d0a9c9d9e9f', 'hex');
    expect(problemOf(() => detectEncoding(noise, true)).code).toBe('CSV_ENCODING_UNKNOWN');
  });

  it('names line and column of a damaged byte instead of taking the file for something else', () => {
    const rows = Array.from({ length: 50 }, (_, i) => `C${i},朱小磊,深圳市福田区莲花路${i}号`);
    const bytes = Buffer.from(`客户编号,姓名,服务地址\n${rows.join('\n')}\n`);
    const at = bytes.indexOf(Buffer.from('朱', 'utf8'), bytes.indexOf('C30'));
    bytes[at + 1] = 0xff;
    expect(detectEncoding(bytes, true).encoding).toBe('utf-8');
    expect(problemOf(() => decode(bytes, 'utf-8'))).toEqual({
      code: 'CSV_BAD_BYTES',
      encoding: 'utf-8',
      line: 32,
      column: 2,
    });
    expect([...(compileLineDecode('utf-8')(bytes, 1).foreign ?? [])]).toEqual([
      [32, { byte: 0xe6, text: '' }],
    ]);
    const cut = Buffer.concat([GB18030, Buffer.from('43332cd6', 'hex')]);
    expect(problemOf(() => decode(cut, 'gb18030')).code).toBe('CSV_BAD_BYTES');
  });

  it('takes a character cut by the end of the head for no error', () => {
    const cut = Buffer.concat([Buffer.from(text.repeat(5)), Buffer.from('e5ae', 'hex')]);
    expect(detectEncoding(cut, false).evidence).toEqual([{ kind: 'utf8-strict' }]);
    expect([...(compileLineDecode('utf-8')(cut, 1).foreign ?? [])]).toEqual([[11, { byte: 0xe5, text: '' }]]);
  });
});

describe('compileDecode', () => {
  it('gives what TextDecoder gives, or refuses as it does', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const fast = compileDecode('utf-8');
    const place = { firstLine: 1, delimiter: ',' };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (t) => {
        const bytes = Buffer.from(t);
        expect(fast(bytes, place)).toBe(decoder.decode(bytes));
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        let expected: string | null;
        try {
          expected = decoder.decode(bytes);
        } catch {
          expected = null;
        }
        if (expected === null) expect(problemOf(() => fast(bytes, place)).code).toBe('CSV_BAD_BYTES');
        else expect(fast(bytes, place)).toBe(expected);
      }),
    );
  });
});
