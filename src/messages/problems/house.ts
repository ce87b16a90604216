import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Problems of papers, people, feedback, follow-up and findings. Names are of files, papers and staff, never of customers. */
export type HouseProblem =
  | { readonly code: 'HOUSE_DATE'; readonly date: string }
  | { readonly code: 'HOUSE_NAME'; readonly limit: number }
  | { readonly code: 'PEOPLE_KNOWN'; readonly name: string }
  | { readonly code: 'PEOPLE_UNKNOWN'; readonly name: string; readonly several: boolean }
  | { readonly code: 'PEOPLE_UNIDENTIFIED'; readonly name: string }
  | { readonly code: 'PEOPLE_USCC' }
  | { readonly code: 'PEOPLE_NOTHING' }
  | { readonly code: 'PEOPLE_TOPIC_UNDATED' }
  | { readonly code: 'PAPER_EMPTY'; readonly name: string }
  | { readonly code: 'PAPER_KNOWN'; readonly name: string; readonly paper: string }
  | { readonly code: 'PAPER_UNKNOWN'; readonly paper: string };

export const houseExits: Exits<HouseProblem> = {
  HOUSE_DATE: 'usage',
  HOUSE_NAME: 'usage',
  PEOPLE_KNOWN: 'usage',
  PEOPLE_UNKNOWN: 'usage',
  PEOPLE_UNIDENTIFIED: 'refused',
  PEOPLE_USCC: 'usage',
  PEOPLE_NOTHING: 'usage',
  PEOPLE_TOPIC_UNDATED: 'usage',
  PAPER_EMPTY: 'usage',
  PAPER_KNOWN: 'usage',
  PAPER_UNKNOWN: 'usage',
};

export const houseSentences: Bilingual<HouseProblem> = {
  zh: {
    HOUSE_DATE: (p) => ({
      what: `${p.date} 还没有到。`,
      fix: '这里记的是已经发生的事，请核对日期。',
    }),
    HOUSE_NAME: (p) => ({
      what: `名称或联系方式是空的、不止一行，或者超过 ${p.limit} 个字。`,
      fix: '请写一行，不要太长。',
    }),
    PEOPLE_KNOWN: (p) => ({
      what: `${p.name} 已经以同样的身份登记过。`,
      fix: '有变化的，请用 handover people update 补记。',
    }),
    PEOPLE_UNKNOWN: (p) => ({
      what: p.several ? `不止一条登记叫“${p.name}”。` : `登记里没有“${p.name}”。`,
      fix: '请用 handover people list 查看；同名的，写编号末尾的一段。',
    }),
    PEOPLE_UNIDENTIFIED: (p) => ({
      what: `还没有写明怎样核实了 ${p.name} 的身份。`,
      fix: '中介和受托方是外人，接触客户资料之前要核实身份。请先核实，再加上 --identified。',
    }),
    PEOPLE_USCC: () => ({
      what: '统一社会信用代码不对：应为 18 位，而且校验位要相符。',
      fix: '请照营业执照重新填写。',
    }),
    PEOPLE_NOTHING: () => ({
      what: '没有写要补记什么。',
      fix: '请至少写一项，例如 --trained 2026-11-20 或 --promised 2026-11-20。',
    }),
    PEOPLE_TOPIC_UNDATED: () => ({
      what: '写了培训内容，没有写培训日期。',
      fix: '请加上 --trained 和日期。',
    }),
    PAPER_EMPTY: (p) => ({ what: `${p.name} 是空文件。`, fix: '请指定签好的扫描件或照片。' }),
    PAPER_KNOWN: (p) => ({
      what: `${p.name} 已经登记过，编号 ${p.paper}。`,
      fix: '不用再登记。内容改过的，请另存为新文件，签署后再登记。',
    }),
    PAPER_UNKNOWN: (p) => ({
      what: `没有编号为 ${p.paper} 的文件。`,
      fix: '请用 handover papers list 查看编号。',
    }),
  },
  en: {
    HOUSE_DATE: (p) => ({
      what: `The day ${p.date} lies ahead.`,
      fix: 'What is noted here has happened. Check the date.',
    }),
    HOUSE_NAME: (p) => ({
      what: `A name or contact is empty, is more than one line, or has over ${p.limit} characters.`,
      fix: 'Write one short line.',
    }),
    PEOPLE_KNOWN: (p) => ({
      what: `${p.name} is in the register in this role already.`,
      fix: 'Note what changed with handover people update.',
    }),
    PEOPLE_UNKNOWN: (p) => ({
      what: p.several
        ? `There are several named ${p.name}.`
        : `There is nobody named ${p.name} in the register.`,
      fix: 'Run handover people list; where names repeat, give the end of the id.',
    }),
    PEOPLE_UNIDENTIFIED: (p) => ({
      what: `It is not said how it was made sure who ${p.name} is.`,
      fix: 'Brokers and entrusted parties are outsiders: make sure who they are first, then add --identified.',
    }),
    PEOPLE_USCC: () => ({
      what: 'The unified social credit code is wrong: it has 18 characters, and the last one checks the others.',
      fix: 'Copy it from the business licence again.',
    }),
    PEOPLE_NOTHING: () => ({
      what: 'There is nothing to note.',
      fix: 'Say at least one thing, such as --trained 2026-11-20 or --promised 2026-11-20.',
    }),
    PEOPLE_TOPIC_UNDATED: () => ({
      what: 'There is a topic of a training without its day.',
      fix: 'Add --trained with the day.',
    }),
    PAPER_EMPTY: (p) => ({
      what: `The file ${p.name} is empty.`,
      fix: 'Name the signed scan or photograph.',
    }),
    PAPER_KNOWN: (p) => ({
      what: `The file ${p.name} was taken in already, as ${p.paper}.`,
      fix: 'There is nothing to add. A changed text is a new file, to be signed anew.',
    }),
    PAPER_UNKNOWN: (p) => ({
      what: `There is no paper ${p.paper}.`,
      fix: 'Run handover papers list to see their ids.',
    }),
  },
};
