import { describe, expect, it } from 'vitest';
import { FIELDS, fieldOf } from '../../src/dataset/fields.js';
import { MAX_COLUMNS, normaliseHeader, readOpening, safeHeader } from '../../src/dataset/header.js';
import { mappedFields, fenPerUnit } from '../../src/dataset/mapping.js';
import { proposeMapping } from '../../src/dataset/mapping-draft.js';
import { readMapping, writeMapping } from '../../src/dataset/mapping-file.js';
import { CONSENTS, CUSTOMERS, fieldOfHeader, type Profile } from '../../src/dataset/profile.js';
import { problemOf } from './problem-of.js';
import { processorSeconds } from '../kit/effort.js';
import { timed } from '../kit/timed.js';

const open = (text: string, isWhole = true) => readOpening(Buffer.from(text), isWhole);

describe('the catalogue', () => {
  it.each([CUSTOMERS, CONSENTS])('gives no header to two fields', (profile: Profile) => {
    const owner = new Map<string, string>();
    for (const field of profile.fields) {
      for (const header of [field.name, field.zh, field.en, ...field.synonyms]) {
        const key = normaliseHeader(header);
        expect(key).not.toBe('');
        expect([header, owner.get(key) ?? field.name]).toEqual([header, field.name]);
        owner.set(key, field.name);
      }
    }
  });

  it('never lets door codes and images of documents leave', () => {
    expect(FIELDS.filter((f) => f.leaves === 'never').map((f) => f.name)).toEqual(['id_image', 'access']);
    for (const f of FIELDS) {
      if (f.class === 'safety') expect(f.leaves).toBe('never');
      if (['sensitive', 'judgement', 'free-text'].includes(f.class)) expect(f.leaves).not.toBe('default');
    }
    expect(fieldOf('access')?.class).toBe('safety');
    expect(fieldOf('__proto__')).toBeUndefined();
  });

  it.each([
    ['* 手机号码（必填）：', 'mobile'],
    ['\ufeff客户编号', 'customer_no'],
    ['客户 手机', 'mobile'],
    ['客户手机号码', 'mobile'],
    ['Customer_ID', 'customer_no'],
    ['ＩＤ', 'customer_no'],
    ['余额(元)', 'prepaid_balance'],
    ['入户密码', 'access'],
    ['指纹锁密码', 'access'],
    ['是否同意', 'consent_status'],
    ['免打扰', 'marketing_opt_out'],
    ['阿姨电话', 'worker_phone'],
    ['最后消费时间', 'last_service_at'],
    ['星座', undefined],
  ])('%s is %s', (header, field) => {
    expect(fieldOfHeader(CUSTOMERS, header)?.name).toBe(field);
  });
});

describe('readOpening', () => {
  it.each([
    ['客户编号,姓名\n1,a\n', ','],
    ['客户编号;姓名\n1;a,b\n', ';'],
    ['客户编号\t姓名\n1\ta,b;c\n', '\t'],
    ['客户编号|姓名\n1|a\n', '|'],
    ['客户编号,"姓,名"\n1,"a;b;c;d"\n2,"a;b;c;d"\n', ','],
    ['客户编号\n1\n', ','],
    ['客户编号,备注\n1,a，b，c\n', ','],
  ])('finds the delimiter of %j', (text, delimiter) => {
    expect(open(text).delimiter).toBe(delimiter);
  });

  it('knows where the header and the data begin', () => {
    expect(open('sep=;\r\n客户编号;姓名\r\n1;a\r\n')).toMatchObject({
      delimiter: ';',
      headerLine: 2,
      dataLine: 3,
    });
    expect(open('\n,,\n客户编号,"姓\n名",备注\n1,a,b\n')).toMatchObject({ headerLine: 3, dataLine: 5 });
    expect(open('2026年客户资料表,,\n\n客户编号,姓名,备注\n1,a,\n')).toMatchObject({
      headerLine: 3,
      dataLine: 4,
    });
    expect(open('客户编号,"姓\n名"\n1,a\n').header).toEqual(['客户编号', '姓\n名']);
  });

  it('refuses what has no data, with the reason', () => {
    expect(problemOf(() => open('')).code).toBe('CSV_EMPTY');
    expect(problemOf(() => open(' \n\n')).code).toBe('CSV_EMPTY');
    expect(problemOf(() => open('客户编号,姓名')).code).toBe('CSV_NO_ROWS');
    expect(problemOf(() => open('客户编号,姓名\r\n\r\n')).code).toBe('CSV_NO_ROWS');
    expect(problemOf(() => open('客户编号，姓名，手机号\n1，a，2\n')).code).toBe('CSV_FULLWIDTH_COMMA');
    expect(problemOf(() => open('客户编号,"姓名\n1,a\n')).code).toBe('CSV_QUOTE_OPEN');
  });

  timed('refuses 100,000 columns quickly', async () => {
    const header = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',');
    const problem = { code: 'CSV_COLUMNS', count: 100_000, limit: MAX_COLUMNS };
    const seconds = await processorSeconds(() => {
      expect(problemOf(() => open(`${header}\n${header}\n`))).toEqual(problem);
      expect(problemOf(() => open(header.slice(0, 300_000), false)).code).toBe('CSV_COLUMNS');
    });
    expect(seconds).toBeLessThan(3);
  });
});

