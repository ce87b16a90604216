import { createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hex } from '../../src/base/bytes.js';
import type { SecretKey } from '../../src/base/crypto.js';
import { tagger } from '../../src/base/tagger.js';
import type { FieldName } from '../../src/dataset/fields.js';
import { leavingFields, type TermsField } from '../../src/deal/terms.js';
import { HandoverError } from '../../src/messages/error.js';
import { compileMinimise, ndjsonLine } from '../../src/policy/minimise.js';
import { categoryBit, HOLDINGS, purposeBit } from '../../src/policy/stays.js';
import { checkedRecord } from '../../src/policy/verdict.js';
import { sampleTerms } from '../deal/terms-sample.js';
import { type Cells, recordOf } from './setup.js';

const tokenKey = Buffer.alloc(32, 7) as Uint8Array as SecretKey;
const TAG = '0123456789abcdef0123456789abcdef';

function terms(...fields: readonly Partial<TermsField>[]) {
  return sampleTerms((t) => {
    t.resources[0]?.fields.splice(
      0,
      100,
      ...fields.map(
        (f): TermsField => ({ name: 'name', class: 'sensitive', purpose: 'service', action: 'keep', ...f }),
      ),
    );
  });
}

function line(cells: Cells, ...fields: readonly Partial<TermsField>[]): string {
  return lineWith(0, cells, ...fields);
}

function lineWith(stays: number, cells: Cells, ...fields: readonly Partial<TermsField>[]): string {
  const columns = Object.keys(cells) as FieldName[];
  const record = checkedRecord(recordOf(cells, columns), 0);
  if (record === null) throw new Error('not checked');
  return ndjsonLine(TAG, compileMinimise({ terms: terms(...fields), columns, tokenKey })(record, stays));
}

function refusal(...fields: readonly Partial<TermsField>[]): unknown {
  try {
    compileMinimise({ terms: terms(...fields), columns: [], tokenKey });
  } catch (error) {
    if (error instanceof HandoverError) return error.problem;
    throw error;
  }
  return null;
}

const plain = { class: 'general', action: 'keep' } as const;

