import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';
import { severalNumbers } from './several-numbers.js';

/** Problems of a file that many machines read. `name` is a file of the format, `range` a number from 1. */
export type ReadingProblem =
  | { readonly code: 'READING_WORKBOOK'; readonly name: string }
  | { readonly code: 'READING_ROWS'; readonly name: string; readonly range: number }
  | { readonly code: 'READING_UNKNOWN' }
  | { readonly code: 'READING_STALE' }
  | { readonly code: 'READING_MAPPING'; readonly name: string }
  | { readonly code: 'READING_CHANGED'; readonly name: string }
  | { readonly code: 'READING_OTHER'; readonly name: string }
  | { readonly code: 'READING_MISSING'; readonly ranges: readonly number[] }
  | { readonly code: 'READING_TWICE'; readonly range: number };

export const readingExits: Exits<ReadingProblem> = {
  READING_WORKBOOK: 'usage',
  READING_ROWS: 'integrity',
  READING_UNKNOWN: 'refused',
  READING_STALE: 'refused',
  READING_MAPPING: 'refused',
  READING_CHANGED: 'integrity',
  READING_OTHER: 'integrity',
  READING_MISSING: 'partial',
  READING_TWICE: 'integrity',
};

export const readingSentences: Bilingual<ReadingProblem> = {
  zh: {
    READING_WORKBOOK: (p) => ({
      what: `${p.name} 是工作簿，不能分给多台机器读取：一个工作表最多约一百万行，一台机器几秒钟就能读完。`,
      fix: '请在工作区里直接用 handover import 导入。',
    }),
    READING_ROWS: (p) => ({
      what: `${p.name} 里第 ${p.range} 份的内容，与划分时不同。`,
      fix: '请使用划分时的那个文件，或只给出这一份的字节；文件后来改过的，请删除这个文件夹和钥匙文件，用 handover source plan 重新划分。',
    }),
    READING_UNKNOWN: () => ({
      what: '这批份不是在这个工作区划分的，或者已经导入过了。',
      fix: '请在划分它的工作区里运行；用 handover status 查看已经导入的文件。',
    }),
    READING_STALE: () => ({
      what: '划分之后，工作区里的协议或标签密钥变了，读取结果不再适用。',
      fix: '什么都没有导入。请删除这个文件夹和钥匙文件，再运行 handover source plan。',
    }),
    READING_MAPPING: (p) => ({
      what: `划分之后，列对应文件 ${p.name} 改过、不在了，或是后来才放进来的；各份是按划分时的列对应读取的。`,
      fix: '什么都没有导入。要按划分时的列对应导入，请把它恢复成当时的样子（当时没有的，请移走）再运行；要用现在的，请删除这个文件夹和钥匙文件，再运行 handover source plan。',
    }),
    READING_CHANGED: (p) => ({
      what: `${p.name} 已损坏或被改动，与读取时不符。`,
      fix: '什么都没有导入。读取结果不对的，用 handover source read-part 重做这一份；其他文件不对的，用 handover source plan 重新划分。',
    }),
    READING_OTHER: (p) => ({
      what: `${p.name} 不是这次划分的文件。`,
      fix: '什么都没有导入。请移走这个文件，用 handover source read-part 在这个文件夹里重做这一份。',
    }),
    READING_MISSING: (p) => ({
      what: `还有 ${p.ranges.length} 份没有读取：${severalNumbers(p.ranges, '、')}。`,
      fix: '什么都没有导入。请用 handover source read-part 做完这些份，再运行一次。',
    }),
    READING_TWICE: (p) => ({
      what: `第 ${p.range} 份有两个读取结果。`,
      fix: '什么都没有导入。请只留下一个；不确定时两个都移走，用 handover source read-part 重做这一份。',
    }),
  },
  en: {
    READING_WORKBOOK: (p) => ({
      what: `${p.name} is a workbook, which is not read in parts: a sheet has about a million rows at most, which one machine reads in seconds.`,
      fix: 'Import it in the workspace with handover import.',
    }),
    READING_ROWS: (p) => ({
      what: `Part ${p.range} of ${p.name} does not hold what it held when it was planned.`,
      fix: 'Use the file that was planned, or give the bytes of this part alone. If the file was changed since, remove the folder and the key file and run handover source plan again.',
    }),
    READING_UNKNOWN: () => ({
      what: 'These parts were not planned in this workspace, or were imported already.',
      fix: 'Run it in the workspace that planned them; handover status shows the files that were imported.',
    }),
    READING_STALE: () => ({
      what: 'The deals of this workspace or its key of the tags have changed since the parts were planned: what was read no longer holds.',
      fix: 'Nothing was imported. Remove the folder and the key file, and run handover source plan again.',
    }),
    READING_MAPPING: (p) => ({
      what: `The mapping ${p.name} was changed, removed or added after the parts were planned; they were read by the mapping of then.`,
      fix: 'Nothing was imported. To import by the mapping of then, put the file back as it was (move it away if there was none) and run this again; for the one of now, remove the folder and the key file and run handover source plan.',
    }),
    READING_CHANGED: (p) => ({
      what: `${p.name} is damaged or was changed: it is not what was read.`,
      fix: 'Nothing was imported. If it is what came of a part, read that part again with handover source read-part; otherwise run handover source plan again.',
    }),
    READING_OTHER: (p) => ({
      what: `${p.name} is not of this plan.`,
      fix: 'Nothing was imported. Move the file away, and read that part again in this folder with handover source read-part.',
    }),
    READING_MISSING: (p) => ({
      what: `${p.ranges.length === 1 ? 'A part is' : `${p.ranges.length} parts are`} not read yet: ${severalNumbers(p.ranges, ', ')}.`,
      fix: 'Nothing was imported. Read them with handover source read-part, and run this again.',
    }),
    READING_TWICE: (p) => ({
      what: `There are two results of part ${p.range}.`,
      fix: 'Nothing was imported. Keep one of them; if you do not know which, move both away and read the part again with handover source read-part.',
    }),
  },
};