describe('proposeMapping', () => {
  it('maps, and reports duplicates, seconds and unknown columns', () => {
    const mapping = proposeMapping(CUSTOMERS, {
      header: ['会员号', '姓名', '姓名', '手机', '电话', '星座', '', '行号'],
      headerLine: 1,
    });
    expect(mapping.columns.map((c) => c.field)).toEqual([
      'customer_no',
      'name',
      null,
      'mobile',
      'mobile_2',
      null,
      null,
      null,
    ]);
    expect(mappedFields(mapping)).toEqual(['customer_no', 'name', 'mobile', 'mobile_2']);
    expect(mapping.findings.map((f) => [f.code, f.column, f.field])).toEqual([
      ['HEADER_DUPLICATE', 3, 'name'],
      ['HEADER_SECOND_PHONE', 5, 'mobile_2'],
      ['HEADER_UNMAPPED', 6, ''],
    ]);
  });

  it('refuses a file without header and shows none of its cells', () => {
    for (const row of [
      ['C1', '朱小磊', '13912347076', '深圳'],
      ['朱小磊', '139 1234 7076'],
      ['1', '朱小磊', '11010519491231002X'],
    ]) {
      const problem = problemOf(() => proposeMapping(CUSTOMERS, { header: row, headerLine: 1 }));
      expect(problem).toEqual({ code: 'CSV_HEADER_MISSING', line: 1 });
    }
    const hidden = problemOf(() =>
      proposeMapping(CUSTOMERS, { header: ['朱小磊', '莲花路'], headerLine: 1 }),
    );
    expect(hidden).toEqual({
      code: 'MAPPING_REQUIRED',
      fields: ['customer_no'],
      headers: '#1, #2',
      draft: '',
    });
  });

  it('lists what could be the missing column', () => {
    expect(
      problemOf(() =>
        proposeMapping(CUSTOMERS, { header: ['姓名', '本店代号', 'x12345', 'a@b'], headerLine: 1 }),
      ),
    ).toEqual({
      code: 'MAPPING_REQUIRED',
      fields: ['customer_no'],
      headers: '本店代号, #3, #4',
      draft: '',
    });
    expect(
      problemOf(() => proposeMapping(CONSENTS, { header: ['编号', '用途'], headerLine: 1 })),
    ).toMatchObject({
      fields: ['event', 'time'],
    });
    expect(safeHeader('１３９１２３', 4)).toBe('#4');
  });
});

describe('the mapping file', () => {
  const header = ['编号', '姓名', '姓名', 'a=b', '# 号', '星座'];

  it('says what it was told, and reads back as it was written', () => {
    const mapping = proposeMapping(CUSTOMERS, { header, headerLine: 1 });
    const text = writeMapping(mapping, ['第一行说明', '']);
    expect(text).toBe(
      '# 第一行说明\n#\n编号 = customer_no\n姓名 = name\n姓名 = -\n"a=b" = -\n"# 号" = -\n星座 = -\n',
    );
    const again = proposeMapping(CUSTOMERS, { header, headerLine: 1 }, readMapping(CUSTOMERS, text));
    expect(again.columns).toEqual(mapping.columns);
    expect(again.findings).toEqual([]);
  });

  it('decides against the synonyms', () => {
    const given = readMapping(CUSTOMERS, '\ufeff星座 = customer_no\r\n姓名 = -\r\n姓名 = name\r\n');
    const mapping = proposeMapping(CUSTOMERS, { header, headerLine: 1 }, given);
    expect(mapping.columns.map((c) => c.field)).toEqual([null, null, 'name', null, null, 'customer_no']);
  });

  it('takes the names that people call a field by', () => {
    const given = readMapping(CUSTOMERS, '星座 = 客户编号\n姓名 = 姓名\n姓名 = -\n编号 = Notes\n');
    const mapping = proposeMapping(CUSTOMERS, { header, headerLine: 1 }, given);
    expect(mapping.columns.map((c) => c.field)).toEqual(['notes', 'name', null, null, null, 'customer_no']);
    const ledger = readMapping(CONSENTS, '甲 = 客户编号\n乙 = 事件\n丙 = 时间\n');
    expect([...ledger.values()].flat().map(({ field }) => field)).toEqual(['subject', 'event', 'time']);
  });

  it.each([
    ['编号 customer_no', { code: 'MAPPING_SYNTAX', line: 1 }],
    ['# x\n编号 =', { code: 'MAPPING_SYNTAX', line: 2 }],
    ['= name', { code: 'MAPPING_SYNTAX', line: 1 }],
    ['"编号 = name', { code: 'MAPPING_SYNTAX', line: 1 }],
    ['编号 = 号数', { code: 'MAPPING_FIELD', line: 1 }],
    ['编号 = __proto__', { code: 'MAPPING_FIELD', line: 1 }],
    ['a = name\nb = name', { code: 'MAPPING_TWICE', line: 2, field: 'name' }],
  ])('refuses %j', (text, problem) => {
    expect(problemOf(() => readMapping(CUSTOMERS, text))).toEqual(problem);
  });

  it('refuses a column that the file does not have', () => {
    const given = readMapping(CUSTOMERS, '编号 = customer_no\n代号 = -\n');
    expect(problemOf(() => proposeMapping(CUSTOMERS, { header, headerLine: 1 }, given))).toEqual({
      code: 'MAPPING_COLUMN',
      line: 2,
    });
  });
});

it.each([
  ['余额', 100],
  ['余额(元)', 100],
  ['余额（万元）', 1_000_000],
  ['金额(单位:分)', 1],
  ['积分', 100],
])('%s counts in %d fen', (header, fen) => {
  expect(fenPerUnit(header)).toBe(fen);
});
