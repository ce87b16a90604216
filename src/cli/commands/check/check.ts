import { tableFacts, tablesJson } from '../../show/tables.js';
import type { Json } from '../../../base/json.js';
import { type Accounting, customersOf } from '../../../bundle/accounting.js';
import type { FieldName } from '../../../dataset/fields.js';
import type { Terms } from '../../../deal/terms.js';
import { fail } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import type { Lang } from '../../../messages/lang.js';
import { scanWords } from '../../../messages/reasons.js';
import { checkWords } from '../../../messages/screens/check.js';
import { listedWords } from '../../../messages/screens/listed.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { type ScanCounts, type ScanFinding, scanFindings } from '../../../policy/scan-counts.js';
import { fieldLabel } from '../../../report/labels.js';
import { grouped } from '../../../report/numbers.js';
import type { Fact, Screen } from '../../../report/screen.js';
import { check } from '../../../steps/check/check.js';
import type { CheckResult } from '../../../steps/check/result.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { scanPlaces } from '../../../steps/check/scan-places.js';
import { requireWritable, type Written, writeWhole } from '../../../store/whole-file.js';
import { findLateWords } from '../../../steps/persons/late.js';
import { pendingNotices } from '../../../steps/persons/late-notices.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, CommandResult, Next, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { accountingJson, balanceFact, changeFacts, deltaFacts, drawVerdicts } from '../../show/accounting.js';
import { scanHtml } from '../../show/scan-page.js';
import { partlyFacts, refundTask } from '../../show/stays.js';
import { coverageFact, coverageJson } from '../../show/coverage.js';
import { undatedFacts, unmatchedFacts, unmatchedJson } from '../../show/unmatched.js';
import { drawProblems, drawScope, kindText, problemsJson, scopeJson } from '../../show/terms.js';

/** `handover check`: a verdict for every record, and what would leave; or one person's chain of reasons. */
export const run: Run<'check'> = async (context, { options }) => {
  const { explain, list, policy } = options;
  if (explain !== undefined) {
    if (list !== undefined) fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--list', other: '--explain' });
    const { explainOutcome } = await import('../../show/explanation.js');
    return explainOutcome(context, options.deal ?? null, options.dataset ?? null, explain);
  }
  if (list === 'unmatched') {
    const { unmatchedOutcome } = await import('../../show/listed-unmatched.js');
    return unmatchedOutcome(context, options);
  }
  if (list !== undefined) {
    const { listOutcome } = await import('../../show/listed.js');
    return listOutcome(context, options, list);
  }
  if (policy !== undefined || options.diff) {
    if (policy === undefined) fail({ code: 'CLI_OPTION_MISSING', option: '--policy', command: 'check' });
    if (!options.diff) fail({ code: 'CLI_OPTION_MISSING', option: '--diff', command: 'check' });
    const { policyDiffOutcome } = await import('../../show/policy-diff.js');
    return policyDiffOutcome(context, options, policy);
  }
  if (options.out !== undefined) fail({ code: 'CLI_OPTION_MISSING', option: '--list', command: 'check' });
  return checkOutcome(context, options);
};

type Options = CommandInput<'check'>['options'];

/** A verdict for every record. @throws HandoverError FILE_EXISTS, and those of the check */
async function checkOutcome(context: CommandContext, options: Options): Promise<CommandResult> {
  const { lang } = context;
  // Before the check is kept: a refused command changes nothing.
  if (options.html !== undefined) requireWritable(context.path(options.html), options);
  const result = await checked(context, options);
  const page = result.page === null || options.html === undefined ? null : context.path(options.html);
  return {
    json: {
      check: context.dryRun ? null : result.check,
      ...resultJson(result, lang),
      ...(result.page === null || page === null ? {} : { page: { path: page, ...result.page } }),
    },
    screen: (screen) => {
      drawFigures(screen, result, lang);
      if (page !== null) screen.say(checkWords[lang].scanPage.written(context.shown(page)));
      drawFields(screen, result, lang);
    },
    next: nextSteps(result, lang),
    // Nobody may go: the check is kept, and whoever runs it in a script sees without reading that something is to be done first.
    // Whoever was handed over before may go as well. Somebody who is held until a ledger is mended is a finding, and comes first: mended, it may
    // let somebody go.
    exit: exitOf(result.accounting, result.undated.length),
  };
}

interface Checked extends CheckResult {
  /** Digest and length of the page about free text, if one was asked for. */
  readonly page: Written | null;
  /** Notices to buyers that are still to be sent. */
  readonly pending: number;
}

function checked(context: CommandContext, options: Options): Promise<Checked> {
  const { html, force } = options;
  return withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const result = await check(session, {
      terms: findDeal(session, options.deal ?? null),
      dataset: options.dataset ?? null,
      unmatched: options.unmatched ?? null,
      dryRun: context.dryRun,
    });
    if (!context.dryRun) await findLateWords(session);
    const page =
      html === undefined || context.dryRun
        ? null
        : await writeWhole(
            context.path(html),
            scanHtml(await scanPlaces(session, result.files), context.lang),
            { force },
          );
    return { ...result, page, pending: pendingNotices(session).length };
  });
}

/** What is advised of the fields. The answers of customers are in ledgers: columns for them are not missed. */
function adviceOf({ scope, consentEvents }: CheckResult): CheckResult['scope']['advice'] {
  return scope.advice.filter(({ code }) => !(consentEvents > 0 && IN_LEDGERS.includes(code)));
}

