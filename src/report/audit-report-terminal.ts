import { tableScreen } from '../messages/screens/tables.js';
import { tableWords } from '../messages/tables.js';
import { sumsText } from './table-sums.js';
import { dayOf } from '../base/time.js';
import { customersOf } from '../bundle/accounting.js';
import { kindName } from '../messages/deal-kinds.js';
import type { Lang } from '../messages/lang.js';
import { punctuation } from '../messages/punctuation.js';
import { clearKind } from '../messages/limits.js';
import { verdictWords } from '../messages/reasons.js';
import { dealWords } from '../messages/screens/deal.js';
import { listWords } from '../messages/screens/list.js';
import { reportWords } from '../messages/screens/report.js';
import { VERDICTS } from '../policy/reasons.js';
import { firstFacts } from './audit-report-first.js';
import type { ReportData } from './audit-report.js';
import type { ReportFinding } from './audit-report-findings.js';
import { dealCoverage, type ReportDeal, type ReportFormer, type ReportSource } from './audit-report-deal.js';
import {
  anchorTexts,
  approvalTexts,
  balanceItems,
  byEnd,
  calendarCounts,
  calendarLabel,
  citedLaws,
  dueText,
  reportFindingText,
  formerTexts,
  foundList,
  lawsText,
  limitTexts,
  overrideText,
  placeTexts,
  purgeText,
  timestampTexts,
  verdictTexts,
  versionText,
  whoText,
  standingText,
} from './audit-report-words.js';
import { reportHouseWords } from '../messages/screens/report-house.js';
import { houseFacts } from './audit-report-house.js';
import { coverageText } from './coverage.js';
import { fieldLabel, reasonLabel, wordFor } from './labels.js';
import { fileSize, grouped, percent } from './numbers.js';
import type { BarRow, Fact, Listing, Screen } from './screen.js';
import { localTime } from './times.js';

/** The report on a terminal: page one is the verdict and what is to be done, the rest follows in the order of the HTML page. */
export function drawReport(screen: Screen, data: ReportData, lang: Lang): void {
  drawVerdict(screen, data, lang);
  for (const deal of data.deals) drawDeal(screen, deal, data, lang);
  drawPersons(screen, data, lang);
  screen
    .gap()
    .heading(reportHouseWords[lang].title)
    .facts(houseFacts(data.house, data.today, lang));
  drawCalendar(screen, data, lang);
  drawPurges(screen, data, lang);
  drawExposure(screen, data, lang);
  drawLog(screen, data, lang);
  drawVersions(screen, data, lang);
}

function drawVerdict(screen: Screen, data: ReportData, lang: Lang): void {
  const words = reportWords[lang];
  const { party } = data;
  screen.heading(words.of(party.name));
  screen.say(
    [
      words[party.role],
      words.made(localTime(data.made)),
      ...(party.environment === 'test' ? [words.rehearsal] : []),
    ].join(' · '),
  );
  screen.gap();
  const state = standingText(data, lang);
  if (data.standing === 'alert') screen.bad(state);
  else if (data.standing === 'open') screen.warn(state);
  else screen.good(state);
  for (const text of verdictTexts(data, lang)) screen.say(text);
  for (const deal of data.deals)
    for (const override of deal.overrides) screen.bad(overrideText(override, lang));
  screen.gap();
  screen.facts([
    ...data.deals.flatMap((deal) => [...dealFacts(deal, lang), ...firstFacts(deal, data, lang)]),
    [words.glance.exposure, withoutBasis(data)],
    [
      words.glance.log,
      `${data.log.intact ? words.glance.logGood : words.glance.logBad} · ${words.glance.logNote(grouped(data.log.signed))}`,
    ],
  ]);
  screen.gap().heading(words.open.title);
  drawFindings(screen, data, lang);
}

function dealFacts(deal: ReportDeal, lang: Lang): readonly Fact[] {
  const words = reportWords[lang].glance;
  const coverage = dealCoverage(deal);
  return [
    [words.deal, `${deal.id}  ${deal.title}`, ...versionText(deal, lang)],
    [words.parties, `${deal.seller}${words.arrow}${deal.buyer}`],
    [words.kind, kindName(deal.kind, lang)],
    [words.basis, reportWords[lang].consent[deal.basis.consent], lawsText(deal.basis.laws.slice(0, 2), lang)],
    [
      words.coverage,
      coverage === null
        ? words.noCheck
        : `${percent(coverage.covered, coverage.records)}  ${words.coverageNote(grouped(coverage.covered), grouped(coverage.records))}`,
    ],
  ];
}

function withoutBasis(data: ReportData): string {
  return grouped(data.exposure.tiers.reduce((sum, tier) => sum + tier.without_basis, 0));
}

