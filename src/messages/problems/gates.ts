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
