import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Why a workbook (.xlsx) cannot be read. Sheets are named as the workbook names them, as columns are. */
export type WorkbookProblem =
  | { readonly code: 'WORKBOOK_DAMAGED' }
  | { readonly code: 'WORKBOOK_LOCKED' }
  | { readonly code: 'WORKBOOK_BOMB' }
  | { readonly code: 'WORKBOOK_TOO_LARGE'; readonly limit: number }
  | { readonly code: 'WORKBOOK_EMPTY' }
  | { readonly code: 'WORKBOOK_SHEET_UNKNOWN'; readonly sheets: string }
  | { readonly code: 'WORKBOOK_SHEET_WHICH'; readonly sheets: string; readonly names: readonly string[] };

export const workbookExits: Exits<WorkbookProblem> = {
  WORKBOOK_DAMAGED: 'unsupported',
  WORKBOOK_LOCKED: 'unsupported',
  WORKBOOK_BOMB: 'unsupported',
  WORKBOOK_TOO_LARGE: 'unsupported',
  WORKBOOK_EMPTY: 'findings',
  WORKBOOK_SHEET_UNKNOWN: 'usage',
  WORKBOOK_SHEET_WHICH: 'usage',
};

export const workbookSentences: Bilingual<WorkbookProblem> = {
  zh: {
    WORKBOOK_DAMAGED: () => ({
      what: '工作簿打不开：文件不完整，或者不是 Excel、WPS 写出来的样子。',
      fix: '请用 Excel 或 WPS 打开它，选“文件 → 另存为 → Excel 工作簿（.xlsx）”，再导入另存的文件。',
    }),
    WORKBOOK_LOCKED: () => ({
      what: '工作簿设了打开密码，读不出来。',
      fix: '请用 Excel 或 WPS 打开，取消密码后另存一份再导入；用完请删除没有密码的那份。',
    }),
    WORKBOOK_BOMB: () => ({
      what: '工作簿里有一个文件解压后大得不正常，为安全起见没有打开。',
      fix: '请确认文件来源；来源可靠时，用 Excel 或 WPS 打开后另存为“CSV UTF-8（逗号分隔）”再导入。',
    }),
    WORKBOOK_TOO_LARGE: (p) => ({
      what: `工作簿解压后超过 ${p.limit} 字节，超出了能读的大小。`,
      fix: '请用 Excel 或 WPS 另存为“CSV UTF-8（逗号分隔）”再导入；CSV 没有这个限制。',
    }),
    WORKBOOK_EMPTY: () => ({
      what: '工作簿里的工作表都是空的。',
      fix: '请确认选对了文件，并在 Excel 或 WPS 里保存过。',
    }),
    WORKBOOK_SHEET_UNKNOWN: (p) => ({
      what: `工作簿里没有叫这个名字的工作表。现有：${p.sheets}。`,
      fix: '请用 --sheet 写出其中一个名字。',
    }),
    WORKBOOK_SHEET_WHICH: (p) => ({
      what: `工作簿里有几张表，看不出要导入哪一张：${p.sheets}。`,
      fix: '请用 --sheet 写出要导入的那一张的名字。',
    }),
  },
  en: {
    WORKBOOK_DAMAGED: () => ({
      what: 'The workbook cannot be opened: it is incomplete, or not as Excel or WPS write them.',
      fix: 'Open it in Excel or WPS, choose File → Save As → Excel Workbook (.xlsx), and import the new file.',
    }),
    WORKBOOK_LOCKED: () => ({
      what: 'The workbook needs a password to be opened, so it cannot be read.',
      fix: 'Open it in Excel or WPS, take the password off in a copy and import that; delete the copy afterwards.',
    }),
    WORKBOOK_BOMB: () => ({
      what: 'A file inside the workbook is abnormally large when unpacked; it was not opened.',
      fix: 'Check where the file comes from; if you trust it, save it as CSV UTF-8 in Excel or WPS and import that.',
    }),
    WORKBOOK_TOO_LARGE: (p) => ({
      what: `Unpacked, the workbook has more than ${p.limit} bytes, which is more than can be read.`,
      fix: 'Save it as CSV UTF-8 in Excel or WPS and import that; a CSV file has no such limit.',
    }),
    WORKBOOK_EMPTY: () => ({
      what: 'All sheets of the workbook are empty.',
      fix: 'Check that it is the right file, and that it was saved in Excel or WPS.',
    }),
    WORKBOOK_SHEET_UNKNOWN: (p) => ({
      what: `The workbook has no sheet of this name; it has: ${p.sheets}.`,
      fix: 'Name one of them with --sheet.',
    }),
    WORKBOOK_SHEET_WHICH: (p) => ({
      what: `The workbook has several sheets, and it is not clear which one to import: ${p.sheets}.`,
      fix: 'Name it with --sheet.',
    }),
  },
};
