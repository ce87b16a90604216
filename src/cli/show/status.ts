import { dayOf, type Instant } from '../../base/time.js';
import type { Light } from '../../bundle/gates.js';
import { kindName } from '../../messages/deal-kinds.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { verdictWords } from '../../messages/reasons.js';
import { archiveWords } from '../../messages/screens/archive.js';
import { incidentWords } from '../../messages/screens/incident.js';
import { statusWords } from '../../messages/screens/status.js';
import { VERDICTS } from '../../policy/reasons.js';
import { coverageText } from '../../report/coverage.js';
import { grouped } from '../../report/numbers.js';
import type { Fact, Listing } from '../../report/screen.js';
import type { SinceHandover } from '../../steps/check/since-handover.js';
import { coverageCounts } from '../../steps/import/coverage.js';
import type { IncidentView } from '../../steps/incident/incident.js';
import type {
  DealStatus,
  PurgedStatus,
  PurgeStatus,
  RetentionStatus,
  StatusResult,
} from '../../steps/status/status.js';
import type { NextStep } from '../../steps/status/next-step.js';
import type { BundleState } from '../../store/bundle-rows.js';
import { closingFacts } from './closing.js';
import { kindOf, nearestText } from './incident.js';
import { pendingFacts } from './notices.js';
import { partlyFacts } from './stays.js';

// What `status` shows, on the screen and on its page.

/** What each next step is, in words. */
export const nextWords: Readonly<Record<Lang, Readonly<Record<NextStep, string>>>> = eachLang(
  (lang) => statusWords[lang].nexts,
);
const stateWords: Readonly<Record<Lang, Readonly<Record<BundleState, string>>>> = eachLang(
  (lang) => statusWords[lang].states,
);

/** Who this is, as which party, and how long its log is. */
export function partyLine({ party, role, environment, events }: StatusResult, lang: Lang): string {
  const words = statusWords[lang];
  return [
    party,
    words[role],
    ...(environment === 'test' ? [words.rehearsal] : []),
    words.events(grouped(events)),
  ].join(' · ');
}

/** Requests and notices that wait, and how many are late. */
export function waitingFacts(
  { role, requests, notices, pending }: StatusResult,
  lang: Lang,
): readonly Fact[] {
  const words = statusWords[lang];
  const [openRequests, lateRequests] = [grouped(requests.open), grouped(requests.overdue)];
  const [openNotices, lateNotices] = [grouped(notices.open), grouped(notices.overdue)];
  const noticesText = role === 'seller' ? words.noticesText : words.noticesIn;
  return [
    ...(requests.open === 0 ? [] : [[words.persons, words.personsText(openRequests, lateRequests)] as const]),
    ...pendingFacts(pending, lang),
    ...(notices.open === 0 ? [] : [[words.noticesLabel, noticesText(openNotices, lateNotices)] as const]),
  ];
}

/** What the kept records are kept by, and until when. */
export function retentionFacts(
  { next, holds, freezes, archive }: RetentionStatus,
  lang: Lang,
): readonly Fact[] {
  const words = statusWords[lang];
  return [
    ...(next === null ? [] : [[words.retention, words.nextEnd(next.date, grouped(next.records))] as const]),
    ...(archive === null
      ? []
      : [
          [
            archiveWords[lang].label,
            archiveWords[lang].status(grouped(archive.records), grouped(archive.files), archive.until),
          ] as const,
        ]),
    ...(holds + freezes === 0 ? [] : [[words.restraints, words.restraintsText(holds, freezes)] as const]),
  ];
}

/** What should have been purged by now; null where nothing. */
export function overdueText({ due, overdueSince }: RetentionStatus, lang: Lang): string | null {
  return overdueSince === null ? null : statusWords[lang].due(grouped(due), overdueSince);
}

/** Whether a purge was stopped on its way. */
export function isUnfinished(purge: PurgeStatus | null): boolean {
  return purge?.state === 'began' || purge?.state === 'erased';
}

/** How far a purge is. */
export function purgeStateText({ state, records }: PurgeStatus, lang: Lang): string {
  return statusWords[lang].purgeStates[state](grouped(records));
}

/** A purge that is planned. */
export function purgeFact(purge: PurgeStatus, lang: Lang): Fact {
  const words = statusWords[lang];
  const { given, needed } = purge.approvals;
  const approvals = needed === 0 ? [] : [`${words.approvals} ${words.approvalsText(given, needed)}`];
  return [words.purge, purgeStateText(purge, lang), ...approvals];
}

/** What was purged; nothing where nothing was. */
export function purgedFacts(purged: readonly PurgedStatus[], lang: Lang): readonly Fact[] {
  if (purged.length === 0) return [];
  const words = statusWords[lang];
  const lines = purged.map(({ records, outcome, time }) =>
    words.purgedText(grouped(records), dayOf(time), words.outcomes[outcome]),
  );
  return [[words.purged, ...lines]];
}

