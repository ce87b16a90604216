import { addDuration, type CalendarDate, type Duration } from '../../base/time.js';
import { isOfKind, OPEN_KINDS } from '../../messages/limits.js';
import type { CalendarEntry, ReportData } from '../../report/audit-report.js';
import {
  REPORT_FINDINGS,
  type ReportFindingCode,
  type ReportFinding,
} from '../../report/audit-report-findings.js';
import type { ReportDeal, DealProgress } from '../../report/audit-report-deal.js';

import type { PendingNotice } from '../persons/late-notices.js';

type Facts = Omit<ReportData, 'findings' | 'standing'>;
type Rest = Partial<Omit<ReportFinding, 'code' | 'severity'>>;

/** What ends within this time is something to be done. */
const SOON = 'P90D' as Duration;

const SEVERITIES = ['alert', 'open', 'note'] as const;

/** What is wrong, what is to be done by whom and until when, and what is to be known: the worst first, then by date. */
export function reportFindings(facts: Facts, pending: readonly PendingNotice[]): ReportFinding[] {
  const found = [
    ...logFindings(facts),
    ...facts.deals.flatMap((deal) => dealFindings(facts, deal)),
    ...endFindings(facts),
    ...personFindings(facts),
    ...pending.map(({ deal, persons }) =>
      finding('NOTICE_PENDING', 'seller', { deal, count: persons, command: 'handover notice send' }),
    ),
    ...remainingFindings(facts),
  ];
  const rank = ({ severity, due }: ReportFinding) => `${SEVERITIES.indexOf(severity)} ${due ?? '9999'}`;
  return found.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

function finding(code: ReportFindingCode, who: ReportFinding['who'], rest: Rest = {}): ReportFinding {
  return {
    code,
    severity: REPORT_FINDINGS[code],
    who,
    due: null,
    deal: null,
    count: null,
    about: null,
    command: null,
    ...rest,
  };
}

function logFindings({ log, party }: Facts): readonly ReportFinding[] {
  const shape = log.findings.filter(({ code }) => code.startsWith('CHECKPOINT_'));
  const wrong = log.findings.filter(({ code }) => code.startsWith('LOG_') && code !== 'LOG_TIME');
  const time = log.findings.filter(({ code }) => code === 'LOG_TIME');
  const command = 'handover audit verify';
  return [
    ...wrong
      .slice(0, 1)
      .map(({ code }) => finding('LOG_BROKEN', 'officer', { about: code, count: wrong.length, command })),
    ...shape
      .slice(0, 1)
      .map(({ code }) =>
        finding('CHECKPOINT_BROKEN', 'officer', { about: code, count: shape.length, command }),
      ),
    ...(time.length === 0 ? [] : [finding('LOG_TIME', 'officer', { count: time.length, command })]),
    ...(log.anchors.length > 0 ? [] : [finding('ANCHOR_NONE', party.role)]),
  ];
}

const OVERRIDE_FINDINGS = {
  opinion: 'OPINION_RELIED_ON',
  'taken-as-delivered': 'TAKEN_AS_DELIVERED',
  'contract-route': 'CONTRACT_ROUTE',
  'purge-without-receipt': 'PURGE_WITHOUT_RECEIPT',
} as const;

function dealFindings(facts: Facts, deal: ReportDeal): readonly ReportFinding[] {
  const unbalanced = deal.sources.filter(({ balanced }) => !balanced);
  return [
    ...deal.overrides.map(({ kind, date }) =>
      about(deal, OVERRIDE_FINDINGS[kind], 'officer', {
        about: date,
      }),
    ),
    ...unbalanced.map((source) => about(deal, 'ACCOUNTING_UNBALANCED', 'seller', { about: source.id })),
    ...stageFindings(deal),
    ...provisionFindings(deal),
    ...askFindings(facts, deal),
    ...sinceFindings(deal),
  ];
}

/** What is heard of persons after they were handed over, and is settled by no notice. */
function sinceFindings(deal: ReportDeal): readonly ReportFinding[] {
  if (deal.since_handover === null) return [];
  const { unclear, unmatched, unheard } = deal.since_handover;
  const check = `handover check --deal ${deal.id}`;
  return [
    ...(unclear > 0
      ? [about(deal, 'WORDS_UNCLEAR', 'seller', { count: unclear, command: `${check} --list ask` })]
      : []),
    ...(unmatched > 0
      ? [about(deal, 'NOES_UNMATCHED', 'seller', { count: unmatched, command: `${check} --unmatched near` })]
      : []),
    ...(unheard ? [about(deal, 'LEDGER_UNHEARD', 'seller', { command: check })] : []),
  ];
}

/** A finding about a deal. */
function about(
  { id }: ReportDeal,
  code: ReportFindingCode,
  who: ReportFinding['who'],
  rest: Rest = {},
): ReportFinding {
  return finding(code, who, { deal: id, ...rest });
}

/** What has to be done before a bundle can leave. */
function stageFindings(deal: ReportDeal): readonly ReportFinding[] {
  const { id, stage, signed } = deal;
  const forDeal = `--deal ${id}`;
  if (stage === 'unsigned')
    return [
      about(deal, 'DEAL_UNSIGNED', signed.seller ? 'buyer' : 'seller', {
        command: `handover deal sign ${id}.deal.json`,
      }),
    ];
  if (stage === 'no-data') return [about(deal, 'DATA_MISSING', 'seller', { command: 'handover import' })];
  if (stage === 'unchecked')
    return [about(deal, 'CHECK_MISSING', 'seller', { command: `handover check ${forDeal}` })];
  if (stage === 'nobody')
    return [about(deal, 'NOBODY_MAY_GO', 'seller', { command: `handover check ${forDeal} --list withhold` })];
  if (stage === 'unapproved')
    return [
      about(deal, 'APPROVAL_MISSING', 'seller', {
        count: deal.approvals_needed,
        command: `handover approve ${forDeal}`,
      }),
    ];
  const count = deal.sources.at(-1)?.accounting.transfer ?? 0;
  if (stage === 'ready')
    return [about(deal, 'EXPORT_OPEN', 'seller', { count, command: `handover export ${forDeal}` })];
  return [];
}

/** What became of each bundle. */
function provisionFindings(deal: ReportDeal): readonly ReportFinding[] {
  const { id, provisions } = deal;
  return [
    ...provisions
      .filter(({ state }) => state === 'began')
      .map(({ bundle }) =>
        about(deal, 'EXPORT_UNFINISHED', 'seller', {
          about: bundle,
          command: `handover export --deal ${id}`,
        }),
      ),
    ...provisions
      .filter(({ state }) => state === 'exported')
      .map(({ bundle, rows, number }) =>
        about(deal, 'RECEIPT_AWAITED', 'buyer', {
          about: bundle,
          count: rows,
          command: `handover receive ${id}-${number}.receipt.html`,
        }),
      ),
    ...provisions
      .filter(({ state }) => state === 'refused')
      .map(({ bundle, rows, receipt }) =>
        about(deal, 'BUNDLE_REFUSED', 'seller', { about: receipt?.reason ?? bundle, count: rows }),
      ),
  ];
}

/** What the other party, or the customers, are still to be asked for. */
function askFindings({ party }: Facts, deal: ReportDeal): readonly ReportFinding[] {
  const { id, stage } = deal;
  const ask = deal.sources.at(-1)?.accounting.ask ?? 0;
  const isOver = stage === 'purged' || stage === 'aborted';
  return [
    ...(stage === 'awaiting-bundle'
      ? [about(deal, 'BUNDLE_AWAITED', 'seller', { command: `handover receive ${id}-1.handover.zip` })]
      : []),
    ...(party.role === 'seller' && ask > 0 && !isOver
      ? [about(deal, 'CUSTOMERS_TO_ASK', 'seller', { count: ask })]
      : []),
  ];
}

/** What is due to be purged, was, or will be. */
function endFindings({ calendar, today, party, purges, exposure, deals }: Facts): readonly ReportFinding[] {
  const who = party.role;
  const command = 'handover purge plan';
  const due = calendar.filter((entry) => entry.due > 0);
  const oldest = due.map(({ until }) => until).sort(byDate)[0] ?? null;
  const ahead = calendar
    .filter(
      ({ what, until, records }) => isData(what) && until !== null && until >= today && records !== null,
    )
    .sort((a, b) => byDate(a.until, b.until));
  const soon = addDuration(today, SOON);
  const kept = calendar
    .filter(({ what }) => what === 'kept-back')
    .reduce((n, { records }) => n + (records ?? 0), 0);
  const without = exposure.tiers.reduce((n, { without_basis }) => n + without_basis, 0);
  const over = deals.some(({ stage }) => stage === 'handed-over' || stage === 'purged');
  return [
    ...(without > 0 ? [finding('BASIS_MISSING', 'officer', { count: without })] : []),
    ...(due.length > 0
      ? [
          finding('PURGE_OVERDUE', who, {
            due: oldest,
            count: due.reduce((n, entry) => n + entry.due, 0),
            command,
          }),
        ]
      : []),
    ...[...new Set(ahead.map(({ until }) => until))].map((until) => ({
      ...finding('PURGE_AHEAD', who, {
        due: until,
        count: ahead.filter((entry) => entry.until === until).reduce((n, e) => n + (e.records ?? 0), 0),
        command: until !== null && until <= soon ? command : null,
      }),
      // What ends in years is to be known and not to be done.
      ...(until !== null && until > soon ? { severity: 'note' as const } : {}),
    })),
    ...(kept > 0 && over ? [finding('KEPT_BACK', who, { count: kept })] : []),
    ...purges
      .filter(({ state }) => state === 'planned' || state === 'began' || state === 'erased')
      .map(({ id }) => finding('PURGE_UNFINISHED', who, { about: id, command: 'handover purge run' })),
    ...purges
      .filter(({ certificate }) => certificate?.valid === false)
      .map(({ id }) =>
        finding('CERTIFICATE_BROKEN', 'officer', { about: id, command: 'handover purge show' }),
      ),
    ...purges
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ id }) => finding('PURGE_FAILED', who, { about: id, command })),
  ];
}

