import type { Lang } from './lang.js';

/** Statutory periods that keep records although their purpose is over. What each demands is data in retention/statutory.ts. */
export const BASES = [
  'tax-documents',
  'prepaid-registration',
  'prepaid-transactions-beijing',
  'worker-contracts',
  'consent-evidence',
  'consent-evidence-shanghai',
  'provision-record',
  'impact-assessment',
  'network-logs',
  'platform-transactions',
] as const;
export type Basis = (typeof BASES)[number];

/** Words for one basis: `short` fits a table's column, `full` says what has to be kept and for how long. */
export interface BasisWords {
  readonly short: string;
  readonly full: string;
}

export const basisWords: Readonly<Record<Lang, Readonly<Record<Basis, BasisWords>>>> = {
  zh: {
    'tax-documents': {
      short: '涉税资料',
      full: '账簿、凭证、发票等涉税资料保存十年（税收征收管理法实施细则第二十九条）',
    },
    'prepaid-registration': {
      short: '预付卡实名登记',
      full: '发卡企业登记的购卡人姓名、证件号和联系方式保存五年（单用途商业预付卡管理办法）',
    },
    'prepaid-transactions-beijing': {
      short: '北京预付交易记录',
      full: '预付费交易记录自交易完成之日起保存三年（北京市单用途预付卡管理条例第十九条）',
    },
    'worker-contracts': {
      short: '已终止的劳动合同',
      full: '已解除或终止的劳动合同文本保存二年（劳动合同法第五十条）',
    },
    'consent-evidence': {
      short: '告知和同意的凭证',
      full: '全国没有统一期限；按三年诉讼时效保存（民法典第一百八十八条）',
    },
    'consent-evidence-shanghai': {
      short: '上海的同意凭证',
      full: '同意的凭证保存五年（上海市消费者权益保护条例第三十一条，旧文本，使用前请核对）',
    },
    'provision-record': {
      short: '提供资料的记录',
      full: '向其他处理者提供个人信息的处理情况记录保存三年（网络数据安全管理条例第十二条）',
    },
    'impact-assessment': {
      short: '影响评估报告',
      full: '影响评估报告和处理情况记录保存三年（个人信息保护法第五十六条）',
    },
    'network-logs': { short: '网络日志', full: '网络日志留存六个月（网络安全法第二十三条）' },
    'platform-transactions': {
      short: '平台交易信息',
      full: '电子商务平台的商品和服务、交易信息保存三年，仅适用于平台经营者（电子商务法第三十一条）',
    },
  },
  en: {
    'tax-documents': {
      short: 'tax documents',
      full: 'Account books, vouchers, invoices and other tax documents: ten years (Implementation Rules of the Tax Collection Law, article 29)',
    },
    'prepaid-registration': {
      short: 'prepaid card registration',
      full: 'Name, identity number and contact of whoever bought a prepaid card: five years (Measures on single-purpose prepaid cards)',
    },
    'prepaid-transactions-beijing': {
      short: 'prepaid transactions, Beijing',
      full: 'Records of prepaid transactions: three years from completion (Beijing prepaid card regulations, article 19)',
    },
    'worker-contracts': {
      short: 'ended labour contracts',
      full: 'Labour contracts that ended: two years (Labour Contract Law, article 50)',
    },
    'consent-evidence': {
      short: 'proof of notice and consent',
      full: 'No national period; kept for the three years in which claims can be made (Civil Code, article 188)',
    },
    'consent-evidence-shanghai': {
      short: 'proof of consent, Shanghai',
      full: 'Proof of consent: five years (Shanghai consumer regulations, article 31, old text: verify before use)',
    },
    'provision-record': {
      short: 'record of the provision',
      full: 'Records of providing personal information to another handler: three years (NDSR, article 12)',
    },
    'impact-assessment': {
      short: 'impact assessment',
      full: 'Impact assessment report and record of handling: three years (PIPL, article 56)',
    },
    'network-logs': {
      short: 'network logs',
      full: 'Network logs: six months (Cybersecurity Law, article 23)',
    },
    'platform-transactions': {
      short: 'platform transactions',
      full: 'Goods, services and transactions of an e-commerce platform: three years, platform operators only (E-Commerce Law, article 31)',
    },
  },
};
