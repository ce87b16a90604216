import { fieldClassName } from '../field-classes.js';
import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Papers that have to be there before customers leave, each with a day. */
export type DatedPaper = 'confidentiality' | 'assessment' | 'notice' | 'opinion';

/** What on a card speaks of another place than the mainland. */
export const REGION_SIGNS = ['phone', 'address', 'name'] as const;
export type RegionSign = (typeof REGION_SIGNS)[number];

/** What is between a deal and the sealing of a bundle (law.md §5.2). */
export type GateProblem =
  | { readonly code: 'GATE_CONFIDENTIALITY_LATER'; readonly date: string; readonly today: string }
  | { readonly code: 'GATE_ASSESSMENT_LATER'; readonly date: string; readonly today: string }
  | { readonly code: 'GATE_NOTICE_LATER'; readonly date: string; readonly today: string }
  | { readonly code: 'GATE_OPINION_LATER'; readonly date: string; readonly today: string }
  | { readonly code: 'GATE_ASSESSMENT_RECIPIENT'; readonly recipient: string; readonly party: string }
  | { readonly code: 'GATE_ASSESSMENT_UNSAID' }
  | { readonly code: 'GATE_ASSESSMENT_CLASSES'; readonly classes: readonly string[] }
  | { readonly code: 'GATE_RECIPIENT_INCOMPLETE'; readonly party: string }
  | { readonly code: 'GATE_RESPONSIBLE_NONE' }
  | { readonly code: 'GATE_SCOPE_STALE' }
  | { readonly code: 'GATE_FINDINGS_OPEN'; readonly rows: number }
  | { readonly code: 'GATE_SIZE_UNSAID'; readonly here: number }
  | { readonly code: 'GATE_SIZE_LARGE'; readonly persons: number }
  | { readonly code: 'GATE_FINGERPRINT_UNCOMPARED' }
  | { readonly code: 'GATE_PAPERS_SAME' }
  | { readonly code: 'GATE_PAPER_EMPTY' }
  | { readonly code: 'GATE_ONE_ENTERPRISE'; readonly by: 'uscc' | 'name' }
  | { readonly code: 'GATE_BUYER_ABROAD'; readonly party: string; readonly sign: RegionSign }
  | { readonly code: 'GATE_BUYER_UNCLEAR'; readonly party: string; readonly sign: RegionSign };

export const gateExits: Exits<GateProblem> = {
  GATE_CONFIDENTIALITY_LATER: 'refused',
  GATE_ASSESSMENT_LATER: 'refused',
  GATE_NOTICE_LATER: 'refused',
  GATE_OPINION_LATER: 'refused',
  GATE_ASSESSMENT_RECIPIENT: 'refused',
  GATE_ASSESSMENT_UNSAID: 'refused',
  GATE_ASSESSMENT_CLASSES: 'refused',
  GATE_RECIPIENT_INCOMPLETE: 'refused',
  GATE_RESPONSIBLE_NONE: 'refused',
  GATE_SCOPE_STALE: 'refused',
  GATE_FINDINGS_OPEN: 'refused',
  GATE_SIZE_UNSAID: 'refused',
  GATE_SIZE_LARGE: 'refused',
  GATE_FINGERPRINT_UNCOMPARED: 'refused',
  GATE_PAPERS_SAME: 'refused',
  GATE_PAPER_EMPTY: 'refused',
  GATE_ONE_ENTERPRISE: 'refused',
  GATE_BUYER_ABROAD: 'refused',
  GATE_BUYER_UNCLEAR: 'refused',
};

const signs = {
  zh: { phone: '电话', address: '地址', name: '名称' },
  en: { phone: 'telephone number', address: 'address', name: 'name' },
} as const;

