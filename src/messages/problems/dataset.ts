import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** In which way a file is garbled that was read in a wrong encoding and saved again. */
export type MojibakeKind = 'utf8-as-latin1' | 'utf8-as-gbk' | 'gbk-as-latin1';

/** What the text was, what it was taken for, and what to choose in Excel. */
const GARBLED: Readonly<Record<MojibakeKind, readonly [was: string, taken: string, choose: string]>> = {
  'utf8-as-latin1': ['UTF-8', 'Latin-1', '65001: Unicode (UTF-8)'],
  'utf8-as-gbk': ['UTF-8', 'GBK', '65001: Unicode (UTF-8)'],
  'gbk-as-latin1': ['GBK', 'Latin-1', '936: GB2312'],
};

/** What a file turned out to be, when it is not delimited text. */
export type FileKind =
  | 'xlsx'
  | 'xls'
  | 'html'
  | 'xml'
  | 'pdf'
  | 'zip'
  | 'gzip'
  | 'rar'
  | '7z'
  | 'image'
  | 'sqlite'
  | 'age'
  | 'binary';

/**
 * Why a customer file, a consent ledger or a mapping file cannot be read at all. What is wrong with single rows is a finding
 * (messages/findings.ts). Lines count from 1 and count the line breaks inside quotes; columns count from 1.
 */
export type DatasetProblem =
  | { readonly code: 'CSV_EMPTY' }
  | { readonly code: 'CSV_NO_ROWS' }
  | { readonly code: 'CSV_NOT_TEXT'; readonly kind: FileKind }
  | { readonly code: 'CSV_ENCODING_BIG5' }
  | { readonly code: 'CSV_ENCODING_UNKNOWN' }
  | { readonly code: 'CSV_MOJIBAKE'; readonly kind: MojibakeKind }
  | {
      readonly code: 'CSV_BAD_BYTES';
      readonly encoding: string;
      readonly line: number;
      readonly column: number;
    }
  | { readonly code: 'CSV_FULLWIDTH_COMMA' }
  | { readonly code: 'CSV_QUOTE_OPEN'; readonly line: number; readonly column: number }
  | { readonly code: 'CSV_RECORD_TOO_LONG'; readonly line: number; readonly limit: number }
  | { readonly code: 'CSV_COLUMNS'; readonly count: number; readonly limit: number }
  | { readonly code: 'CSV_HEADER_MISSING'; readonly line: number }
  | { readonly code: 'CSV_HEADER_OTHER'; readonly line: number }
  | {
      readonly code: 'MAPPING_REQUIRED';
      readonly fields: readonly string[];
      readonly headers: string;
      /** Name of the mapping file that was drafted or that somebody edited; '' for none. */
      readonly draft: string;
    }
  | { readonly code: 'MAPPING_OPEN'; readonly line: number }
  | { readonly code: 'MAPPING_SYNTAX'; readonly line: number }
  | { readonly code: 'MAPPING_FIELD'; readonly line: number }
  | { readonly code: 'MAPPING_COLUMN'; readonly line: number }
  | { readonly code: 'MAPPING_SKIP'; readonly columns: number }
  | { readonly code: 'MAPPING_TWICE'; readonly line: number; readonly field: string };

export const datasetExits: Exits<DatasetProblem> = {
  CSV_EMPTY: 'findings',
  CSV_NO_ROWS: 'findings',
  CSV_HEADER_OTHER: 'findings',
  CSV_NOT_TEXT: 'unsupported',
  CSV_ENCODING_BIG5: 'unsupported',
  CSV_ENCODING_UNKNOWN: 'unsupported',
  CSV_MOJIBAKE: 'findings',
  CSV_BAD_BYTES: 'findings',
  CSV_FULLWIDTH_COMMA: 'findings',
  CSV_QUOTE_OPEN: 'findings',
  CSV_RECORD_TOO_LONG: 'findings',
  CSV_COLUMNS: 'findings',
  CSV_HEADER_MISSING: 'findings',
  MAPPING_REQUIRED: 'findings',
  MAPPING_OPEN: 'findings',
  MAPPING_SYNTAX: 'usage',
  MAPPING_FIELD: 'usage',
  MAPPING_COLUMN: 'usage',
  MAPPING_SKIP: 'usage',
  MAPPING_TWICE: 'usage',
};

