import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tagger } from '../../src/base/tagger.js';
import { MAX_FINDINGS } from '../../src/dataset/imported.js';
import { maskValue } from '../../src/dataset/mask.js';
import { CONSENTS } from '../../src/dataset/profile.js';
import { FINDING_SEVERITY, type FindingCode, findingSentences } from '../../src/messages/findings.js';
import { LANGS } from '../../src/messages/lang.js';

import { importAll, tagKey, type Whole } from './import-all.js';

const text = (...lines: string[]) => Buffer.from(`${lines.join('\n')}\n`);
const sum = (whole: Whole, key: 'rows' | 'blank' | 'records' | 'rejected') =>
  whole.chunks.reduce((n, c) => n + c[key], 0);
const codes = (whole: Whole) =>
  whole.chunks.flatMap((c) => c.findings.map((f) => [f.code, f.line, f.column, f.field]));

describe('compileImport', () => {
  const messy = text(
    '客户编号,姓名,手机号,服务地址,余额',
    'C1,朱小磊,139 1234 7076,"深圳市福田区莲花路12号,3栋401",￥12.50',
    ',,,,',
    'C2,王芳,1.38E+10,广州,1',
    '',
    ',李强,13812345678,上海,2',
    'C4,赵敏,13812345678,"一行\n两行",3,,',
    'C5,钱伟,13812345678,北京',
    'C6,孙丽,13812345678,北京,4,多',
    'C7,周"杰,13812345678,北京,5',
    '合计,,,,12.5',
    ',合计：,,,12.5',
    'C9,吴女士,14212345678,天津,6',
  );

  it('accounts for every row and says what is wrong with each, without a value', () => {
    const whole = importAll(messy);
    expect(sum(whole, 'rows')).toBe(10);
    expect([sum(whole, 'records'), sum(whole, 'rejected'), sum(whole, 'blank')]).toEqual([3, 5, 2]);
    expect(whole.chunks[0]?.aside).toBe(2);
    expect(whole.columns).toEqual(['customer_no', 'name', 'mobile', 'address', 'prepaid_balance']);
    expect(whole.records).toEqual([
      ['C1', '朱小磊', '13912347076', '深圳市福田区莲花路12号,3栋401', '1250'],
      ['C2', '王芳', '', '广州', '100'],
      ['C9', '吴女士', '14212345678', '天津', '600'],
    ]);
    expect(codes(whole)).toEqual([
      ['VALUE_EXCEL_NUMBER', 4, 3, 'mobile'],
      ['ID_MISSING', 6, 1, 'customer_no'],
      ['ROW_CELLS', 7, 0, ''],
      ['ROW_CELLS', 9, 0, ''],
      ['ROW_CELLS', 10, 0, ''],
      ['CSV_QUOTE_STRAY', 11, 2, 'name'],
      ['ROW_SUMMARY', 12, 0, ''],
      ['ROW_SUMMARY', 13, 0, ''],
      ['VALUE_NAME_TITLE', 14, 2, 'name'],
      ['VALUE_MOBILE_UNALLOCATED', 14, 3, 'mobile'],
    ]);
    expect(JSON.stringify(whole.chunks[0]?.findings)).not.toMatch(/王芳|李强|孙丽|1\.38/);
    expect(whole.chunks[0]?.counts).toEqual({
      VALUE_EXCEL_NUMBER: 1,
      ID_MISSING: 1,
      ROW_CELLS: 3,
      CSV_QUOTE_STRAY: 1,
      ROW_SUMMARY: 2,
      VALUE_NAME_TITLE: 1,
      VALUE_MOBILE_UNALLOCATED: 1,
    });
  });

  it('gives the same records, counts and rejects however the file is cut', () => {
    const whole = importAll(messy);
    for (const [target, block] of [
      [40, 1],
      [60, 7],
      [200, 64],
    ] as const) {
      const cut = importAll(messy, { target, block });
      expect(cut.records).toEqual(whole.records);
      expect(cut.rejects).toBe(whole.rejects);
      expect(codes(cut)).toEqual(codes(whole));
    }
  });

  it('tags each record', () => {
    const whole = importAll(messy);
    const expected = tagger(tagKey)(['C1', 'C2', 'C9']);
    expect(Buffer.from(whole.chunks[0]?.tags ?? []).equals(expected)).toBe(true);
    expect(whole.chunks[0]?.tags.buffer.byteLength).toBe(48);
  });

  it('writes a reject file that can be corrected and imported again', () => {
    const { rejects } = importAll(messy);
    const rows: string[][] = parse(rejects, { relax_column_count: true });
    expect(rows[0]).toEqual(['客户编号', '姓名', '手机号', '服务地址', '余额', '行号', '问题', '建议']);
    expect(rows[1]?.slice(0, 6)).toEqual(['', '李强', '13812345678', '上海', '2', '6']);
    expect(rows[1]?.[6]).toContain('客户编号');
    expect(rows.find((row) => row[0] === 'C7')?.slice(0, 6)).toEqual([
      'C7',
      '周"杰',
      '13812345678',
      '北京',
      '5',
      '11',
    ]);
    expect(rows.find((row) => row[0] === 'C6')?.slice(5)).toEqual([
      '10',
      expect.stringContaining('6 格'),
      expect.any(String),
      '多',
    ]);
    expect(rows.find((row) => row[0] === 'C4')?.slice(8)).toEqual(['〈空〉', '〈空〉']);
    expect(rows.find((row) => row[0] === 'C5')?.slice(3, 5)).toEqual(['北京', '〈空〉']);
    // The stray quote is written as it should be; the others are as wrong as before.
    const unchanged = importAll(Buffer.from(`\ufeff${rejects}`));
    expect([sum(unchanged, 'records'), sum(unchanged, 'rejected')]).toEqual([1, 4]);
    const corrected = rejects.replace(',李强', 'C3,李强').replaceAll(',〈空〉', ',');
    const again = importAll(Buffer.from(`\ufeff${corrected}`));
    expect(again.records[0]).toEqual(['C3', '李强', '13812345678', '上海', '200']);
    expect(again.records.map(([number]) => number)).toEqual(['C3', 'C4', 'C5', 'C7']);
    expect(sum(again, 'rows')).toBe(5);
    const english: string[][] = parse(importAll(messy, { lang: 'en' }).rejects, { relax_column_count: true });
    expect(english[0]?.slice(5)).toEqual(['Line', 'Problem', 'Advice']);
    expect(english[1]?.[6]).toMatch(/^column 1 \(customer no\.\): /);
  });

  it('shows the first records masked', () => {
    const whole = importAll(messy, { target: 200 });
    expect(whole.chunks[0]?.samples[0]).toEqual([
      '***',
      '朱*磊',
      '139****7076',
      '深圳市福田区莲花路***',
      '***',
    ]);
    expect(whole.chunks.slice(1).every((c) => c.samples.length === 0)).toBe(true);
  });

  it('counts all findings and keeps the first thousand', () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `C${i},王女士`);
    const [chunk] = importAll(text('客户编号,姓名', ...rows)).chunks;
    expect(chunk?.findings).toHaveLength(MAX_FINDINGS);
    expect(chunk?.counts).toEqual({ VALUE_NAME_TITLE: 1500 });
    expect(chunk?.records).toBe(1500);
  });

  it('reads the same customers from every encoding', () => {
    const file = '\ufeff客户编号\t姓名\r\nC1\t𬱟小磊\r\n';
    for (const bytes of [
      Buffer.from(file),
      Buffer.from(file, 'utf16le'),
      Buffer.from(file, 'utf16le').swap16(),
    ])
      expect(importAll(bytes).records).toEqual([['C1', '𬱟小磊']]);
  });

  it('reads a consent ledger', () => {
    const ledger = text(
      '客户编号,用途,接收方,事件,时间,方式,凭证',
      'C1,家政服务,深圳安心家政有限公司,同意,2026-09-01 10:00:00,短信,SMS-1',
      'C1,家政服务,深圳安心家政有限公司,已撤回,2026/9/2 18:30,电话录音,REC-7',
      ',家政服务,深圳安心家政有限公司,同意,2026-09-01,短信,SMS-2',
    );
    const whole = importAll(ledger, { profile: CONSENTS });
    expect(whole.columns).toEqual(['subject', 'purpose', 'recipient', 'event', 'time', 'method', 'evidence']);
    expect(whole.records.map((r) => r.slice(3))).toEqual([
      ['given', '2026-09-01T02:00:00Z', 'sms', 'SMS-1'],
      ['withdrawn', '2026-09-02T10:30:00Z', 'phone-recording', 'REC-7'],
    ]);
    expect(codes(whole)).toEqual([['ID_MISSING', 4, 1, 'subject']]);
  });

  it('accounts for every row of any text, and keeps separators out of cells', () => {
    const cell = fc.string({
      unit: fc.constantFrom(
        'a',
        'C',
        '1',
        '朱',
        '"',
        ',',
        '\n',
        '\r',
        ' ',
        '\u001e',
        '\u001f',
        '\u0000',
        '\ufffd',
        '-',
      ),
      maxLength: 6,
    });
    const row = fc.tuple(cell, cell, cell).map((cells) => cells.join(','));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.integer({ min: 20, max: 200 }), (rows, target) => {
        const bytes = Buffer.from(`客户编号,姓名,备注\n${rows.join('\n')}\nC9,a,b\n`);
        let whole: Whole;
        try {
          whole = importAll(bytes, { target });
        } catch (error) {
          expect(String(error)).toMatch(/CSV_QUOTE_OPEN|CSV_NOT_TEXT|CSV_ENCODING/);
          return;
        }
        expect(sum(whole, 'rows')).toBe(sum(whole, 'records') + sum(whole, 'rejected') + sum(whole, 'blank'));
        expect(whole.records).toHaveLength(sum(whole, 'records'));
        for (const record of whole.records) {
          expect(record).toHaveLength(3);
          expect(record[0]).not.toBe('');
        }
      }),
      { numRuns: 800 },
    );
  });
});