function resultJson(result: CheckResult, lang: Lang): { readonly [key: string]: Json } {
  const { accounting, terms, scope, scan } = result;
  return {
    deal: terms.id,
    kind: terms.kind,
    coverage: coverageJson(result.coverage),
    accounting: accountingJson(accounting),
    ...tablesJson(result.tables.accounting),
    former: result.former === null ? null : accountingJson(result.former),
    fields: scopeJson(scope.rows),
    advice: problemsJson(adviceOf(result), lang),
    free_text: scanJson(scan),
    ledger_events: result.consentEvents,
    unmatched: unmatchedJson(result.unmatched),
    undated: result.undated.map((row) => ({ ...row })),
    plan: result.planDigest,
    approvals_needed: result.approvalsNeeded,
  };
}

/** What was judged, and how many records fall to each verdict. */
function drawFigures(screen: Screen, result: CheckResult, lang: Lang): void {
  const words = checkWords[lang];
  const { accounting, terms, consentEvents } = result;
  screen.facts([
    [words.kind, kindText(terms, lang)],
    ...(consentEvents > 0 ? [[words.ledger, words.consentEvents(grouped(consentEvents))] as const] : []),
    ...unmatchedFacts(result.unmatched, consentEvents, lang),
    ...undatedFacts(result.undated, lang),
    coverageFact(result.coverage, lang),
    [words.verdicts, words.records(grouped(customersOf(accounting)))],
  ]);
  drawVerdicts(screen, accounting, lang);
  screen.facts([
    ...changeFacts(accounting, result.former, lang),
    ...deltaFacts(accounting, lang),
    balanceFact(accounting, lang),
    ...tableFacts(result.tables.accounting, lang),
    ...partlyFacts(accounting, terms.purposes, lang),
    ...scanFacts(result.scan, lang),
  ]);
}

/** What becomes of each field, and what is advised. */
function drawFields(screen: Screen, result: CheckResult, lang: Lang): void {
  screen.gap();
  drawScope(screen, result.scope.rows, lang);
  // Columns that are missing from the file are beside the fields already.
  const advice = adviceOf(result).filter((problem) => problem.code !== 'POLICY_FIELD_NOT_IN_FILE');
  if (advice.length === 0) return;
  screen.gap().heading(checkWords[lang].advice);
  drawProblems(screen, advice, lang);
}

function nextSteps(result: Checked, lang: Lang): readonly Next[] {
  const words = checkWords[lang];
  const { accounting, terms, unmatched, pending } = result;
  const isUndecided = unmatched.decision === null;
  const decide = `handover check --deal ${terms.id} --unmatched`;
  return [
    ...(unmatched.events === 0
      ? []
      : [
          {
            say: listedWords[lang].unmatchedWhole,
            command: listedWords[lang].unmatchedCommand(terms.id),
          },
        ]),
    ...(unmatched.noes > 0 && isUndecided ? [{ say: words.decide, command: `${decide} near` }] : []),
    ...(unmatched.unread.rows > 0 && isUndecided
      ? [{ say: words.unreadNext, command: `${decide} nobody` }]
      : []),
    ...(pending === 0 ? [] : [{ say: noticeWords[lang].pendingNext, command: 'handover notice send' }]),
    ...refundTask(accounting, lang),
    ...nextAfterCheck(terms, accounting, result, lang),
  ];
}

/** Advice about columns that a ledger replaces. */
const IN_LEDGERS: readonly string[] = ['POLICY_NO_CONSENT_COLUMNS', 'POLICY_NO_CONTRACT_CONSENT'];

function exitOf({ transfer, handed_over }: Accounting, undated: number): number {
  if (undated > 0) return EXIT.findings;
  return transfer + handed_over === 0 ? EXIT.nobody : EXIT.ok;
}

/** What comes after a check, for the seller. */
export function nextAfterCheck(
  terms: Terms,
  accounting: Accounting,
  { approvalsNeeded, isAsked }: Pick<CheckResult, 'approvalsNeeded' | 'isAsked'>,
  lang: Lang,
): readonly Next[] {
  const words = checkWords[lang];
  const deal = `--deal ${terms.id}`;
  const ask =
    accounting.ask > 0
      ? [
          {
            say: words.askFirst(grouped(accounting.ask)),
            command: `handover campaign ${isAsked ? 'status' : 'draft'} ${deal}`,
          },
          { say: words.askWhom, command: `handover check ${deal} --list ask` },
        ]
      : [];
  if (accounting.transfer === 0)
    return [{ say: accounting.handed_over > 0 ? words.nobodyNew : words.nobody }, ...ask];
  return [
    ...ask,
    ...(approvalsNeeded > 0 ? [{ say: words.approve, command: `handover approve ${deal}` }] : []),
    { say: words.export, command: `handover export ${deal}` },
  ];
}

/** What was found in free text, by field. */
function scanned(scan: ScanCounts): readonly (readonly [FieldName, readonly ScanFinding[]])[] {
  const found = scanFindings(scan);
  return scan.fields
    .map((field) => [field, found.filter((finding) => finding.field === field)] as const)
    .filter(([, here]) => here.length > 0);
}

function scanFacts(scan: ScanCounts, lang: Lang): readonly Fact[] {
  const words = checkWords[lang];
  const lines = scanned(scan).map(([field, found]) => {
    const counts = found.map(({ category, records }) => `${scanWords[lang][category]} ${grouped(records)}`);
    return words.scanned(fieldLabel(field, lang), counts.join(' · '));
  });
  return lines.length === 0 ? [] : [[words.scan, ...lines]];
}

function scanJson(scan: ScanCounts): Json {
  return Object.fromEntries(
    scanned(scan).map(([field, found]) => [
      field,
      Object.fromEntries(found.map(({ category, records }) => [category, records])),
    ]),
  );
}
