import type { Json } from '../../../base/json.js';
import { dayOf, type Instant } from '../../../base/time.js';
import { EXIT } from '../../../messages/exit.js';
import type { Lang } from '../../../messages/lang.js';
import { guideWords } from '../../../messages/screens/guide.js';
import { incidentWords } from '../../../messages/screens/incident.js';
import { lawsWords } from '../../../messages/screens/laws.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { purgeWords } from '../../../messages/screens/purge.js';
import { statusWords } from '../../../messages/screens/status.js';
import { CATALOGUE_DATE, catalogueAge } from '../../../policy/laws.js';
import type { Screen } from '../../../report/screen.js';
import type { StatusPage } from '../../../report/status-page.js';
import type { IncidentView } from '../../../steps/incident/incident.js';
import { withSession } from '../../../steps/session/session.js';
import {
  type DealStatus,
  type PurgeStatus,
  type RetentionStatus,
  type StatusResult,
  status,
} from '../../../steps/status/status.js';
import type { NextStep } from '../../../steps/status/next-step.js';
import type { Light } from '../../../bundle/gates.js';
import { writeWhole } from '../../../store/whole-file.js';
import type { CommandResult, Next, Run } from '../../context.js';
import { marksOf } from '../../guide/steps.js';
import { accountingJson } from '../../show/accounting.js';
import { closingJson } from '../../show/closing.js';
import { clockWarnings, drawClock } from '../../show/clock.js';
import { coverageJson } from '../../show/coverage.js';
import { pendingJson } from '../../show/notices.js';
import {
  dealFacts,
  incidentLine,
  isUnfinished,
  nextWords,
  overdueText,
  partyLine,
  purgedFacts,
  purgeFact,
  purgeStateText,
  retentionFacts,
  waitingFacts,
} from '../../show/status.js';

/** `handover status`: the state of each deal, who waits for whom, what comes next. */
export const run: Run<'status'> = async (context, { options }) => {
  const { lang } = context;
  const at = context.runtime.now();
  const now = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    status(session),
  );
  const next = nextSteps(now, lang);
  const page = options.html === undefined ? null : context.path(options.html);
  if (page !== null) {
    const { statusPage } = await import('../../../report/status-page.js');
    await writeWhole(page, statusPage(pageOf(now, next, at, lang), lang), { force: options.force });
  }
  return {
    json: { ...statusJson(now), page },
    screen: (screen) => {
      drawStatus(screen, now, at, lang);
      if (page !== null) screen.good(statusWords[lang].page.written(context.shown(page)));
    },
    next,
    exit: isUnfinished(now.purge) ? EXIT.partial : EXIT.ok,
  };
};

function statusJson(now: StatusResult): CommandResult['json'] {
  const { purge, retention } = now;
  return {
    party: now.party,
    role: now.role,
    environment: now.environment,
    events: now.events,
    tags_forgotten: now.tagsForgotten,
    deals: now.deals.map(dealJson),
    requests: { ...now.requests },
    notices: { ...now.notices },
    pending_notices: now.pending.map(pendingJson),
    purge: purge === null ? null : { ...purge, approvals: { ...purge.approvals } },
    purged: now.purged.map((each) => ({ ...each })),
    retention: {
      due: retention.due,
      overdue_since: retention.overdueSince,
      next: retention.next === null ? null : { ...retention.next },
      holds: retention.holds,
      freezes: retention.freezes,
      archive: retention.archive === null ? null : { ...retention.archive },
    },
    clock: { ...now.clock },
    next_step: now.next,
    incidents: now.incidents.map((incident) => incidentStatusJson(incident)),
    laws: { catalogue: CATALOGUE_DATE, old: now.oldLaws },
  };
}

