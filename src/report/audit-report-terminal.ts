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
import {
  coverageOf,
  type ReportData,
  type ReportDeal,
  type ReportFormer,
  type ReportFinding,
  type ReportSource,
} from './audit-report.js';
import {
  anchorTexts,
  approvalTexts,
  balanceItems,
  byEnd,
  calendarCounts,
  calendarLabel,
  citedLaws,
  dueText,
  findingText,
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
} from './audit-report-words.js';
import { coverageText } from './coverage.js';
import { fieldLabel, reasonLabel, wordFor } from './labels.js';
import { fileSize, grouped, percent } from './numbers.js';
import type { BarRow, Fact, Listing, Page } from './page.js';
import { localTime } from './times.js';

/** The report on a terminal: page one is the verdict and what is to be done, the rest follows in the order of the HTML page. */
export function drawReport(page: Page, data: ReportData, lang: Lang): void {
  drawVerdict(page, data, lang);
  for (const deal of data.deals) drawDeal(page, deal, data, lang);
  drawPersons(page, data, lang);
  drawCalendar(page, data, lang);
  drawPurges(page, data, lang);
  drawExposure(page, data, lang);
  drawLog(page, data, lang);
  drawVersions(page, data, lang);
}

function drawVerdict(page: Page, data: ReportData, lang: Lang): void {
  const words = reportWords[lang];
  const { house } = data;
  page.heading(words.of(house.name));
  page.say(
    [
      words[house.role],
      words.made(localTime(data.made)),
      ...(house.environment === 'test' ? [words.rehearsal] : []),
    ].join(' · '),
  );
  page.gap();
  const state = words.standing[data.standing];
  if (data.standing === 'alert') page.bad(state);
  else if (data.standing === 'open') page.warn(state);
  else page.good(state);
  for (const text of verdictTexts(data, lang)) page.say(text);
  for (const deal of data.deals)
    for (const override of deal.overrides) page.bad(overrideText(override, lang));
  page.gap();
  page.facts([
    ...data.deals.flatMap((deal) => dealFacts(deal, lang)),
    [words.glance.exposure, withoutBasis(data)],
    [
      words.glance.log,
      `${data.log.intact ? words.glance.logGood : words.glance.logBad} · ${words.glance.logNote(grouped(data.log.signed))}`,
    ],
  ]);
  page.gap().heading(words.open.title);
  drawFindings(page, data, lang);
}

