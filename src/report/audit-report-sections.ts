import { tableScreen } from '../messages/screens/tables.js';
import { tableWords } from '../messages/tables.js';
import { sumsText } from './table-sums.js';
import { dayOf } from '../base/time.js';
import type { Lang } from '../messages/lang.js';
import { punctuation } from '../messages/punctuation.js';
import { dealWords } from '../messages/screens/deal.js';
import { clearKind } from '../messages/limits.js';
import { reportWords } from '../messages/screens/report.js';
import { KEPT_KINDS } from '../retention/kept-records.js';
import type { CalendarEntry, ReportData } from './audit-report.js';
import { dealCoverage, type ReportDeal, type ReportField, type ReportFormer } from './audit-report-deal.js';
import { houseSection, liabilitySection } from './audit-report-house.js';
import { axisChart, barChart, spanChart, spanOf } from './audit-report-chart.js';
import {
  approvalTexts,
  byEnd,
  calendarCounts,
  calendarLabel,
  formerTexts,
  foundList,
  lawsText,
  limitTexts,
  placeTexts,
  purgeText,
} from './audit-report-words.js';
import { type Html, html, type HtmlContent } from './html.js';
import { fieldLabel, reasonLabel, wordFor } from './labels.js';
import { fileSize, grouped } from './numbers.js';
import { localTime } from './times.js';

/** The sections after page one: those of a deal, or, for null, those of the whole firm. */
export function sectionsOf(deal: ReportDeal | null, data: ReportData, lang: Lang): readonly Html[] {
  if (deal === null)
    return [
      personsSection(data, lang),
      houseSection(data.house, data.today, lang),
      calendarSection(data, lang),
      purgesSection(data, lang),
      exposureSection(data, lang),
      liabilitySection(lang),
    ];
  return [
    fieldsSection(deal, data, lang),
    evidenceSection(deal, data, lang),
    assessmentSection(deal, data, lang),
    provisionsSection(deal, data, lang),
  ];
}

/** With several deals, each section says whose it is. */
function section(title: string, body: HtmlContent, deal: ReportDeal | null = null, data?: ReportData): Html {
  const of =
    deal !== null && (data?.deals.length ?? 0) > 1 ? html` <span class="of">${deal.id}</span>` : null;
  return html`<section><h2>${title}${of}</h2>${body}</section>`;
}

function fieldsSection(deal: ReportDeal, data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].fields;
  const present = deal.fields.filter(({ why }) => why !== 'not-in-file');
  const [goes, stays] = [present.filter((f) => f.leaves), present.filter((f) => !f.leaves)];
  const strict = present.filter(isStrict);
  const scanned = present.filter(({ found }) => found.length > 0);
  return section(
    reportWords[lang].sections.fields,
    html`<div class="columns"><div><h3>${words.leaves(goes.length)}</h3>${chips(goes, 'go', lang)}</div>
<div>${stays.length === 0 ? null : html`<h3>${words.stays(stays.length)}</h3>${chips(stays, 'stay', lang)}`}</div></div>
<h3>${words.sensitive}</h3>
${
  strict.length === 0
    ? html`<p>${words.sensitiveNone}</p>`
    : html`<table class="plain"><thead><tr><th scope="col">${words.field}</th><th scope="col">${words.class}</th><th scope="col">${words.tier}</th><th scope="col">${words.action}</th><th scope="col">${words.necessity}</th></tr></thead><tbody>${strict.map((field) => strictRow(field, lang))}</tbody></table>`
}
${scanned.map((field) => html`<p>${words.found}${punctuation[lang].colon}<b>${fieldLabel(field.field, lang)}</b> <span class="soft">${foundList(field, lang).items.join(' · ')}</span></p>`)}
<p>${words.guardian(grouped(deal.guardian_missing))}</p>
${deal.former.map((former) => formerBlock(former, lang))}`,
    deal,
    data,
  );
}

