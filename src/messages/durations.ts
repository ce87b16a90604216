import type { Lang } from './lang.js';
import { dealWords } from './screens/deal.js';

/** `P1Y6M` in words. */
export function durationWords(duration: string, lang: Lang): string {
  const words = dealWords[lang];
  const unit = { Y: words.years, M: words.months, W: words.weeks, D: words.days } as const;
  return [...duration.matchAll(/(\d+)([YMWD])/g)]
    .map(([, count = '', letter]) =>
      letter === 'Y' || letter === 'M' || letter === 'W' || letter === 'D' ? unit[letter](count) : '',
    )
    .join(' ');
}

const close: Readonly<Record<Lang, (text: string) => string>> = {
  zh: (text) => text.replaceAll(' ', ''),
  en: (text) => text,
};

/** The same within a sentence: Chinese has no spaces there. */
export function durationInText(duration: string, lang: Lang): string {
  return close[lang](durationWords(duration, lang));
}
