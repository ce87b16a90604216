import type { Lang, Sentence } from './lang.js';

/** What can be wrong with one cell, one row or one header cell. Closed; codes are never renamed or reused. */
export const FINDING_SEVERITY = {
  CSV_QUOTE_STRAY: 'error',
  ROW_CELLS: 'error',
  ROW_SUMMARY: 'error',
  ID_MISSING: 'error',
  ID_TOO_LONG: 'error',
  VALUE_CONTROL: 'error',
  VALUE_REPLACEMENT: 'error',
  VALUE_TOO_LONG: 'error',
  VALUE_EXCEL_NUMBER: 'error',
  VALUE_EXCEL_ERROR: 'warning',
  VALUE_MULTIPLE: 'error',
  VALUE_MASKED: 'error',
  VALUE_NAME_TITLE: 'warning',
  VALUE_MOBILE: 'error',
  VALUE_MOBILE_UNALLOCATED: 'warning',
  VALUE_MOBILE_MACHINE: 'warning',
  VALUE_MOBILE_LANDLINE: 'warning',
  VALUE_LANDLINE: 'warning',
  VALUE_PHONE_BUSINESS: 'warning',
  VALUE_EMAIL: 'warning',
  VALUE_ID_FORMAT: 'error',
  VALUE_ID_CHECKSUM: 'error',
  VALUE_ID_DATE: 'error',
  VALUE_ID_OLD: 'warning',
  VALUE_ID_OTHER: 'warning',
  VALUE_CARD: 'warning',
  VALUE_COORDINATE: 'warning',
  VALUE_DATE: 'error',
  VALUE_DATE_AMBIGUOUS: 'error',
  VALUE_DATE_INCOMPLETE: 'error',
  VALUE_DATE_LUNAR: 'warning',
  VALUE_DATE_ORDER: 'warning',
  VALUE_DATE_SHORT_YEAR: 'warning',
  VALUE_DATE_SERIAL: 'warning',
  VALUE_DATE_FUTURE: 'warning',
  VALUE_MONEY: 'error',
  VALUE_COUNT: 'error',
  VALUE_GENDER: 'warning',
  VALUE_YES_NO: 'error',
  VALUE_CONSENT_STATUS: 'warning',
  VALUE_CONSENT_METHOD: 'warning',
  HEADER_DUPLICATE: 'warning',
  HEADER_SECOND: 'warning',
  HEADER_UNMAPPED: 'warning',
} as const satisfies Readonly<Record<string, 'error' | 'warning'>>;

export type FindingCode = keyof typeof FINDING_SEVERITY;
export type FindingSeverity = 'error' | 'warning';

/** What a sentence may know of a finding: never the value. */
interface FindingWords {
  /** 1-based, counting line breaks inside quotes. */
  readonly line: number;
  /** 1-based; 0 where the finding is about the whole row. */
  readonly column: number;
  /** What the field is called in the language of the sentence; '' where there is none. */
  readonly label: string;
  readonly expected?: number | undefined;
  readonly got?: number | undefined;
}

type FindingSentences = Readonly<Record<FindingCode, (f: FindingWords) => Sentence>>;

const zhCell = (f: FindingWords) => (f.label === '' ? `第 ${f.column} 列` : `第 ${f.column} 列“${f.label}”`);
const enCell = (f: FindingWords) =>
  f.label === '' ? `column ${f.column}` : `column ${f.column} (${f.label})`;

/** A sentence that begins with the cell; the rest does not depend on the finding. */
const zh = (what: string, fix: string) => (f: FindingWords) => ({ what: `${zhCell(f)}:${what}`, fix });
const en = (what: string, fix: string) => (f: FindingWords) => ({ what: `${enCell(f)}: ${what}`, fix });

