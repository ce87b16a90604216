import type { VerificationStep } from '../../bundle/open.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { bundleWords } from '../../messages/screens/bundle.js';
import type { Listing } from '../../report/screen.js';

const stepWords: Readonly<Record<Lang, Readonly<Record<VerificationStep, string>>>> = eachLang(
  (lang) => bundleWords[lang].steps,
);

/** The steps that passed, ticked. */
export function stepsList(
  steps: readonly VerificationStep[],
  lang: Lang,
  more: readonly string[] = [],
): Listing {
  return {
    items: [...steps.map((step) => stepWords[lang][step]), ...more].map((text) => `✓ ${text}`),
    between: '  ',
  };
}