function drawFindings(screen: Screen, data: ReportData, lang: Lang): void {
  const words = reportWords[lang];
  if (data.findings.length === 0) screen.say(words.open.none);
  for (const finding of data.findings) {
    const head = [words.severities[finding.severity], whoText(finding, data, lang), dueText(finding, lang)];
    const line = `${head.filter((text) => text !== '').join(' · ')}${punctuation[lang].colon}${reportFindingText(finding, lang)}`;
    drawFinding(screen, finding, line);
  }
}

function drawFinding(screen: Screen, finding: ReportFinding, line: string): void {
  if (finding.severity === 'alert') screen.bad(`! ${line}`);
  else screen.item(line);
  if (finding.command !== null) screen.command(finding.command, 4);
}

function drawDeal(screen: Screen, deal: ReportDeal, data: ReportData, lang: Lang): void {
  const words = reportWords[lang];
  title(screen, words.sections.funnel, data, deal);
  if (deal.sources.length === 0) screen.say(words.funnel.none);
  for (const source of deal.sources) drawSource(screen, source, lang);
  title(screen, words.sections.fields, data, deal);
  drawFields(screen, deal, lang);
  for (const former of deal.former) drawFormer(screen, former, lang);
  title(screen, words.sections.evidence, data, deal);
  drawEvidence(screen, deal, lang);
  title(screen, words.sections.assessment, data, deal);
  drawAssessment(screen, deal, lang);
  title(screen, words.sections.provisions, data, deal);
  drawProvisions(screen, deal, lang);
}

/** With several deals, each section says whose it is. */
function title(screen: Screen, text: string, data: ReportData, deal: ReportDeal): void {
  screen.gap().heading(data.deals.length > 1 ? `${text} · ${deal.id}` : text);
}

function drawSource(screen: Screen, source: ReportSource, lang: Lang): void {
  const words = reportWords[lang].funnel;
  const { accounting, exported, received, purged, here } = source;
  screen.say((source.counted_by === 'check' ? words.file : words.bundle)(dayOf(source.time)));
  const rows: BarRow[] = [
    { label: words.read, count: accounting.read, isPart: false },
    ...VERDICTS.map((verdict) => {
      const bar = { label: verdictWords[lang][verdict].short, count: accounting[verdict] };
      return verdict === 'transfer' ? bar : { ...bar, note: topReasons(accounting.reasons[verdict], lang) };
    }),
    ...[
      { label: words.blank, count: accounting.blank, isShown: true },
      { label: words.replaced, count: accounting.replaced, isShown: accounting.replaced > 0 },
      { label: words.handed_over, count: accounting.handed_over, isShown: accounting.handed_over > 0 },
      { label: words.exported, count: exported, isShown: exported > 0 },
      { label: words.received, count: received ?? 0, isShown: received !== null },
      { label: words.purged, count: purged, isShown: purged > 0 },
      { label: words.here, count: here, isShown: purged + here > 0 },
    ].flatMap(({ isShown, ...row }) => (isShown ? [{ ...row, isPart: false }] : [])),
  ];
  screen.bars(rows, customersOf(accounting));
  const balance = { items: balanceItems(source, lang), between: words.plus };
  screen.facts([
    [words.balance, balance, source.balanced ? words.balanced : words.unbalanced],
    ...(source.coverage === null
      ? []
      : [[listWords[lang].list, coverageText(source.coverage, lang)] as const]),
  ]);
}

/** The commonest reasons, at most three. */
function topReasons(counts: Readonly<Record<string, number>>, lang: Lang): Listing {
  const items = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([code, count]) => `${reasonLabel(code, lang)} ${grouped(count)}`);
  return { items, between: ' · ' };
}

function drawFields(screen: Screen, deal: ReportDeal, lang: Lang): void {
  const words = reportWords[lang].fields;
  const actions = dealWords[lang].actions;
  const present = deal.fields.filter(({ why }) => why !== 'not-in-file');
  const strict = present.filter((field) => field.class === 'sensitive' || field.class === 'safety');
  const list = (fields: ReportDeal['fields']) =>
    fields.map(
      (field) =>
        `${fieldLabel(field.field, lang)}${punctuation[lang].colon}${actions[field.leaves ? field.action : 'drop']}`,
    );
  const stays = present.filter(({ leaves }) => !leaves);
  if (stays.length === 0)
    screen.facts([[words.leaves(present.length), { items: list(present), between: punctuation[lang].list }]]);
  else
    screen.sideBySide(
      {
        title: words.leaves(present.filter(({ leaves }) => leaves).length),
        items: list(present.filter((f) => f.leaves)),
      },
      {
        title: words.stays(stays.length),
        items: list(stays),
      },
    );
  screen.gap();
  if (strict.length === 0) screen.say(words.sensitiveNone);
  else
    screen.facts(
      strict.map((field) => [
        fieldLabel(field.field, lang),
        [
          reportWords[lang].classes[field.class],
          words.tierOf(field.tier),
          actions[field.leaves ? field.action : 'drop'],
          ...(field.leaves ? [field.necessity ?? words.notStated] : []),
        ].join(' · '),
      ]),
    );
  const scanned = present.filter(({ found }) => found.length > 0);
  screen.facts(scanned.map((field) => [fieldLabel(field.field, lang), foundList(field, lang)]));
  screen.say(words.guardian(grouped(deal.guardian_missing)));
}

