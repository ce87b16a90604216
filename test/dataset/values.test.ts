import { describe, expect, it } from 'vitest';
import { readDate } from '../../src/base/time.js';
import type { ValueKind } from '../../src/dataset/kinds.js';
import { cleanCell, isOdd, normaliserOf } from '../../src/dataset/values.js';
import type { FindingCode } from '../../src/messages/findings.js';

const today =
  readDate('2026-11-20') ??
  (() => {
    throw new Error('date');
  })();

function normalise(
  kind: ValueKind,
  cell: string,
  fen: 1 | 100 | 1_000_000 = 100,
): [string, ...FindingCode[]] {
  const codes: FindingCode[] = [];
  const note = (code: FindingCode) => codes.push(code);
  const clean = cleanCell(cell, isOdd(cell), note);
  return [clean === '' ? '' : normaliserOf(kind, { today, fen })(clean, note), ...codes];
}

type Case = readonly [cell: string, value: string | null, ...codes: FindingCode[]];

/** null: the value does not matter, because an error rejects the row. */
const TABLES: Readonly<Partial<Record<ValueKind, readonly Case[]>>> = {
  'customer-no': [
    ['C0001', 'C0001'],
    [' Ｃ０００１ ', 'C0001'],
    ['客户 12', '客户 12'],
    ['1.38E+10', null, 'VALUE_EXCEL_NUMBER'],
    ['x'.repeat(64), 'x'.repeat(64)],
    ['x'.repeat(65), null, 'ID_TOO_LONG'],
    ['a\nb', null, 'VALUE_CONTROL'],
    ['="0012"', '0012'],
    ['无', ''],
  ],
  name: [
    ['朱小磊', '朱小磊'],
    ['　欧阳 娜娜 ', '欧阳 娜娜'],
    ['𬱟㛃䶮', '𬱟㛃䶮'],
    ['阿依古丽·买买提', '阿依古丽·买买提'],
    ['王女士', '王女士', 'VALUE_NAME_TITLE'],
    ['李先生', '李先生', 'VALUE_NAME_TITLE'],
    ['张姐', '张姐', 'VALUE_NAME_TITLE'],
    ['王小姐', '王小姐', 'VALUE_NAME_TITLE'],
    ['欧阳阿姨', '欧阳阿姨', 'VALUE_NAME_TITLE'],
    ['Ｚｈｕ', 'Ｚｈｕ'],
    ['朱\u200b磊', '朱磊'],
    ['\u202e磊朱', '磊朱'],
  ],
  gender: [
    ['男', 'male'],
    ['女士', 'female'],
    ['2', 'female'],
    ['M', 'male'],
    ['-', ''],
    ['保密', '', 'VALUE_GENDER'],
  ],
  mobile: [
    ['13912347076', '13912347076'],
    ['139 1234 7076', '13912347076'],
    ['139-1234-7076', '13912347076'],
    ['+86 13912347076', '13912347076'],
    ['+86-139-1234-7076', '13912347076'],
    ['8613912347076', '13912347076'],
    ['008613912347076', '13912347076'],
    ['013912347076', '13912347076'],
    ['１３９１２３４７０７６', '13912347076'],
    ["'13912347076", '13912347076'],
    ['="13912347076"', '13912347076'],
    ['13912347076\t', '13912347076'],
    ['\u00a013912347076\u3000', '13912347076'],
    ['13912347076\u200b', '13912347076'],
    ['13912347076.0', '13912347076'],
    ['1.38E+10', null, 'VALUE_EXCEL_NUMBER'],
    ['1.3912E+10', null, 'VALUE_EXCEL_NUMBER'],
    ['139****7076', null, 'VALUE_MASKED'],
    ['14212347076', '14212347076', 'VALUE_MOBILE_UNALLOCATED'],
    ['19412347076', '19412347076', 'VALUE_MOBILE_UNALLOCATED'],
    ['19212347076', '19212347076'],
    ['13912347076/13812345678', null, 'VALUE_MULTIPLE'],
    ['13912347076、13812345678', null, 'VALUE_MULTIPLE'],
    ['13912347076 13812345678', null, 'VALUE_MULTIPLE'],
    ['13912347076\n13812345678', null, 'VALUE_MULTIPLE'],
    ['1064912345678', '1064912345678', 'VALUE_MOBILE_MACHINE'],
    ['0755-12345678', '0755-12345678', 'VALUE_MOBILE_LANDLINE'],
    ['02161234567', '021-61234567', 'VALUE_MOBILE_LANDLINE'],
    ['400-123-4567', '400-123-4567', 'VALUE_PHONE_BUSINESS'],
    ['1391234707', null, 'VALUE_MOBILE'],
    ['12912347076', null, 'VALUE_MOBILE'],
    ['139123470761', null, 'VALUE_MOBILE'],
    ['微信同号', null, 'VALUE_MOBILE'],
    ['暂无', ''],
    ['#N/A', '', 'VALUE_EXCEL_ERROR'],
  ],
  landline: [
    ['0755-12345678', '0755-12345678'],
    ['(0755)12345678', '0755-12345678'],
    ['0755—12345678', '0755-12345678'],
    ['010 61234567转801', '010-61234567-801'],
    ['+86-755-12345678', '0755-12345678'],
    ['61234567', '61234567'],
    ['8001234567', '800-123-4567', 'VALUE_PHONE_BUSINESS'],
    ['13912347076', '13912347076'],
    ['abc', 'abc', 'VALUE_LANDLINE'],
  ],
  email: [
    ['zhu.lei@example.com', 'zhu.lei@example.com'],
    ['ｚｈｕ＠example.com', 'zhu@example.com'],
    ['zhu@example', 'zhu@example', 'VALUE_EMAIL'],
    ['a@b@example.com', 'a@b@example.com', 'VALUE_EMAIL'],
    ['a@b.c', 'a@b.c'],
    ['a@.com', 'a@.com', 'VALUE_EMAIL'],
    ['@example.com', '@example.com', 'VALUE_EMAIL'],
    ['zhu@example.', 'zhu@example.', 'VALUE_EMAIL'],
    ['zhu.lei@example', 'zhu.lei@example', 'VALUE_EMAIL'],
    ['zhu lei@example.com', 'zhu lei@example.com', 'VALUE_EMAIL'],
    ['zhu', 'zhu', 'VALUE_EMAIL'],
  ],
  'id-number': [
    ['11010519491231002X', '11010519491231002X'],
    ['11010519491231002x', '11010519491231002X'],
    ['110105 19491231 002X', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ["'11010519491231002X", '11010519491231002X'],
    ['110105194912310021', null, 'VALUE_ID_CHECKSUM'],
    ['110105194912310000', null, 'VALUE_EXCEL_NUMBER'],
    ['1.10105E+17', null, 'VALUE_EXCEL_NUMBER'],
    ['110105194902301007', null, 'VALUE_ID_DATE'],
    ['110105491231002', '110105491231002', 'VALUE_ID_OLD'],
    ['110105491331002', null, 'VALUE_ID_DATE'],
    ['110105********002X', null, 'VALUE_MASKED'],
    ['H12345678', 'H12345678', 'VALUE_ID_OTHER'],
    ['E12345678', 'E12345678', 'VALUE_ID_OTHER'],
    ['EA1234567', 'EA1234567', 'VALUE_ID_OTHER'],
    ['不愿提供', null, 'VALUE_ID_FORMAT'],
    ['123', null, 'VALUE_ID_FORMAT'],
  ],
  'bank-card': [
    ['6222 0212 3456 7895', '6222021234567895', 'VALUE_CARD'],
    ['4111111111111111', '4111111111111111'],
    ['4111111111111112', '4111111111111112', 'VALUE_CARD'],
    ['1411111111111111', '1411111111111111', 'VALUE_CARD'],
    // Digits above 4 in the places that are doubled, and an odd length.
    ['5555555555554444', '5555555555554444'],
    ['6225987654321098764', '6225987654321098764'],
    ['6225987654321098765', '6225987654321098765', 'VALUE_CARD'],
    ['6225987654321', '6225987654321'],
    ['622598765437', '622598765437', 'VALUE_CARD'],
    ['62259876543210987654', '62259876543210987654', 'VALUE_CARD'],
    ['6222-0212-3456-7894', '6222021234567894'],
    ['6222****7894', null, 'VALUE_MASKED'],
    ['6222021234567890000', null, 'VALUE_EXCEL_NUMBER'],
    ['6222021234560000', '6222021234560000', 'VALUE_CARD'],
    ['6.22202E+18', null, 'VALUE_EXCEL_NUMBER'],
  ],
  date: [
    ['2024-03-05', '2024-03-05'],
    ['2024/3/5', '2024-03-05'],
    ['2024.3.5', '2024-03-05'],
    ['2024年3月5日', '2024-03-05'],
    ['2024 年 3 月 5 日', '2024-03-05'],
    ['２０２４－０３－０５', '2024-03-05'],
    ['20240305', '2024-03-05'],
    ['2024/3/5 0:00:00', '2024-03-05'],
    ['2024-03-05 14:30', '2024-03-05'],
    ['2024-03-05T14:30:00Z', '2024-03-05'],
    ['2024年3月5日下午2:30', '2024-03-05'],
    ['24/3/5', '2024-03-05', 'VALUE_DATE_SHORT_YEAR'],
    ['98-3-5', '1998-03-05', 'VALUE_DATE_SHORT_YEAR'],
    ['5-Mar-24', '2024-03-05', 'VALUE_DATE_SHORT_YEAR'],
    ['5-Mar-2024', '2024-03-05'],
    ['05/03/04', null, 'VALUE_DATE_AMBIGUOUS'],
    ['3/5/2024', null, 'VALUE_DATE_AMBIGUOUS'],
    ['5/5/2024', '2024-05-05'],
    ['3/25/2024', '2024-03-25', 'VALUE_DATE_ORDER'],
    ['25/3/2024', '2024-03-25', 'VALUE_DATE_ORDER'],
    ['3月5日', null, 'VALUE_DATE_INCOMPLETE'],
    ['2024年3月', null, 'VALUE_DATE_INCOMPLETE'],
    ['2024-03', null, 'VALUE_DATE_INCOMPLETE'],
    ['2024', null, 'VALUE_DATE_INCOMPLETE'],
    ['2024年', null, 'VALUE_DATE_INCOMPLETE'],
    ['45356', '2024-03-05', 'VALUE_DATE_SERIAL'],
    ['45356.5', '2024-03-05', 'VALUE_DATE_SERIAL'],
    ['农历八月十五', '', 'VALUE_DATE_LUNAR'],
    ['2023-02-29', null, 'VALUE_DATE'],
    ['2024-02-29', '2024-02-29'],
    ['2024-13-01', null, 'VALUE_DATE'],
    ['下周', null, 'VALUE_DATE'],
    ['2030-01-01', '2030-01-01'],
    ['x'.repeat(100), null, 'VALUE_DATE'],
  ],
  'past-date': [
    ['2026-11-20', '2026-11-20'],
    ['2026-11-21', '2026-11-21', 'VALUE_DATE_FUTURE'],
  ],
  'birth-date': [
    ['1990-01-31', '1990-01-31'],
    ['30-1-31', '1930-01-31', 'VALUE_DATE_SHORT_YEAR'],
    ['2027-01-01', '2027-01-01', 'VALUE_DATE_FUTURE'],
  ],
  datetime: [
    ['2026-03-05 10:20:30', '2026-03-05T02:20:30Z'],
    ['2026-03-05T07:20:30', '2026-03-04T23:20:30Z'],
    ['2026-03-01 00:00:00', '2026-02-28T16:00:00Z'],
    ['2026-03-05', '2026-03-04T16:00:00Z'],
    ['2026-03-05T10:20:30Z', '2026-03-05T10:20:30Z'],
    ['2026-03-05T10:20:30.123+08:00', '2026-03-05T02:20:30Z'],
    ['2026-03-05T20:20:30-05:00', '2026-03-06T01:20:30Z'],
    ['2026/3/5 14:30', '2026-03-05T06:30:00Z'],
    ['2026年3月5日 下午2:30', '2026-03-05T06:30:00Z'],
    ['2026年3月5日14时30分', '2026-03-05T06:30:00Z'],
    ['2026/3/5 上午12:05', '2026-03-04T16:05:00Z'],
    ['2026/3/5 2:30 PM', '2026-03-05T06:30:00Z'],
    ['46000.5', '2025-12-09T04:00:00Z', 'VALUE_DATE_SERIAL'],
    ['2026-03-05 25:00:00', null, 'VALUE_DATE'],
    ['2026-12-05 10:00:00', '2026-12-05T02:00:00Z', 'VALUE_DATE_FUTURE'],
  ],
  money: [
    ['0', '0'],
    ['0.00', '0'],
    ['0.5', '50'],
    ['1234', '123400'],
    ['1234.5', '123450'],
    ['1234.50', '123450'],
    ['1,234.50', '123450'],
    ['￥1,234.50元', '123450'],
    ['¥ 88', '8800'],
    ['1.2万', '1200000'],
    ['50分', '50'],
    ['-30', '-3000'],
    ['(30.00)', '-3000'],
    ['１００', '10000'],
    ['1234.567', null, 'VALUE_MONEY'],
    ['1234.500', '123450'],
    ['0.1', '10'],
    ['9007199254740.93', '900719925474093'],
    ['1.2E+08', null, 'VALUE_EXCEL_NUMBER'],
    ['很多', null, 'VALUE_MONEY'],
    ['.', ''],
  ],
  count: [
    ['12', '12'],
    ['0', '0'],
    ['012', '12'],
    ['12次', '12'],
    ['3.5小时', '3.5'],
    ['3.0', '3'],
    ['-2', '-2'],
    ['三次', null, 'VALUE_COUNT'],
  ],
  'yes-no': [
    ['是', 'yes'],
    ['N', 'no'],
    ['√', 'yes'],
    ['无', ''],
    ['不接受', 'no'],
    ['或许', '', 'VALUE_YES_NO'],
  ],
  'opt-out': [
    ['退订', 'yes'],
    ['免打扰', 'yes'],
    ['接受', 'no'],
    ['不接受', 'yes'],
    ['否', 'no'],
    ['?', '', 'VALUE_YES_NO'],
  ],
  'consent-status': [
    ['同意', 'given'],
    ['已同意。', 'given'],
    ['是', 'given'],
    ['Ｙ', 'given'],
    ['已签', 'given'],
    ['不同意', 'refused'],
    ['拒绝', 'refused'],
    ['否', 'refused'],
    ['no', 'refused'],
    ['No reply', 'no-reply'],
    ['撤回', 'withdrawn'],
    ['取消授权', 'withdrawn'],
    ['未回复', 'no-reply'],
    ['默认同意', 'implied'],
    ['不回复视为同意', 'implied'],
    ['口头同意', 'verbal'],
    ['未同意', 'unknown'],
    ['-', ''],
    ['考虑一下', 'unknown', 'VALUE_CONSENT_STATUS'],
    ['given', 'given'],
    ['reply', 'unknown', 'VALUE_CONSENT_STATUS'],
  ],
  'consent-method': [
    ['书面', 'written'],
    ['短信回复', 'sms'],
    ['企业微信', 'wechat'],
    ['电话录音', 'phone-recording'],
    ['电话', 'verbal'],
    ['APP', 'app'],
    ['默认勾选', 'default'],
    ['飞鸽传书', 'other', 'VALUE_CONSENT_METHOD'],
  ],
  text: [
    ['每周三\r\n上午', '每周三\n上午'],
    ['a\tb', 'a\tb'],
    ['坏\u0007字', null, 'VALUE_CONTROL'],
    ['a\u001eb', null, 'VALUE_CONTROL'],
    ['a\u001fb', null, 'VALUE_CONTROL'],
    ['a\u0085b', null, 'VALUE_CONTROL'],
    ['朱\ufffd', null, 'VALUE_REPLACEMENT'],
    ['x'.repeat(32_767), 'x'.repeat(32_767)],
    ['x'.repeat(32_768), null, 'VALUE_TOO_LONG'],
    ['N/A', ''],
    ['NULL', ''],
    ['#REF!', '', 'VALUE_EXCEL_ERROR'],
    ['无敌小区', '无敌小区'],
    ['/', ''],
  ],
  coordinate: [
    ['114.0579', '114.0579'],
    ['200', '200', 'VALUE_COORDINATE'],
  ],
};

for (const [kind, cases] of Object.entries(TABLES) as [ValueKind, readonly Case[]][]) {
  describe(kind, () => {
    it.each([...cases])('%j → %j', (cell, value, ...codes) => {
      const [got, ...gotCodes] = normalise(kind, cell ?? '');
      expect(gotCodes).toEqual(codes);
      if (value !== null) expect(got).toBe(value);
    });
  });
}

it('reads money in the unit of its column', () => {
  expect(normalise('money', '1.5', 1_000_000)).toEqual(['1500000']);
  expect(normalise('money', '150', 1)).toEqual(['150']);
  expect(normalise('money', '1.5', 1)).toEqual(['', 'VALUE_MONEY']);
});

it('normalises what it has normalised to the same', () => {
  for (const kind of [
    'mobile',
    'landline',
    'id-number',
    'date',
    'gender',
    'consent-status',
    'consent-method',
    'datetime',
  ] as const) {
    for (const [cell = ''] of TABLES[kind] ?? []) {
      const [value, ...codes] = normalise(kind, cell);
      if (value === '' || codes.length > 0) continue;
      expect(normalise(kind, value)).toEqual([value]);
    }
  }
});