it.each([
  ['name', '朱磊', '朱*'],
  ['name', '欧阳娜娜', '欧**娜'],
  ['name', '𬱟小磊', '𬱟*磊'],
  ['name', 'Jane Smith', 'J*** S***'],
  ['mobile', '13912347076', '139****7076'],
  ['landline', '0755-12345678', '0755-****5678'],
  ['id-number', '11010519491231002X', '110***********002X'],
  ['address', '深圳市福田区莲花路12号3栋401', '深圳市福田区莲花路***'],
  ['address', '莲花三村6栋', '莲花三村***'],
  ['address', '401室', '4***'],
  ['email', 'zhu@example.com', 'z***@example.com'],
  ['bank-card', '6222021234567895', '***7895'],
  ['birth-date', '1990-01-31', '1990-**-**'],
  ['text', '敲门三下', '敲***'],
  ['text', '', ''],
  ['customer-no', 'C0000123', '***123'],
] as const)('masks %s %s as %s', (kind, value, masked) => {
  expect(maskValue(kind, value)).toBe(masked);
});

it('has a sentence for every finding in both languages, each with what and fix', () => {
  for (const lang of LANGS) {
    for (const code of Object.keys(FINDING_SEVERITY) as FindingCode[]) {
      const sentence = findingSentences[lang][code]({ line: 1, column: 2, label: 'x', expected: 3, got: 4 });
      expect(sentence.what.length).toBeGreaterThan(4);
      expect(sentence.fix.length).toBeGreaterThan(2);
      expect(/\p{Script=Han}/u.test(sentence.what + sentence.fix)).toBe(lang === 'zh');
    }
  }
});
