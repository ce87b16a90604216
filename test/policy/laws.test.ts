import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../src/base/time.js';
import { readDate } from '../../src/base/time.js';
import { chineseNumber } from '../../src/messages/citation.js';
import { LANGS } from '../../src/messages/lang.js';
import { requirementWords } from '../../src/messages/requirements.js';
import {
  CATALOGUE_DATE,
  catalogueAge,
  citationOf,
  formerArticle,
  fullCitationOf,
  isCatalogueOld,
  LAWS,
  lawOf,
  QUESTIONS,
  questionsOf,
} from '../../src/policy/laws.js';

const src = join(import.meta.dirname, '..', '..', 'src');
const law = readFileSync(join(src, '..', 'docs', 'law.md'), 'utf8');
const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(src, path), 'utf8'));

/** A requirement id anywhere in quotes, as the code writes it; names of algorithms and encodings look alike. */
const ID = /'([A-Z]{2,6}(?:-[A-Z]{2,4})?-[0-9][0-9A-Z.-]*)'/g;
const NO_LAW = /^(?:SHA|UTF|ISO|BLAKE|RFC|AES|MD|CP|GB|EUC|UCS|BIG)-/;

describe('the catalogue of laws', () => {
  const used = [...new Set(code.flatMap((text) => [...text.matchAll(ID)].map(([, id = '']) => id)))].filter(
    (id) => !NO_LAW.test(id),
  );

  test('every requirement id of the code has its law', () => {
    expect(used.length).toBeGreaterThan(40);
    expect(used.filter((id) => lawOf(id) === undefined)).toEqual([]);
  });

  test('and so has every id of docs/law.md', () => {
    const rows = [...law.matchAll(/^\| ([A-Z]+-[^|]+) \|/gm)].flatMap(([, ids = '']) => ids.split(', '));
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((id) => lawOf(id.trim()) === undefined)).toEqual([]);
    // What a row says, handover laws --id says too.
    expect(rows.filter((id) => !Object.hasOwn(requirementWords, id.trim()))).toEqual([]);
  });

  test('what is said of a requirement is of a law, in both languages', () => {
    for (const [id, words] of Object.entries(requirementWords)) {
      expect(lawOf(id), id).toBeDefined();
      expect(words.zh, id).toMatch(/\p{Script=Han}.*。$/u);
      expect(words.en, id).toMatch(/^[^\p{Script=Han}]+\.$/u);
    }
  });

  test('ids are unique, dates exist and are in order', () => {
    expect(new Set(LAWS.map(({ id }) => id)).size).toBe(LAWS.length);
    for (const { id, made, inForce, verified, title } of LAWS) {
      for (const date of [made, inForce, verified]) if (date !== null) expect(readDate(date), id).toBe(date);
      if (made !== null) expect(made <= inForce, id).toBe(true);
      for (const lang of LANGS) expect(title[lang], id).not.toBe('');
      expect(title.en, id).not.toMatch(/\p{Script=Han}/u);
    }
  });

  test('the questions are numbered as in docs/law.md, and each is of a law', () => {
    expect(QUESTIONS.map(({ number }) => number)).toEqual(QUESTIONS.map((_, i) => i + 1));
    const section = /## \d+\. Open questions\n([\s\S]*?)\n## /.exec(law)?.[1] ?? '';
    expect(section.match(/^\d+\. /gm)?.length).toBe(QUESTIONS.length);
    for (const { laws } of QUESTIONS) expect(laws.filter((id) => lawOf(id) === undefined)).toEqual([]);
    const numbers = (id: string) => questionsOf(id).map(({ number }) => number);
    expect(numbers('PIPL-22')).toEqual([1, 12, 13]);
    expect(numbers('MIN-35')).toEqual([9]);
    expect(numbers('PIPL-13')).toEqual([2]);
    expect(numbers('PIPL')).toEqual([1, 2, 10, 11, 12, 13, 14]);
    expect(numbers('NDSR')).toEqual([11, 12]);
    expect(numbers('CC-551')).toEqual([]);
  });

  test('it is old after 180 days, and not before', () => {
    expect(catalogueAge(CATALOGUE_DATE)).toBe(0);
    expect(isCatalogueOld('2027-05-22' as CalendarDate)).toBe(false);
    expect(isCatalogueOld('2027-05-23' as CalendarDate)).toBe(true);
    expect(isCatalogueOld('2020-01-01' as CalendarDate)).toBe(false);
  });
});

describe('citations', () => {
  test.each([
    ['PIPL-47', '《个人信息保护法》第四十七条', 'PIPL art. 47'],
    ['NDSR-62-7', '《网络数据安全管理条例》第六十二条第七项', 'NDSR art. 62 item 7'],
    ['CC-551', '《民法典》第五百五十一条', 'Civil Code art. 551'],
    ['CC-1034', '《民法典》第一千零三十四条', 'Civil Code art. 1034'],
    ['CL-220', '《公司法》第二百二十条', 'Company Law art. 220'],
    ['CR-253-1', '《刑法》第二百五十三条之一', 'Criminal Law art. 253-1'],
    ['SPC-PP-13', '《预付式消费司法解释》第十三条', 'SPC Prepaid Interpretation art. 13'],
    ['SPC-CR-5', '《侵犯公民个人信息刑事案件司法解释》第五条', 'SPC Criminal Interpretation art. 5'],
    ['STD-35273-8.7', 'GB/T 35273—2020 第8.7条', 'GB/T 35273-2020 clause 8.7'],
    ['INC-G', '《国家网络安全事件报告管理办法》', 'Incident Reporting Measures'],
    ['SPI-A1', '《小型个人信息处理者简化措施规定》附件一', 'Small Handler Provisions annex 1'],
    ['NIST-CERT', 'NIST SP 800-88 Rev. 2', 'NIST SP 800-88 Rev. 2'],
    ['PIPL', '《个人信息保护法》', 'PIPL'],
    ['PIPLX-1', 'PIPLX-1', 'PIPLX-1'],
  ])('%s', (id, zh, en) => {
    expect(citationOf(id, 'zh')).toBe(zh);
    expect(citationOf(id, 'en')).toBe(en);
  });

  test('in full they say which wording', () => {
    expect(fullCitationOf('PIPL-47', 'zh')).toBe('《个人信息保护法》第四十七条（2021-11-01 施行）');
    expect(fullCitationOf('CSL-44', 'en')).toBe('Cybersecurity Law art. 44 (in force 2026-01-01)');
    expect(fullCitationOf('PIPLX-1', 'en')).toBe('PIPLX-1');
  });

  test.each([
    ['CSL-23', 21],
    ['CSL-27', 25],
    ['CSL-39', 37],
    ['CSL-42', 40],
    ['CSL-43', 41],
    ['CSL-44', 42],
    ['CSL-45', 43],
    ['CSL-46', 44],
    ['CSL-1', null],
    ['CSL', null],
    ['PIPL-44', null],
  ])('the Cybersecurity Law was renumbered: %s', (id, before) => expect(formerArticle(id)).toBe(before));
});

describe('chineseNumber', () => {
  test.each([
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [47, '四十七'],
    [100, '一百'],
    [101, '一百零一'],
    [110, '一百一十'],
    [188, '一百八十八'],
    [253, '二百五十三'],
    [1005, '一千零五'],
    [1034, '一千零三十四'],
    [1182, '一千一百八十二'],
    [2000, '二千'],
  ])('%i', (number, text) => expect(chineseNumber(number)).toBe(text));

  test('no two numbers are written alike', () => {
    const number = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(chineseNumber(a) === chineseNumber(b)).toBe(a === b);
      }),
    );
  });
});