function isData(what: CalendarEntry['what']): boolean {
  return (
    what === 'handed-over' ||
    what === 'received' ||
    what === 'outlived' ||
    what === 'erasure-asked' ||
    what === 'refused'
  );
}

function byDate(a: CalendarDate | null, b: CalendarDate | null): number {
  return (a ?? '9999') < (b ?? '9999') ? -1 : 1;
}

function personFindings({ requests, notices, incidents, party, today }: Facts): readonly ReportFinding[] {
  const who = party.role;
  return [
    ...requests.list
      .filter(({ closed }) => closed === null)
      .map(({ id, due }) =>
        finding(due < today ? 'REQUEST_OVERDUE' : 'REQUEST_OPEN', who, { due, about: id }),
      ),
    ...notices
      .filter(({ completed }) => completed === null)
      .map(({ id, due, deal, direction }) =>
        finding(due < today ? 'NOTICE_OVERDUE' : 'NOTICE_OPEN', direction === 'in' ? who : other(who), {
          due,
          deal,
          about: id,
        }),
      ),
    ...incidents
      .filter(({ closed }) => closed === null)
      .map(({ id }) =>
        finding('INCIDENT_OPEN', who, { about: id, command: `handover incident update ${id}` }),
      ),
  ];
}

function other(role: 'seller' | 'buyer'): 'seller' | 'buyer' {
  return role === 'seller' ? 'buyer' : 'seller';
}

/** Stages in which somebody has to say where else customers are kept. */
const HAD_DATA: readonly DealProgress[] = ['handed-over', 'purged', 'holding'];

function remainingFindings({ remaining, party, deals }: Facts): readonly ReportFinding[] {
  const remains = remaining.places.filter(({ state }) => state === 'remains');
  const clear = remaining.files.filter((file) => isOfKind(file, OPEN_KINDS));
  return [
    ...(clear.length === 0 ? [] : [finding('FILES_IN_CLEAR', party.role, { count: clear.length })]),
    ...(remains.length === 0 ? [] : [finding('PLACES_REMAIN', party.role, { count: remains.length })]),
    ...(remaining.places_open.length === 0 || !deals.some(({ stage }) => HAD_DATA.includes(stage))
      ? []
      : [
          finding('PLACES_OPEN', party.role, {
            count: remaining.places_open.length,
            command: 'handover purge attest',
          }),
        ]),
    ...(deals.length > 0 ? [] : [finding('NO_DEAL', party.role, { command: 'handover deal init' })]),
  ];
}
