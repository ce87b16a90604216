import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDealFile } from '../../src/deal/deal-file.js';
import { DEAL_FILE_LIMIT } from '../../src/deal/terms-reading.js';
import { DEAL_KINDS } from '../../src/messages/deal-kinds.js';
import { sentenceOf } from '../../src/messages/problem.js';
import { EXAMPLES, exampleText } from './terms-sample.js';

const GOOD = exampleText('asset-sale.zh');
const read = (text: string) => readDealFile(Buffer.from(text, 'utf8'));
const codes = (text: string) => read(text).problems.map((p) => p.code);
const lineOf = (text: string, part: string) => text.split('\n').findIndex((l) => l.includes(part)) + 1;
const edited = (from: string | RegExp, to: string) => {
  const text = GOOD.replace(from, to);
  if (text === GOOD) throw new Error(`the example has no ${String(from)}`);
  return text;
};

const many = (piece: (i: number) => string) => Array.from({ length: 50_000 }, (_, i) => piece(i)).join('');

describe('readDealFile', () => {
  test.each(EXAMPLES)('reads the example %s', (name) => {
    const { terms, problems } = read(exampleText(name));
    expect(problems).toEqual([]);
    expect(terms?.format).toBe('handover.deal/1');
  });

  test('a byte order mark, CRLF and decomposed letters give the same terms', () => {
    const windows = `\ufeff${GOOD.replaceAll('\n', '\r\n')}`;
    expect(read(windows)).toEqual(read(GOOD));
    const accented = edited('title: "', 'title: "caf\u00e9 ');
    expect(read(accented.normalize('NFD')).terms?.title).toBe(read(accented).terms?.title);
  });

  test('numbers and dates stay as they are written', () => {
    const text = edited(/phone: .*/, 'phone: 02155550101').replace(/id: "2026-001"/, 'id: 2026');
    expect(read(text).terms).toMatchObject({ id: '2026', effective: '2026-11-20', approvals: 1 });
    expect(read(text).terms?.complaints.phone).toBe('02155550101');
  });

  test.each([
    ['an empty file', ' \n\n', ['DEAL_EMPTY']],
    ['only comments', '# nothing\n', ['DEAL_NOT_A_DEAL']],
    ['plain text', '客户编号,姓名,手机号\nC1,张三,13800138000\n', ['DEAL_NOT_A_DEAL']],
    ['a list', '- a\n- b\n', ['DEAL_NOT_A_DEAL']],
    ['50,000 keys', many((i) => `k${i}: 0\n`), ['DEAL_NOT_A_DEAL']],
    ['50,000 keys in braces', `{${many((i) => `k${i}: 0,`)}}`, ['DEAL_NOT_A_DEAL']],
    ['50,000 keys without values', many((i) => `? k${i}\n`), ['DEAL_NOT_A_DEAL']],
    ['50,000 quotes', many(() => '"'), ['DEAL_NOT_A_DEAL']],
    ['50,000 tags', many(() => '!!a '), ['DEAL_NOT_A_DEAL']],
    ['50,000 references', many(() => '*a '), ['DEAL_NOT_A_DEAL']],
    ['50,000 lists', `a: [${many(() => '[],')}]`, ['DEAL_NOT_A_DEAL']],
    ['an unclosed quote', edited('title: "', 'title: "" "'), ['DEAL_YAML_SYNTAX']],
    ['a tab', edited('  pack: cn-pipl', '\tpack: cn-pipl'), ['DEAL_YAML_SYNTAX']],
    ['a repeated key', `${GOOD}kind: merger\n`, ['DEAL_YAML_DUPLICATE']],
    ['an anchor', edited('cross_border: none', 'cross_border: &x none'), ['DEAL_YAML_FEATURE']],
    ['a tag', edited('approvals: 1', 'approvals: !!int 1'), ['DEAL_YAML_FEATURE']],
    ['a merge key', edited('approvals: 1', 'approvals: 1\n<<: { kind: merger }'), ['DEAL_YAML_FEATURE']],
    ['a directive', `%YAML 1.1\n---\n${GOOD}`, ['DEAL_YAML_FEATURE']],
    ['a second document', `${GOOD}---\nkind: merger\n`, ['DEAL_YAML_FEATURE']],
    ['deep nesting', `${'['.repeat(50000)}`, ['DEAL_YAML_FEATURE']],
    ['deep lists', `${'- '.repeat(5000)}a`, ['DEAL_YAML_FEATURE']],
    ['a later version', edited('handover.deal/1', 'handover.deal/2'), ['FORMAT_UNKNOWN']],
  ])('%s', (_, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  test('an alias is refused at its line', () => {
    const text = edited('approvals: 1', 'approvals: &n 1').replace('escrow: []', 'escrow: *n');
    expect(read(text).problems).toEqual([
      { code: 'DEAL_YAML_FEATURE', line: lineOf(text, '&n'), feature: 'anchor' },
      { code: 'DEAL_YAML_FEATURE', line: lineOf(text, '*n'), feature: 'alias' },
    ]);
  });

  test('bytes that are no UTF-8 and files that are too large', () => {
    expect(readDealFile(Buffer.from([0x66, 0xff])).problems).toEqual([{ code: 'DEAL_UTF8' }]);
    expect(readDealFile(Buffer.alloc(DEAL_FILE_LIMIT + 1, 0x20)).problems[0]?.code).toBe('DEAL_TOO_LARGE');
  });

  test.each([
    ['tab', edited('  pack: cn-pipl', '\tpack: cn-pipl'), 'pack: cn-pipl'],
    ['full-width-colon', edited('kind: asset-sale', 'kind\uff1aasset-sale'), 'kind\uff1a'],
    ['no-space', edited('kind: asset-sale', 'kind:asset-sale'), 'kind:asset'],
  ])('the mistake %s is recognised', (mistake, text, part) => {
    const [problem] = read(text).problems;
    expect(problem).toMatchObject({ code: 'DEAL_YAML_SYNTAX', mistake });
    const line = problem?.code === 'DEAL_YAML_SYNTAX' ? problem.line : 0;
    expect(Math.abs(line - lineOf(text, part))).toBeLessThanOrEqual(1);
  });

  test('everything that is wrong comes in one go, in the order of the file', () => {
    const text = GOOD.replace('kind: asset-sale', 'kind: sale')
      .replace('effective: 2026-11-20', 'effective: 2026-02-30')
      .replace('    after_receipt: P30D', '    after_reciept: P30D')
      .replace(
        '      - { name: name, class: general, purpose: service',
        '      - { name: name, class: general, purpose: other',
      )
      .replace('approvals: 1\n', '');
    const { problems } = read(text);
    expect(problems).toEqual([
      { code: 'DEAL_FIELD_MISSING', path: 'approvals', line: 1, expected: 'approvals' },
      {
        code: 'DEAL_FIELD_INVALID',
        path: 'kind',
        line: lineOf(text, 'kind: sale'),
        expected: 'one-of',
        choices: DEAL_KINDS,
      },
      {
        code: 'DEAL_FIELD_INVALID',
        path: 'effective',
        line: lineOf(text, 'effective: 2026-02-30'),
        expected: 'date',
        choices: [],
      },
      {
        code: 'DEAL_PURPOSE_UNKNOWN',
        path: 'resources[0].fields[1].purpose',
        line: lineOf(text, 'purpose: other'),
        field: 'name',
        known: ['service'],
      },
      {
        code: 'DEAL_FIELD_MISSING',
        path: 'retention.seller.after_receipt',
        line: lineOf(text, 'retention:') + 1,
        expected: 'duration',
      },
      {
        code: 'DEAL_FIELD_UNKNOWN',
        path: 'retention.seller.after_reciept',
        line: lineOf(text, 'after_reciept'),
        suggestion: 'after_receipt',
      },
    ]);
  });

  test.each([
    ['seler:', 'seller:', 'seller'],
    ['    - { name: mobile, clas: contact', '- { name: mobile, class: contact', 'class'],
    ['    Within: P3Y', '    within: P3Y', 'within'],
    ['  sent_on: 2026-10-20', '  sent: 2026-10-20', null],
    ['\napprovalls: 1', '\napprovals: 1', 'approvals'],
  ])('%s is answered with a suggestion', (wrong, right, suggestion) => {
    const { problems } = read(
      edited(right, wrong.trimStart() === right ? wrong : wrong.replace(/^ +- /, '- ')),
    );
    expect(problems.find((p) => p.code === 'DEAL_FIELD_UNKNOWN')).toMatchObject({ suggestion });
  });

  test('a customer in place of a key is never repeated', () => {
    const { problems } = read('张三 13800138000: 上海市\nwang13800138000: x\n');
    const said = problems.flatMap((p) => [sentenceOf(p, 'zh'), sentenceOf(p, 'en')]);
    expect(problems.filter((p) => p.code === 'DEAL_FIELD_UNKNOWN')).toHaveLength(2);
    expect(JSON.stringify([problems, said])).not.toMatch(/张三|1380013|wang|上海/);
  });

  test('a text that reads differently on screen than it is written is refused', () => {
    expect(codes(edited(/contact: .*/, 'contact: "\u202e101-5555"'))).toEqual(['DEAL_FIELD_INVALID']);
  });

  test('__proto__ is a key like any other', () => {
    expect(codes(`${GOOD}__proto__:\n  a: b\n`)).toEqual(['DEAL_FIELD_UNKNOWN']);
  });

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readDealFile(bytes).terms).toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.nat(GOOD.length), fc.nat(40), fc.string({ maxLength: 20 }), (at, cut, put) => {
        const { terms, problems } = read(GOOD.slice(0, at) + put + GOOD.slice(at + cut));
        expect(terms === null).toBe(problems.length > 0);
      }),
      { numRuns: 300 },
    );
  });
});
