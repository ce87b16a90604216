import type { Json } from '../../base/json.js';
import { type Accounting, customersOf, isBalanced } from '../../bundle/accounting.js';
import { fieldOf } from '../../dataset/fields.js';
import type { Lang } from '../../messages/lang.js';
import { verdictWords } from '../../messages/reasons.js';
import { checkWords } from '../../messages/screens/check.js';
import { listWords } from '../../messages/screens/list.js';
import { VERDICTS } from '../../policy/reasons.js';
import { reasonLabel } from '../../report/labels.js';
import { grouped } from '../../report/numbers.js';
import type { BarRow, Fact, Listing, Screen } from '../../report/screen.js';

/** What is new to the buyer; nothing before the first bundle. */
export function deltaFacts(
  { transfer, corrected, handed_over: before }: Accounting,
  lang: Lang,
): readonly Fact[] {
  if (before + corrected === 0) return [];
  const words = listWords[lang];
  return [[words.delta, words.deltaText(grouped(transfer - corrected), grouped(corrected), grouped(before))]];
}

/** The verdicts as bars, each with its commonest reasons. */
export function drawVerdicts(screen: Screen, accounting: Accounting, lang: Lang): void {
  const rows = VERDICTS.filter((verdict) => verdict === 'transfer' || accounting[verdict] > 0).map(
    (verdict): BarRow => {
      const bar = { label: verdictWords[lang][verdict].short, count: accounting[verdict] };
      return verdict === 'transfer' ? bar : { ...bar, note: reasonsList(accounting.reasons[verdict], lang) };
    },
  );
  const before = accounting.handed_over;
  const gone = before === 0 ? [] : [{ label: listWords[lang].before, count: before }];
  screen.bars([...rows, ...gone], customersOf(accounting));
}

/** What the last check counted otherwise: `需要询问 612 → 240`. Nothing where nothing changed. */
export function changeFacts(now: Accounting, former: Accounting | null, lang: Lang): readonly Fact[] {
  if (former === null) return [];
  const items = (['transfer', 'ask', 'withhold', 'reject', 'handed_over'] as const)
    .filter((what) => now[what] !== former[what])
    .map((what) => {
      const label = what === 'handed_over' ? listWords[lang].before : verdictWords[lang][what].short;
      return `${label} ${grouped(former[what])} → ${grouped(now[what])}`;
    });
  return items.length === 0 ? [] : [[checkWords[lang].since, { items, between: ' · ' }]];
}

/** `2,317 = 1,503 + 612 + 126 + 64 + 12`: every row has its place. */
export function balanceFact(accounting: Accounting, lang: Lang): Fact {
  const words = checkWords[lang];
  const [first, ...others] = VERDICTS.map(
    (verdict) => `${verdictWords[lang][verdict].short} ${grouped(accounting[verdict])}`,
  );
  const { read, blank, replaced, handed_over: before } = accounting;
  const rest = [
    words.blank(grouped(blank)),
    ...(replaced === 0 ? [] : [listWords[lang].replaced(grouped(replaced))]),
    ...(before === 0 ? [] : [listWords[lang].handedOver(grouped(before))]),
  ];
  const items = [
    `${grouped(read)} = ${first}`,
    ...others,
    ...rest.slice(0, -1),
    `${rest.at(-1)} ${isBalanced(accounting) ? '✓' : '✗'}`,
  ];
  return [words.rows, { items, between: ' + ' }];
}

/** Counts by code in words, the most frequent first. */
export function reasonsList(counts: Readonly<Record<string, number>>, lang: Lang): Listing {
  const items = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${reasonLabel(code, lang)} ${grouped(count)}`);
  return { items, between: ' · ' };
}

/** An accounting as the documents of --json have it. */
export function accountingJson(accounting: Accounting): Json {
  const json: Json = JSON.parse(JSON.stringify(accounting));
  return json;
}

/** Field names as people call them. */
export function fieldList(names: readonly string[], lang: Lang): Listing {
  return { items: names.map((name) => fieldOf(name)?.[lang] ?? name), between: checkWords[lang].and };
}