/** What was agreed when these bundles were made, before the deal was amended. */
function drawFormer(screen: Screen, former: ReportFormer, lang: Lang): void {
  const words = reportWords[lang].fields;
  const { version, bundles, sha256, assessment, notice } = former;
  const list = formerTexts(former, lang);
  screen.gap().say(words.former(version, bundles.join(punctuation[lang].list)));
  screen.facts([
    [words.leaves(list.length), { items: list, between: punctuation[lang].list }],
    [
      reportWords[lang].assessment.paper,
      reportWords[lang].assessment.paperText(assessment.title, assessment.date),
    ],
    [reportWords[lang].evidence.guide, notice.sent],
    [reportWords[lang].glance.deal, shortDigest(sha256, lang)],
  ]);
}

function drawEvidence(screen: Screen, deal: ReportDeal, lang: Lang): void {
  const words = reportWords[lang].evidence;
  const source = deal.sources.at(-1);
  screen.say(words.notice(deal.notice.sent));
  if (source === undefined) {
    screen.say(words.notYet);
    return;
  }
  screen.say(words.complete(grouped(dealCoverage(deal)?.covered ?? 0)));
  if (deal.evidence.length === 0) screen.say(words.none);
  else
    screen.table(
      [{ title: words.records, right: true }, { title: words.reason }, { title: words.law }],
      deal.evidence.map(({ code, records, laws }) => [
        grouped(records),
        reasonLabel(code, lang),
        laws.join(', '),
      ]),
    );
}

function drawAssessment(screen: Screen, deal: ReportDeal, lang: Lang): void {
  const words = reportWords[lang].assessment;
  const { assessment, confidentiality } = deal;
  const order = assessment.before_handover;
  screen.facts([
    [
      words.paper,
      words.paperText(assessment.title, assessment.date),
      [
        ...(order === null ? [] : [order ? words.before : words.after]),
        words.keep(assessment.keep_until),
      ].join(' · '),
    ],
    [words.confidentiality, words.paperText(confidentiality.title, confidentiality.signed)],
    [words.approvals, ...approvalTexts(deal, lang)],
  ]);
}

function drawProvisions(screen: Screen, deal: ReportDeal, lang: Lang): void {
  const words = reportWords[lang].provisions;
  if (deal.provisions.length === 0) screen.say(words.none);
  for (const provision of deal.provisions) {
    const { receipt } = provision;
    screen.facts([
      [
        words.bundle,
        `${words.number(provision.number)}  ${words.states[provision.state]}  ${localTime(provision.time)}`,
      ],
      [words.recipient, provision.recipient],
      [words.scale, `${words.people(grouped(provision.rows))} · ${words.fieldsOf(provision.fields.length)}`],
      ...(provision.tables ?? []).map(
        (each): Fact => [
          tableWords[lang][each.table].name,
          sumsText(each.table, each, lang),
          tableScreen[lang].confirmed[each.confirmed ? 'yes' : 'no'],
        ],
      ),
      [words.manifest, shortDigest(provision.manifest, lang)],
      [words.file, shortDigest(provision.file_sha256, lang)],
      [
        words.receipt,
        ...(receipt === null
          ? [words.awaiting]
          : [
              `${words.dispositions[receipt.disposition]}  ${localTime(receipt.issued)}`,
              shortDigest(receipt.sha256, lang),
            ]),
      ],
      [words.keep, provision.keep_until],
    ]);
  }
}

function drawPersons(screen: Screen, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].persons;
  const { requests, notices, incidents } = data;
  screen.gap().heading(reportWords[lang].sections.persons);
  screen.facts([
    [
      words.notices,
      ...(notices.length === 0 ? [words.noticesNone] : notices.map((notice) => noticeText(notice, lang))),
    ],
    [
      words.requests,
      requests.total === 0
        ? words.requestsNone
        : words.requestsText(
            grouped(requests.total),
            grouped(requests.open),
            grouped(requests.overdue),
            grouped(requests.done),
            grouped(requests.refused),
          ),
    ],
    [
      words.incidents,
      ...(incidents.length === 0
        ? [words.incidentsNone]
        : incidents.map(
            ({ id, opened, closed }) =>
              `${id}  ${localTime(opened)}  ${closed === null ? words.open : `${words.closed} ${localTime(closed)}`}`,
          )),
    ],
  ]);
}

