import { dayOf } from '../base/time.js';
import type { Lang } from '../messages/lang.js';
import { punctuation } from '../messages/punctuation.js';
import { checkWords } from '../messages/screens/check.js';
import { reportWords } from '../messages/screens/report.js';
import { reportFirstWords } from '../messages/screens/report-first.js';
import type { ReportData } from './audit-report.js';
import type { ReportDeal } from './audit-report-deal.js';
import { approvalTexts } from './audit-report-words.js';
import { fieldLabel } from './labels.js';
import { grouped } from './numbers.js';
import type { Fact } from './screen.js';
import { stayingName } from './staying.js';

/* What page one says besides the state and the tasks: who signed, who approved, and what customers kept. Told by the page and the terminal. */

/** The facts of a deal on page one. */
export function firstFacts(deal: ReportDeal, data: ReportData, lang: Lang): readonly Fact[] {
  const words = reportFirstWords[lang];
  return [
    [words.signatures, ...(['seller', 'buyer'] as const).map((role) => signatureText(deal, role, lang))],
    [reportWords[lang].assessment.approvals, ...approvalTexts(deal, lang)],
    [words.kept, ...keptTexts(deal, data, lang)],
  ];
}

function signatureText(deal: ReportDeal, role: 'seller' | 'buyer', lang: Lang): string {
  const words = reportFirstWords[lang];
  const { open, close } = punctuation[lang];
  const party = `${deal[role]}${open}${reportWords[lang][role]}${close}`;
  if (!deal.signed[role]) return words.unsigned(party);
  const at = deal.signed_at[role];
  return at === null ? words.dayUnknown(party) : words.signed(party, dayOf(at));
}

/** Persons who stayed, parts of persons who went, fields that nobody's record takes along, and the rights that go on. */
function keptTexts(deal: ReportDeal, { requests }: ReportData, lang: Lang): readonly string[] {
  const words = reportFirstWords[lang];
  const accounting = deal.sources.at(-1)?.accounting;
  if (accounting === undefined) return [words.notJudged];
  const { ask, withhold, partly = {} } = accounting;
  const fields = deal.fields.filter(({ leaves, why }) => !leaves && why !== 'not-in-file');
  const names = fields.map(({ field }) => fieldLabel(field, lang)).join(punctuation[lang].list);
  return [
    ask + withhold === 0
      ? words.everybody
      : words.persons(grouped(ask), grouped(withhold), grouped(deal.since_handover?.gone ?? 0)),
    ...Object.entries(partly).map(([what, count]) =>
      checkWords[lang].staysOf(stayingName(what, deal.purposes, lang), grouped(count)),
    ),
    ...(fields.length === 0 ? [] : [words.fields(names)]),
    words.rights(grouped(requests.total), grouped(requests.open)),
  ];
}
