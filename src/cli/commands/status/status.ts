import type { Json } from '../../../base/json.js';
import { dayOf, type Instant } from '../../../base/time.js';
import { kindName } from '../../../messages/deal-kinds.js';
import { EXIT } from '../../../messages/exit.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { verdictWords } from '../../../messages/reasons.js';
import { incidentWords } from '../../../messages/screens/incident.js';
import { archiveWords } from '../../../messages/screens/archive.js';
import { lawsWords } from '../../../messages/screens/laws.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { purgeWords } from '../../../messages/screens/purge.js';
import { statusWords } from '../../../messages/screens/status.js';
import { CATALOGUE_DATE, catalogueAge } from '../../../policy/laws.js';
import { VERDICTS } from '../../../policy/reasons.js';
import { coverageText } from '../../../report/coverage.js';
import { grouped } from '../../../report/numbers.js';
import type { Fact, Listing, Screen } from '../../../report/screen.js';
import { coverageCounts } from '../../../steps/import/coverage.js';
import type { IncidentView } from '../../../steps/incident/incident.js';
import { withSession } from '../../../steps/session/session.js';
import {
  type DealStatus,
  type NextStep,
  type PurgedStatus,
  type PurgeStatus,
  type RetentionStatus,
  type StatusResult,
  status,
} from '../../../steps/status/status.js';
import type { Light } from '../../../bundle/gates.js';
import type { BundleState } from '../../../store/rows.js';
import type { Next, Run } from '../../context.js';
import { accountingJson } from '../../show/accounting.js';
import { closingFacts, closingJson } from '../../show/closing.js';
import { drawClock } from '../../show/clock.js';
import { coverageJson } from '../../show/coverage.js';
import { partlyFacts } from '../../show/stays.js';
import { kindOf, nearestText } from '../../show/incident.js';
import { pendingFacts, pendingJson } from '../../show/notices.js';

const nextWords: Readonly<Record<Lang, Readonly<Record<NextStep, string>>>> = eachLang(
  (lang) => statusWords[lang].nexts,
);
const stateWords: Readonly<Record<Lang, Readonly<Record<BundleState, string>>>> = eachLang(
  (lang) => statusWords[lang].states,
);

/** `handover status`: the state of each deal, who waits for whom, what comes next. */
export const run: Run<'status'> = async (context) => {
  const { lang } = context;
  const words = statusWords[lang];
  const at = context.runtime.now();
  const now = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    status(session),
  );
  return {
    json: {
      party: now.party,
      role: now.role,
      environment: now.environment,
      events: now.events,
      tags_forgotten: now.tagsForgotten,
      deals: now.deals.map(dealJson),
      requests: { ...now.requests },
      notices: { ...now.notices },
      pending_notices: now.pending.map(pendingJson),
      purge: now.purge === null ? null : { ...now.purge, approvals: { ...now.purge.approvals } },
      purged: now.purged.map((purge) => ({ ...purge })),
      retention: {
        due: now.retention.due,
        overdue_since: now.retention.overdueSince,
        next: now.retention.next === null ? null : { ...now.retention.next },
        holds: now.retention.holds,
        freezes: now.retention.freezes,
        archive: now.retention.archive === null ? null : { ...now.retention.archive },
      },
      clock: { ...now.clock },
      next_step: now.next,
      incidents: now.incidents.map((incident) => incidentStatusJson(incident)),
      laws: { catalogue: CATALOGUE_DATE, old: now.oldLaws },
    },
    screen: (screen) => {
      screen.heading(partyLine(now, lang));
      if (now.tagsForgotten !== null) screen.say(words.tagsForgotten(dayOf(now.tagsForgotten)));
      if (now.deals.length === 0) screen.say(words.noDeals);
      for (const deal of now.deals) {
        const isTold = now.pending.every((pending) => pending.deal !== deal.id);
        screen.gap().facts(dealFacts(deal, isTold, lang));
      }
      const waiting = waitingFacts(now, lang);
      if (waiting.length > 0) screen.gap().facts(waiting);
      if (now.deals.length > 0) screen.gap();
      if (now.purge !== null) drawPurge(screen, now.purge, lang);
      drawPurged(screen, now.purged, lang);
      drawRetention(screen, now.retention, lang);
      drawClock(screen, now.clock, lang);
      for (const incident of now.incidents) screen.warn(incidentLine(incident, at, lang));
      if (now.oldLaws) screen.warn(lawsWords[lang].old(CATALOGUE_DATE, catalogueAge(dayOf(at))));
      if (now.incidents.length > 0 || now.oldLaws) screen.gap();
    },
    next: [
      ...(now.pending.length > 0
        ? [{ say: noticeWords[lang].pendingNext, command: 'handover notice send' }]
        : []),
      ...(now.purge !== null
        ? [nextOfPurge(now.purge, lang)]
        : now.retention.due > 0
          ? [{ say: words.purgeDue, command: 'handover purge plan' }]
          : []),
      ...now.incidents.map(({ id }) => ({
        say: incidentWords[lang].nexts.show,
        command: `handover incident show ${id}`,
      })),
      ...(now.next === null
        ? now.deals
            // Whoever answers later goes with a bundle of its own.
            .map((deal) => ({ deal, next: deal.next === 'done' && deal.isAsking ? 'ask-on' : deal.next }))
            .filter(({ next }) => next !== 'done' && next !== 'aborted')
            .map(({ deal, next }) => nextOf(next, deal, lang))
        : [nextOf(now.next, null, lang)]),
    ],
    exit: isUnfinished(now.purge) ? EXIT.partial : EXIT.ok,
  };
};

