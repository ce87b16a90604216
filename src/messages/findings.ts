import type { Lang, Sentence } from './lang.js';

/**
 * What a finding costs: `error` the row, which goes to the reject file; `cell` the cell, and the row too where that cell is needed; `warning`
 * nothing. `aside`: the line is no row of data. `change`: the cell was brought into another form, and nothing is wrong with it.
 */
export const FINDING_SEVERITIES = ['error', 'cell', 'warning', 'aside', 'change'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/** What can be wrong with one cell, one row or one header cell. Closed; codes are never renamed or reused. */
export const FINDING_SEVERITY = {
  CSV_QUOTE_STRAY: 'error',
  ROW_CELLS: 'error',
  ROW_SUMMARY: 'aside',
  ROW_FOOTER: 'aside',
  ROW_HEADER_AGAIN: 'aside',
  ROW_TITLE: 'aside',
  ROW_BYTES: 'error',
  ROW_OTHER_ENCODING: 'error',
  ROW_WIDTH: 'warning',
  ROW_SHORT: 'warning',
  ID_MISSING: 'error',
  ID_TOO_LONG: 'error',
  ROW_ORPHAN: 'error',
  VALUE_CONTROL: 'cell',
  VALUE_REPLACEMENT: 'cell',
  VALUE_MOJIBAKE: 'cell',
  VALUE_PRIVATE_USE: 'warning',
  VALUE_LOOKS_EMPTY: 'warning',
  VALUE_GUARD: 'cell',
  VALUE_CHILD_UNCLEAR: 'error',
  VALUE_NO_UNDATED: 'warning',
  VALUE_OPT_OUT_UNCLEAR: 'warning',
  VALUE_SECOND_PHONE: 'warning',
  VALUE_PHONE_WORDS: 'warning',
  VALUE_PHONE_ABROAD: 'warning',
  VALUE_TOO_LONG: 'cell',
  VALUE_EXCEL_NUMBER: 'cell',
  VALUE_EXCEL_ERROR: 'cell',
  VALUE_MULTIPLE: 'cell',
  VALUE_MASKED: 'cell',
  VALUE_NAME_TITLE: 'warning',
  VALUE_MOBILE: 'cell',
  VALUE_MOBILE_UNALLOCATED: 'warning',
  VALUE_MOBILE_MACHINE: 'warning',
  VALUE_MOBILE_LANDLINE: 'warning',
  VALUE_LANDLINE: 'warning',
  VALUE_PHONE_BUSINESS: 'warning',
  VALUE_EMAIL: 'warning',
  VALUE_ID_FORMAT: 'cell',
  VALUE_ID_CHECKSUM: 'cell',
  VALUE_ID_DATE: 'cell',
  VALUE_ID_OLD: 'warning',
  VALUE_ID_OTHER: 'warning',
  VALUE_CARD: 'warning',
  VALUE_TAX_NO: 'cell',
  VALUE_COORDINATE: 'cell',
  VALUE_DATE: 'cell',
  VALUE_DATE_AMBIGUOUS: 'cell',
  VALUE_DATE_INCOMPLETE: 'cell',
  VALUE_DATE_LUNAR: 'cell',
  VALUE_DATE_ORDER: 'warning',
  VALUE_DATE_SHORT_YEAR: 'warning',
  VALUE_DATE_SERIAL: 'warning',
  VALUE_DATE_FUTURE: 'warning',
  VALUE_MONEY: 'cell',
  VALUE_COUNT: 'cell',
  VALUE_GENDER: 'cell',
  VALUE_YES_NO: 'cell',
  VALUE_CONSENT_STATUS: 'warning',
  VALUE_CONSENT_METHOD: 'warning',
  HEADER_DUPLICATE: 'warning',
  HEADER_SECOND: 'warning',
  HEADER_UNMAPPED: 'warning',
  HEADER_TWO_ROWS: 'warning',
  HEADER_SECOND_READ: 'warning',
  HEADER_SECOND_PHONE: 'warning',
  HEADER_SERIAL: 'warning',
  HEADER_SWITCH: 'warning',
  HEADER_CONTACTABLE: 'warning',
  HEADER_NO_WORDS: 'warning',
  VALUE_SWITCHED_OFF: 'warning',
  HEADER_BY_PHONE: 'warning',
  HEADER_BY_LINE: 'warning',
  HEADER_NAME_PARTS: 'warning',
  HEADER_DAY_FIRST: 'warning',
  HEADER_MONTH_FIRST: 'warning',
  LEDGER_NO_RECIPIENT: 'warning',
  LEDGER_NO_PURPOSE: 'warning',
  LEDGER_BY_CONTACT: 'warning',
  LEDGER_ALL_NO: 'warning',
  CONSENT_DISAGREES: 'warning',
  CELL_SPACES: 'change',
  CELL_INVISIBLE: 'change',
  CELL_NOTHING: 'change',
  CELL_GUARD: 'change',
  CELL_NFC: 'change',
  CELL_PRIVATE_USE: 'change',
  MENDED_ENCODING: 'change',
  MENDED_GARBLED: 'change',
  MENDED_MARKS: 'change',
  MENDED_NUMBERS: 'change',
  MENDED_CONTROL: 'change',
} as const satisfies Readonly<Record<string, FindingSeverity>>;

export type FindingCode = keyof typeof FINDING_SEVERITY;

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

/** A byte as people who look into files write it. */
const hex = (byte = 0): string => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;

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
  ROW_SUMMARY: () => ({ what: '这是合计行，不是客户，没有导入', fix: '不需要处理' }),
  ROW_FOOTER: () => ({ what: '这是落款或说明，不是客户，没有导入', fix: '如果是客户，请补上客户编号和电话' }),
  ROW_HEADER_AGAIN: () => ({ what: '这是重复的表头，没有导入', fix: '不需要处理' }),
  ROW_TITLE: () => ({ what: '这是表头上面的标题或说明，没有导入', fix: '不需要处理' }),
  ROW_BYTES: (f) => ({
    what: `这一行里有不完整的字（字节 ${hex(f.got)}），读不出来`,
    fix: '请从原系统重新导出，或在退回文件里补上这个字',
  }),
  ROW_OTHER_ENCODING: () => ({
    what: '这一行的编码与整个文件不同，读出来是乱码',
    fix: '请在退回文件里改正这一行的文字',
  }),
  ROW_SHORT: (f) => ({
    what: `这一行只有 ${f.got ?? 0} 格，表头有 ${f.expected ?? 0} 列；从各格的内容看只少了末尾的空格，按空读取`,
    fix: '不需要处理；如果末尾本来有内容，请补上后重新导入',
  }),
  ROW_WIDTH: (f) => ({
    what: `每一行都比表头多出空白的格，按 ${f.got ?? 0} 列读取`,
    fix: '不需要处理',
  }),
  ID_MISSING: zh('没有客户编号', '请补上编号；合并过的单元格请先取消合并并填满'),
  ID_TOO_LONG: zh('客户编号超过 64 个字', '请检查是否错列'),
  ROW_ORPHAN: zh(
    '客户清单里没有这个客户编号',
    '请核对编号；如果确有这位客户，请先把他补进客户清单，再导入这个表',
  ),
  VALUE_CONTROL: zh('含有看不见的控制字符', '请在原系统里重新输入这一格'),
  VALUE_REPLACEMENT: zh(
    '含有乱码符号（� 或 ??），原来的字已经丢失',
    '请从原系统重新导出，不要用已经乱码的文件',
  ),
  VALUE_MOJIBAKE: zh(
    '是乱码（如“锟斤拷”“烫烫烫”，或一串带音符的西文字母），导出以前就用错了编码',
    '请从原系统重新导出',
  ),
  VALUE_PRIVATE_USE: zh('含有造字区的字，别的电脑上显示不出来', '请换成通用的写法'),
  VALUE_LOOKS_EMPTY: zh('看起来像“没有”，已按原样保留', '如果本来没有，请清空这一格'),
  VALUE_GUARD: zh('号码前后有多余的符号', '请删去多余的符号'),
  VALUE_CHILD_UNCLEAR: zh('出生日期或年龄读不准，可能未满 14 周岁', '请写成 2024-03-05 的样子或填整数年龄'),
  VALUE_NO_UNDATED: zh('客户说了不，但日期读不出来，按导入当天算', '请补上日期'),
  VALUE_OPT_OUT_UNCLEAR: zh('看不出是否免打扰，按“免打扰”处理', '请写“是”或“否”'),
  VALUE_SECOND_PHONE: zh('一格里有两个号码，第二个放到备用电话', '请核对'),
  VALUE_PHONE_WORDS: zh('号码旁边有文字，只取了号码', '请核对'),
  VALUE_PHONE_ABROAD: zh('是港澳台或国外的号码', '请核对'),
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
  VALUE_TAX_NO: zh('税号或统一社会信用代码的校验位不对', '请对照营业执照核对'),
  VALUE_COORDINATE: zh('不是有效的经纬度', '请核对坐标'),
  VALUE_DATE: zh('无法识别的日期', '请写成 2024-03-05 的样子'),
  VALUE_DATE_AMBIGUOUS: zh('日期的月和日分不清先后', '请写成 2024-03-05（年-月-日）的样子'),
  VALUE_DATE_INCOMPLETE: zh('日期缺少年份或日', '请补全成 2024-03-05 的样子'),
  VALUE_DATE_LUNAR: zh('是农历日期，没有导入', '请换算成公历日期'),
  VALUE_DATE_ORDER: zh('日期不是年月日的顺序，已按唯一可能的顺序转换', '请核对'),
  VALUE_DATE_SHORT_YEAR: zh('日期的年份只有两位，已补成四位', '请核对'),
  VALUE_DATE_SERIAL: zh('日期写成了数字（Excel 序列数或时间戳），已换算成日期', '请核对'),
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
  HEADER_TWO_ROWS: () => ({ what: '表头有两行，已合成一行', fix: '请核对列的对应' }),
  HEADER_SECOND_READ: zh('与前面的列说的是同一件事，两列都读，以“不”为准', '不需要处理'),
  HEADER_SECOND_PHONE: zh('是第二列电话，作为备用电话导入', '请核对'),
  HEADER_NO_WORDS: (f) => ({
    what: `这一列里有 ${f.got ?? 0} 格像是客户的拒绝或撤回，没有当作答复来读`,
    fix: '如果是客户的答复，请在列对应文件里把这一列写成“同意状态”再导入；不是的话用 --skip-column 说明',
  }),
  HEADER_CONTACTABLE: zh('说的是能不能联系客户，写“否”的记作免打扰', '请核对'),
  HEADER_SWITCH: zh('说的是客户是否已停用，写“是”的需要询问', '请核对'),
  VALUE_SWITCHED_OFF: zh('客户在原系统里已停用，需要询问', '请先问客户'),
  HEADER_SERIAL: zh(
    '没有客户编号，用序号代替：下次导出的序号可能不同，会认错人',
    '请尽量导出带客户编号的文件',
  ),
  HEADER_BY_PHONE: () => ({
    what: '没有客户编号，用手机号当编号：下次也按手机号认人，没有手机号的按行号',
    fix: '请尽量导出带客户编号的文件',
  }),
  HEADER_BY_LINE: () => ({
    what: '没有客户编号，也没有手机号，用行号当编号：下次的行号可能不同，会认错人',
    fix: '请尽量导出带客户编号的文件',
  }),
  HEADER_NAME_PARTS: zh('姓和名分成两列，已合成姓名', '请核对'),
  HEADER_DAY_FIRST: zh('这一列的日期按“日/月/年”读，由日大于 12 的行看出', '不对时请用 --date-order 指定'),
  HEADER_MONTH_FIRST: zh('这一列的日期按“月/日/年”读，由日大于 12 的行看出', '不对时请用 --date-order 指定'),
  LEDGER_NO_RECIPIENT: () => ({
    what: '没有“接收方”一列：同意没有写明给谁，都不能作为移交的依据（拒绝和撤回仍然有效）',
    fix: '请补上“接收方”一列，写明买方全称',
  }),
  LEDGER_NO_PURPOSE: () => ({
    what: '没有“用途”一列：同意没有写明做什么用，都不能作为移交的依据（拒绝和撤回仍然有效）',
    fix: '请补上“用途”一列，与协议里的用途一致',
  }),
  LEDGER_BY_CONTACT: () => ({
    what: '没有客户编号，按邮箱或手机号找客户',
    fix: '请先导入客户文件，再看有几行对不上',
  }),
  LEDGER_ALL_NO: () => ({ what: '没有“事件”一列，按退订名单处理：每一行都是撤回', fix: '请核对' }),
  CONSENT_DISAGREES: zh('两列说法不一，以“不”为准', '请核对'),
  CELL_SPACES: zh('去掉了前后的空格', '不需要处理'),
  CELL_INVISIBLE: zh('去掉了看不见的符号', '不需要处理'),
  CELL_NOTHING: zh('写的是“无”一类的字，按空白处理', '不需要处理'),
  CELL_GUARD: zh('去掉了 Excel 用的引号或符号', '不需要处理'),
  CELL_NFC: zh('同一个字的两种编码统一成一种', '不需要处理'),
  CELL_PRIVATE_USE: zh('旧编码的字换成了国家标准（GB 18030-2022）的字', '不需要处理'),
  MENDED_ENCODING: zh('整行按它自己的编码读出', '不用处理'),
  MENDED_GARBLED: zh('乱码已还原，一个字也没有丢', '不用处理'),
  MENDED_MARKS: zh('号码前后多余的符号已去掉', '不用处理'),
  MENDED_NUMBERS: zh('表格软件加的逗号或小数已去掉', '不用处理'),
  MENDED_CONTROL: zh('看不见的控制字符已去掉', '不用处理'),
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
  ROW_SUMMARY: () => ({ what: 'a total, not a customer; not imported', fix: 'Nothing to do' }),
  ROW_FOOTER: () => ({
    what: 'a signature or remark, not a customer; not imported',
    fix: 'If it is a customer, add the customer number and a phone',
  }),
  ROW_HEADER_AGAIN: () => ({ what: 'the header once more; not imported', fix: 'Nothing to do' }),
  ROW_TITLE: () => ({ what: 'a title or remark above the header; not imported', fix: 'Nothing to do' }),
  ROW_BYTES: (f) => ({
    what: `this row holds half a character (byte ${hex(f.got)}) and cannot be read`,
    fix: 'Export again from the original system, or complete the character in the reject file',
  }),
  ROW_OTHER_ENCODING: () => ({
    what: 'this row is in another encoding than the file, and comes out garbled',
    fix: 'Correct its text in the reject file',
  }),
  ROW_SHORT: (f) => ({
    what: `this row has only ${f.got ?? 0} cells, the header has ${f.expected ?? 0} columns; as its cells show, only empty ones at its end are left out`,
    fix: 'Nothing to do; if anything stood there, fill it in and import again',
  }),
  ROW_WIDTH: (f) => ({
    what: `every row has empty cells beyond the header; read as ${f.got ?? 0} columns`,
    fix: 'Nothing to do',
  }),
  ID_MISSING: en('the customer number is missing', 'Fill it in; unmerge merged cells first'),
  ROW_ORPHAN: en(
    'no customer of the list has this number',
    'Check the number; if there is such a customer, add it to the customer list first and import this table again',
  ),
  ID_TOO_LONG: en(
    'the customer number is longer than 64 characters',
    'Check that the columns have not shifted',
  ),
  VALUE_CONTROL: en('holds invisible control characters', 'Type this cell again in the original system'),
  VALUE_REPLACEMENT: en(
    'holds replacement characters (U+FFFD or ??): the original text is lost',
    'Export again from the original system',
  ),
  VALUE_MOJIBAKE: en(
    'garbled text: the original was lost before this file was made',
    'Export again from the original system',
  ),
  VALUE_PRIVATE_USE: en('holds a private-use character, which other computers cannot show', 'Replace it'),
  VALUE_LOOKS_EMPTY: en(
    'looks like a word for nothing; kept as written',
    'Empty the cell if nothing was meant',
  ),
  VALUE_GUARD: en('surplus marks around the number', 'Remove them'),
  VALUE_CHILD_UNCLEAR: en(
    'a date of birth or age that cannot be read, perhaps of a child under 14',
    'Write it like 2024-03-05, or the age in whole years',
  ),
  VALUE_NO_UNDATED: en('a no whose date cannot be read; taken as said on the day of import', 'Add the date'),
  VALUE_OPT_OUT_UNCLEAR: en('neither yes nor no; taken as “do not disturb”', 'Write yes or no'),
  VALUE_SECOND_PHONE: en('two numbers in one cell; the second becomes the second phone', 'Check it'),
  VALUE_PHONE_WORDS: en('words beside the number; only the number was taken', 'Check it'),
  VALUE_PHONE_ABROAD: en('a number of Hong Kong, Macau, Taiwan or abroad', 'Check it'),
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
  VALUE_TAX_NO: en(
    'the check digit of this tax number or credit code is wrong',
    'Check it against the licence',
  ),
  VALUE_COORDINATE: en('not a valid coordinate', 'Check the coordinate'),
  VALUE_DATE: en('not a date that can be read', 'Write it like 2024-03-05'),
  VALUE_DATE_AMBIGUOUS: en('month and day cannot be told apart', 'Write it year first: 2024-03-05'),
  VALUE_DATE_INCOMPLETE: en('the year or the day is missing', 'Complete it like 2024-03-05'),
  VALUE_DATE_LUNAR: en('a lunar calendar date, not imported', 'Convert it to the solar calendar'),
  VALUE_DATE_ORDER: en('not in the order year, month, day; read in the only possible order', 'Check it'),
  VALUE_DATE_SHORT_YEAR: en('a two-digit year, completed to four', 'Check it'),
  VALUE_DATE_SERIAL: en('a date as a number (Excel serial or time stamp), converted', 'Check it'),
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
  HEADER_TWO_ROWS: () => ({ what: 'the header has two rows, which were joined', fix: 'Check the columns' }),
  HEADER_SECOND_READ: en(
    'says the same as an earlier column; both are read, and the no wins',
    'Nothing to do',
  ),
  HEADER_SECOND_PHONE: en('a second phone column, imported as the second phone', 'Check it'),
  HEADER_NO_WORDS: (f) => ({
    what: `in this column ${f.got ?? 0} cells look like a refusal or a withdrawal; they were not read as one`,
    fix: 'If customers say so, write this column as consent_status in the mapping file and import again; if not, say so with --skip-column',
  }),
  HEADER_CONTACTABLE: en('says who may be contacted; a no there is kept as a marketing opt-out', 'Check it'),
  HEADER_SWITCH: en('says whether a customer is switched off; those who are have to be asked', 'Check it'),
  VALUE_SWITCHED_OFF: en(
    'the customer is switched off in the original system, and has to be asked',
    'Ask first',
  ),
  HEADER_SERIAL: en(
    'no customer number; the serial number stands in, and may be another one in the next export',
    'Export with customer numbers if you can',
  ),
  HEADER_BY_PHONE: () => ({
    what: 'no customer number: customers are known by their mobile number, and without one by their line',
    fix: 'Export with customer numbers if you can',
  }),
  HEADER_BY_LINE: () => ({
    what: 'no customer number and no mobile: customers are known by their line, which the next export may change',
    fix: 'Export with customer numbers if you can',
  }),
  HEADER_NAME_PARTS: en('first and last name stand apart, and were joined', 'Check it'),
  HEADER_DAY_FIRST: en(
    'dates read as day/month/year, as the rows with a day above 12 show',
    'If that is wrong, say so with --date-order',
  ),
  HEADER_MONTH_FIRST: en(
    'dates read as month/day/year, as the rows with a day above 12 show',
    'If that is wrong, say so with --date-order',
  ),
  LEDGER_NO_RECIPIENT: () => ({
    what: 'no column “recipient”: no yes in it says to whom, so none can let a customer go (a no still counts)',
    fix: 'Add a column “recipient” with the full name of the buyer',
  }),
  LEDGER_NO_PURPOSE: () => ({
    what: 'no column “purpose”: no yes in it says for what, so none can let a customer go (a no still counts)',
    fix: 'Add a column “purpose” with the purposes of the deal',
  }),
  LEDGER_BY_CONTACT: () => ({
    what: 'no customer number: customers are found by e-mail or phone',
    fix: 'Import the customer file first, then see how many rows match nobody',
  }),
  LEDGER_ALL_NO: () => ({
    what: 'no column “event”: taken as a list of unsubscribed people, each row a withdrawal',
    fix: 'Check it',
  }),
  CONSENT_DISAGREES: en('two columns disagree; the no wins', 'Check it'),
  CELL_SPACES: en('outer spaces taken off', 'Nothing to do'),
  CELL_INVISIBLE: en('invisible characters taken out', 'Nothing to do'),
  CELL_NOTHING: en('a word for nothing, taken as empty', 'Nothing to do'),
  CELL_GUARD: en('marks that Excel needs taken off', 'Nothing to do'),
  CELL_NFC: en('two ways of writing the same character made one (NFC)', 'Nothing to do'),
  CELL_PRIVATE_USE: en('characters of an old encoding replaced by those of GB 18030-2022', 'Nothing to do'),
  MENDED_ENCODING: en('the row was read in its own encoding', 'Nothing to do'),
  MENDED_GARBLED: en('garbled text was turned back, and nothing of it was lost', 'Nothing to do'),
  MENDED_MARKS: en('surplus marks around the number were taken off', 'Nothing to do'),
  MENDED_NUMBERS: en('commas or decimals that a spreadsheet added were taken off', 'Nothing to do'),
  MENDED_CONTROL: en('invisible control characters were taken out', 'Nothing to do'),
};

/** Both languages of every finding. The end of a sentence has no full stop: several are joined in one cell of the reject file. */
export const findingSentences: Readonly<Record<Lang, FindingSentences>> = {
  zh: zhSentences,
  en: enSentences,
};

/** What a finding says without its place: for a value that was typed by itself. */
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

/** What is in a reject file for a cell that a row lacks, or has too many of: until somebody has put the row right, it stays there. */
export const rejectMark: Readonly<Record<Lang, string>> = { zh: '〈空〉', en: '<empty>' };

/** What joins several findings of one row in one cell. */
export const findingSeparator: Readonly<Record<Lang, string>> = { zh: '；', en: '; ' };
