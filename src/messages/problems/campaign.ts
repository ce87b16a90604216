import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** What can be wrong with a text to customers (law.md §5.3). */
const LINT_CODES = [
  'TEXT_SILENCE',
  'TEXT_TICKED',
  'TEXT_LAST_WORD',
  'TEXT_THREAT',
  'TEXT_BLANKET',
  'TEXT_NO_RECIPIENT',
  'TEXT_NO_PURPOSE',
  'TEXT_NO_FIELDS',
  'TEXT_NO_PERIOD',
  'TEXT_NO_DATE',
  'TEXT_NO_CONTACT',
  'TEXT_SMS_LONG',
] as const;
export type LintCode = (typeof LINT_CODES)[number];

type LintProblem = {
  readonly [C in LintCode]: { readonly code: C; readonly form: string; readonly lang: string };
}[LintCode];

/** What goes wrong when customers are asked, and when their answers come in. */
export type CampaignProblem =
  | LintProblem
  | { readonly code: 'CAMPAIGN_ROLE' }
  | { readonly code: 'CAMPAIGN_TEXT_OTHER'; readonly deal: string }
  | { readonly code: 'CAMPAIGN_EARLY'; readonly date: string }
  | { readonly code: 'CAMPAIGN_NOBODY'; readonly channel: string }
  | { readonly code: 'ANSWERS_COLUMNS'; readonly found: number }
  | { readonly code: 'ANSWERS_CHANNEL' }
  | { readonly code: 'ANSWER_WORD_SHAPE' }
  | { readonly code: 'ANSWER_WORD_NO'; readonly meaning: string }
  | { readonly code: 'OWN_TEXT_MISSING'; readonly deal: string }
  | { readonly code: 'PURPOSE_DRIFT'; readonly deal: string; readonly agreed: readonly string[] };

export const campaignExits: Exits<CampaignProblem> = {
  TEXT_SILENCE: 'refused',
  TEXT_TICKED: 'refused',
  TEXT_LAST_WORD: 'refused',
  TEXT_THREAT: 'refused',
  TEXT_BLANKET: 'refused',
  TEXT_NO_RECIPIENT: 'refused',
  TEXT_NO_PURPOSE: 'refused',
  TEXT_NO_FIELDS: 'refused',
  TEXT_NO_PERIOD: 'refused',
  TEXT_NO_DATE: 'refused',
  TEXT_NO_CONTACT: 'refused',
  TEXT_SMS_LONG: 'findings',
  CAMPAIGN_ROLE: 'usage',
  CAMPAIGN_TEXT_OTHER: 'refused',
  CAMPAIGN_EARLY: 'refused',
  CAMPAIGN_NOBODY: 'findings',
  ANSWERS_COLUMNS: 'findings',
  ANSWERS_CHANNEL: 'usage',
  ANSWER_WORD_SHAPE: 'usage',
  ANSWER_WORD_NO: 'refused',
  OWN_TEXT_MISSING: 'refused',
  PURPOSE_DRIFT: 'refused',
};

const missingZh = (what: string) => (p: { readonly form: string; readonly lang: string }) => ({
  what: `告知文本（${p.form}，${p.lang}）没有写出${what}。`,
  fix: '这是法律要求告知客户的内容。请在协议里补全后重新起草；自己改过的文本，请改回来。',
});
const missingEn = (what: string) => (p: { readonly form: string; readonly lang: string }) => ({
  what: `The text to customers (${p.form}, ${p.lang}) does not say ${what}.`,
  fix: 'The law wants customers to be told. Complete the deal and draft again; in a text of your own, put it back.',
});
const wordsZh = (what: string) => (p: { readonly form: string; readonly lang: string }) => ({
  what: `告知文本（${p.form}，${p.lang}）${what}。`,
  fix: '请改掉这句话再起草。它多半来自协议里的用途、必要性或投诉联系人。',
});
const wordsEn = (what: string) => (p: { readonly form: string; readonly lang: string }) => ({
  what: `The text to customers (${p.form}, ${p.lang}) ${what}.`,
  fix: 'Change that sentence and draft again. It most likely comes from a purpose, a necessity or the contact in the deal.',
});

