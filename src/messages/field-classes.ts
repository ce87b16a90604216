import type { Lang } from './lang.js';

const zh = {
  identifier: '识别编号',
  general: '一般信息',
  contact: '联系方式',
  address: '住址',
  transaction: '交易信息',
  preference: '偏好',
  evidence: '凭证',
  'third-party': '第三人信息',
  judgement: '评价',
  private: '私密信息',
  'free-text': '自由文字',
  sensitive: '敏感个人信息',
  safety: '人身安全信息',
};
const en: Readonly<Record<keyof typeof zh, string>> = {
  identifier: 'identifier',
  general: 'general',
  contact: 'contact',
  address: 'address',
  transaction: 'transaction',
  preference: 'preference',
  evidence: 'evidence',
  'third-party': 'third person',
  judgement: 'opinion',
  private: 'private',
  'free-text': 'free text',
  sensitive: 'sensitive',
  safety: 'safety of persons',
};

/** The classes of fields in a word each, as the law looks at them. */
export const fieldClassWords: Readonly<Record<Lang, Readonly<Record<keyof typeof zh, string>>>> = { zh, en };

/** The word for a class; the class itself where it is not one of ours. */
export function fieldClassName(name: string, lang: Lang): string {
  const words: Readonly<Record<string, string>> = fieldClassWords[lang];
  return words[name] ?? name;
}