const kindsZh: Readonly<Record<FileKind, string>> = {
  xlsx: 'Excel 工作簿（.xlsx）',
  xls: '旧版 Excel 工作簿（.xls）',
  html: '网页（HTML）改名成的表格',
  xml: 'XML 表格（Excel 2003）',
  pdf: 'PDF 文件',
  zip: '压缩包（zip）',
  gzip: '压缩包（gzip）',
  rar: '压缩包（rar）',
  '7z': '压缩包（7z）',
  image: '图片',
  sqlite: 'SQLite 数据库',
  age: '已加密的文件（age）',
  binary: '二进制文件',
};

const kindsEn: Readonly<Record<FileKind, string>> = {
  xlsx: 'an Excel workbook (.xlsx)',
  xls: 'an old Excel workbook (.xls)',
  html: 'a web page (HTML) with the name of a table',
  xml: 'an XML spreadsheet (Excel 2003)',
  pdf: 'a PDF document',
  zip: 'a zip archive',
  gzip: 'a gzip archive',
  rar: 'a rar archive',
  '7z': 'a 7z archive',
  image: 'a picture',
  sqlite: 'a SQLite database',
  age: 'an encrypted file (age)',
  binary: 'a binary file',
};

const WORKBOOKS: ReadonlySet<FileKind> = new Set(['xlsx', 'xls', 'html', 'xml']);
const workbook = (kind: FileKind) => WORKBOOKS.has(kind);