function noticeText({ direction, kind, due, completed }: ReportData['notices'][number], lang: Lang): string {
  const words = reportWords[lang].persons;
  const state =
    completed === null ? `${words.open}, ${words.due} ${due}` : `${words.closed} ${dayOf(completed)}`;
  return `${words[direction]}  ${wordFor(words.noticeKinds, kind)}  ${state}`;
}

function drawCalendar(screen: Screen, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].calendar;
  screen.gap().heading(reportWords[lang].sections.calendar);
  if (data.calendar.length === 0) {
    screen.say(words.none);
    return;
  }
  screen.table(
    [{ title: words.until }, { title: words.why }, { title: words.what }],
    byEnd(data.calendar).map((entry) => [
      entry.until ?? words.noEnd,
      entry.laws.join(', '),
      [calendarLabel(entry.what, lang), ...calendarCounts(entry, lang)].join(' · '),
    ]),
  );
}

function drawPurges(screen: Screen, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].purges;
  const { files, shredded } = data.remaining;
  screen.gap().heading(reportWords[lang].sections.purges);
  if (data.purges.length === 0) screen.say(words.none);
  for (const purge of data.purges) {
    const limits = limitTexts(purge, lang);
    const { certificate } = purge;
    screen.facts([
      [words.when, localTime(certificate?.finished ?? purge.time)],
      [words.outcome, purgeText(purge, lang), ...(certificate?.valid === false ? [words.invalid] : [])],
      [words.records, grouped(purge.records)],
      ...(limits.length === 0 ? [] : [[words.limits, ...limits] as const]),
      ...(certificate === null ? [] : [[words.certificate, shortDigest(certificate.sha256, lang)] as const]),
    ]);
  }
  screen.facts([
    [
      words.files,
      ...(files.length === 0
        ? [words.filesNone]
        : files.map(
            ({ kind, sha256, bytes }) =>
              `${clearKind(kind, lang)}  ${fileSize(bytes)}  ${shortDigest(sha256, lang)}`,
          )),
      ...(shredded === 0 ? [] : [words.shredded(shredded)]),
    ],
    [words.places, ...placeTexts(data, lang)],
  ]);
}

function drawExposure(screen: Screen, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].exposure;
  screen.gap().heading(reportWords[lang].sections.exposure);
  screen.say(words.lead);
  screen.table(
    [
      { title: words.without, right: true },
      { title: words.transferred, right: true },
      { title: words.counted, right: true },
      { title: words.tier },
    ],
    data.exposure.tiers.map(({ tier, without_basis, transferred, counted_from }) => [
      grouped(without_basis),
      grouped(transferred),
      grouped(counted_from),
      `${tier}  ${words.tiers[tier]}`,
    ]),
  );
  if (data.exposure.by_plan > 0) screen.say(words.byPlan(data.exposure.by_plan));
}

function drawLog(screen: Screen, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].log;
  const { log } = data;
  screen.gap().heading(reportWords[lang].sections.log);
  if (log.intact) screen.good(words.good(grouped(log.events)));
  else screen.bad(words.bad);
  screen.facts([
    [words.root, shortDigest(log.root, lang)],
    [words.checkpoints, `${log.checkpoints} · ${words.signed(grouped(log.signed), grouped(log.events))}`],
    [words.anchors, ...anchorTexts(data, lang)],
    [words.timestamps, ...timestampTexts(data, lang)],
    ...(log.pruned === 0 ? [] : [[words.pruned(grouped(log.pruned))] as const]),
    ...(log.findings.length === 0
      ? []
      : [[words.findings, ...log.findings.map(({ code, about }) => `${code} ${about}`)] as const]),
  ]);
}

/** `7f3a91c2…21e08b44`: enough to compare by eye; the document of --json and the page have all of it. */
function shortDigest(digest: string | null, lang: Lang): string {
  return digest === null ? reportWords[lang].none : `${digest.slice(0, 8)}…${digest.slice(-8)}`;
}

function drawVersions(screen: Screen, data: ReportData, lang: Lang): void {
  const words = reportWords[lang];
  screen.gap().heading(words.sections.laws);
  screen.facts([
    ...data.laws.map(
      ({ pack, version, sha256, current }) =>
        [words.laws.pack, `${pack} ${version}${current ? `  ${words.laws.current}` : ''}`, sha256] as const,
    ),
    [words.laws.cited, { items: citedLaws(data), between: punctuation[lang].list }],
    [words.versions.program, `handover ${data.program.version}`],
    [words.versions.formats, { items: data.program.formats, between: punctuation[lang].list }],
  ]);
}
