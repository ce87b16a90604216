import type { Accounting } from '../../bundle/accounting.js';
import type { TermsPurpose } from '../../deal/terms.js';
import type { Lang } from '../../messages/lang.js';
import { checkWords } from '../../messages/screens/check.js';
import { grouped } from '../../report/numbers.js';
import type { Fact } from '../../report/screen.js';
import { stayingName } from '../../report/staying.js';
import type { Next } from '../context.js';

/** What stays of customers who go, for a page; nothing where nothing does. */
export function partlyFacts(
  { partly = {} }: Accounting,
  purposes: readonly TermsPurpose[],
  lang: Lang,
): readonly Fact[] {
  const words = checkWords[lang];
  const lines = Object.entries(partly).map(([what, count]) =>
    words.staysOf(stayingName(what, purposes, lang), grouped(count)),
  );
  return lines.length === 0 ? [] : [[words.stays, ...lines]];
}

/** What the seller has to do about balances that stay. */
export function refundTask({ partly }: Accounting, lang: Lang): readonly Next[] {
  const count = partly?.['prepaid'];
  return count === undefined ? [] : [{ say: checkWords[lang].refundTask(grouped(count)) }];
}
