import { expect, test } from 'vitest';
import { encodeGb18030 } from '../../src/dataset/gb18030.js';
import { mojibakeFile, mojibakeOf } from '../../src/dataset/mojibake.js';
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