/** What was agreed when these bundles were made, before the deal was amended. */
function formerBlock(former: ReportFormer, lang: Lang): Html {
  const words = reportWords[lang];
  const { version, bundles, sha256, assessment } = former;
  const { list } = punctuation[lang];
  const goes = formerTexts(former, lang);
  return html`<h3>${words.fields.former(version, bundles.join(list))}</h3><dl class="facts"><dt>${words.fields.leaves(goes.length)}</dt><dd>${goes.join(list)}</dd>
<dt>${words.assessment.paper}</dt><dd>${words.assessment.paperText(assessment.title, assessment.date)}</dd>
<dt>${words.glance.deal}</dt><dd><code>${sha256}</code></dd></dl>`;
}

function isStrict(field: ReportField): boolean {
  return field.class === 'sensitive' || field.class === 'safety';
}

function chips(fields: readonly ReportField[], kind: string, lang: Lang): Html {
  const actions = dealWords[lang].actions;
  return html`<ul class="chips ${kind}">${fields.map(
    (field) =>
      html`<li>${fieldLabel(field.field, lang)}${field.leaves && field.action !== 'keep' ? html`<i>${actions[field.action]}</i>` : null}</li>`,
  )}</ul>`;
}

function strictRow(field: ReportField, lang: Lang): Html {
  const words = reportWords[lang].fields;
  const action = dealWords[lang].actions[field.leaves ? field.action : 'drop'];
  return html`<tr><td>${fieldLabel(field.field, lang)}</td><td>${reportWords[lang].classes[field.class]}</td><td>${words.tierOf(field.tier)}</td><td>${field.leaves ? html`<b class="warn">${action}</b>` : action}</td><td>${field.leaves ? (field.necessity ?? words.notStated) : '–'}</td></tr>`;
}

function evidenceSection(deal: ReportDeal, data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].evidence;
  const source = deal.sources.at(-1);
  const most = Math.max(0, ...deal.evidence.map(({ records }) => records));
  return section(
    reportWords[lang].sections.evidence,
    source === undefined
      ? html`<p>${words.notice(deal.notice.sent)} ${words.notYet}</p>`
      : html`<p>${words.notice(deal.notice.sent)} ${words.complete(grouped(dealCoverage(deal)?.covered ?? 0))}</p>
${
  deal.evidence.length === 0
    ? html`<p>${words.none}</p>`
    : html`<p class="soft">${words.lead}</p><table class="plain"><thead><tr><th scope="col">${words.reason}</th><th scope="col" class="n">${words.records}</th><td></td><th scope="col" class="law">${words.law}</th></tr></thead><tbody>${deal.evidence.map(
        ({ code, records, laws, verdict }) =>
          html`<tr><td>${reasonLabel(code, lang)}</td><td class="n">${grouped(records)}</td><td class="chart">${barChart(records, most, verdict)}</td><td class="soft law">${lawsText(laws, lang)}</td></tr>`,
      )}</tbody></table>`
}`,
    deal,
    data,
  );
}

function assessmentSection(deal: ReportDeal, data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].assessment;
  const { assessment, confidentiality } = deal;
  const order = assessment.before_handover;
  return section(
    reportWords[lang].sections.assessment,
    html`<dl class="facts"><dt>${words.paper}</dt><dd>${words.paperText(assessment.title, assessment.date)} ${order === null ? null : html`<b class="${order ? 'good' : 'bad'}">${order ? words.before : words.after}</b>`} <span class="soft">${words.keep(assessment.keep_until)}</span></dd>
<dt>${words.confidentiality}</dt><dd>${words.paperText(confidentiality.title, confidentiality.signed)}</dd>
<dt>${words.approvals}</dt><dd>${approvalTexts(deal, lang).map((text) => html`<div>${text}</div>`)}</dd></dl>`,
    deal,
    data,
  );
}