const zhSentences: FindingSentences = {
  CSV_QUOTE_STRAY: zh(
    '双引号位置不对，无法确定这一行怎样分列',
    '请删去多余的双引号，或把整格用双引号括起来、格内的双引号写两遍',
  ),
  ROW_CELLS: (f) => ({
    what: `这一行有 ${f.got ?? 0} 格，表头有 ${f.expected ?? 0} 列`,
    fix: '请检查这一行是否多了或少了分隔符；格内有逗号时，整格要用双引号括起来',
  }),
  ROW_SUMMARY: () => ({ what: '这是合计行，不是客户', fix: '请在导出前删去合计、小计行' }),
  ID_MISSING: zh('没有客户编号', '请补上编号；合并过的单元格请先取消合并并填满'),
  ID_TOO_LONG: zh('客户编号超过 64 个字', '请检查是否错列'),
  VALUE_CONTROL: zh('含有看不见的控制字符', '请在原系统里重新输入这一格'),
  VALUE_REPLACEMENT: zh('含有乱码符号（�），原来的字已经丢失', '请从原系统重新导出，不要用已经乱码的文件'),
  VALUE_TOO_LONG: zh('超过 32,767 个字', '请检查双引号是否配对，附件不要放进表格'),
  VALUE_EXCEL_NUMBER: zh(
    '号码被 Excel 改成了数字，后几位已经丢失',
    '请从原系统重新导出，并先把这一列设为“文本”格式',
  ),
  VALUE_EXCEL_ERROR: zh('是 Excel 的错误值（如 #N/A），按空白处理', '请在 Excel 里改正公式后重新导出'),
  VALUE_MULTIPLE: zh('一格里有多个号码', '请只留一个，其余的移到另一列（如备用电话）'),
  VALUE_MASKED: zh('号码里有星号，不是完整的号码', '请用未打码的原始数据'),
  VALUE_NAME_TITLE: zh('像是称呼，不是全名', '请尽量补全姓名'),
  VALUE_MOBILE: zh('不是有效的手机号', '请改成 11 位手机号'),
  VALUE_MOBILE_UNALLOCATED: zh('手机号的号段尚未启用', '请核对号码'),
  VALUE_MOBILE_MACHINE: zh('是物联网卡号码，不是个人手机号', '请核对号码'),
  VALUE_MOBILE_LANDLINE: zh('手机号一列里填了固定电话', '可以保留；如有手机号请补上'),
  VALUE_LANDLINE: zh('不像固定电话号码', '请写成 0755-12345678 的样子'),
  VALUE_PHONE_BUSINESS: zh('是 400/800 企业号码，不是个人电话', '请核对号码'),
  VALUE_EMAIL: zh('不像电子邮箱', '请核对邮箱地址'),
  VALUE_ID_FORMAT: zh('不是有效的证件号码', '请核对证件号码'),
  VALUE_ID_CHECKSUM: zh('身份证号的校验位不对，至少有一位写错', '请对照证件核对'),
  VALUE_ID_DATE: zh('身份证号里的出生日期不存在', '请对照证件核对'),
  VALUE_ID_OLD: zh('是 15 位旧身份证号，2013 年起已停用', '请补上 18 位号码'),
  VALUE_ID_OTHER: zh('不是居民身份证号，像是通行证、护照等证件', '请核对证件类型'),
  VALUE_CARD: zh('没有通过银行卡号校验', '请核对卡号'),
  VALUE_COORDINATE: zh('不是有效的经纬度', '请核对坐标'),
  VALUE_DATE: zh('无法识别的日期', '请写成 2024-03-05 的样子'),
  VALUE_DATE_AMBIGUOUS: zh('日期的月和日分不清先后', '请写成 2024-03-05（年-月-日）的样子'),
  VALUE_DATE_INCOMPLETE: zh('日期缺少年份或日', '请补全成 2024-03-05 的样子'),
  VALUE_DATE_LUNAR: zh('是农历日期，没有导入', '请换算成公历日期'),
  VALUE_DATE_ORDER: zh('日期不是年月日的顺序，已按唯一可能的顺序转换', '请核对'),
  VALUE_DATE_SHORT_YEAR: zh('日期的年份只有两位，已补成四位', '请核对'),
  VALUE_DATE_SERIAL: zh('日期是 Excel 的序列数，已换算成日期（1900 年制）', '请核对'),
  VALUE_DATE_FUTURE: zh('日期在今天之后', '请核对'),
  VALUE_MONEY: zh('无法识别的金额', '请写成 1234.50 的样子，最多两位小数'),
  VALUE_COUNT: zh('无法识别的数量', '请只写数字'),
  VALUE_GENDER: zh('无法识别的性别', '请写“男”或“女”'),
  VALUE_YES_NO: zh('无法判断是或否', '请写“是”或“否”'),
  VALUE_CONSENT_STATUS: zh('无法识别的同意状态，按“未知”处理', '请写“同意”“不同意”“已撤回”或“未回复”'),
  VALUE_CONSENT_METHOD: zh('无法识别的同意方式，按“其他”处理', '请写“书面”“短信”“微信”“电话录音”“App”等'),
  HEADER_DUPLICATE: zh('列名与前面的列重复，只用前面的一列', '请给重复的列改名，或在列对应文件里指定'),
  HEADER_SECOND: zh('与前面的列对应同一个字段，没有导入', '请在列对应文件里指定用哪一列'),
  HEADER_UNMAPPED: zh('不认识的列，没有导入', '需要导入时，请在列对应文件里写上字段'),
};

