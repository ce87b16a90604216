import type { Lang } from './lang.js';

/** How a place in a law is cited, behind the law's name. */
interface Citation {
  /** The name of a law as it is in a sentence; a standard goes by its number. */
  readonly named: (name: string) => string;
  /** @param inserted whether the second number is of an article that was put in behind the first (刑法第二百五十三条之一), not of an item */
  readonly article: (article: number, item: number | null, inserted: boolean) => string;
  readonly annex: (annex: number) => string;
  readonly clause: (clause: string) => string;
  readonly inForce: (date: string) => string;
}

export const citation: Readonly<Record<Lang, Citation>> = {
  zh: {
    named: (name) => (/^\p{Script=Han}/u.test(name) ? `《${name}》` : name),
    article: (article, item, inserted) => {
      const named = `第${chineseNumber(article)}条`;
      if (item === null) return named;
      return inserted ? `${named}之${chineseNumber(item)}` : `${named}第${chineseNumber(item)}项`;
    },
    annex: (annex) => `附件${chineseNumber(annex)}`,
    clause: (clause) => ` 第${clause}条`,
    inForce: (date) => `（${date} 施行）`,
  },
  en: {
    named: (name) => name,
    article: (article, item, inserted) => {
      if (item === null) return ` art. ${article}`;
      return inserted ? ` art. ${article}-${item}` : ` art. ${article} item ${item}`;
    },
    annex: (annex) => ` annex ${annex}`,
    clause: (clause) => ` clause ${clause}`,
    inForce: (date) => ` (in force ${date})`,
  },
};

const DIGITS = [...'零一二三四五六七八九'];
const UNITS = ['', '十', '百', '千'];

/** A number from 1 to 9,999 as it is before 条: 十, 四十七, 一百一十, 一千零三十四. */
export function chineseNumber(number: number): string {
  const digits = [...String(number)].map(Number);
  let text = '';
  let isGap = false;
  for (const [i, digit] of digits.entries()) {
    if (digit === 0) {
      isGap = true;
      continue;
    }
    if (isGap) text += DIGITS[0];
    isGap = false;
    text += `${DIGITS[digit] ?? ''}${UNITS[digits.length - 1 - i] ?? ''}`;
  }
  return text.replace(/^一十/, '十');
}