function provisionsSection(deal: ReportDeal, data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].provisions;
  return section(
    reportWords[lang].sections.provisions,
    deal.provisions.length === 0
      ? html`<p>${words.none}</p>`
      : html`<table class="plain"><thead><tr><th scope="col">${words.bundle}</th><th scope="col">${words.when}</th><th scope="col">${words.recipient}</th><th scope="col">${words.scale}</th><th scope="col">${words.receipt}</th><th scope="col">${words.keep}</th></tr></thead><tbody>${deal.provisions.map(
          ({ number, state, time, recipient, rows, fields, tables = [], receipt, keep_until }) =>
            html`<tr><td>${words.number(number)} <span class="soft">${words.states[state]}</span></td><td>${localTime(time)}</td><td>${recipient}</td><td>${words.people(grouped(rows))}<br><span class="soft">${words.fieldsOf(fields.length)}</span>${tables.map(
              (each) =>
                html`<br>${tableWords[lang][each.table].name} <span class="soft">${sumsText(each.table, each, lang)} · ${tableScreen[lang].confirmed[each.confirmed ? 'yes' : 'no']}</span>`,
            )}</td><td>${receipt === null ? words.awaiting : html`${words.dispositions[receipt.disposition]}<br><span class="soft">${localTime(receipt.issued)}</span>`}</td><td>${keep_until}</td></tr>`,
        )}</tbody></table>`,
    deal,
    data,
  );
}

function personsSection(data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].persons;
  const { requests, notices, incidents } = data;
  const end = (closed: string | null) => (closed === null ? html`<b class="warn">${words.open}</b>` : closed);
  return section(
    reportWords[lang].sections.persons,
    html`<h3>${words.notices}</h3>
${
  notices.length === 0
    ? html`<p>${words.noticesNone}</p>`
    : html`<table class="plain"><thead><tr><th scope="col">${words.kind}</th><td></td><th scope="col">${words.due}</th><th scope="col">${words.closed}</th></tr></thead><tbody>${notices.map(
        ({ kind, direction, due, completed }) =>
          html`<tr><td>${wordFor(words.noticeKinds, kind)}</td><td>${words[direction]}</td><td>${due}</td><td>${end(completed === null ? null : dayOf(completed))}</td></tr>`,
      )}</tbody></table>`
}
<h3>${words.requests}</h3>
${
  requests.total === 0
    ? html`<p>${words.requestsNone}</p>`
    : html`<p>${words.requestsText(grouped(requests.total), grouped(requests.open), grouped(requests.overdue), grouped(requests.done), grouped(requests.refused))}</p>
<table class="plain"><thead><tr><th scope="col">${words.kind}</th><th scope="col">${words.received}</th><th scope="col">${words.due}</th><th scope="col">${words.closed}</th><th scope="col">${words.outcome}</th></tr></thead><tbody>${requests.list.map(
        ({ kind, received, due, closed, outcome, reason }) =>
          html`<tr><td>${wordFor(words.requestKinds, kind)}</td><td>${dayOf(received)}</td><td>${due}</td><td>${end(closed === null ? null : dayOf(closed))}</td><td>${outcome === null ? '' : words.outcomes[outcome]}${reason === null ? null : html` <span class="soft">${reason}</span>`}</td></tr>`,
      )}</tbody></table>`
}
<h3>${words.incidents}</h3>
${
  incidents.length === 0
    ? html`<p>${words.incidentsNone}</p>`
    : html`<table class="plain"><thead><tr><th scope="col">${words.number}</th><th scope="col">${words.opened}</th><th scope="col">${words.closed}</th><td></td></tr></thead><tbody>${incidents.map(
        ({ id, opened, closed, notes }) =>
          html`<tr><td>${id}</td><td>${localTime(opened)}</td><td>${end(closed === null ? null : localTime(closed))}</td><td class="soft">${words.notes(notes)}</td></tr>`,
      )}</tbody></table>`
}`,
  );
}

function calendarSection(data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].calendar;
  const title = reportWords[lang].sections.calendar;
  if (data.calendar.length === 0) return section(title, html`<p>${words.none}</p>`);
  const entries = byEnd(data.calendar);
  const span = spanOf([
    data.today,
    ...entries.flatMap(({ from, until }) => (until === null ? [from] : [from, until])),
  ]);
  return section(
    title,
    html`<p class="soft">${words.lead}</p><table class="plain timeline"><thead><tr><th scope="col">${words.what}</th><th scope="col" class="chart">${axisChart(span, data.today, words.today)}</th><th scope="col">${words.until}</th><th scope="col" class="law">${words.why}</th></tr></thead><tbody>${entries.map(
      (entry) =>
        html`<tr><td>${calendarLabel(entry.what, lang)}<br><span class="soft">${calendarCounts(entry, lang).join(' · ')}</span></td><td class="chart">${spanChart(entry.from, entry.until, data.today, span, kindOf(entry))}</td><td class="n">${entry.until ?? html`<span class="soft">${words.noEnd}</span>`}</td><td class="soft law">${lawsText(entry.laws, lang)}</td></tr>`,
    )}</tbody></table>`,
  );
}