function drawRetention(screen: Screen, retention: RetentionStatus, lang: Lang): void {
  const words = statusWords[lang];
  const { due, overdueSince, next, holds, freezes, archive } = retention;
  if (overdueSince !== null) screen.warn(words.due(grouped(due), overdueSince));
  const facts: readonly Fact[] = [
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
  if (facts.length > 0) screen.facts(facts);
  if (facts.length > 0 || overdueSince !== null) screen.gap();
}

function isUnfinished(purge: PurgeStatus | null): boolean {
  return purge?.state === 'began' || purge?.state === 'erased';
}

function drawPurge(screen: Screen, purge: PurgeStatus, lang: Lang): void {
  const words = statusWords[lang];
  const { records, approvals, state } = purge;
  const text = words.purgeStates[state](grouped(records));
  if (isUnfinished(purge)) screen.bad(text);
  else
    screen.facts([
      [
        words.purge,
        text,
        ...(approvals.needed === 0
          ? []
          : [`${words.approvals} ${words.approvalsText(approvals.given, approvals.needed)}`]),
      ],
    ]);
  screen.gap();
}

function drawPurged(screen: Screen, purged: readonly PurgedStatus[], lang: Lang): void {
  if (purged.length === 0) return;
  const words = statusWords[lang];
  screen.facts([
    [
      words.purged,
      ...purged.map(({ records, outcome, time }) =>
        words.purgedText(grouped(records), dayOf(time), words.outcomes[outcome]),
      ),
    ],
  ]);
  screen.gap();
}

function nextOfPurge({ state, approvals, files }: PurgeStatus, lang: Lang): Next {
  const words = statusWords[lang];
  return state === 'planned' && approvals.given < approvals.needed
    ? { say: words.purgeApprove, command: 'handover approve --purge' }
    : files > 0
      ? { say: purgeWords[lang].runFiles, command: 'handover purge run --shred' }
      : { say: words.purgeRun, command: 'handover purge run' };
}

function incidentLine(incident: IncidentView, now: Instant, lang: Lang): string {
  const words = incidentWords[lang];
  const text = words.statusText(incident.id, kindOf(incident, lang), nearestText(incident, now, lang));
  return `${words.statusLabel} ${text}`;
}

function incidentStatusJson({ id, facts, nearest }: IncidentView): Json {
  return {
    incident: id,
    what: facts.what,
    nearest: nearest === null ? null : { duty: nearest.duty, due: nearest.due, at_once: nearest.atOnce },
  };
}

function partyLine({ party, role, environment, events }: StatusResult, lang: Lang): string {
  const words = statusWords[lang];
  return [
    party,
    words[role],
    ...(environment === 'test' ? [words.rehearsal] : []),
    words.events(grouped(events)),
  ].join(' · ');
}

/** Requests and notices that wait, and how many are late. */
function waitingFacts({ role, requests, notices, pending }: StatusResult, lang: Lang): readonly Fact[] {
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

/** Nothing while there is one version and no word of another. */
function versionFacts({ version, amending }: DealStatus, lang: Lang): readonly Fact[] {
  const words = statusWords[lang];
  const texts = [...(version > 1 ? [words.inForce(version)] : []), ...(amending ? [words.amending] : [])];
  return texts.length === 0 ? [] : [[words.version, ...texts]];
}

/** What is heard of persons since they were handed over, and is settled by no notice. */
function lateFacts({ since }: DealStatus, lang: Lang): readonly Fact[] {
  if (since === null) return [];
  const words = statusWords[lang];
  const texts = [
    ...(since.isUnheard ? [words.lateUnheard] : []),
    ...(since.unclear > 0 ? [words.lateUnclear(grouped(since.unclear))] : []),
    ...(since.unmatched > 0 ? [words.lateUnmatched(grouped(since.unmatched))] : []),
  ];
  return texts.length === 0 ? [] : [[words.late, ...texts]];
}

/** @param isTold whether no notice of the deal has to be sent */
function dealFacts(deal: DealStatus, isTold: boolean, lang: Lang): readonly Fact[] {
  const words = statusWords[lang];
  const { list, accounting, approvals } = deal;
  const mark = (is: boolean): string => (is ? '✓' : '–');
  return [
    [words.deal, `${deal.id}  ${kindName(deal.kind, lang)}`],
    [words.with, deal.partner],
    [
      words.signed,
      `${words.sellerSigned} ${mark(deal.signed.seller)}  ${words.buyerSigned} ${mark(deal.signed.buyer)}`,
    ],
    ...versionFacts(deal, lang),
    ...(list === null
      ? []
      : [
          [
            words.data,
            ...list.files.map(({ file, rows, imported }) =>
              words.dataText(file, grouped(rows), dayOf(imported)),
            ),
            coverageText(coverageCounts(list), lang),
          ] as const,
        ]),
    ...(accounting === null
      ? []
      : [
          [
            words.verdicts,
            VERDICTS.map(
              (verdict) => `${verdictWords[lang][verdict].short} ${grouped(accounting[verdict])}`,
            ).join(' · '),
          ] as const,
        ]),
    ...(accounting === null ? [] : partlyFacts(accounting, deal.purposes, lang)),
    ...(deal.lights.length === 0 ? [] : [[words.gates, gatesText(deal.lights, '✗', lang)] as const]),
    ...(deal.reminders.some(({ problem }) => problem !== null)
      ? [[words.reminders, gatesText(deal.reminders, '?', lang)] as const]
      : []),
    ...(approvals.needed === 0 || accounting === null
      ? []
      : [[words.approvals, words.approvalsText(approvals.given, approvals.needed)] as const]),
    ...(deal.bundles.length === 0
      ? []
      : [
          [
            words.bundle,
            ...deal.bundles.map(({ file, state, rows, time }) =>
              words.bundleText(file, stateWords[lang][state], grouped(rows), dayOf(time)),
            ),
            ...(deal.bundles.length > 1 ? [words.together(grouped(deal.handover.persons))] : []),
          ] as const,
        ]),
    ...lateFacts(deal, lang),
    ...(deal.next === 'done' || deal.next === 'aborted'
      ? [[words.stands, isTold ? nextWords[lang][deal.next] : words.donePending] as const]
      : []),
    ...closingFacts(deal.clocks, lang),
    ...(deal.keepUntil === null ? [] : [[words.keep, deal.keepUntil] as const]),
  ];
}

/** The step with its command. @param deal null before there is one */
function nextOf(next: NextStep, deal: DealStatus | null, lang: Lang): Next {
  const { files } = statusWords[lang];
  const say = nextWords[lang][next];
  const id = deal?.id ?? '';
  const answered = deal?.handover.awaited ?? deal?.handover.bundles.at(-1);
  const receipt = `${id}-${answered?.number ?? 1}.receipt.html`;
  const dataset = deal?.unwritten == null ? '' : ` --dataset ${deal.unwritten}`;
  const commands: Readonly<Record<NextStep, string | null>> = {
    'trust-partner': `handover trust add ${files.card}`,
    'draft-deal': 'handover deal init',
    'sign-deal': `handover deal sign ${id}.deal.json`,
    'await-signature': `handover receive ${files.signed}`,
    import: `handover import ${files.customers}`,
    check: `handover check --deal ${id}`,
    ask: `handover campaign draft --deal ${id}`,
    'ask-on': `handover campaign status --deal ${id}`,
    nobody: `handover check --deal ${id} --list withhold`,
    approve: `handover approve --deal ${id}`,
    export: `handover export --deal ${id}`,
    'await-receipt': `handover receive ${receipt}`,
    'settle-refusal': `handover receipt show ${receipt}`,
    'settle-late': `handover check --deal ${id} --list ask`,
    receive: `handover receive ${id}-1.handover.zip`,
    'own-notice': `handover campaign draft --deal ${id}`,
    extract: `handover extract --format csv${dataset}`,
    done: null,
    aborted: null,
  };
  const command = commands[next];
  return command === null ? { say } : { say, command };
}

/** Every gate with its light: ✓ 保密协议 · ✗ 影响评估. */
function gatesText(lights: readonly Light[], shut: string, lang: Lang): Listing {
  const names: Readonly<Record<Light['gate'], string>> = statusWords[lang].gateNames;
  return {
    items: lights.map(({ gate, problem }) => `${problem === null ? '✓' : shut} ${names[gate]}`),
    between: ' · ',
  };
}

function lightJson({ gate, problem }: Light): Json {
  return { gate, open: problem === null, code: problem?.code ?? null };
}

function dealJson(deal: DealStatus): Json {
  const { list, accounting } = deal;
  return {
    deal: deal.id,
    kind: deal.kind,
    partner: deal.partner,
    signed: { ...deal.signed },
    version: deal.version,
    amending: deal.amending,
    list: list === null ? null : coverageJson(list),
    accounting: accounting === null ? null : accountingJson(accounting),
    approvals: { ...deal.approvals },
    gates: deal.lights.map(lightJson),
    reminders: deal.reminders.map(lightJson),
    bundles: deal.bundles.map(({ file, number, direction, state, rows, time }) => ({
      file,
      number,
      direction,
      state,
      rows,
      time,
    })),
    handover: {
      state: deal.handover.state,
      persons: deal.handover.persons,
      confirmed: deal.handover.confirmed,
    },
    clocks: deal.clocks.map(closingJson),
    keep_until: deal.keepUntil,
    since_handover: deal.since && {
      unclear: deal.since.unclear,
      unmatched: deal.since.unmatched,
      unheard: deal.since.isUnheard,
    },
    next_step: deal.next,
  };
}
