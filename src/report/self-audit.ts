import {
  type PointAnswer,
  type Evidence,
  type Assessment,
  SMALL_HANDLER_LIMIT,
} from '../audit/self-audit.js';
import { personsOf, type SelfAuditFacts } from '../audit/self-audit-facts.js';
import type { Sha256 } from '../base/crypto.js';
import type { CalendarDate, Instant } from '../base/time.js';
import { csvLine } from '../dataset/csv-line.js';
import { fieldOf } from '../dataset/fields.js';
import type { Lang } from '../messages/lang.js';
import { punctuation } from '../messages/punctuation.js';
import { formWords } from '../messages/screens/form.js';
import { pointWords, remarkText } from '../messages/self-audit.js';
import { type Html, html, htmlPage } from './html.js';
import { grouped } from './numbers.js';
import { localTime } from './times.js';

/** A self-audit form before a person has ticked and signed it. */
export interface SelfAuditForm {
  readonly handler: { readonly name: string; readonly uscc: string | null; readonly phone: string };
  readonly facts: SelfAuditFacts;
  readonly answers: readonly PointAnswer[];
  readonly made: Instant;
  /** Days of the first and the last event. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly root: Sha256;
}

export const FORM_FILES = ['html', 'md', 'csv'] as const;
export type FormFile = (typeof FORM_FILES)[number];

/** The form as the text of a file. The same form and language give the same text. */
export function formText(form: SelfAuditForm, file: FormFile, lang: Lang): string {
  if (file === 'html') return formHtml(form, lang);
  return file === 'md' ? formMarkdown(form, lang) : formCsv(form, lang);
}

/** How many points have each finding. */
export function findingCounts(answers: readonly PointAnswer[]): Readonly<Record<Assessment, number>> {
  const counts = { evidence: 0, fault: 0, none: 0, 'not-applicable': 0 };
  for (const { finding } of answers) counts[finding] += 1;
  return counts;
}

const EMPTY = '☐';
const TICKED = '☑';
/** Events and documents that one remark names; of more there is the number. */
const SHOWN = 4;
const SHORT_DIGEST = 16;

/** One point in words. */
interface Row {
  readonly number: number;
  readonly title: string;
  readonly asks: string;
  readonly person: string;
  readonly laws: readonly string[];
  readonly finding: Assessment;
  readonly ticks: readonly (readonly [box: string, word: string])[];
  readonly evidence: readonly EvidenceText[];
}

interface EvidenceText {
  readonly weight: Evidence['weight'];
  readonly text: string;
  /** Where to look it up: events, documents, a command. */
  readonly where: readonly string[];
}

function rowsOf({ answers }: SelfAuditForm, lang: Lang): readonly Row[] {
  const { ticks } = formWords[lang];
  return answers.map((answer) => {
    const words = pointWords[lang][answer.number - 1];
    if (words === undefined) throw new Error('a point without words');
    return {
      ...words,
      number: answer.number,
      laws: answer.laws,
      finding: answer.finding,
      ticks: [
        [EMPTY, ticks.compliant],
        [answer.tick === 'not-compliant' ? TICKED : EMPTY, ticks.notCompliant],
        [EMPTY, ticks.notApplicable],
      ],
      evidence: answer.evidence.map((evidence) => evidenceText(evidence, lang)),
    };
  });
}

function evidenceText(evidence: Evidence, lang: Lang): EvidenceText {
  const words = formWords[lang];
  const { remark, weight, events, documents, look } = evidence;
  const listed = (name: string, all: readonly string[]): readonly string[] => {
    if (all.length === 0) return [];
    const rest = all.length > SHOWN ? ` ${words.more(all.length)}` : '';
    return [`${name} ${all.slice(0, SHOWN).join(punctuation[lang].list)}${rest}`];
  };
  return {
    weight,
    text: remarkText(remark, lang, (field) => fieldOf(field)?.[lang] ?? field),
    where: [
      ...listed(
        words.events,
        events.map((seq) => `#${seq}`),
      ),
      ...listed(
        words.digests,
        documents.map((digest) => digest.slice(0, SHORT_DIGEST)),
      ),
      ...(look === null ? [] : [`${words.look} ${look}`]),
    ],
  };
}

/** The head of the form: label and lines. */
function headOf(form: SelfAuditForm, lang: Lang): readonly (readonly [string, ...string[]])[] {
  const words = formWords[lang];
  const { handler, facts } = form;
  const persons = personsOf(facts);
  const { others } = facts;
  const isLarge = persons + (others?.persons ?? 0) >= SMALL_HANDLER_LIMIT;
  const elsewhere = others === null ? words.blank : words.saidOn(grouped(others.persons), others.on);
  const total = others === null ? words.blank : grouped(persons + others.persons);
  const { colon, open, close } = punctuation[lang];
  return [
    [words.handler, handler.name],
    [words.uscc, handler.uscc ?? words.blank],
    [words.contact, handler.phone],
    [words.role, words.roles[facts.role]],
    [
      words.mode,
      `${EMPTY} ${words.modes[0] ?? ''}　${EMPTY} ${words.modes[1] ?? ''}${words.blank}${words.blank}`,
    ],
    [words.period, `${words.blank} — ${words.blank}${open}${words.evidenceFrom(form.from, form.to)}${close}`],
    [
      words.persons,
      ...facts.persons.map(({ source, deal, datasets, records, persons: distinct }) => {
        const files = grouped(datasets);
        const from =
          source === 'imported' ? words.sources.imported(files) : words.sources.received(deal ?? '', files);
        return from + colon + words.counted(grouped(records), grouped(distinct));
      }),
      words.sum(grouped(persons)),
      words.method,
      (facts.role === 'buyer' ? words.beforeAndElsewhere : words.elsewhere) + colon + elsewhere,
      `${words.total}${colon}${total}　${words.isSmall}${colon}${EMPTY} ${words.yes}　${isLarge ? TICKED : EMPTY} ${words.no}`,
      ...(isLarge ? [words.notSmall] : []),
    ],
  ];
}

function madeBy({ made, facts, root }: SelfAuditForm, lang: Lang): string {
  return formWords[lang].made(localTime(made), grouped(facts.log.events), root);
}

function formHtml(form: SelfAuditForm, lang: Lang): string {
  const words = formWords[lang];
  const { columns } = words;
  const body = html`<h1>${words.title}</h1>
${form.facts.environment === 'test' ? html`<p class="bad"><strong>${words.drill}</strong></p>` : null}
<p class="soft small">${words.source}</p>
<table class="head">${headOf(form, lang).map(
    ([label, ...lines]) =>
      html`<tr><th scope="row">${label}</th><td>${lines.map((line) => html`<div>${line}</div>`)}</td></tr>`,
  )}</table>
<p class="small">${words.how}</p>
<table class="points"><thead><tr><th scope="col">${columns.number}</th><th scope="col">${columns.point}</th><th scope="col">${columns.tick}</th><th scope="col">${columns.remedy}</th><th scope="col">${columns.evidence}</th></tr></thead>
<tbody>${rowsOf(form, lang).map((row) => pointHtml(row, lang))}</tbody></table>
<section class="end"><h2>${words.remarks}</h2><div class="blank"></div>
<p>${words.declaration}</p>
<table class="sign"><tr><td>${words.head}<span class="line"></span></td><td>${words.date}<span class="line date">${words.dateBlank}</span></td></tr>
<tr><td>${words.seal}<span class="line"></span></td><td></td></tr></table>
<p class="soft small">${madeBy(form, lang)}</p></section>`;
  return htmlPage({ lang, title: words.title, body, style: STYLE });
}

const COLOURS: Readonly<Record<Assessment, string>> = {
  evidence: 'good',
  fault: 'bad',
  none: 'warn',
  'not-applicable': 'soft',
};

function pointHtml(row: Row, lang: Lang): Html {
  const words = formWords[lang];
  return html`<tr><td class="n">${row.number}</td>
<td><strong>${row.title}</strong><div class="small">${row.asks}</div><div class="soft small">${row.laws.join(' ')}</div></td>
<td class="ticks">${row.ticks.map(([box, word]) => html`<div><span class="box">${box}</span> ${word}</div>`)}</td>
<td><div class="soft small">${words.toState}${punctuation[lang].colon}${row.person}</div></td>
<td><strong class="${COLOURS[row.finding]}">${words.findings[row.finding]}</strong>${
    row.evidence.length === 0
      ? html`<div class="small soft">${words.nothing}</div>`
      : row.evidence.map(
          ({ text, weight, where }) =>
            html`<div class="small item${weight === 'against' ? ' bad' : ''}">${text}${
              where.length === 0
                ? null
                : html`<div class="soft code">${where.map((each) => html`<span>${each}</span> `)}</div>`
            }</div>`,
        )
  }</td></tr>
`;
}

/** A form that is printed and signed: wide pages, lines around every cell, the declaration on one page with its signature. */
const STYLE = `
body{max-width:76rem}.small{font-size:.86em;line-height:1.5}
table.head th{width:14rem}table.head td,table.head th,table.points td,table.points th{border:1px solid var(--soft)}
table.points{table-layout:fixed}table.points th:nth-child(1){width:3.4rem}table.points th:nth-child(2){width:25%}
table.points th:nth-child(3){width:8.6rem}table.points th:nth-child(4){width:24%}
table.points td:nth-child(1){text-align:center}.ticks div{white-space:nowrap}.box{font-size:1.15em}
.item{margin-top:.35rem}.item .code{font-size:.9em}.item .code span{white-space:nowrap;margin-right:.8em}
.blank{height:5.5rem;border:1px solid var(--soft)}.end{break-inside:avoid}.end h2{border:0;margin:1.2rem 0 .4rem}
table.sign td{border:0;padding:1.4rem .6rem .2rem 0;width:50%;white-space:nowrap}
.line{display:inline-block;min-width:15rem;border-bottom:1px solid var(--ink);margin-left:.6rem;text-align:right}
@page{size:A4 landscape;margin:12mm}
@media print{body{font-size:9pt}h1{font-size:15pt}th,td{padding:.25rem .45rem}
.good,.warn,.bad,.soft{color:var(--ink)}table.head th,table.points th{background:none}}
`;

function formMarkdown(form: SelfAuditForm, lang: Lang): string {
  const words = formWords[lang];
  const { columns } = words;
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(' | ')} |`;
  return [
    `# ${words.title}`,
    '',
    ...(form.facts.environment === 'test' ? [`**${words.drill}**`, ''] : []),
    words.source,
    '',
    ...headOf(form, lang).flatMap(([label, ...lines]) => {
      const [first = '', ...others] = lines.map(markdownText);
      return others.length === 0
        ? [`- **${label}** ${first}`]
        : [`- **${label}**`, ...[first, ...others].map((text) => `  - ${text}`)];
    }),
    '',
    words.how,
    '',
    line([columns.number, columns.point, columns.tick, columns.remedy, columns.evidence]),
    '|---|---|---|---|---|',
    ...rowsOf(form, lang).map((row) =>
      line([
        String(row.number),
        [`**${row.title}**`, row.asks, row.laws.join(' ')].join('\n'),
        row.ticks.map((tick) => tick.join(' ')).join('\n'),
        `${words.toState}${punctuation[lang].colon}${row.person}`,
        evidenceLines(row, lang).join('\n'),
      ]),
    ),
    '',
    `## ${words.remarks}`,
    '',
    words.blank,
    '',
    words.declaration,
    '',
    `${words.head} ${words.blank}${words.blank}　${words.date} ${words.blank}`,
    '',
    `${words.seal} ${words.blank}${words.blank}`,
    '',
    madeBy(form, lang),
    '',
  ].join('\n');
}