function kindOf({ what, due }: CalendarEntry): string {
  if (due > 0) return 'due';
  if (what === 'hold' || what === 'freeze') return 'restraint';
  return what === 'evidence' || KEPT_KINDS.some((kind) => kind === what) ? 'record' : 'data';
}

function purgesSection(data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].purges;
  const { files, shredded, places } = data.remaining;
  const said = placeTexts(data, lang);
  return section(
    reportWords[lang].sections.purges,
    html`${data.purges.length === 0 ? html`<p>${words.none}</p>` : data.purges.map((purge) => purgeBox(purge, lang))}
<h3>${words.files}</h3>
${
  files.length === 0
    ? html`<p>${words.filesNone}</p>`
    : html`<table class="plain"><tbody>${files.map(({ kind, bytes, time }) => html`<tr><th scope="row">${clearKind(kind, lang)}</th><td class="n">${fileSize(bytes)}</td><td>${dayOf(time)}</td></tr>`)}</tbody></table>`
}
${shredded === 0 ? null : html`<p>${words.shredded(shredded)}</p>`}
<h3>${words.places}</h3>
${places.length === 0 ? null : html`<p class="soft">${words.placesNote}</p>`}
<ul>${said.filter((text) => text !== words.placesNote).map((text) => html`<li>${text}</li>`)}</ul>`,
  );
}

function purgeBox(purge: ReportData['purges'][number], lang: Lang): Html {
  const words = reportWords[lang].purges;
  const { id, outcome, certificate, records } = purge;
  const colour =
    outcome === null ? 'warn' : outcome === 'failed' ? 'bad' : outcome === 'erased' ? 'good' : 'warn';
  const count =
    certificate === null
      ? html`${grouped(records)}`
      : html`<span data-figure="purge/${id}/records">${grouped(records)}</span>`;
  return html`<div class="card"><dl class="facts"><dt>${words.when}</dt><dd>${localTime(certificate?.finished ?? purge.time)}</dd>
<dt>${words.outcome}</dt><dd><b class="${colour}">${purgeText(purge, lang)}</b>${certificate?.valid === false ? html` <b class="bad">${words.invalid}</b>` : null}</dd>
<dt>${words.records}</dt><dd>${count}${certificate === null ? null : html` <span class="soft">${words.persons(grouped(certificate.persons))}</span>`}</dd></dl>
${certificate === null ? null : html`<h3>${words.limits}</h3><ul>${limitTexts(purge, lang).map((text) => html`<li>${text}</li>`)}</ul>`}</div>`;
}

function exposureSection(data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].exposure;
  return section(
    reportWords[lang].sections.exposure,
    html`<p>${words.lead}</p><table class="plain"><thead><tr><th scope="col">${words.tier}</th><th scope="col" class="n">${words.counted}</th><th scope="col" class="n">${words.transferred}</th><th scope="col" class="n">${words.without}</th></tr></thead><tbody>${data.exposure.tiers.map(
      ({ tier, counted_from, transferred, without_basis }) =>
        html`<tr><td>${tier} <span class="soft">${words.tiers[tier]}</span></td><td class="n">${grouped(counted_from)}</td><td class="n">${grouped(transferred)}</td><td class="n"><b class="${without_basis > 0 ? 'bad' : 'good'}">${grouped(without_basis)}</b></td></tr>`,
    )}</tbody></table><p class="soft">${words.method}</p>
${data.exposure.by_plan === 0 ? null : html`<p class="soft">${words.byPlan(data.exposure.by_plan)}</p>`}`,
  );
}
