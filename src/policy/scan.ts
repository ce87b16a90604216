import { type FieldName, fieldOf } from '../dataset/fields.js';
import type { ScanCategory } from '../messages/reasons.js';

/** What is looked for in free text (law.md §5.1, "Free-text scan patterns"). */
export const SCAN_CATEGORIES = [
  'mobile',
  'id-number',
  'bank-card',
  'access-code',
  'key',
  'health',
  'child',
  'absence',
  'belief',
  'insult',
  'landline',
  'email',
  'messenger',
  'payment',
  'plate',
  'document',
  'address',
] as const satisfies readonly ScanCategory[];

const MARK = '▇';

/** Where a clause ends. */
const CLAUSE = String.raw`[^，。,;；!！?？\n]`;
/** Digits of a code, perhaps apart, and not a year, a time, an amount or a number of rooms. */
const CODE_DIGITS = String.raw`\d(?:[ -]?\d){2,9}(?![\d.]|\s?(?:年|月|日|点|元|块|次|户|楼|层|栋|幢|单元|室|米|平|㎡|公里|人|小时|分|天|周|号楼|[:：]\d))[#*]?`;
/** A code in letters and digits, or in Chinese numerals. */
const CODE_MIXED = String.raw`(?=[a-z]*\d)[a-z\d]{4,16}[#*!]?|[零〇一二三四五六七八九幺]{3,8}`;
const SECRET = `(?:密码锁?|密碼|口令|暗号|开门码|门码|验证码|pass ?code|password|passwd|pwd|pin(?: code)?|(?:door|gate|entry|lock|alarm) ?(?:code|pin))`;
const DOOR = `(?:门禁|门锁|密码锁|指纹锁|电子锁|智能锁|锁|大门|门口|楼下|单元门|防盗门|院门|铁门|车库|入户门|电梯|保险柜|信箱|报警器|gate|door|lockbox)`;

/**
 * The patterns of each category. Each repetition is bounded and each alternative begins with a fixed word or a digit, so that a text takes time
 * in proportion to its length, whatever it holds: the text is attacker-controlled.
 */