export const datasetSentences: Bilingual<DatasetProblem> = {
  zh: {
    CSV_EMPTY: () => ({
      what: '文件是空的，一个字节也没有。',
      fix: '请从原系统或 Excel 重新导出，再确认选对了文件。',
    }),
    CSV_NO_ROWS: () => ({
      what: '文件里只有表头，没有一行数据。',
      fix: '请确认导出时没有被筛选条件过滤掉，然后重新导出。',
    }),
    CSV_HEADER_OTHER: (p) => ({
      what: `第 ${p.line} 行又是一个表头，列与最上面的表头不同：文件里有两张表，下面的行不能按上面的表头读。`,
      fix: '请把第二张表另存成一个文件，两个文件分别导入；如果只是列的顺序不同，请先调成一样的顺序。',
    }),
    CSV_NOT_TEXT: (p) => ({
      what: `这不是 CSV 文件，而是${kindsZh[p.kind]}。`,
      fix: workbook(p.kind)
        ? '请在 Excel 或 WPS 里打开，选“文件 → 另存为 → CSV UTF-8（逗号分隔）”，再导入另存的文件。'
        : '请确认选对了文件；只能导入 CSV 等分隔文本。',
    }),
    CSV_ENCODING_BIG5: () => ({
      what: '文件很像是 Big5（繁体中文）编码；如果当作 GB18030 读，姓名会变成别的字，因此没有读取。',
      fix: '如果确实是 Big5，请加 --encoding big5 再运行；也可以用 Excel 另存为“CSV UTF-8”后再导入。',
    }),
    CSV_ENCODING_UNKNOWN: () => ({
      what: '无法确定文件的编码：按 UTF-8、GB18030、Big5 读出来都不像正常文字。',
      fix: '请用 Excel 另存为“CSV UTF-8”后再导入；知道编码时，可用 --encoding 指定。',
    }),
    CSV_MOJIBAKE: (p) => ({
      what: `整个文件是乱码：原来是 ${GARBLED[p.kind][0]}，被当作 ${GARBLED[p.kind][1]} 打开，又存了一次。没有读取。`,
      fix: `请从原系统重新导出，不要用这个文件。用 Excel 打开 CSV 时，请走“数据”→“自文本/CSV”，编码选“${GARBLED[p.kind][2]}”。`,
    }),
    CSV_BAD_BYTES: (p) => ({
      what: `第 ${p.line} 行第 ${p.column} 列有不符合 ${p.encoding} 编码的字节，无法读成文字。`,
      fix: '请在原系统里查看这一格并重新导出；如果整份文件都是乱码，请用 --encoding 指定正确的编码。',
    }),
    CSV_FULLWIDTH_COMMA: () => ({
      what: '各列之间用的是中文逗号“，”，它不是 CSV 的分隔符，无法分列。',
      fix: '请用 Excel 另存为“CSV UTF-8（逗号分隔）”，或把分隔用的中文逗号替换成英文逗号。',
    }),
    CSV_QUOTE_OPEN: (p) => ({
      what: `第 ${p.line} 行第 ${p.column} 列的双引号没有配对，后面的内容都被它包了进去。`,
      fix: '请在这一行补上缺少的双引号或删去多余的双引号，再重新导入。',
    }),
    CSV_RECORD_TOO_LONG: (p) => ({
      what: `从第 ${p.line} 行开始的一条记录超过 ${p.limit} 字节，不像是客户记录。`,
      fix: '请确认选对了文件、换行没有丢失；图片等附件请不要放进 CSV。',
    }),
    CSV_COLUMNS: (p) => ({
      what: `表头至少有 ${p.count} 列，超过 ${p.limit} 列的上限。`,
      fix: '请确认选对了文件、分隔符正确，并删去右侧多余的空列后重新导出。',
    }),
    CSV_HEADER_MISSING: (p) => ({
      what: `文件没有表头：第 ${p.line} 行看起来就是客户数据。`,
      fix: '请在最上面加一行列名（例如：客户编号，姓名，手机号，服务地址），再重新导入。',
    }),
    MAPPING_REQUIRED: (p) => ({
      what: `找不到必需的列：${p.fields.join('、')}。`,
      fix:
        p.draft === ''
          ? `还没有对应的列：${p.headers}。请在列对应文件里写上“列名 = 字段”；文件里没有这样的列时，请先补上一列（例如按顺序编号）。`
          : `还没有对应的列：${p.headers}。请打开旁边的“${p.draft}”，照里面的说明写上哪一列是什么，保存后再导入一次。`,
    }),
    MAPPING_OPEN: (p) => ({
      what: `列对应文件第 ${p.line} 行的“?”还没有填。`,
      fix: '请把“?”改成这一列的字段；不导入这一列，就改成“-”。',
    }),
    MAPPING_SYNTAX: (p) => ({
      what: `列对应文件第 ${p.line} 行无法识别。`,
      fix: '每行请写成“列名 = 字段”，不导入的列写“列名 = -”，以 # 开头的是说明。',
    }),
    MAPPING_FIELD: (p) => ({
      what: `列对应文件第 ${p.line} 行等号右边不是已知的字段。`,
      fix: '请写字段的名称，例如 客户编号、姓名、手机号、服务地址（全部字段见 docs/cli.md）；不导入的列写“-”。',
    }),
    MAPPING_COLUMN: (p) => ({
      what: `列对应文件第 ${p.line} 行等号左边的列名，在数据文件的表头里没有。`,
      fix: '请把列名改成与表头完全一致，或删去这一行。',
    }),
    MAPPING_SKIP: (p) => ({
      what: '--skip-column 后面的列名在表头里没有。',
      fix: `请照表头写列名，或写第几列（1 到 ${p.columns}）。`,
    }),
    MAPPING_TWICE: (p) => ({
      what: `列对应文件第 ${p.line} 行：字段 ${p.field} 已经对应了另一列。`,
      fix: '一个字段只能对应一列，请把其中一行改成“-”或别的字段。',
    }),
  },
  en: {
    CSV_EMPTY: () => ({
      what: 'The file is empty: it has no bytes at all.',
      fix: 'Export it again from the original system or from Excel, and check that this is the right file.',
    }),
    CSV_NO_ROWS: () => ({
      what: 'The file has a header and no row of data.',
      fix: 'Check that no filter was active when it was exported, and export it again.',
    }),
    CSV_HEADER_OTHER: (p) => ({
      what: `Line ${p.line} is a header once more, with other columns than the one at the top: the file holds two tables, and what stands below cannot be read by the first header.`,
      fix: 'Save the second table as a file of its own and import both; where the same columns only stand in another order, bring them into one order first.',
    }),
    CSV_NOT_TEXT: (p) => ({
      what: `This is not a CSV file but ${kindsEn[p.kind]}.`,
      fix: workbook(p.kind)
        ? 'Open it in Excel or WPS, choose File → Save as → CSV UTF-8 (comma delimited), and import that file.'
        : 'Check that this is the right file; only delimited text such as CSV can be imported.',
    }),
    CSV_ENCODING_BIG5: () => ({
      what: 'The file is most likely Big5 (traditional Chinese); read as GB18030 the names would become others, so nothing was read.',
      fix: 'If it is Big5, run again with --encoding big5; or save it in Excel as "CSV UTF-8" and import that.',
    }),
    CSV_ENCODING_UNKNOWN: () => ({
      what: 'The encoding cannot be told: neither UTF-8 nor GB18030 nor Big5 gives plausible text.',
      fix: 'Save it in Excel as "CSV UTF-8" and import that; if you know the encoding, name it with --encoding.',
    }),
    CSV_MOJIBAKE: (p) => ({
      what: `The whole file is garbled: it was ${GARBLED[p.kind][0]}, was opened as ${GARBLED[p.kind][1]} and saved again. Nothing was read.`,
      fix: `Export it from the system once more and leave this file alone. To open a CSV file in Excel, use Data, From Text/CSV, with "${GARBLED[p.kind][2]}" as its origin.`,
    }),
    CSV_BAD_BYTES: (p) => ({
      what: `Line ${p.line}, column ${p.column} holds bytes that are not ${p.encoding}.`,
      fix: 'Look at this cell in the original system and export again; if the whole file is garbled, name the right encoding with --encoding.',
    }),
    CSV_FULLWIDTH_COMMA: () => ({
      what: 'The columns are separated by full-width commas (U+FF0C), which separate nothing in CSV.',
      fix: 'Save it in Excel as "CSV UTF-8 (comma delimited)", or replace the separating commas by plain ones.',
    }),
    CSV_QUOTE_OPEN: (p) => ({
      what: `The double quote in line ${p.line}, column ${p.column} is never closed and swallows what follows.`,
      fix: 'Add the missing double quote in this line or remove the extra one, and import again.',
    }),
    CSV_RECORD_TOO_LONG: (p) => ({
      what: `The record that begins in line ${p.line} is longer than ${p.limit} bytes, which no customer record is.`,
      fix: 'Check that this is the right file and has its line breaks; do not put attachments into a CSV file.',
    }),
    CSV_COLUMNS: (p) => ({
      what: `The header has at least ${p.count} columns; the limit is ${p.limit}.`,
      fix: 'Check the file and its delimiter, delete empty columns on the right, and export again.',
    }),
    CSV_HEADER_MISSING: (p) => ({
      what: `The file has no header: line ${p.line} looks like a customer already.`,
      fix: 'Add a first line with the column names (for example: customer no., name, mobile, address) and import again.',
    }),
    MAPPING_REQUIRED: (p) => ({
      what: `Required columns were not found: ${p.fields.join(', ')}.`,
      fix:
        p.draft === ''
          ? `Columns without a field: ${p.headers}. Write "column = field" in the mapping file; if the file has no such column, add one (for example, number the rows).`
          : `Columns without a field: ${p.headers}. Open “${p.draft}” beside the file, write which column is what, as it says there, and import again.`,
    }),
    MAPPING_OPEN: (p) => ({
      what: `Line ${p.line} of the mapping file still has its “?”.`,
      fix: 'Write the field of this column in its place, or “-” to leave the column out.',
    }),
    MAPPING_SYNTAX: (p) => ({
      what: `Line ${p.line} of the mapping file cannot be read.`,
      fix: 'Write "column = field" on each line, "column = -" for a column that is not imported; lines that begin with # are comments.',
    }),
    MAPPING_FIELD: (p) => ({
      what: `The right-hand side of line ${p.line} of the mapping file is no known field.`,
      fix: 'Use a field name of the table in docs/cli.md (customer_no, name, mobile, address …), or "-" for a column that is not imported.',
    }),
    MAPPING_COLUMN: (p) => ({
      what: `The column named in line ${p.line} of the mapping file is not in the header of the data file.`,
      fix: 'Spell the column exactly as in the header, or delete the line.',
    }),
    MAPPING_SKIP: (p) => ({
      what: 'The header has no column of the name given to --skip-column.',
      fix: `Spell it as in the header, or give its number (1 to ${p.columns}).`,
    }),
    MAPPING_TWICE: (p) => ({
      what: `Line ${p.line} of the mapping file: field ${p.field} already has another column.`,
      fix: 'A field has one column; change one of the lines to "-" or to another field.',
    }),
  },
};