const enSentences: FindingSentences = {
  CSV_QUOTE_STRAY: en(
    'a double quote in the wrong place, so the row cannot be split',
    'Remove the extra quote, or quote the whole cell and double the quotes inside it',
  ),
  ROW_CELLS: (f) => ({
    what: `this row has ${f.got ?? 0} cells, the header has ${f.expected ?? 0} columns`,
    fix: 'Look for a missing or extra delimiter; a cell with a comma in it must be quoted',
  }),
  ROW_SUMMARY: () => ({
    what: 'this is a total, not a customer',
    fix: 'Delete rows with totals before the export',
  }),
  ID_MISSING: en('the customer number is missing', 'Fill it in; unmerge merged cells first'),
  ID_TOO_LONG: en(
    'the customer number is longer than 64 characters',
    'Check that the columns have not shifted',
  ),
  VALUE_CONTROL: en('holds invisible control characters', 'Type this cell again in the original system'),
  VALUE_REPLACEMENT: en(
    'holds replacement characters (U+FFFD): the original text is lost',
    'Export again from the original system',
  ),
  VALUE_TOO_LONG: en(
    'longer than 32,767 characters',
    'Check the double quotes; keep attachments out of the table',
  ),
  VALUE_EXCEL_NUMBER: en(
    'Excel turned this number into a figure and its last digits are lost',
    'Export again with this column formatted as text',
  ),
  VALUE_EXCEL_ERROR: en(
    'an Excel error value such as #N/A, taken as empty',
    'Correct the formula in Excel and export again',
  ),
  VALUE_MULTIPLE: en('several numbers in one cell', 'Keep one and move the others to another column'),
  VALUE_MASKED: en('the number has asterisks in it and is not complete', 'Use the unmasked original data'),
  VALUE_NAME_TITLE: en('looks like a form of address, not a full name', 'Complete the name if you can'),
  VALUE_MOBILE: en('not a valid mobile number', 'Use an 11-digit mobile number'),
  VALUE_MOBILE_UNALLOCATED: en('the prefix of this mobile number is not allocated', 'Check the number'),
  VALUE_MOBILE_MACHINE: en('a machine (IoT) number, not a person’s', 'Check the number'),
  VALUE_MOBILE_LANDLINE: en(
    'a landline number in a mobile column',
    'It is kept; add a mobile number if there is one',
  ),
  VALUE_LANDLINE: en('does not look like a landline number', 'Write it like 0755-12345678'),
  VALUE_PHONE_BUSINESS: en('a 400/800 business number, not a person’s', 'Check the number'),
  VALUE_EMAIL: en('does not look like an e-mail address', 'Check the address'),
  VALUE_ID_FORMAT: en('not a valid identity document number', 'Check the number'),
  VALUE_ID_CHECKSUM: en(
    'the check digit of this ID number is wrong, so some digit is',
    'Check it against the document',
  ),
  VALUE_ID_DATE: en('the date of birth in this ID number does not exist', 'Check it against the document'),
  VALUE_ID_OLD: en('a 15-digit ID number, withdrawn in 2013', 'Add the 18-digit number'),
  VALUE_ID_OTHER: en(
    'not a resident ID number; looks like a permit or passport',
    'Check the type of document',
  ),
  VALUE_CARD: en('fails the check of bank card numbers', 'Check the number'),
  VALUE_COORDINATE: en('not a valid coordinate', 'Check the coordinate'),
  VALUE_DATE: en('not a date that can be read', 'Write it like 2024-03-05'),
  VALUE_DATE_AMBIGUOUS: en('month and day cannot be told apart', 'Write it year first: 2024-03-05'),
  VALUE_DATE_INCOMPLETE: en('the year or the day is missing', 'Complete it like 2024-03-05'),
  VALUE_DATE_LUNAR: en('a lunar calendar date, not imported', 'Convert it to the solar calendar'),
  VALUE_DATE_ORDER: en('not in the order year, month, day; read in the only possible order', 'Check it'),
  VALUE_DATE_SHORT_YEAR: en('a two-digit year, completed to four', 'Check it'),
  VALUE_DATE_SERIAL: en('an Excel serial number, converted to a date (1900 system)', 'Check it'),
  VALUE_DATE_FUTURE: en('a date after today', 'Check it'),
  VALUE_MONEY: en('not an amount that can be read', 'Write it like 1234.50, with two decimals at most'),
  VALUE_COUNT: en('not a number that can be read', 'Write digits only'),
  VALUE_GENDER: en('not a gender that can be read', 'Write male or female'),
  VALUE_YES_NO: en('neither yes nor no', 'Write yes or no'),
  VALUE_CONSENT_STATUS: en(
    'not a known consent status, taken as unknown',
    'Write agreed, refused, withdrawn or no reply',
  ),
  VALUE_CONSENT_METHOD: en(
    'not a known way of consenting, taken as other',
    'Write written, SMS, WeChat, phone recording, app …',
  ),
  HEADER_DUPLICATE: en(
    'repeats the name of an earlier column; the earlier one is used',
    'Rename one, or say in the mapping file which to use',
  ),
  HEADER_SECOND: en(
    'means the same field as an earlier column and was not imported',
    'Say in the mapping file which to use',
  ),
  HEADER_UNMAPPED: en(
    'not a known column, and not imported',
    'Give it a field in the mapping file if it is needed',
  ),
};

/** Both languages of every finding. The end of a sentence has no full stop: several are joined in one cell of the reject file. */
export const findingSentences: Readonly<Record<Lang, FindingSentences>> = {
  zh: zhSentences,
  en: enSentences,
};

/** What a finding says without the place where it stands: for a value that was typed by itself. */
export function findingText(lang: Lang, code: FindingCode): string {
  const { what } = findingSentences[lang][code]({ line: 0, column: 0, label: '' });
  return what.slice(what.indexOf(':') + 1).trim();
}

/** The headings of the three columns that the reject file adds. */
export const rejectHeadings: Readonly<
  Record<Lang, readonly [line: string, problem: string, advice: string]>
> = {
  zh: ['行号', '问题', '建议'],
  en: ['Line', 'Problem', 'Advice'],
};

/** What joins several findings of one row in one cell. */
export const findingSeparator: Readonly<Record<Lang, string>> = { zh: '；', en: '; ' };
