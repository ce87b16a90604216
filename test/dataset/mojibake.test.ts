import { describe, expect, it, test } from 'vitest';
import { name, unusualName } from '../../fixtures/customers/names.js';
import { address, hint, shortAddress } from '../../fixtures/customers/places.js';
import { dice as makeDice } from '../../fixtures/customers/random.js';
import { encodeGb18030 } from '../../src/dataset/gb18030.js';
import { mojibakeFile, mojibakeOf, ungarbled } from '../../src/dataset/mojibake.js';
import type { MojibakeKind } from '../../src/messages/problems/dataset.js';

const GARBLE: Readonly<Record<MojibakeKind, (text: string) => string>> = {
  'utf8-as-latin1': (text) => new TextDecoder('windows-1252').decode(Buffer.from(text)),
  'utf8-as-gbk': (text) => new TextDecoder('gb18030').decode(Buffer.from(text)),
  'gbk-as-latin1': (text) => new TextDecoder('windows-1252').decode(encodeGb18030(text)),
};
const KINDS = ['utf8-as-latin1', 'utf8-as-gbk', 'gbk-as-latin1'] as const;

const CHINESE = [
  '张三',
  '王小明',
  '欧阳娜娜',
  '上海市浦东新区张江路1号',
  '制表',
  '我们',
  '是否同意',
  '老客户，周三上午',
];

test.each(KINDS.flatMap((kind) => CHINESE.map((text) => [kind, text] as const)))('%s: %s', (kind, text) => {
  expect(mojibakeOf(GARBLE[kind](text))).toBe(kind);
});

/** Names and notes as they are, none of which is garbled. */
const REAL = [
  'Müller',
  'José',
  'Jürgen Größmann',
  'Zoë',
  'François',
  'Łukasz',
  'Ångström',
  'Søren Kjær',
  'Nuñez',
  'Ærøskøbing',
  'naïve café',
  'ÄÖÜ',
  'Đặng Thị Hương',
  'Иванов',
  'やまだ',
  '김철수',
  '朱镕基',
  '陶喆',
  '䶮',
  '李璐',
  '瑾瑜',
  '张瑾',
  '王璇',
  '璐璐',
  '濮阳锘',
  '锘锘',
  '李𠮷',
  '联通',
  '一丁',
  '3×4米',
  '25℃',
  '√',
  '×',
  '½ 小时',
  '£100',
  '¥100',
  '“老”客户',
  '门—窗',
  '…',
  '囍',
  '犇犇',
  '龘',
  '翀',
  '赟',
  '鎏金',
  '浏阳',
  '洌',
  '涓涓',
  '瀚',
  '闫妍',
  '垚',
  '陈璟',
  '林瑷',
  '徐珺',
  '彧',
  '昕玥',
  '婵媛',
  '鄢陵',
] as const;

test.each(REAL)('%s is a text', (text) => {
  expect(mojibakeOf(text)).toBeNull();
  expect(mojibakeFile(`name\n${text}\n${text}\n${text}\n`)).toBeNull();
});

test.each(KINDS)('a file of %s', (kind) => {
  const garbled = GARBLE[kind](['客户编号', '姓名', '地址', ...CHINESE].join(','));
  expect(mojibakeFile(garbled)).toBe(kind);
  // Most of it is what it should be: its cells are found one by one.
  expect(mojibakeFile(`${CHINESE.join(',')},${CHINESE.join(',')},${garbled}`)).toBeNull();
});

describe('turning a cell back', () => {
  const dice = makeDice(7);
  const real = Array.from({ length: 4000 }, () => [
    name(dice),
    unusualName(dice),
    address(dice),
    shortAddress(dice),
    hint(dice),
  ]).flat();

  it('leaves names, addresses and notes as they are', () => {
    expect(
      [...real, ...REAL].filter((text) => mojibakeOf(text) !== null || ungarbled(text) !== null),
    ).toEqual([]);
  });

  it('leaves names with characters of every row of GB 2312 as they are', () => {
    const hanzi = gb2312();
    const families = [...'王李张刘陈杨赵黄周吴濮璩宓甯臧滕逯晏郗闫阚缪瞿谌鄢栾邬亓佴郏郜'];
    const names = hanzi.flatMap((one, i) =>
      families.map((family, j) => family + one + (hanzi[(i * 31 + j * 977) % hanzi.length] ?? '')),
    );
    expect(names.length).toBeGreaterThan(200_000);
    expect(names.filter((text) => ungarbled(text) !== null)).toEqual([]);
  });

  it.each(KINDS)('gives what was there or nothing, of %s', (kind) => {
    const found = real.map((text) => ({ text, back: ungarbled(GARBLE[kind](text)) }));
    expect(found.filter(({ text, back }) => back !== null && back !== text)).toEqual([]);
  });

  it.each([
    ['寮犱笁', '张三'],
    ['寮犲枂', '张喆'],
    ['鎷掔粷', '拒绝'],
    ['瑙ｆ斁瑗胯矾', '解放西路'],
    ['涓婃捣', '上海'],
    [GARBLE['utf8-as-latin1']('王小明'), '王小明'],
    [GARBLE['gbk-as-latin1']('王小明'), '王小明'],
  ])('%s', (cell, text) => {
    expect(ungarbled(cell)).toBe(text);
  });

  it.each(['鐜嬪皬鏄?', '鐜嬪皬鏄\ufffd', '和平路', '濮阳', ''])(
    'not %j, of which something is lost or which is none',
    (cell) => {
      expect(ungarbled(cell)).toBeNull();
    },
  );

  it('is found where half a character was lost in the middle', () => {
    expect(mojibakeOf(GARBLE['utf8-as-gbk']('上海市建国路15号'))).toBe('utf8-as-gbk');
    expect(mojibakeOf('涓婃捣甯傚缓鍥借矾?15鍙?')).toBe('utf8-as-gbk');
  });
});

/** Its characters, row by row. */
function gb2312(): readonly string[] {
  const decoder = new TextDecoder('gb18030');
  return Array.from({ length: 0x48 }, (_, row) =>
    Array.from({ length: 94 }, (_, cell) => decoder.decode(Uint8Array.of(0xb0 + row, 0xa1 + cell))),
  )
    .flat()
    .filter((one) => /^[\u4e00-\u9fff]$/.test(one));
}
