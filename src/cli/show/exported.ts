import type { Json } from '../../base/json.js';
import { bundleWords } from '../../messages/screens/bundle.js';
import { checkWords } from '../../messages/screens/check.js';
import { fileSize, grouped } from '../../report/numbers.js';
import type { Fact, Screen } from '../../report/screen.js';
import type { ExportResult } from '../../steps/export/export.js';
import { commandLine } from '../command-line.js';
import type { CommandContext } from '../context.js';
import { accountingJson, balanceFact, deltaFacts, drawVerdicts, fieldList } from './accounting.js';
import { coverageFact, coverageJson } from './coverage.js';
import { tableFacts, tablesJson } from './tables.js';

/** A bundle that was made, or would be, as a document. */
export function exportedJson(sent: ExportResult, dryRun: boolean): { readonly [key: string]: Json } {
  return {
    deal: sent.deal,
    bundle: dryRun
      ? null
      : { id: sent.bundle, number: sent.number, path: sent.path, bytes: sent.bytes, sha256: sent.sha256 },
    manifest: dryRun ? null : sent.manifestDigest,
    seller: sent.seller,
    buyer: sent.buyer,
    fields: [...sent.fields],
    approvers: sent.approvers,
    coverage: coverageJson(sent.coverage),
    accounting: accountingJson(sent.accounting),
    ...tablesJson(sent.tables),
    undated: sent.undated,
  };
}

/** The same on a page. @param more facts about how it was made */
export function drawExported(
  screen: Screen,
  sent: ExportResult,
  { lang, dryRun, shown }: Pick<CommandContext, 'lang' | 'dryRun' | 'shown'>,
  more: readonly Fact[] = [],
): void {
  const words = bundleWords[lang];
  const { accounting } = sent;
  const path = shown(sent.path);
  drawVerdicts(screen, accounting, lang);
  screen.facts([
    coverageFact(sent.coverage, lang),
    ...deltaFacts(accounting, lang),
    balanceFact(accounting, lang),
    ...tableFacts(sent.tables, lang),
    [
      words.cleared,
      [
        words.signedDeal,
        sent.approvers > 0 ? words.approved(sent.approvers) : words.noApproval,
        words.fingerprint,
      ].join('   '),
    ],
    ...more,
    [words.fields, fieldList(sent.fields, lang)],
    [
      words.bundle,
      `${dryRun ? words.would(path) : path}   ${words.people(grouped(accounting.transfer))}${dryRun ? '' : `   ${fileSize(sent.bytes)}`}`,
      words.onlyOpens(sent.buyer),
      commandLine(['verify', sent.path.split(/[\\/]/).at(-1) ?? '', '--card', sent.card]),
    ],
  ]);
  if (sent.undated > 0) screen.warn(checkWords[lang].undatedText(grouped(sent.undated)));
}