const WORDS: readonly (readonly [ScanCategory, RegExp])[] = [
  // A secret beside its name, in either order of writing: 门禁密码:1234#, 密码是 88 66, 密码 Ab12cd, 8866是大门密码.
  [
    'access-code',
    new RegExp(`${SECRET}${CLAUSE.replace(']', '\\d]')}{0,8}?(?:${CODE_DIGITS}|${CODE_MIXED})`, 'giu'),
  ],
  // Whatever is said to be the secret: 密码是生日, 密码：家里门牌号.
  [
    'access-code',
    new RegExp(
      String.raw`${SECRET}\s?(?:是|为|[:：=]|is)\s?(?!否|对的|错|不|什么|多少|没|谁|正确|旧|要)${CLAUSE}{2,16}`,
      'giu',
    ),
  ],
  // What opens, and a code: 门禁1234, 大门输入0912, 锁 0000, door 4711#.
  ['access-code', new RegExp(String.raw`${DOOR}[^，。,;；\n\d]{0,8}?${CODE_DIGITS}`, 'giu')],
  ['access-code', /(?:输入|键入|输|请按|先按|拨)\s?\d{3,8}(?!\d|\s?(?:元|年|月|号线|路))[#*]?/giu],
  ['access-code', /(?<![\d.-])\d{4,8}[#*](?!\s?(?:楼|栋|幢|室|房|单元|\d))/gu],
  [
    'access-code',
    /(?<![\d.])\d{3,8}[#*]?\s?(?:是|为|就是|[:：])?\s?(?:他家|她家|家里|我家)?(?:的)?(?:大门|楼下|单元门?|入户门?|电子|门)?(?:的)?(?:密码|门禁码|门禁|口令|开门码)/giu,
  ],
  // With the rest of its clause, which says where it is.
  [
    'key',
    new RegExp(
      String.raw`(?:钥匙|备用匙|备用钥|门卡|门禁卡(?!\s?\d)|spare keys?|key under)${CLAUSE}{0,20}`,
      'giu',
    ),
  ],
  [
    'health',
    /糖尿病|高血压|高血脂|心脏病|冠心病|心梗|中风|脑梗|偏瘫|瘫痪|癌|肿瘤|化疗|放疗|乙肝|肝炎|肺结核|艾滋|梅毒|抑郁|焦虑症|精神病|精神分裂|躁郁|自闭|癫痫|怀孕|孕妇|孕期|流产|产后|坐月子|术后|手术|过敏|透析|尿毒症|阿尔茨海默|老年痴呆|痴呆|帕金森|哮喘|残疾|失能|卧床|失禁|骨折|失明|耳聋|吃药|服药|胰岛素/gu,
  ],
  [
    'child',
    /(?:[\u4e00-\u9fff]{2,6})?(?:幼儿园|小学|中学|托班|托儿所)|宝宝|孩子|小孩|娃|儿子|女儿|婴儿|接送|放学/gu,
  ],
  ['absence', /出差|不在家|没人在家|家里没人|空置|没人住|无人居住|长期在外|出国|旅游期间|度假|外地|回老家/gu],
  ['belief', /清真|回民|回族|维吾尔|藏族|满族|少数民族|伊斯兰|穆斯林|基督|天主教|佛教|信佛|教徒|道教/gu],
  [
    'insult',
    /难缠|刁蛮|奇葩|抠门|小气鬼|太小气|神经病|有病吧|垃圾客户|垃圾人|傻[逼瓜子帽]|很傻|真傻|蠢|泼妇|老赖|烦人|事儿多|事多|黑名单/gu,
  ],
  // Eleven numerals, read out.
  ['mobile', /[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺])/gu],
  ['landline', /(?:电话|座机|固话|宅电|家电|tel\.?)\s?[:：是]?\s?[2-8]\d{3}[ -]?\d{3,4}(?!\d)/giu],
  ['email', /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/giu],
  ['messenger', /wxid_[a-z0-9_]{4,30}/giu],
  [
    'messenger',
    /(?:微信|wechat|weixin|(?<![a-z])(?:wx|vx|v信)|薇信|威信)\s?(?:号码?|id|账号)?\s?[:：是为]?\s?(?!同号)[a-z][a-z0-9_-]{4,19}(?![a-z0-9@])/giu,
  ],
  ['messenger', /(?:(?<![a-z])qq|扣扣)\s?(?:号码?|是)?\s?[:：是为]?\s?[1-9]\d{4,10}(?!\d)/giu],
  [
    'payment',
    /(?:支付宝|alipay|收款账号|收款码|paypal)\s?(?:账号|帐号|账户|号码?|id)?\s?[:：是为]?\s?[a-z0-9][a-z0-9._%+@-]{4,40}/giu,
  ],
  [
    'plate',
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z][ ·•.-]?(?=[a-z]{0,5}\d)[a-hj-np-z0-9]{4,5}[a-hj-np-z0-9挂学警港澳领](?![a-z0-9])/giu,
  ],
  ['document', /(?<![a-z0-9])(?:E[0-9A-HJ-NP-Z]\d{7}|G\d{8})(?![a-z0-9])/giu],
  [
    'document',
    /(?:护照|通行证|回乡证|台胞证|居留证|居住证|军官证|驾驶证|驾照|社保卡|户口本|passport|permit)[^，。,;；\n\d]{0,6}?[a-z]{0,3}\d{6,12}(?!\d)(?:\([\da]\))?/giu,
  ],
  ['document', /(?<![a-z0-9])[a-z]{1,2}\d{6}\([\da]\)/giu],
  [
    'address',
    /[\u4e00-\u9fff]{1,8}(?:路|街|巷|弄|大道|胡同)\s?\d{1,5}\s?(?:号|弄|巷)(?!线|口)(?:\s?-?\d{1,4}\s?(?:号楼|号|栋|幢|座|单元|楼|层|室|房)?){0,4}/gu,
  ],
  [
    'address',
    /\d{1,3}\s?(?:号楼|栋|幢|座)\s?(?:\d{1,2}\s?单元\s?)?(?:\d{1,2}\s?(?:楼|层)\s?)?\d{2,4}(?!\d|元|年|次|平|人)\s?(?:室|房|号)?/gu,
  ],
  ['address', /\d{1,2}\s?单元\s?\d{2,4}(?!\d|元|年|次|平)\s?(?:室|房|号)?/gu],
  [
    'address',
    /[\u4e00-\u9fff]{2,8}(?:小区|花园|家园|公寓|大厦|新村|[苑庭府邸园])\s?\d{1,3}\s?(?:号楼|栋|幢|座|号)(?!线)/gu,
  ],
];

/** A run of digits as people write numbers: groups of digits joined by single spaces, dots or hyphens, perhaps an X at the end. */
const DIGITS = /\d(?:[ .-]?\d){9,30}[Xx]?/gu;

/** Whether anything at all may be found: most texts hold nothing, and one pass is cheaper than one for each category. */
const ANYTHING = new RegExp(
  [DIGITS, ...WORDS.map(([, pattern]) => pattern)].map((p) => p.source).join('|'),
  'iu',
);

/** Full-width digits, letters and marks one by one, so that positions stay the same. */
function narrow(text: string): string {
  return /[\uff01-\uff5e]/.test(text)
    ? text.replace(/[\uff03\uff0a\uff0b\uff0d\uff0e\uff10-\uff1a\uff20-\uff3a\uff3f\uff41-\uff5a]/gu, (c) =>
        String.fromCharCode(c.charCodeAt(0) - 0xfee0),
      )
    : text;
}

/** What a run of digits is, if it is personal. A longer number that only contains a mobile number is not taken for one. */
function numberCategory(run: string): ScanCategory | null {
  const digits = run.replace(/[ .-]/g, '');
  if (/^(?:0086|86|0)?1[3-9]\d{9}$/.test(digits)) return 'mobile';
  if (/^[1-9]\d{5}(?:18|19|20)\d{9}[\dXx]$/.test(digits)) return 'id-number';
  if (/^[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/.test(digits)) return 'id-number';
  if (/^(?:010|02\d|0[3-9]\d{2})[2-8]\d{6,7}$/.test(digits)) return 'landline';
  if (/^(?:[2-6]\d{15,18}|3[47]\d{13})$/.test(digits) && isLuhn(digits)) return 'bank-card';
  return null;
}

/** What comes before a number of a thing and not of a person. */
const THING = /(?:订单|单号|运单|快递|流水|工单|发票|合同|编号|批次|设备|型号|序列|条码|order|no)\D{0,4}$/i;

/** The check digit of bank cards (ISO/IEC 7812-1). */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const weighed = i % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** Parts of a run that may belong to one number: 138-0013-8000, or a card in groups of four. */
const MOST_PARTS = 5;

/** The numbers in a run. Two written side by side ("138-0013-8000 13900139000") are one run, so neighbouring parts are tried together. */
function numbersIn(
  run: string,
): readonly (readonly [category: ScanCategory, offset: number, length: number])[] {
  const found: [ScanCategory, number, number][] = [];
  const parts = [...run.matchAll(/[^ .-]+/g)].map((part) => ({
    begin: part.index,
    end: part.index + part[0].length,
  }));
  for (let i = 0; i < parts.length; i++) {
    const begin = parts[i]?.begin ?? 0;
    for (let j = Math.min(parts.length, i + MOST_PARTS) - 1; j >= i; j--) {
      const end = parts[j]?.end ?? begin;
      const category = numberCategory(run.slice(begin, end));
      if (category === null) continue;
      found.push([category, begin, end - begin]);
      i = j;
      break;
    }
  }
  return found;
}

/** The categories that numbers alone tell. */
const NUMBERS: readonly ScanCategory[] = ['mobile', 'id-number', 'landline', 'bank-card'];

/** Calls `found` for every match of a category that is wanted, in no particular order. */
function search(
  text: string,
  found: (category: ScanCategory, at: number, length: number) => void,
  isWanted: (category: ScanCategory) => boolean = () => true,
): void {
  if (!ANYTHING.test(text)) return;
  if (NUMBERS.some(isWanted)) searchNumbers(text, found);
  for (const [category, pattern] of WORDS)
    if (isWanted(category))
      for (const match of text.matchAll(pattern)) found(category, match.index, match[0].length);
}

function searchNumbers(
  text: string,
  found: (category: ScanCategory, at: number, length: number) => void,
): void {
  for (const run of text.matchAll(DIGITS)) {
    const numbers = numbersIn(run[0]);
    const before = text.slice(Math.max(0, run.index - 10), run.index);
    for (const [category, offset, length] of numbers)
      if (category === 'mobile' || category === 'landline' || offset > 0 || !THING.test(before))
        found(category, run.index + offset, length);
    if (numbers.length === 0 && text[run.index - 1] === '+' && isAbroad(run[0]))
      found('mobile', run.index, run[0].length);
  }
}

function isAbroad(run: string): boolean {
  const digits = run.replace(/\D/g, '');
  return digits.length <= 15 && !digits.startsWith('0');
}

/** Something personal in a text, and where it stands. */
export interface ScanHit {
  readonly category: ScanCategory;
  readonly at: number;
  readonly length: number;
}

/** What is found in a text, in order; where two patterns of one category find the same, once. */
export function scanHits(text: string): readonly ScanHit[] {
  const hits: ScanHit[] = [];
  search(narrow(text), (category, at, length) => {
    const same = hits.findIndex(
      (hit) => hit.category === category && at < hit.at + hit.length && hit.at < at + length,
    );
    if (same === -1) hits.push({ category, at, length });
    else if (length > (hits[same]?.length ?? 0)) hits[same] = { category, at, length };
  });
  return hits.sort((a, b) => a.at - b.at);
}

/** How often each category occurs in a text, in the order of {@link SCAN_CATEGORIES}. */
export function scanText(text: string): readonly number[] {
  const counts = SCAN_CATEGORIES.map(() => 0);
  for (const { category } of scanHits(text)) {
    const i = SCAN_CATEGORIES.indexOf(category);
    counts[i] = (counts[i] ?? 0) + 1;
  }
  return counts;
}

/** A date, perhaps with an hour: digits that tell of nobody. */
const DATE = /^(?:19|20)\d\d[.-]\d{1,2}[.-]\d{1,2}(?: \d{1,2})?$/;

/**
 * The text with everything found struck out, and every long run of digits besides, whatever it is; what is left keeps its place. A search finds
 * patterns, not meaning: it is a help, no proof.
 *
 * @param strikes whether a category is struck out; `number` is a run of digits that is none of them
 */
export function redactText(
  text: string,
  strikes: (category: ScanCategory | 'number') => boolean = () => true,
): string {
  const hit = new Uint8Array(text.length);
  let any = false;
  const strike = (at: number, length: number) => {
    any = true;
    hit.fill(1, at, at + length);
  };
  const plain = narrow(text);
  search(
    plain,
    (category, at, length) => {
      if (strikes(category)) strike(at, length);
    },
    strikes,
  );
  if (strikes('number'))
    for (const run of plain.matchAll(DIGITS)) if (!DATE.test(run[0])) strike(run.index, run[0].length);
  if (!any) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (hit[i] === 0) out += text[i];
    else if (hit[i - 1] !== 1) out += MARK;
  }
  return out;
}

/** Findings of a scan as data that can be added up: counts by category for each free-text field, never a text. */
export interface ScanCounts {
  readonly fields: readonly FieldName[];
  /** One row per field, one column per category of {@link SCAN_CATEGORIES}: how many records hold it. */
  readonly counts: Uint32Array<ArrayBuffer>;
}

/** Takes the records of one page after another. */
export interface Scan {
  add(record: readonly string[]): void;
  /** Ends the page and begins the next. */
  end(): ScanCounts;
}

/** Compiles the scan of a file's free-text columns. */
export function compileScan(columns: readonly FieldName[]): Scan {
  const fields = columns.filter((name) => fieldOf(name)?.class === 'free-text');
  const positions = fields.map((name) => columns.indexOf(name));
  const width = SCAN_CATEGORIES.length;
  let counts = new Uint32Array(fields.length * width);
  return {
    add: (record) => {
      for (let row = 0; row < positions.length; row++) {
        const text = record[positions[row] ?? -1] ?? '';
        if (text.length < 2) continue;
        for (const [i, count] of scanText(text).entries())
          if (count > 0) counts[row * width + i] = (counts[row * width + i] ?? 0) + 1;
      }
    },
    end: () => {
      const found = { fields, counts };
      counts = new Uint32Array(fields.length * width);
      return found;
    },
  };
}

/** Adds the findings of pages of one file. */
export function addScans(scans: Iterable<ScanCounts>): ScanCounts {
  let fields: readonly FieldName[] = [];
  let total = new Uint32Array(0);
  for (const scan of scans) {
    if (total.length === 0) {
      fields = scan.fields;
      total = new Uint32Array(scan.counts.length);
    }
    for (const [i, count] of scan.counts.entries()) total[i] = (total[i] ?? 0) + count;
  }
  return { fields, counts: total };
}

/** In how many records a field held something of one category. */
export interface ScanFinding {
  readonly field: FieldName;
  readonly category: ScanCategory;
  readonly records: number;
}

/** The findings that are there, for a page or a table. */
export function scanFindings(scan: ScanCounts): readonly ScanFinding[] {
  const width = SCAN_CATEGORIES.length;
  return scan.fields.flatMap((field, row) =>
    SCAN_CATEGORIES.flatMap((category, i) => {
      const records = scan.counts[row * width + i] ?? 0;
      return records > 0 ? [{ field, category, records }] : [];
    }),
  );
}