export const gateSentences: Bilingual<GateProblem> = {
  zh: {
    GATE_CONFIDENTIALITY_LATER: (p) => ({
      what: `保密协议的日期是 ${p.date}，今天是 ${p.today}：保密协议还没有签。`,
      fix: '先签保密协议，再交出客户资料（《民法典》第五百零一条）。日期写错的，请双方签署补充协议改正。',
    }),
    GATE_ASSESSMENT_LATER: (p) => ({
      what: `个人信息保护影响评估的日期是 ${p.date}，今天是 ${p.today}：评估还没有做。`,
      fix: '评估要在交出之前完成（《个人信息保护法》第五十五条）。做完之后再导出；日期写错的，请双方签署补充协议改正。',
    }),
    GATE_NOTICE_LATER: (p) => ({
      what: `客户通知的发出日期是 ${p.date}，今天是 ${p.today}：通知还没有发。`,
      fix: '先告知客户，再交出资料（《个人信息保护法》第十七条、第二十三条）。',
    }),
    GATE_OPINION_LATER: (p) => ({
      what: `法律意见的日期是 ${p.date}，今天是 ${p.today}：意见还没有出具。`,
      fix: '没有法律意见的，按单独同意办理（《个人信息保护法》第二十三条）。',
    }),
    GATE_ASSESSMENT_RECIPIENT: (p) => ({
      what: `影响评估写的接收方是 ${p.recipient}，不是协议的买方 ${p.party}。`,
      fix: '评估要针对这一次交接、这一个接收方（《个人信息保护法》第五十五条）。请重新评估；写错的，请双方签署补充协议改正。',
    }),
    GATE_ASSESSMENT_UNSAID: () => ({
      what: '协议没有写明影响评估针对哪个接收方、哪些种类。',
      fix: '请在 deal.yaml 的 assessment 下写上 buyer（接收方名称）和 classes（评估过的种类），双方签署（《个人信息保护法》第五十五条）。',
    }),
    GATE_ASSESSMENT_CLASSES: (p) => ({
      what: `影响评估没有写到协议要移交的种类：${p.classes.map((name) => fieldClassName(name, 'zh')).join('、')}。`,
      fix: '请补充评估这些种类，或者在协议里不移交它们（《个人信息保护法》第五十五条、第五十六条）。',
    }),
    GATE_RECIPIENT_INCOMPLETE: (p) => ({
      what: `${p.party} 的名片上缺统一社会信用代码或者地址。`,
      fix: '告知客户要写清接收方的名称和联系方式（《个人信息保护法》第二十三条）。请对方用 handover card 补齐，再重新核对指纹。',
    }),
    GATE_RESPONSIBLE_NONE: () => ({
      what: '没有登记由谁对这次交接负责。',
      fix: '请登记个人信息保护负责人：handover people add --role lead（《个人信息保护法》第九条、第五十一条）。',
    }),
    GATE_SCOPE_STALE: () => ({
      what: '判定之后资料又变了，移交的范围和人数还没有重新数过。',
      fix: '请重新运行 handover check。',
    }),
    GATE_FINDINGS_OPEN: (p) => ({
      what: `客户表里还有 ${p.rows} 行被退回，没有改好。`,
      fix: '请在退回文件里改好后再导入；留在卖方的，不会移交（《个人信息保护法》第八条）。',
    }),
    GATE_SIZE_UNSAID: (p) => ({
      what: `本工作区有 ${p.here} 人；原有客户、其他系统、纸质档案中还有多少人，没有填写。`,
      fix: '请填写：handover audit persons --others 人数。不满 100,000 人的才是小型个人信息处理者。',
    }),
    GATE_SIZE_LARGE: (p) => ({
      what: `一共处理 ${p.persons} 人的个人信息，不是小型个人信息处理者。`,
      fix: '简化的自查表和评估表不能用，请按一般要求做合规审计和影响评估（《个人信息保护法》第五十四条、第五十五条）。',
    }),
    GATE_FINGERPRINT_UNCOMPARED: () => ({
      what: '签署协议所用的对方名片，现在不再是核对过指纹、仍受信任的名片。',
      fix: '请打电话核对对方现在的名片：handover trust add。已签的协议仍按原来的名片办完；要用新名片的，请另签协议（《民法典》第五百零一条）。',
    }),
    GATE_PAPERS_SAME: () => ({
      what: '协议里几份文件的摘要相同：保密协议、影响评估、客户通知应是三份不同的文件。',
      fix: '请分别用 sha256sum 或 certutil 算出每份文件的摘要，填好后重新检查、签署。',
    }),
    GATE_PAPER_EMPTY: () => ({
      what: '协议里有一份文件的摘要是占位的，或者是空文件的摘要。',
      fix: '请算出真实文件的摘要，填好后重新检查、签署。',
    }),
    GATE_ONE_ENTERPRISE: (p) => ({
      what: `双方名片上的${p.by === 'uscc' ? '统一社会信用代码' : '名称'}相同：这是同一家企业。`,
      fix: '同一家企业之间不是转让。请核对名片；公司没有变、只换股东的，是股权转让，不需要交接包（《个人信息保护法》第二十三条）。',
    }),
    GATE_BUYER_ABROAD: (p) => ({
      what: `${p.party} 名片上的${signs.zh[p.sign]}不在内地：向境外提供要另走程序，本工具不办。`,
      fix: '出境需要单独同意、影响评估，以及安全评估、标准合同或认证之一，请先咨询（《个人信息保护法》第三十八条、第三十九条）。名片写错的，请对方改正后重新核对。',
    }),
    GATE_BUYER_UNCLEAR: (p) => ({
      what: `看不出 ${p.party} 是否在内地：名片上没有统一社会信用代码，${signs.zh[p.sign]}也看不出来。`,
      fix: '请对方用 handover card 补上统一社会信用代码和带区号的电话，再重新核对指纹（《个人信息保护法》第三十八条）。',
    }),
  },
  en: {
    GATE_CONFIDENTIALITY_LATER: (p) => ({
      what: `The confidentiality agreement is dated ${p.date} and today is ${p.today}: it is not signed yet.`,
      fix: 'Sign it before customers leave (Civil Code Article 501). If the date is wrong, both parties sign an amendment.',
    }),
    GATE_ASSESSMENT_LATER: (p) => ({
      what: `The impact assessment is dated ${p.date} and today is ${p.today}: it is not done yet.`,
      fix: 'It has to be done before the handover (PIPL Article 55). Export afterwards; if the date is wrong, both parties sign an amendment.',
    }),
    GATE_NOTICE_LATER: (p) => ({
      what: `The notice to customers is dated ${p.date} and today is ${p.today}: it has not been sent.`,
      fix: 'Tell the customers first (PIPL Articles 17 and 23).',
    }),
    GATE_OPINION_LATER: (p) => ({
      what: `The legal opinion is dated ${p.date} and today is ${p.today}: it has not been given.`,
      fix: 'Without it every customer has to agree separately (PIPL Article 23).',
    }),
    GATE_ASSESSMENT_RECIPIENT: (p) => ({
      what: `The impact assessment is about ${p.recipient}, and the buyer of the deal is ${p.party}.`,
      fix: 'It has to be about this handover and this recipient (PIPL Article 55). Make it anew; if the name is wrong, both parties sign an amendment.',
    }),
    GATE_ASSESSMENT_UNSAID: () => ({
      what: 'The deal does not say which recipient and which classes the impact assessment is about.',
      fix: 'Write buyer (its name) and classes (those assessed) below assessment in deal.yaml, and have both parties sign (PIPL Article 55).',
    }),
    GATE_ASSESSMENT_CLASSES: (p) => ({
      what: `The impact assessment does not name what is to leave: ${p.classes.map((name) => fieldClassName(name, 'en')).join(', ')}.`,
      fix: 'Assess these as well, or let them stay (PIPL Articles 55 and 56).',
    }),
    GATE_RECIPIENT_INCOMPLETE: (p) => ({
      what: `The card of ${p.party} lacks the unified social credit code or an address.`,
      fix: 'Customers are told who the recipient is and how to reach it (PIPL Article 23). Have it add them with handover card, and compare fingerprints again.',
    }),
    GATE_RESPONSIBLE_NONE: () => ({
      what: 'Nobody is registered who answers for this handover.',
      fix: 'Register the person: handover people add --role lead (PIPL Articles 9 and 51).',
    }),
    GATE_SCOPE_STALE: () => ({
      what: 'Something came in since the verdicts were given: scope and numbers are not counted anew.',
      fix: 'Run handover check again.',
    }),
    GATE_FINDINGS_OPEN: (p) => ({
      what: `${p.rows} rows of the customer list were rejected and have not come back.`,
      fix: 'Correct them in the reject file and import it; until then they stay with the seller (PIPL Article 8).',
    }),
    GATE_SIZE_UNSAID: (p) => ({
      what: `There are ${p.here} persons here; nobody has said how many there are besides, from before, in other systems and on paper.`,
      fix: 'Say it: handover audit persons --others NUMBER. Only with fewer than 100,000 is a firm a small handler.',
    }),
    GATE_SIZE_LARGE: (p) => ({
      what: `${p.persons} persons are handled in all: this is no small handler.`,
      fix: 'Its short forms do not do; audit and assess as others have to (PIPL Articles 54 and 55).',
    }),
    GATE_FINGERPRINT_UNCOMPARED: () => ({
      what: "The other party's card in the deal is no longer one whose fingerprint was compared and that is trusted.",
      fix: 'Compare the fingerprint of its present card over the phone: handover trust add. The signed deal goes on with its old card; for the new one, sign another deal (Civil Code Article 501).',
    }),
    GATE_PAPERS_SAME: () => ({
      what: 'Papers of the deal have the same digest: agreement, assessment and notice are three different papers.',
      fix: 'Compute the digest of each file with sha256sum or certutil, fill them in, check and sign again.',
    }),
    GATE_PAPER_EMPTY: () => ({
      what: 'The digest of a paper is a placeholder, or that of an empty file.',
      fix: 'Compute the digest of the real file, fill it in, check and sign again.',
    }),
    GATE_ONE_ENTERPRISE: (p) => ({
      what: `Both cards have the same ${p.by === 'uscc' ? 'unified social credit code' : 'name'}: they are one enterprise.`,
      fix: 'Check the cards. A firm whose shareholders change stays the same firm, and no bundle is made (PIPL Article 23).',
    }),
    GATE_BUYER_ABROAD: (p) => ({
      what: `The ${signs.en[p.sign]} on the card of ${p.party} is not of the mainland: this tool does not carry data across the border.`,
      fix: 'That needs separate consent, an assessment, and one of security assessment, standard contract or certification; take advice (PIPL Articles 38 and 39). If the card is wrong, have it corrected and compare fingerprints again.',
    }),
    GATE_BUYER_UNCLEAR: (p) => ({
      what: `Nobody can tell whether ${p.party} is in the mainland: the card has no unified social credit code, and its ${signs.en[p.sign]} does not say.`,
      fix: 'Have the other party add the code and a telephone number with area code, and compare fingerprints again (PIPL Article 38).',
    }),
  },
};
