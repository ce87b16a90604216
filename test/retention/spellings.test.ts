import { describe, expect, it } from 'vitest';
import { isDistinctive, spellingsOf, spellingsOfKey } from '../../src/retention/spellings.js';

const hex = (spellings: readonly Uint8Array[]) =>
  spellings.map((bytes) => Buffer.from(bytes).toString('hex'));
const asText = (text: string) => Buffer.from(text, 'latin1').toString('hex');

describe('spellings of a value', () => {
  it('are its bytes in each encoding, in hexadecimal and in base64, once each', () => {
    expect(hex(spellingsOf('㛃小区'))).toEqual([
      'e39b83e5b08fe58cba',
      // UTF-16 comes to six bytes, which turn up by chance.
      '8230b731d0a1c7f8',
      asText('e39b83e5b08fe58cba'),
      asText('E39B83E5B08FE58CBA'),
      asText('45uD5bCP5Yy6'),
      asText('Obg+Wwj+WMu'),
      asText('jm4PlsI/ljL'),
    ]);
  });

  it('are one for UTF-8 and GB18030 where both have the same bytes', () => {
    expect(hex(spellingsOf('13800138000'))).toEqual([
      asText('13800138000'),
      Buffer.from('13800138000', 'utf16le').toString('hex'),
      Buffer.from('13800138000', 'utf16le').swap16().toString('hex'),
      asText('3133383030313338303030'),
      asText('MTM4MDAxMzgwMD'),
      asText('EzODAwMTM4MDAw'),
      asText('xMzgwMDEzODAwM'),
    ]);
  });

  it('of base64 are found wherever the value stands in what was encoded', () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const encoded = Buffer.from(`${before}13800138000,x`).toString('base64');
      const found = spellingsOf('13800138000').some((bytes) =>
        encoded.includes(Buffer.from(bytes).toString('latin1')),
      );
      expect(found, before).toBe(true);
    }
  });

  it('of a key are its bytes, hexadecimal and base64', () => {
    const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    expect(hex(spellingsOfKey(key)).slice(0, 3)).toEqual([
      key.toString('hex'),
      asText('00112233445566778899aabbccddeeff'),
      asText('00112233445566778899AABBCCDDEEFF'),
    ]);
    expect(spellingsOfKey(key)).toHaveLength(6);
  });
});

it.each([
  ['1234567890', false],
  ['12345678901', true],
  ['deadBEEF00', false],
  ['deadBEEF001', true],
  ['C000001', false],
  ['C00000G1', true],
  ['g2345678', true],
  ['1234567g', true],
  ['小区', false],
  ['小区3号', true],
])('finding %s means something: %s', (value, expected) => {
  expect(isDistinctive(value)).toBe(expected);
});
