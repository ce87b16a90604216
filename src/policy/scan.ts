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
] as const satisfies readonly ScanCategory[];

const MARK = '▇';

/**
 * One pattern per category. Each repetition is bounded and each alternative begins with a fixed word or a digit, so that a text takes time
 * in proportion to its length, whatever it holds: the text is attacker-controlled.
 */
const WORDS: readonly (readonly [ScanCategory, RegExp])[] = [
  // A code beside what it opens, in either order of writing: 门禁密码:1234#, 密码是 88 66, 锁 0000.
  [
    'access-code',
    /(?:密码|门禁|门锁|锁|口令|开门码|passcode|password|door ?code|gate ?code)[^，。,;；\n\d]{0,6}\d[\d ]{1,8}\d[#*]?/giu,
  ],
  ['key', /钥匙|备用匙|门卡|spare key/giu],
  [
    'health',
    /糖尿病|高血压|心脏病|冠心病|中风|偏瘫|瘫痪|癌|肿瘤|化疗|乙肝|肝炎|肺结核|艾滋|抑郁|焦虑症|精神病|怀孕|孕妇|孕期|流产|产后|术后|手术|过敏|透析|阿尔茨海默|老年痴呆|痴呆|帕金森|哮喘|残疾|失能|卧床|失禁/gu,
  ],
  ['child', /宝宝|孩子|小孩|儿子|女儿|婴儿|幼儿园|小学|中学|接送|放学/gu],
  ['absence', /出差|不在家|空置|没人住|无人居住|长期在外|出国|旅游期间|外地/gu],
  ['belief', /清真|回民|回族|维吾尔|藏族|满族|少数民族|伊斯兰|穆斯林|基督|天主教|佛教|信佛|教徒|道教/gu],
  ['insult', /难缠|刁蛮|奇葩|抠门|小气|神经病|有病吧|垃圾|傻|蠢|泼妇|老赖|烦人|事儿多|事多|黑名单/gu],
];

/** A run of digits as people write numbers: groups of at least two digits joined by single spaces or hyphens, perhaps an X at the end. */
const DIGITS = /\d(?:[ -]?\d){9,30}[Xx]?/gu;

/** Whether anything at all may be found: most texts hold nothing, and one pass is cheaper than one for each category. */
const ANYTHING = new RegExp(
  [DIGITS, ...WORDS.map(([, pattern]) => pattern)].map((p) => p.source).join('|'),
  'iu',
);

/** Full-width digits and letters one by one, so that positions stay the same. */
function narrow(text: string): string {
  return /[\uff01-\uff5e]/.test(text)
    ? text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0d]/gu, (c) =>
        String.fromCharCode(c.charCodeAt(0) - 0xfee0),
      )
    : text;
}

/** What a run of digits is, if it is personal. A longer number that only contains a mobile number is not taken for one. */
function numberCategory(run: string): ScanCategory | null {
  const digits = run.replace(/[ -]/g, '');
  if (/^(?:0086|86)?1[3-9]\d{9}$/.test(digits)) return 'mobile';
  if (/^[1-9]\d{5}(?:18|19|20)\d{9}[\dXx]$/.test(digits)) return 'id-number';
  if (/^\d{16,19}$/.test(digits) && isLuhn(digits)) return 'bank-card';
  return null;
}

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
  const parts = [...run.matchAll(/[^ -]+/g)].map((part) => ({
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

/** Calls `found` for every match, in no particular order. */
function search(text: string, found: (category: ScanCategory, at: number, length: number) => void): void {
  if (!ANYTHING.test(text)) return;
  for (const run of text.matchAll(DIGITS))
    for (const [category, offset, length] of numbersIn(run[0])) found(category, run.index + offset, length);
  for (const [category, pattern] of WORDS)
    for (const match of text.matchAll(pattern)) found(category, match.index, match[0].length);
}

/** How often each category occurs in a text, in the order of {@link SCAN_CATEGORIES}. */
export function scanText(text: string): readonly number[] {
  const counts = SCAN_CATEGORIES.map(() => 0);
  search(narrow(text), (category) => {
    const i = SCAN_CATEGORIES.indexOf(category);
    counts[i] = (counts[i] ?? 0) + 1;
  });
  return counts;
}

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
  search(plain, (category, at, length) => {
    if (strikes(category)) strike(at, length);
  });
  if (strikes('number')) for (const run of plain.matchAll(DIGITS)) strike(run.index, run[0].length);
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
