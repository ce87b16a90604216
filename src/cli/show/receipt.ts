import type { Json } from '../../base/json.js';
import { dayOf } from '../../base/time.js';
import type { ReceiptDecision } from '../../bundle/receipt.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { bundleWords } from '../../messages/screens/bundle.js';
import { grouped } from '../../report/numbers.js';
import type { Fact, Screen } from '../../report/screen.js';
import { sumsText } from '../../report/table-sums.js';
import { isFurtherTable, tableWords } from '../../messages/tables.js';
import type { ReceiptView } from '../../steps/receive/receipt.js';

const dispositionWords: Readonly<Record<Lang, Readonly<Record<ReceiptDecision, string>>>> = eachLang(
  (lang) => bundleWords[lang].dispositions,
);

/** A verified receipt. */
export function drawReceipt(screen: Screen, view: ReceiptView, lang: Lang): void {
  const words = bundleWords[lang];
  const { receipt } = view;
  screen.facts([
    [words.whose, view.bundleFile],
    [words.disposition, dispositionWords[lang][receipt.disposition]],
    [
      words.counts,
      ...receipt.resources
        .slice(0, 1)
        .map(({ received, stored, present, refused }) =>
          words.countsText(grouped(received), grouped(stored), grouped(present), grouped(refused)),
        ),
    ],
    ...receipt.resources.flatMap(({ resource, sums }): readonly Fact[] =>
      sums === undefined || !isFurtherTable(resource)
        ? []
        : [[tableWords[lang][resource].name, sumsText(resource, sums, lang)]],
    ),
    [words.issued, dayOf(receipt.issued)],
    ...(receipt.retention_until === null ? [] : [[words.buyerKeeps, receipt.retention_until] as const]),
    ...(view.purgeBy === null ? [] : [[words.purgeBy, view.purgeBy] as const]),
  ]);
  if (receipt.disposition === 'refused')
    screen.warn(words.refusedReceipt(receipt.reason ?? words.reasonNone));
}

/** A receipt with its digest, as the documents of --json have it. */
export function receiptJson(view: ReceiptView): { readonly [key: string]: Json } {
  const receipt: Json = JSON.parse(JSON.stringify(view.receipt));
  return {
    sha256: view.digest,
    bundle_file: view.bundleFile,
    purge_by: view.purgeBy,
    again: view.again,
    receipt,
  };
}