function markdownText(text: string): string {
  return text.replace(/[\\`*<>[\]|]/g, (c) => `\\${c}`);
}

/** Cells hold texts of this program and deal ids; a bar or a line's end would break the table. */
function markdownCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}

function evidenceLines(row: Row, lang: Lang): readonly string[] {
  const words = formWords[lang];
  return [
    words.findings[row.finding],
    ...(row.evidence.length === 0
      ? [words.nothing]
      : row.evidence.map(({ text, where }) => [text, ...where].join(' · '))),
  ];
}

/** For a spreadsheet: the head as lines of two cells, then one line a point. */
function formCsv(form: SelfAuditForm, lang: Lang): string {
  const words = formWords[lang];
  const { columns } = words;
  const lines: readonly (readonly string[])[] = [
    [words.title],
    ...(form.facts.environment === 'test' ? [[words.drill]] : []),
    [words.source],
    ...headOf(form, lang).flatMap(([label, ...texts]) =>
      texts.map((text, i) => [i === 0 ? label : '', text]),
    ),
    [words.how],
    [columns.number, columns.point, columns.tick, columns.remedy, columns.evidence, words.toState],
    ...rowsOf(form, lang).map((row) => [
      String(row.number),
      `${row.title}${punctuation[lang].colon}${row.asks}`,
      row.ticks.map((tick) => tick.join(' ')).join(' '),
      '',
      evidenceLines(row, lang).join('\n'),
      row.person,
    ]),
    [words.remarks, ''],
    [words.declaration],
    [words.head, '', words.date, ''],
    [words.seal, ''],
    [madeBy(form, lang)],
  ];
  return `\ufeff${lines.map(csvLine).join('')}`;
}
