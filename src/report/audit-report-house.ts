import { z } from 'zod';
import { REPORT_VALUE } from './report-values.js';
import { type CalendarDate, dayOf } from '../base/time.js';
import { LIABILITIES } from '../messages/drafts/liability.js';
import type { Lang } from '../messages/lang.js';
import { PAPER_KINDS, paperName } from '../messages/papers.js';
import { IDENTIFICATIONS, identificationName, PEOPLE_ROLES, roleName } from '../messages/people.js';
import { FOLLOWUP_KINDS } from '../messages/followup-kinds.js';
import { followupWords } from '../messages/screens/followup.js';
import { reportHouseWords } from '../messages/screens/report-house.js';
import { fullCitationOf } from '../policy/laws.js';
import { type Html, html } from './html.js';
import { fileSize, grouped } from './numbers.js';
import type { Fact } from './screen.js';

/* The house in the report: people, papers, feedback, follow-up and findings, told by the page and on the terminal alike. */

const { count, date, digest, instant } = REPORT_VALUE;

export const houseSchema = z.strictObject({
  people: z.strictObject({
    present: count,
    unpromised: count,
    untrained: count,
    /** Brokers and entrusted parties, with how it was made sure who they are. */
    outsiders: z.array(
      z.strictObject({
        name: z.string(),
        role: z.enum(PEOPLE_ROLES),
        identified: z.enum(IDENTIFICATIONS).nullable(),
        promised: date.nullable(),
      }),
    ),
  }),
  papers: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(PAPER_KINDS),
      signed: date,
      sha256: digest,
      deal: z.string().nullable(),
    }),
  ),
  feedback: z.array(z.strictObject({ kind: z.enum(['complaints', 'survey']), time: instant, rows: count })),
  followup: z.array(
    z.strictObject({
      id: z.string(),
      deal: z.string(),
      kind: z.enum(FOLLOWUP_KINDS),
      owner: z.string().nullable(),
      due: date,
      done: instant.nullable(),
    }),
  ),
  /** What went as signed files and not on paper, and what room was given back: files in the clear that are gone. */
  paperless: z.strictObject({
    documents: count,
    purged_records: count,
    shredded_files: count,
    freed_bytes: count,
  }),
  findings: z.strictObject({
    open: count,
    overdue: count,
    closed: count,
    /** Since the self-audit before the last one that was kept; null before there are two. */
    trend: z.strictObject({ new: count, standing: count, gone: count }).nullable(),
  }),
});
export type ReportHouse = z.infer<typeof houseSchema>;

/** Each register in a line or some, in the order of the section. */
export function houseFacts(house: ReportHouse, today: CalendarDate, lang: Lang): readonly Fact[] {
  const words = reportHouseWords[lang];
  const { paperless } = house;
  return [
    ...peopleFacts(house.people, lang),
    papersFact(house.papers, lang),
    feedbackFact(house.feedback, lang),
    followupFact(house.followup, today, lang),
    findingsFact(house.findings, lang),
    [
      words.paperless,
      words.paperlessText(
        grouped(paperless.documents),
        grouped(paperless.purged_records),
        grouped(paperless.shredded_files),
        fileSize(paperless.freed_bytes),
      ),
    ],
  ];
}

/** How many people there are, and everybody from outside by name. */
function peopleFacts(people: ReportHouse['people'], lang: Lang): readonly Fact[] {
  const words = reportHouseWords[lang];
  const { present, unpromised, untrained } = people;
  const outsiders = people.outsiders.map(({ name, role, identified }) =>
    words.identified(name, roleName(role, lang), identificationName(identified, lang)),
  );
  return [
    [
      words.people,
      present === 0
        ? words.peopleNone
        : words.peopleText(grouped(present), grouped(unpromised), grouped(untrained)),
    ],
    ...(outsiders.length === 0 ? [] : [[words.outsiders, ...outsiders] as const]),
  ];
}

function papersFact(papers: ReportHouse['papers'], lang: Lang): Fact {
  const words = reportHouseWords[lang];
  const texts = papers.map(({ id, kind, signed }) => words.paperText(id, paperName(kind, lang), signed));
  return [words.papers, ...(texts.length === 0 ? [words.papersNone] : texts)];
}

function feedbackFact(feedback: ReportHouse['feedback'], lang: Lang): Fact {
  const words = reportHouseWords[lang];
  const texts = feedback.map(({ kind, time, rows }) => words[kind](dayOf(time), grouped(rows)));
  return [words.feedback, ...(texts.length === 0 ? [words.feedbackNone] : texts)];
}

/** How many tasks are open, overdue and done, and each that is open. */
function followupFact(followup: ReportHouse['followup'], today: CalendarDate, lang: Lang): Fact {
  const words = reportHouseWords[lang];
  if (followup.length === 0) return [words.followup, words.followupNone];
  const open = followup.filter(({ done }) => done === null);
  const overdue = open.filter(({ due }) => due < today).length;
  return [
    words.followup,
    words.followupText(grouped(open.length), grouped(overdue), grouped(followup.length - open.length)),
    ...open.map(({ due, kind, owner }) =>
      words.task(due, followupWords[lang].kinds[kind], owner ?? words.nobody),
    ),
  ];
}

/** What self-audits and auditors found, and whether it becomes less. */
function findingsFact({ open, overdue, closed, trend }: ReportHouse['findings'], lang: Lang): Fact {
  const words = reportHouseWords[lang];
  return [
    words.findings,
    open + closed === 0
      ? words.findingsNone
      : words.findingsText(grouped(open), grouped(overdue), grouped(closed)),
    ...(trend === null
      ? []
      : [words.trend(grouped(trend.new), grouped(trend.standing), grouped(trend.gone))]),
  ];
}

/** The section on the page. */
export function houseSection(house: ReportHouse, today: CalendarDate, lang: Lang): Html {
  const facts = houseFacts(house, today, lang);
  return html`<section><h2>${reportHouseWords[lang].title}</h2><dl class="facts">${facts.map(
    ([label, ...texts]) =>
      html`<dt>${label}</dt><dd>${texts.map((text) => html`<div>${typeof text === 'string' ? text : text.items.join(text.between)}</div>`)}</dd>`,
  )}</dl></section>`;
}

/** What may follow from a wrong handover, each with the wording that is meant. */
export function liabilitySection(lang: Lang): Html {
  const words = reportHouseWords[lang];
  return html`<section><h2>${words.liability}</h2><p class="soft">${words.liabilityLead}</p>
<table class="plain"><thead><tr><th scope="col">${words.kind}</th><th scope="col">${words.text}</th><th scope="col">${words.law}</th></tr></thead><tbody>${LIABILITIES.map(
    ({ kind, text, laws }) =>
      html`<tr><td>${kind[lang]}</td><td>${text[lang]}</td><td class="soft">${laws.map((id) => html`<div>${fullCitationOf(id, lang)}</div>`)}</td></tr>`,
  )}</tbody></table></section>`;
}
