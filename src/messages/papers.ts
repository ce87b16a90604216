import type { Lang } from './lang.js';

/** What `papers draft` writes, in the order in which a firm needs it. */
export const DRAFT_KINDS = [
  'nda',
  'pia',
  'undertaking',
  'public-rules',
  'poster',
  'handling-rules',
  'emergency-plan',
  'drill',
  'training',
  'promise',
  'entrusted',
  'backups',
  'gdpr-notice',
  'liability',
] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** What `papers add` takes in: every draft once it is signed, and two that are written elsewhere. */
export const PAPER_KINDS = [...DRAFT_KINDS, 'notice', 'opinion', 'other'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** What a kind of paper is called. */
const paperNames: Readonly<Record<Lang, Readonly<Record<PaperKind, string>>>> = {
  zh: {
    nda: '保密协议',
    pia: '个人信息保护影响评估表',
    undertaking: '买方承诺书',
    'public-rules': '个人信息处理规则（对外公示）',
    poster: '张贴版个人信息处理规则',
    'handling-rules': '客户资料管理制度',
    'emergency-plan': '个人信息安全事件应急预案',
    drill: '应急演练记录',
    training: '个人信息保护培训记录',
    promise: '上门服务人员保密承诺书',
    entrusted: '委托处理个人信息记录',
    backups: '备份和存放地点清单',
    'gdpr-notice': 'GDPR 第14条告知书',
    liability: '法律责任附录',
    notice: '给客户的告知书',
    opinion: '律师意见',
    other: '其他文件',
  },
  en: {
    nda: 'Confidentiality agreement',
    pia: 'Impact assessment',
    undertaking: 'Undertaking of the buyer',
    'public-rules': 'Rules of handling personal data (public)',
    poster: 'Poster of the rules',
    'handling-rules': 'House rules for customer data',
    'emergency-plan': 'Emergency plan',
    drill: 'Record of a drill',
    training: 'Training sheet',
    promise: 'Promise of home-visit staff',
    entrusted: 'Record of an entrusted party',
    backups: 'List of backups and places',
    'gdpr-notice': 'GDPR Article 14 notice',
    liability: 'Liability appendix',
    notice: 'Notice to customers',
    opinion: 'Opinion of counsel',
    other: 'Other paper',
  },
};

/** A kind as it is stored, in words. */
export function paperName(kind: string, lang: Lang): string {
  const known = PAPER_KINDS.find((each) => each === kind);
  return known === undefined ? kind : paperNames[lang][known];
}