export const campaignSentences: Bilingual<CampaignProblem> = {
  zh: {
    TEXT_SILENCE: wordsZh('把不答复当成同意'),
    TEXT_TICKED: wordsZh('替客户预先勾选了'),
    TEXT_LAST_WORD: wordsZh('写了最终解释权之类的话'),
    TEXT_THREAT: wordsZh('用停止服务或余额作废逼客户同意'),
    TEXT_BLANKET: wordsZh('把几件事合成一个同意'),
    TEXT_NO_RECIPIENT: missingZh('接收方的名称和联系方式'),
    TEXT_NO_PURPOSE: missingZh('全部用途'),
    TEXT_NO_FIELDS: missingZh('要交接的全部资料'),
    TEXT_NO_PERIOD: missingZh('保存多久'),
    TEXT_NO_DATE: missingZh('从哪一天起'),
    TEXT_NO_CONTACT: missingZh('向谁咨询、投诉'),
    TEXT_SMS_LONG: () => ({
      what: '提醒短信超过 70 个字，会按两条计费。',
      fix: '可以照发；想短一些，请用较短的公司名称。',
    }),
    CAMPAIGN_ROLE: () => ({
      what: '征求客户意见由卖方来做；买方只起草自己的告知书。',
      fix: '买方请运行 handover campaign draft，得到以自己名义告知客户的文本。',
    }),
    CAMPAIGN_TEXT_OTHER: (p) => ({
      what: `协议 ${p.deal} 登记的告知文本不是由协议起草的这一份，照它征求的同意不能作数。`,
      fix: '请签一份补充协议，notice 的 sha256 写成 drafted；双方签署后再征求客户意见。',
    }),
    CAMPAIGN_EARLY: (p) => ({
      what: `协议写明 ${p.date} 起才通知客户，今天还没有到。`,
      fix: '请到那一天再发；要提前的，签补充协议改 notice 的 sent。',
    }),
    CAMPAIGN_NOBODY: (p) => ({
      what: `现在没有可以用这个渠道（${p.channel}）联系的客户。`,
      fix: '运行 handover campaign status 看看谁还没有答复、可以怎样联系；提醒已经问过一次的，加 --remind。',
    }),
    ANSWERS_COLUMNS: (p) => ({
      what: `认不出这份文件里谁答复了什么（认出 ${p.found} 列）。`,
      fix: '要有一列是手机号、答复码或客户编号，一列是答复（内容、结果、选项），最好还有时间。请把表头改成这些名称。',
    }),
    ANSWERS_CHANNEL: () => ({
      what: '看不出这份答复是从哪个渠道来的。',
      fix: '请加 --channel：sms 短信，wechat 微信，phone 电话，paper 纸质回执，web 问卷。',
    }),
    ANSWER_WORD_SHAPE: () => ({
      what: '这个词不能加进答复词汇。',
      fix: '请写 1 到 20 个字，不含连着的五位以上数字。',
    }),
    ANSWER_WORD_NO: (p) => ({
      what: `这个词已经有了别的意思：${p.meaning}。表示不同意的词不能改成同意。`,
      fix: '运行 handover campaign words 看看现有的词汇。',
    }),
    OWN_TEXT_MISSING: (p) => ({
      what: `还没有以本公司的名义起草给客户的告知书（协议 ${p.deal}），不能开始使用。`,
      fix: '请运行 handover campaign draft，把告知书发给客户，再写出资料（《个人信息保护法》第十七条）。',
    }),
    PURPOSE_DRIFT: (p) => ({
      what: `要做的用途不在客户同意的范围内（协议 ${p.deal}）。`,
      fix: `客户同意的是：${p.agreed.join('、')}。要用于别的，先由本公司告知并重新取得同意（《个人信息保护法》第二十二条、第二十三条）。`,
    }),
  },
  en: {
    TEXT_SILENCE: wordsEn('takes silence for consent'),
    TEXT_TICKED: wordsEn('ticks a box for the customer'),
    TEXT_LAST_WORD: wordsEn('claims the last word on what it means'),
    TEXT_THREAT: wordsEn('threatens whoever does not agree'),
    TEXT_BLANKET: wordsEn('makes one consent of several'),
    TEXT_NO_RECIPIENT: missingEn('who the recipient is and how to reach it'),
    TEXT_NO_PURPOSE: missingEn('every purpose'),
    TEXT_NO_FIELDS: missingEn('all the data that leave'),
    TEXT_NO_PERIOD: missingEn('how long they are kept'),
    TEXT_NO_DATE: missingEn('from which day on'),
    TEXT_NO_CONTACT: missingEn('whom to ask and where to complain'),
    TEXT_SMS_LONG: () => ({
      what: 'The reminder is longer than 70 characters and counts as two messages.',
      fix: 'It can be sent as it is; shorter names of the firms would make it shorter.',
    }),
    CAMPAIGN_ROLE: () => ({
      what: 'Customers are asked by the seller; the buyer only drafts its own notice.',
      fix: 'As the buyer, run handover campaign draft for the text that you send in your own name.',
    }),
    CAMPAIGN_TEXT_OTHER: (p) => ({
      what: `Deal ${p.deal} names another text than the one that follows from it; consents given to this one would not count.`,
      fix: 'Sign an amendment whose notice has "sha256: drafted"; ask customers once both have signed it.',
    }),
    CAMPAIGN_EARLY: (p) => ({
      what: `By the deal, customers are told from ${p.date} on, which is still to come.`,
      fix: 'Send it then; to do so earlier, change "sent" of the notice by an amendment.',
    }),
    CAMPAIGN_NOBODY: (p) => ({
      what: `There is nobody to be reached this way (${p.channel}) now.`,
      fix: 'handover campaign status shows who has not answered and how to reach them; to remind those who were asked once, add --remind.',
    }),
    ANSWERS_COLUMNS: (p) => ({
      what: `The file does not show who answered what (${p.found} columns known).`,
      fix: 'It needs a column with the mobile number, the answer code or the customer number, one with the answer, and better one with the time. Name them so in the header.',
    }),
    ANSWERS_CHANNEL: () => ({
      what: 'The file does not show by which channel these answers came.',
      fix: 'Add --channel: sms, wechat, phone, paper, or web for a questionnaire.',
    }),
    ANSWER_WORD_SHAPE: () => ({
      what: 'This word cannot be added to the vocabulary.',
      fix: 'Give 1 to 20 characters, without five digits or more in a row.',
    }),
    ANSWER_WORD_NO: (p) => ({
      what: `This word has another meaning already: ${p.meaning}. A word that says no cannot become a yes.`,
      fix: 'handover campaign words shows the vocabulary.',
    }),
    OWN_TEXT_MISSING: (p) => ({
      what: `The notice to customers in your own name was not drafted yet (deal ${p.deal}); their data may not be used before.`,
      fix: 'Run handover campaign draft, send the notice, then write the data out (PIPL Article 17).',
    }),
    PURPOSE_DRIFT: (p) => ({
      what: `The customers did not agree to this purpose (deal ${p.deal}).`,
      fix: `They agreed to: ${p.agreed.join(', ')}. For anything else tell them and ask again in your own name (PIPL Articles 22 and 23).`,
    }),
  },
};