describe('compileMinimise', () => {
  test('builds the line of the agreed fields, in the order of the deal', () => {
    const cells: Cells = {
      mobile: '13800138000',
      notes: '钥匙在门垫下',
      name: '张三',
      customer_no: 'C1',
      pets: '',
    };
    expect(
      line(
        cells,
        { name: 'customer_no', ...plain },
        { name: 'name', ...plain },
        { name: 'pets', ...plain },
        { name: 'city', ...plain },
        { name: 'notes', class: 'free-text', action: 'drop' },
      ),
    ).toBe(`{"_tag":"${TAG}","customer_no":"C1","name":"张三","pets":null,"city":null}`);
  });

  test.each<[string, Cells, Partial<TermsField>, string | null]>([
    ['mask', { mobile: '13800138000' }, { name: 'mobile', class: 'contact', action: 'mask' }, '138****8000'],
    [
      'generalise an address',
      { address: '上海市徐汇区阳光花园3栋2单元501室' },
      { name: 'address', class: 'address', action: 'generalise' },
      '上海市徐汇区阳光花园',
    ],
    [
      'generalise a date',
      { last_service_at: '2026-09-01' },
      { name: 'last_service_at', class: 'general', action: 'generalise' },
      '2026-09',
    ],
    [
      'generalise a birthday',
      { birth_date: '1990-05-06' },
      { name: 'birth_date', class: 'general', action: 'generalise', necessity: 'x' },
      '1990',
    ],
    [
      'an address that is a door only',
      { address: '3栋2单元501室' },
      { name: 'address', class: 'address', action: 'generalise' },
      null,
    ],
    [
      'an age that is no number',
      { age: '不详' },
      { name: 'age', class: 'general', action: 'generalise', necessity: 'x' },
      null,
    ],
    [
      'redact',
      { notes: '电话13900139000,周三上门' },
      { name: 'notes', class: 'free-text', action: 'redact', necessity: 'x' },
      '电话▇,周三上门',
    ],
  ])('%s', (_, cells, field, expected) => {
    expect(JSON.parse(line(cells, field))).toEqual({ _tag: TAG, [field.name ?? '']: expected });
  });

  test('a token is the keyed tag of the value, whatever its length', () => {
    const field = { name: 'contract_no', class: 'transaction', action: 'tokenise' } as const;
    const expected = hex(tagger(tokenKey)(['HT-1']));
    expect(line({ contract_no: 'HT-1' }, field)).toContain(`"contract_no":"${expected}"`);
    const long = (last: string) => line({ contract_no: `${'合'.repeat(5000)}${last}` }, field);
    expect(long('a')).toMatch(/"contract_no":"[0-9a-f]{32}"/);
    expect(long('a')).not.toBe(long('b'));
  });

  test('the buyer, who is given the key, cannot turn a token back into the value', () => {
    const row = JSON.parse(
      line({ mobile: '13800138000' }, { name: 'mobile', class: 'contact', action: 'tokenise' }),
    );
    const decipher = createDecipheriv('aes-256-ecb', tokenKey, null).setAutoPadding(false);
    expect(decipher.update(Buffer.from(row.mobile, 'hex')).toString('latin1')).not.toContain('13800138000');
  });

  test('what stays of a person is empty', () => {
    const id = { name: 'id_no', class: 'sensitive', action: 'keep', necessity: '合同备案' } as const;
    const sessions = { name: 'remaining_sessions', class: 'transaction', action: 'keep' } as const;
    const made = (stays: number) =>
      lineWith(stays, { id_no: '310101199001010017', remaining_sessions: '3' }, id, sessions);
    expect(made(0)).toBe(`{"_tag":"${TAG}","id_no":"310101199001010017","remaining_sessions":"3"}`);
    expect(made(categoryBit('identity'))).toBe(`{"_tag":"${TAG}","id_no":null,"remaining_sessions":"3"}`);
    expect(made(categoryBit('health'))).toBe(made(0));
    expect(made(HOLDINGS)).toBe(`{"_tag":"${TAG}","id_no":"310101199001010017","remaining_sessions":null}`);
    expect(made(purposeBit(0))).toBe(`{"_tag":"${TAG}","id_no":null,"remaining_sessions":null}`);
  });

  test.each<[string, Partial<TermsField>, string, string]>([
    [
      'an address',
      { name: 'address', class: 'address' },
      '张江路1弄2号301室 门禁密码1234#',
      '张江路1弄2号301室 ▇',
    ],
    ['a name', { name: 'name', class: 'general' }, '张三 钥匙在鞋柜', '张三 ▇'],
    ['a schedule', { name: 'schedule', class: 'transaction' }, '周二 门锁 0912', '周二 ▇'],
    [
      'notes that are kept',
      { name: 'notes', class: 'free-text', necessity: 'x' },
      '门禁密码1234#，糖尿病，女儿李梅13911112222',
      '▇，糖尿病，▇',
    ],
  ])(
    'codes, places of keys and other people never leave in %s, whatever the action',
    (_, field, value, made) => {
      const name = field.name as FieldName;
      const row: unknown = JSON.parse(line({ [name]: value }, field));
      expect(row).toMatchObject({ [name]: made });
    },
  );

  test.each<[string, Partial<TermsField>, object]>([
    [
      'door codes',
      { name: 'access', class: 'safety', necessity: 'x' },
      { code: 'POLICY_FIELD_NEVER', field: 'access' },
    ],
    [
      'door codes by another class',
      { name: 'access', class: 'general', necessity: 'x' },
      { code: 'POLICY_FIELD_NEVER' },
    ],
    [
      'whatever the deal calls safety',
      { name: 'pets', class: 'safety' },
      { code: 'POLICY_FIELD_NEVER', field: 'pets' },
    ],
    ['ID images', { name: 'id_image', class: 'sensitive', necessity: 'x' }, { code: 'POLICY_FIELD_NEVER' }],
    [
      'ID numbers without necessity',
      { name: 'id_no', class: 'general' },
      { code: 'POLICY_NECESSITY_MISSING' },
    ],
    [
      'what the deal calls sensitive, without necessity',
      { name: 'pets', class: 'sensitive' },
      { code: 'POLICY_NECESSITY_MISSING', field: 'pets' },
    ],
    [
      'household without necessity',
      { name: 'household', class: 'third-party' },
      { code: 'POLICY_NECESSITY_MISSING' },
    ],
    [
      'unknown fields',
      { name: 'shoe_size', class: 'general' },
      { code: 'POLICY_FIELD_UNKNOWN', field: 'shoe_size' },
    ],
    [
      'generalised names',
      { name: 'name', class: 'general', action: 'generalise' },
      { code: 'POLICY_ACTION_NO_RULE' },
    ],
  ])('%s are refused', (_, field, expected) => {
    for (const action of field.action === undefined
      ? (['keep', 'mask', 'tokenise'] as const)
      : [field.action])
      expect(refusal({ ...field, action })).toMatchObject(expected);
  });

  test('what is said of health leaves with the consent to it', () => {
    const notes = { name: 'notes', class: 'free-text', necessity: 'x' } as const;
    const said = { notes: '糖尿病，吃素' };
    expect(lineWith(0, said, notes)).toContain('糖尿病');
    expect(lineWith(categoryBit('health'), said, notes)).not.toContain('糖尿病');
    expect(lineWith(categoryBit('belief'), said, notes)).toContain('糖尿病');
  });

  test('the line is the JSON of exactly the agreed fields, for any cells', () => {
    const columns: readonly FieldName[] = ['customer_no', 'name', 'mobile', 'service', 'notes', 'access'];
    const deal = terms(
      { name: 'service', class: 'transaction', action: 'keep' },
      { name: 'customer_no', class: 'identifier', action: 'keep' },
      { name: 'name', class: 'general', action: 'keep' },
    );
    const minimise = compileMinimise({ terms: deal, columns, tokenKey });
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '"', '\\', '\u2028', '\ud83d', '𬱟', '\u001f'),
    );
    fc.assert(
      fc.property(fc.tuple(cell, cell, cell, cell, cell, cell), (cells) => {
        const record = checkedRecord(
          recordOf(Object.fromEntries(columns.map((c, i) => [c, cells[i]])), columns),
          0,
        );
        if (record === null) return;
        const made = ndjsonLine(TAG, minimise(record, 0));
        const [no, name, , service] = cells;
        expect(made).toBe(
          JSON.stringify({
            _tag: TAG,
            service: service || null,
            customer_no: no || null,
            name: name || null,
          }),
        );
        expect(Object.keys(JSON.parse(made)).slice(1)).toEqual(leavingFields(deal).map((f) => f.name));
      }),
    );
  });
});
