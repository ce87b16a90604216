import type { FindingCode } from '../messages/findings.js';

/** A line that is no row of data: what a total or a signature is. */
export type AsideCode = Extract<FindingCode, 'ROW_SUMMARY' | 'ROW_FOOTER'>;

/** The word that begins a row of totals, alone in its cell. */
const TOTAL =
  /^(合\s*[计計]|(?:金额|余额|次数|人数|数量)(?:合计|总计|小计)|(?:合计|总计?|小计)(?:金额|余额|次数|数量)|[总總]\s*[计計]|小\s*[计計]|共\s*[计計]|累\s*[计計]|本页合计|本页小计|[总總](?:计|合计)?(?:人|户|客户|会员|用户|行|条|记录|數|数)?[数數]|合计数|合计人数|总合计|(?:sub|grand )?totals?(?: (?:number|no\.?|count))?(?: of)?(?: (?:customers?|clients?|members?|contacts?|records?|rows?|count))?|sum|count|average|平均)\s*[:：]?\s*[\d,.]*\s*(?:位|户|名|人|条|行|个|家|元)?$/i;
/** What else may be in a row of totals. */
const FIGURE = /^[-+¥￥\d,.\s%/]*(?:元|万元|位|人|户|名|条|次|笔|单|家|个|行)?$/;

const LABEL =
  '(?:数据来源|数据截[止至]|来源|制表|填表|审核|复核|审批|经办|经手|负责|打印|导出|统计|录入|制单|编制|更新|截止|截至|生成|盖章|签字|签名|签章|联系|店长|主管|财务|会计|出纳)';
const FOOTER = new RegExp(
  [
    String.raw`^(?:以上|本表|本页|全部|总|共)?(?:客户|会员|用户|顾客|名单|记录|数据|资料)?[,，]?\s*(?:合计|总计|共计|共有|共|计|总共)\s*[:：]?\s*\d[\d,]*\s*(?:位|户|名|人|条|行|个|家|笔|单|项)`,
    String.raw`^${LABEL}(?:人员?|者|员|日期|时间|单位|部门|机构|日)?(?:签字|签名|签章|盖章|意见)?(?:\([^()]{1,8}\)|（[^（）]{1,8}）)?(?:\s*[:：]|$|\s*(?:19|20)\d\d\s*[-/.年])`,
    String.raw`^(?:日期|时间|单位|公司|门店)(?:\([^()]{1,8}\)|（[^（）]{1,8}）)?\s*[:：]`,
    String.raw`^第\s*\d+\s*页`,
    String.raw`^(?:备注|说明|注|附注|注意|提示|声明)\s*\d*\s*[:：]`,
    String.raw`^[-—–*=#~·…\s（(【[<《]*(?:以下空白|以下无正文|此处空白|以下无内容|完|完毕|结束|全文完|表尾|end|end of (?:file|report|list)|blank below)[-—–*=#~·…\s）)】\]>》]*$`,
    String.raw`^(?:printed|exported|prepared|generated|approved|signed)\s+(?:by|on|at)\b`,
    String.raw`^page\s+\d+`,
    String.raw`^(?:no\.?|number|total|count)(?: number)? of (?:customers?|clients?|members?|contacts?|records?|rows?)\b`,
    String.raw`^(?:rows?|records?|customers?|clients?|count)\s*[:：=]\s*\d[\d,]*$`,
    String.raw`^(?:金额|余额|次数|人数|数量)(?:合计|总计|小计)\s*[:：]`,
    String.raw`^\d[\d,]*\s+(?:rows?|records?|customers?|contacts?)$`,
  ].join('|'),
  'i',
);
/** A sentence in the place of a customer number: nothing else in the row, and nothing that tells anybody apart. */
const REMARK = /^[^\d#a-z]*(?:\p{Script=Han}[^\d#a-z]*){8,120}$/iu;
/** What a list is called, in the place of a customer number and alone in its row: the title of the next page. */
const TITLE =
  /^[^\d#]{0,30}(?:(?:客户|会员|用户|顾客|雇主|业主)[^\d#]{0,8}(?:表|名单|明细|清单|台账|一览)|(?:汇总|统计|登记|明细|一览)表|(?:customer|client|member|contact)s?(?: contact)? (?:list|table|report|register))[^\d#]{0,12}$/iu;
const PHONE = /(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/;

/**
 * Whether a row holds totals or a signature instead of a customer. Strict, because whoever is taken for one is not imported: the words must
 * begin the first filled cell, nothing else in the row may speak of a person, and the customer number must not be filled by anything else.
 *
 * @param subject - the cell of the customer number as it is
 * @param isNumbered whether the numbers of the file have digits
 */
export function asideOf(cells: readonly string[], subject: string, isNumbered = false): AsideCode | null {
  if (isPlainRow(cells)) return null;
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const at = filled.slice(0, 4).findIndex((cell) => cell.length <= 40 && TOTAL.test(cell));
  if (at !== -1 && filled.every((cell, i) => i === at || FIGURE.test(cell) || TOTAL.test(cell)))
    return filled.some((cell) => PHONE.test(cell)) ? null : 'ROW_SUMMARY';
  const first = filled[0] ?? '';
  if (filled.length === 1 && cells.length > 2) {
    if (REMARK.test(first) || TITLE.test(first)) return 'ROW_FOOTER';
    if (isNumbered && subject.trim() === first && !/\d/.test(first)) return 'ROW_FOOTER';
  }
  if (filled.length > MOST_SIGNED || first.length > 120 || !FOOTER.test(first)) return null;
  if (subject.trim() !== '' && subject.trim() !== first) return null;
  return filled.slice(1).some((cell) => PHONE.test(cell)) ? null : 'ROW_FOOTER';
}

/** More filled cells than a signature has. */
const MOST_SIGNED = 6;
/** With what a word for a total begins. */
const TOTAL_STARTS = new Set([...'合总總小共累本平sgtacSGTAC'].map((letter) => letter.charCodeAt(0)));

/** Whether a row has so many cells, none of the first a total, that nothing has to be looked at more closely: nearly all rows. */
function isPlainRow(cells: readonly string[]): boolean {
  let filled = 0;
  for (const cell of cells) {
    if (cell === '') continue;
    const first = cell.charCodeAt(0);
    // What begins with white space is looked at without it.
    if (first <= 0x20 || (first >= 0x80 && first < 0x3400)) return false;
    if (filled < 4 && TOTAL_STARTS.has(first)) return false;
    filled++;
  }
  return filled > MOST_SIGNED;
}

/** Whether a row may be one at all, by the cells that would hold the words: two characters rule out most rows. */
export function mayBeAside(cells: readonly string[], subject: string): boolean {
  return (
    subject === '' ||
    isWordy(subject) ||
    isWordy(cells[0] ?? '') ||
    (cells[1] === '' && cells[2] === '') ||
    HAN_TOTALS[(cells[1] ?? '').charCodeAt(0)] === 1
  );
}

/** Hanzi and marks, and the first letters of the English words where another letter follows: C001 is a number. */
function isWordy(cell: string): boolean {
  const first = cell.charCodeAt(0);
  if (first < 0x41) return first === 0x2d || first === 0x20;
  return first > 0x2e80 || (cell.charCodeAt(1) >= 0x41 && ENGLISH.has(first));
}
/** With what a word for a total begins behind a serial number. */
const HAN_TOTALS = new Uint8Array(0x10000);
for (const letter of '合总總小共累本平') HAN_TOTALS[letter.charCodeAt(0)] = 1;
const ENGLISH = new Set([...'acegmpstACEGMPST'].map((letter) => letter.charCodeAt(0)));