/** An incident that is open, with what is due next. */
export function incidentLine(incident: IncidentView, now: Instant, lang: Lang): string {
  const words = incidentWords[lang];
  const text = words.statusText(incident.id, kindOf(incident, lang), nearestText(incident, now, lang));
  return `${words.statusLabel} ${text}`;
}

/** Nothing while there is one version and no word of another. */
function versionFacts({ version, amending }: DealStatus, lang: Lang): readonly Fact[] {
  const words = statusWords[lang];
  const texts = [...(version > 1 ? [words.inForce(version)] : []), ...(amending ? [words.amending] : [])];
  return texts.length === 0 ? [] : [[words.version, ...texts]];
}

/** What is heard of persons since they were handed over, and is settled by no notice. */
export function sinceFacts(since: SinceHandover | null, lang: Lang): readonly Fact[] {
  if (since === null) return [];
  const words = statusWords[lang];
  const texts = [
    ...(since.isUnheard ? [words.lateUnheard] : []),
    ...(since.unclear > 0 ? [words.lateUnclear(grouped(since.unclear))] : []),
    ...(since.unmatched > 0 ? [words.lateUnmatched(grouped(since.unmatched))] : []),
  ];
  return texts.length === 0 ? [] : [[words.late, ...texts]];
}

/**
 * Where one deal stands.
 *
 * @param isTold whether no notice of the deal has to be sent
 */
export function dealFacts(deal: DealStatus, isTold: boolean, lang: Lang): readonly Fact[] {
  const words = statusWords[lang];
  const isEnded = deal.next === 'done' || deal.next === 'aborted';
  return [
    [words.deal, `${deal.id}  ${kindName(deal.kind, lang)}`],
    [words.with, deal.partner],
    signedFact(deal, lang),
    ...versionFacts(deal, lang),
    ...dataFacts(deal, lang),
    ...gateFacts(deal, lang),
    ...bundleFacts(deal, lang),
    ...sinceFacts(deal.since, lang),
    ...(isEnded ? [[words.stands, isTold ? nextWords[lang][deal.next] : words.donePending] as const] : []),
    ...closingFacts(deal.clocks, lang),
    ...(deal.keepUntil === null ? [] : [[words.keep, deal.keepUntil] as const]),
  ];
}

function signedFact({ signed }: DealStatus, lang: Lang): Fact {
  const words = statusWords[lang];
  const mark = (is: boolean): string => (is ? '✓' : '–');
  return [
    words.signed,
    `${words.sellerSigned} ${mark(signed.seller)}  ${words.buyerSigned} ${mark(signed.buyer)}`,
  ];
}

/** The files of the customer list, and what the newest check says of it. */
function dataFacts({ list, accounting, purposes }: DealStatus, lang: Lang): readonly Fact[] {
  const words = statusWords[lang];
  const files = (list?.files ?? []).map(({ file, rows, imported }) =>
    words.dataText(file, grouped(rows), dayOf(imported)),
  );
  return [
    ...(list === null ? [] : [[words.data, ...files, coverageText(coverageCounts(list), lang)] as const]),
    ...(accounting === null
      ? []
      : [
          [
            words.verdicts,
            VERDICTS.map(
              (verdict) => `${verdictWords[lang][verdict].short} ${grouped(accounting[verdict])}`,
            ).join(' · '),
          ] as const,
          ...partlyFacts(accounting, purposes, lang),
        ]),
  ];
}

/** What has to be there before anything leaves. */
function gateFacts({ lights, reminders, approvals, accounting }: DealStatus, lang: Lang): readonly Fact[] {
  const words = statusWords[lang];
  return [
    ...(lights.length === 0 ? [] : [[words.gates, gatesText(lights, '✗', lang)] as const]),
    ...(reminders.some(({ problem }) => problem !== null)
      ? [[words.reminders, gatesText(reminders, '?', lang)] as const]
      : []),
    ...(approvals.needed === 0 || accounting === null
      ? []
      : [[words.approvals, words.approvalsText(approvals.given, approvals.needed)] as const]),
  ];
}

function bundleFacts({ bundles, handover }: DealStatus, lang: Lang): readonly Fact[] {
  if (bundles.length === 0) return [];
  const words = statusWords[lang];
  const lines = bundles.map(({ file, state, rows, time }) =>
    words.bundleText(file, stateWords[lang][state], grouped(rows), dayOf(time)),
  );
  return [
    [words.bundle, ...lines, ...(bundles.length > 1 ? [words.together(grouped(handover.persons))] : [])],
  ];
}

/** Every gate with its light: ✓ 保密协议 · ✗ 影响评估. */
function gatesText(lights: readonly Light[], shut: string, lang: Lang): Listing {
  const names: Readonly<Record<Light['gate'], string>> = statusWords[lang].gateNames;
  return {
    items: lights.map(({ gate, problem }) => `${problem === null ? '✓' : shut} ${names[gate]}`),
    between: ' · ',
  };
}