function dealFacts(deal: ReportDeal, lang: Lang): readonly Fact[] {
  const words = reportWords[lang].glance;
  const coverage = coverageOf(deal);
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

function drawFindings(page: Page, data: ReportData, lang: Lang): void {
  const words = reportWords[lang];
  if (data.findings.length === 0) page.say(words.open.none);
  for (const finding of data.findings) {
    const head = [words.severities[finding.severity], whoText(finding, data, lang), dueText(finding, lang)];
    const line = `${head.filter((text) => text !== '').join(' · ')}${punctuation[lang].colon}${findingText(finding, lang)}`;
    drawFinding(page, finding, line);
  }
}

function drawFinding(page: Page, finding: ReportFinding, line: string): void {
  if (finding.severity === 'alert') page.bad(`! ${line}`);
  else page.item(line);
  if (finding.command !== null) page.command(finding.command, 4);
}

function drawDeal(page: Page, deal: ReportDeal, data: ReportData, lang: Lang): void {
  const words = reportWords[lang];
  title(page, words.sections.funnel, data, deal);
  if (deal.sources.length === 0) page.say(words.funnel.none);
  for (const source of deal.sources) drawSource(page, source, lang);
  title(page, words.sections.fields, data, deal);
  drawFields(page, deal, lang);
  for (const former of deal.former) drawFormer(page, former, lang);
  title(page, words.sections.evidence, data, deal);
  drawEvidence(page, deal, lang);
  title(page, words.sections.assessment, data, deal);
  drawAssessment(page, deal, lang);
  title(page, words.sections.provisions, data, deal);
  drawProvisions(page, deal, lang);
}

/** With several deals, each section says whose it is. */
function title(page: Page, text: string, data: ReportData, deal: ReportDeal): void {
  page.gap().heading(data.deals.length > 1 ? `${text} · ${deal.id}` : text);
}

function drawSource(page: Page, source: ReportSource, lang: Lang): void {
  const words = reportWords[lang].funnel;
  const { accounting, exported, received, purged, here } = source;
  page.say((source.counted_by === 'check' ? words.file : words.bundle)(dayOf(source.time)));
  const rows: BarRow[] = [
    { label: words.read, count: accounting.read, isPart: false },
    ...VERDICTS.map((verdict) => {
      const bar = { label: verdictWords[lang][verdict].short, count: accounting[verdict] };
      return verdict === 'transfer' ? bar : { ...bar, note: topReasons(accounting.reasons[verdict], lang) };
    }),
    ...[
      { label: words.blank, count: accounting.blank, isShown: true },
      { label: words.replaced, count: accounting.replaced, isShown: accounting.replaced > 0 },
      { label: words.exported, count: exported, isShown: exported > 0 },
      { label: words.received, count: received ?? 0, isShown: received !== null },
      { label: words.purged, count: purged, isShown: purged > 0 },
      { label: words.here, count: here, isShown: purged + here > 0 },
    ].flatMap(({ isShown, ...row }) => (isShown ? [{ ...row, isPart: false }] : [])),
  ];
  page.bars(rows, customersOf(accounting));
  const balance = { items: balanceItems(source, lang), between: words.plus };
  page.facts([
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

function drawFields(page: Page, deal: ReportDeal, lang: Lang): void {
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
    page.facts([[words.leaves(present.length), { items: list(present), between: punctuation[lang].list }]]);
  else
    page.sideBySide(
      {
        title: words.leaves(present.filter(({ leaves }) => leaves).length),
        items: list(present.filter((f) => f.leaves)),
      },
      {
        title: words.stays(stays.length),
        items: list(stays),
      },
    );
  page.gap();
  if (strict.length === 0) page.say(words.sensitiveNone);
  else
    page.facts(
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
  page.facts(scanned.map((field) => [fieldLabel(field.field, lang), foundList(field, lang)]));
  page.say(words.guardian(grouped(deal.guardian_missing)));
}

/** What was agreed when these bundles were made, before the deal was amended. */
function drawFormer(page: Page, former: ReportFormer, lang: Lang): void {
  const words = reportWords[lang].fields;
  const { version, bundles, sha256, assessment, notice } = former;
  const list = formerTexts(former, lang);
  page.gap().say(words.former(version, bundles.join(punctuation[lang].list)));
  page.facts([
    [words.leaves(list.length), { items: list, between: punctuation[lang].list }],
    [
      reportWords[lang].assessment.paper,
      reportWords[lang].assessment.paperText(assessment.title, assessment.date),
    ],
    [reportWords[lang].evidence.guide, notice.sent],
    [reportWords[lang].glance.deal, shortDigest(sha256, lang)],
  ]);
}

function drawEvidence(page: Page, deal: ReportDeal, lang: Lang): void {
  const words = reportWords[lang].evidence;
  const source = deal.sources.at(-1);
  page.say(words.notice(deal.notice.sent));
  if (source === undefined) {
    page.say(words.notYet);
    return;
  }
  page.say(words.complete(grouped(source.accounting.transfer)));
  if (deal.evidence.length === 0) page.say(words.none);
  else
    page.table(
      [{ title: words.records, right: true }, { title: words.reason }, { title: words.law }],
      deal.evidence.map(({ code, records, laws }) => [
        grouped(records),
        reasonLabel(code, lang),
        laws.join(', '),
      ]),
    );
}

function drawAssessment(page: Page, deal: ReportDeal, lang: Lang): void {
  const words = reportWords[lang].assessment;
  const { assessment, confidentiality } = deal;
  const order = assessment.before_handover;
  page.facts([
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

function drawProvisions(page: Page, deal: ReportDeal, lang: Lang): void {
  const words = reportWords[lang].provisions;
  if (deal.provisions.length === 0) page.say(words.none);
  for (const provision of deal.provisions) {
    const { receipt } = provision;
    page.facts([
      [
        words.bundle,
        `${words.number(provision.number)}  ${words.states[provision.state]}  ${localTime(provision.time)}`,
      ],
      [words.recipient, provision.recipient],
      [words.scale, `${words.people(grouped(provision.rows))} · ${words.fieldsOf(provision.fields.length)}`],
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

function drawPersons(page: Page, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].persons;
  const { requests, notices, incidents } = data;
  page.gap().heading(reportWords[lang].sections.persons);
  page.facts([
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

function drawCalendar(page: Page, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].calendar;
  page.gap().heading(reportWords[lang].sections.calendar);
  if (data.calendar.length === 0) {
    page.say(words.none);
    return;
  }
  page.table(
    [{ title: words.until }, { title: words.why }, { title: words.what }],
    byEnd(data.calendar).map((entry) => [
      entry.until ?? words.noEnd,
      entry.laws.join(', '),
      [calendarLabel(entry.what, lang), ...calendarCounts(entry, lang)].join(' · '),
    ]),
  );
}

function drawPurges(page: Page, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].purges;
  const { files, shredded } = data.remaining;
  page.gap().heading(reportWords[lang].sections.purges);
  if (data.purges.length === 0) page.say(words.none);
  for (const purge of data.purges) {
    const limits = limitTexts(purge, lang);
    const { certificate } = purge;
    page.facts([
      [words.when, localTime(certificate?.finished ?? purge.time)],
      [words.outcome, purgeText(purge, lang), ...(certificate?.valid === false ? [words.invalid] : [])],
      [words.records, grouped(purge.records)],
      ...(limits.length === 0 ? [] : [[words.limits, ...limits] as const]),
      ...(certificate === null ? [] : [[words.certificate, shortDigest(certificate.sha256, lang)] as const]),
    ]);
  }
  page.facts([
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

function drawExposure(page: Page, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].exposure;
  page.gap().heading(reportWords[lang].sections.exposure);
  page.say(words.lead);
  page.table(
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
  if (data.exposure.by_plan > 0) page.say(words.byPlan(data.exposure.by_plan));
}

function drawLog(page: Page, data: ReportData, lang: Lang): void {
  const words = reportWords[lang].log;
  const { log } = data;
  page.gap().heading(reportWords[lang].sections.log);
  if (log.intact) page.good(words.good(grouped(log.events)));
  else page.bad(words.bad);
  page.facts([
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

function drawVersions(page: Page, data: ReportData, lang: Lang): void {
  const words = reportWords[lang];
  page.gap().heading(words.sections.laws);
  page.facts([
    ...data.laws.map(
      ({ pack, version, sha256, current }) =>
        [words.laws.pack, `${pack} ${version}${current ? `  ${words.laws.current}` : ''}`, sha256] as const,
    ),
    [words.laws.cited, { items: citedLaws(data), between: punctuation[lang].list }],
    [words.versions.program, `handover ${data.program.version}`],
    [words.versions.formats, { items: data.program.formats, between: punctuation[lang].list }],
  ]);
}
