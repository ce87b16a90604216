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
  | { readonly code: 'PAPER_UNKNOWN'; readonly paper: string }
  | { readonly code: 'FEEDBACK_KNOWN'; readonly name: string }
  | { readonly code: 'FEEDBACK_COLUMNS'; readonly name: string }
  | { readonly code: 'FOLLOWUP_TOO_EARLY'; readonly deal: string }
  | { readonly code: 'FOLLOWUP_UNKNOWN'; readonly task: string }
  | { readonly code: 'FOLLOWUP_DONE'; readonly task: string }
  | { readonly code: 'FINDING_UNKNOWN'; readonly finding: string }
  | { readonly code: 'FINDING_CLOSED'; readonly finding: string }
  | { readonly code: 'HOUSE_NOTHING' };

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
  FEEDBACK_KNOWN: 'usage',
  FEEDBACK_COLUMNS: 'findings',
  FOLLOWUP_TOO_EARLY: 'refused',
  FOLLOWUP_UNKNOWN: 'usage',
  FOLLOWUP_DONE: 'refused',
  FINDING_UNKNOWN: 'usage',
  FINDING_CLOSED: 'refused',
  HOUSE_NOTHING: 'usage',
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
    FEEDBACK_KNOWN: (p) => ({
      what: `${p.name} 已经导入过。`,
      fix: '不用再导入。有新的反馈，请导入新的文件。',
    }),
    FEEDBACK_COLUMNS: (p) => ({
      what: `${p.name} 里没有认得的列。`,
      fix: '投诉要有“客户编号”一列（最好还有“投诉日期”）；问卷要有“服务是否照常”“满意度”“是否愿意继续”中的至少一列。',
    }),
    FOLLOWUP_TOO_EARLY: (p) => ({
      what: `协议 ${p.deal} 还没有移交过客户资料。`,
      fix: '后续事项从第一次移交算起，请在移交之后再运行。',
    }),
    FOLLOWUP_UNKNOWN: (p) => ({
      what: `没有编号为 ${p.task} 的后续事项。`,
      fix: '请用 handover followup list 查看编号。',
    }),
    FOLLOWUP_DONE: (p) => ({
      what: `${p.task} 已经办完了。`,
      fix: '不用再改。还有事要办的，请登记为问题：handover findings add。',
    }),
    FINDING_UNKNOWN: (p) => ({
      what: `没有编号为 ${p.finding} 的问题。`,
      fix: '请用 handover findings list 查看编号。',
    }),
    FINDING_CLOSED: (p) => ({
      what: `${p.finding} 已经解决了。`,
      fix: '不用再改。又出现的，请另外登记。',
    }),
    HOUSE_NOTHING: () => ({
      what: '没有写要改什么。',
      fix: '请至少写一项：--owner 负责人、--due 期限，或者办得怎样。',
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
    FEEDBACK_KNOWN: (p) => ({
      what: `The file ${p.name} was imported already.`,
      fix: 'There is nothing to import. New feedback is a new file.',
    }),
    FEEDBACK_COLUMNS: (p) => ({
      what: `No column of ${p.name} is known.`,
      fix: 'Complaints have a column "customer no.", and best a "date"; a survey has one or more of "service as before", "satisfaction" and "would stay".',
    }),
    FOLLOWUP_TOO_EARLY: (p) => ({
      what: `Nothing was handed over under deal ${p.deal} yet.`,
      fix: 'What follows is counted from the first handover. Run it again after that.',
    }),
    FOLLOWUP_UNKNOWN: (p) => ({
      what: `There is no task ${p.task}.`,
      fix: 'Run handover followup list to see their ids.',
    }),
    FOLLOWUP_DONE: (p) => ({
      what: `Task ${p.task} is done already.`,
      fix: 'There is nothing to change. For what is left, use handover findings add.',
    }),
    FINDING_UNKNOWN: (p) => ({
      what: `There is no finding ${p.finding}.`,
      fix: 'Run handover findings list to see their ids.',
    }),
    FINDING_CLOSED: (p) => ({
      what: `Finding ${p.finding} is closed already.`,
      fix: 'There is nothing to change. If it is back, add another.',
    }),
    HOUSE_NOTHING: () => ({
      what: 'It is not said what changes.',
      fix: 'Say at least one thing: --owner, --due, or how it was done.',
    }),
  },
};