/** The party, each deal, who waits for whom, and what has to be looked at. */
function drawStatus(screen: Screen, now: StatusResult, at: Instant, lang: Lang): void {
  const words = statusWords[lang];
  screen.heading(partyLine(now, lang));
  if (now.tagsForgotten !== null) screen.say(words.tagsForgotten(dayOf(now.tagsForgotten)));
  if (now.deals.length === 0) screen.say(words.noDeals);
  for (const deal of now.deals) screen.gap().facts(dealFacts(deal, isTold(now, deal), lang));
  const waiting = waitingFacts(now, lang);
  if (waiting.length > 0) screen.gap().facts(waiting);
  if (now.deals.length > 0) screen.gap();
  if (now.purge !== null) drawPurge(screen, now.purge, lang);
  const purged = purgedFacts(now.purged, lang);
  if (purged.length > 0) screen.facts(purged).gap();
  drawRetention(screen, now.retention, lang);
  drawClock(screen, now.clock, lang);
  for (const incident of now.incidents) screen.warn(incidentLine(incident, at, lang));
  if (now.oldLaws) screen.warn(lawsWords[lang].old(CATALOGUE_DATE, catalogueAge(dayOf(at))));
  if (now.incidents.length > 0 || now.oldLaws) screen.gap();
}

/** What comes next, the most urgent first. */
function nextSteps(now: StatusResult, lang: Lang): readonly Next[] {
  return [
    ...(now.pending.length > 0
      ? [{ say: noticeWords[lang].pendingNext, command: 'handover notice send' }]
      : []),
    ...(now.purge !== null
      ? [nextOfPurge(now.purge, lang)]
      : now.retention.due > 0
        ? [{ say: statusWords[lang].purgeDue, command: 'handover purge plan' }]
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
  ];
}

/** Whether no notice of the deal has to be sent. */
function isTold({ pending }: StatusResult, { id }: DealStatus): boolean {
  return pending.every(({ deal }) => deal !== id);
}

/** What the page shows. */
function pageOf(now: StatusResult, next: readonly Next[], at: Instant, lang: Lang): StatusPage {
  const words = statusWords[lang];
  const { purge, incidents } = now;
  const overdue = overdueText(now.retention, lang);
  return {
    title: partyLine(now, lang),
    at,
    warnings: [
      ...(purge !== null && isUnfinished(purge) ? [purgeStateText(purge, lang)] : []),
      ...(overdue === null ? [] : [overdue]),
      ...clockWarnings(now.clock, lang),
      ...incidents.map((incident) => incidentLine(incident, at, lang)),
      ...(now.oldLaws ? [lawsWords[lang].old(CATALOGUE_DATE, catalogueAge(dayOf(at)))] : []),
      ...(now.tagsForgotten === null ? [] : [words.tagsForgotten(dayOf(now.tagsForgotten))]),
    ],
    deals: now.deals.map((deal) => ({
      name: `${deal.id} → ${deal.partner}`,
      road: deal.next === 'aborted' ? [] : roadOf(now, deal, lang),
      facts: dealFacts(deal, isTold(now, deal), lang),
    })),
    others: [
      ...waitingFacts(now, lang),
      ...(purge === null || isUnfinished(purge) ? [] : [purgeFact(purge, lang)]),
      ...purgedFacts(now.purged, lang),
      ...retentionFacts(now.retention, lang),
    ],
    next,
  };
}

/** The stations of a handover, as the guide names them. */
function roadOf(now: StatusResult, deal: DealStatus, lang: Lang): StatusPage['deals'][number]['road'] {
  return marksOf(now, deal).map(([mark, isDone]) => ({ name: guideWords[lang].marks[mark], isDone }));
}

function drawRetention(screen: Screen, retention: RetentionStatus, lang: Lang): void {
  const overdue = overdueText(retention, lang);
  if (overdue !== null) screen.warn(overdue);
  const facts = retentionFacts(retention, lang);
  if (facts.length > 0) screen.facts(facts);
  if (facts.length > 0 || overdue !== null) screen.gap();
}

function drawPurge(screen: Screen, purge: PurgeStatus, lang: Lang): void {
  if (isUnfinished(purge)) screen.bad(purgeStateText(purge, lang));
  else screen.facts([purgeFact(purge, lang)]);
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

function incidentStatusJson({ id, facts, nearest }: IncidentView): Json {
  return {
    incident: id,
    what: facts.what,
    nearest: nearest === null ? null : { duty: nearest.duty, due: nearest.due, at_once: nearest.atOnce },
  };
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
    'settle-unmatched': `handover check --deal ${id}`,
    receive: `handover receive ${id}-1.handover.zip`,
    'own-notice': `handover campaign draft --deal ${id}`,
    extract: `handover extract --format csv${dataset}`,
    done: null,
    aborted: null,
  };
  const command = commands[next];
  return command === null ? { say } : { say, command };
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
