import { tableScreen } from '../messages/screens/tables.js';
import { tableWords } from '../messages/tables.js';
import { sumsText } from './table-sums.js';
import { dayOf } from '../base/time.js';
import { customersOf } from '../bundle/accounting.js';
import type { Lang } from '../messages/lang.js';
import { punctuation } from '../messages/punctuation.js';
import { verdictWords } from '../messages/reasons.js';
import { dealWords } from '../messages/screens/deal.js';
import { listWords } from '../messages/screens/list.js';
import { reportWords } from '../messages/screens/report.js';
import { VERDICTS } from '../policy/reasons.js';
import type { ReportData } from './audit-report.js';
import { dealCoverage, type ReportDeal, type ReportFormer, type ReportSource } from './audit-report-deal.js';
import { approvalTexts, balanceItems, formerTexts, foundList } from './audit-report-words.js';
import { coverageText } from './coverage.js';
import { fieldLabel, reasonLabel } from './labels.js';
import { grouped } from './numbers.js';
import type { BarRow, Fact, Listing, Screen } from './screen.js';
import { localTime } from './times.js';

// One deal in the report on a terminal.

/** Terms, sources, fields, evidence and provisions of one deal. */
export function drawDeal(screen: Screen, deal: ReportDeal, data: ReportData, lang: Lang): void {
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

/** `7f3a91c2…21e08b44`: enough to compare by eye; the document of --json and the page have all of it. */
export function shortDigest(digest: string | null, lang: Lang): string {
  return digest === null ? reportWords[lang].none : `${digest.slice(0, 8)}…${digest.slice(-8)}`;
}
