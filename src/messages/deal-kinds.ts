import type { Lang } from './lang.js';

/**
 * What is being sold, which decides what each customer must be told or asked (law.md §1.1). `asset-sale` is the strict default.
 * `equity` changes no handler, so it makes no bundle.
 */
export const DEAL_KINDS = [
  'asset-sale',
  'merger',
  'division',
  'dissolution',
  'bankruptcy',
  'operator-change',
  'equity',
] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

/** The kinds whose rule counsel's opinion may change; in a deal of another kind an opinion is a mistake. */
export const OPINION_KINDS: readonly DealKind[] = ['operator-change'];

/** A kind in a word or two, and what it demands, with its law. */
interface DealKindWords {
  readonly name: string;
  readonly demands: string;
}

const kinds: Readonly<Record<Lang, Readonly<Record<DealKind, DealKindWords>>>> = {
  zh: {
    'asset-sale': { name: '资产转让', demands: '个人信息保护法第二十三条：需要每位客户对买方的单独同意' },
    merger: { name: '合并', demands: '个人信息保护法第二十二条：需要告知，不需要同意' },
    division: { name: '分立', demands: '个人信息保护法第二十二条：需要告知，不需要同意' },
    dissolution: { name: '解散', demands: '个人信息保护法第二十二条：需要告知，不需要同意' },
    bankruptcy: { name: '破产', demands: '个人信息保护法第二十二条：需要告知，不需要同意' },
    'operator-change': { name: '经营者变更', demands: '默认需要单独同意；有律师意见时按告知处理' },
    equity: { name: '股权转让', demands: '处理者没有变化，不产生交接包' },
  },
  en: {
    'asset-sale': {
      name: 'asset sale',
      demands: "PIPL Article 23: needs each customer's separate consent to this buyer",
    },
    merger: { name: 'merger', demands: 'PIPL Article 22: needs notice, no consent' },
    division: { name: 'division', demands: 'PIPL Article 22: needs notice, no consent' },
    dissolution: { name: 'dissolution', demands: 'PIPL Article 22: needs notice, no consent' },
    bankruptcy: { name: 'bankruptcy', demands: 'PIPL Article 22: needs notice, no consent' },
    'operator-change': {
      name: 'change of operator',
      demands: 'separate consent by default; notice with counsel’s opinion',
    },
    equity: { name: 'sale of shares', demands: 'the handler does not change; no bundle is made' },
  },
};

const withDemands: Readonly<Record<Lang, (words: DealKindWords) => string>> = {
  zh: ({ name, demands }) => `${name}（${demands}）`,
  en: ({ name, demands }) => `${name} (${demands})`,
};

/** A kind in a word or two. */
export function kindName(kind: DealKind, lang: Lang): string {
  return kinds[lang][kind].name;
}

/** A kind with what it demands and its law. */
export function kindWithDemands(kind: DealKind, lang: Lang): string {
  return withDemands[lang](kinds[lang][kind]);
}

/** The kinds as a new deal.yaml explains them, in lines. */
export const kindNotes: Readonly<Record<Lang, readonly string[]>> = {
  zh: [
    '  asset-sale       资产或营业转让（最常见，也最严）：每位客户单独同意',
    '  merger           合并      division    分立       ：逐一通知',
    '  dissolution      解散      bankruptcy  破产       ：逐一通知',
    '  operator-change  个体工商户变更经营者：按单独同意办，除非附有法律意见',
    '  equity           股权转让：公司不变，不需要也不允许交接客户资料',
  ],
  en: [
    '  asset-sale       sale of the business or its assets (usual, and strictest): separate consent of each customer',
    '  merger, division, dissolution, bankruptcy: a notice to each customer',
    '  operator-change  new operator of an individual business: as asset-sale, unless there is an opinion',
    '  equity           sale of shares: the company stays, so no customer data is handed over',
  ],
};
