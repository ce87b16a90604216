import type { Json } from '../../base/json.js';
import type { Accounting } from '../../bundle/accounting.js';
import type { TableInBundle } from '../../bundle/sums.js';
import type { Lang } from '../../messages/lang.js';
import { tableScreen } from '../../messages/screens/tables.js';
import { isFurtherTable, tableWords } from '../../messages/tables.js';
import { grouped } from '../../report/numbers.js';
import { sumsText } from '../../report/table-sums.js';
import type { Fact } from '../../report/screen.js';

/** The tables of a bundle, each with what its rows add up to. */
export function bundleTableFacts(tables: readonly TableInBundle[], lang: Lang): readonly Fact[] {
  return tables.map((each) => [tableWords[lang][each.table].name, sumsText(each.table, each, lang)]);
}

/** What goes of each table, and why the rest stays. */
export function tableFacts(tables: readonly Accounting[], lang: Lang): readonly Fact[] {
  const words = tableScreen[lang];
  return tables.flatMap(({ resource, sums, reasons, ask, withhold, reject }): readonly Fact[] => {
    if (sums === undefined || !isFurtherTable(resource)) return [];
    const said = (rows: number, text: (rows: string) => string): readonly string[] =>
      rows === 0 ? [] : [text(grouped(rows))];
    const contract = reasons.ask['CONTRACT_OPEN'] ?? 0;
    const orphans = reasons.reject['ROW_ORPHAN'] ?? 0;
    const repeated = reasons.reject['ROW_REPEATED'] ?? 0;
    const same = reasons.reject['ROW_DUPLICATE'] ?? 0;
    const others = ask - contract + withhold;
    return [
      [
        tableWords[lang][resource].name,
        words.goes(sumsText(resource, sums.transfer, lang)),
        words.ofAll(sumsText(resource, sums.read, lang)),
        ...said(contract, words.contract),
        ...said(others, words.others),
        ...said(repeated, words.repeated),
        ...said(orphans, words.orphans),
        ...said(same, words.same),
        ...said(reject - orphans - repeated - same, words.unread),
      ],
    ];
  });
}

/** The accounting of the tables, for `--json`; nothing where there is none. */
export function tablesJson(tables: readonly Accounting[]): { readonly tables?: Json[] } {
  return tables.length === 0
    ? {}
    : { tables: tables.map((table): Json => JSON.parse(JSON.stringify(table))) };
}
