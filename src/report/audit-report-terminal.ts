import { dayOf } from '../base/time.js';
import { kindName } from '../messages/deal-kinds.js';
import type { Lang } from '../messages/lang.js';
import { punctuation } from '../messages/punctuation.js';
import { clearKind } from '../messages/limits.js';
import { reportWords } from '../messages/screens/report.js';
import { firstFacts } from './audit-report-first.js';
import type { ReportData } from './audit-report.js';
import type { ReportFinding } from './audit-report-findings.js';
import { dealCoverage, type ReportDeal } from './audit-report-deal.js';
import {
  anchorTexts,
  byEnd,
  calendarCounts,
  calendarLabel,
  citedLaws,
  dueText,
  reportFindingText,
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
import { wordFor } from './labels.js';
import { fileSize, grouped, percent } from './numbers.js';
import type { Fact, Screen } from './screen.js';
import { localTime } from './times.js';
import { drawDeal, shortDigest } from './audit-report-terminal-deal.js';

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
