import { dayOf } from '../base/time.js';
import { customersOf } from '../bundle/accounting.js';
import { kindName } from '../messages/deal-kinds.js';
import type { Lang } from '../messages/lang.js';
import { punctuation } from '../messages/punctuation.js';
import { verdictWords } from '../messages/reasons.js';
import { listWords } from '../messages/screens/list.js';
import { reportWords, type reportWords as Words } from '../messages/screens/report.js';
import { VERDICTS } from '../policy/reasons.js';
import type { ReportData } from './audit-report.js';
import { type PageSigner, type ReportProof, signedPageBytes } from './signed-page.js';
import type { ReportFinding } from './audit-report-findings.js';
import { dealCoverage, type ReportDeal, type ReportSource } from './audit-report-deal.js';
import { chartKey, chartPatterns, funnelChart } from './audit-report-chart.js';
import { firstFacts } from './audit-report-first.js';
import { evidencePart } from './audit-report-evidence.js';
import { sectionsOf } from './audit-report-sections.js';
import { REPORT_STYLE } from './audit-report-style.js';
import {
  balanceItems,
  dueText,
  reportFindingText,
  lawsText,
  overrideText,
  progressText,
  standingText,
  whoText,
  versionText,
} from './audit-report-words.js';
import { coverageText } from './coverage.js';
import { type Html, html, htmlPage, type HtmlContent, withData } from './html.js';
import { reasonLabel } from './labels.js';
import { grouped, percent } from './numbers.js';
import { figuresOf, type ProofEvent } from './page-figures.js';
import { PROOF_PARTS, type ProofParts, type ProofWords, selfProof } from './page-proof.js';
import { WHOLE_PAGE_PARTS, type WholePageParts, wholePage } from './page-whole.js';
import { localTime } from './times.js';

/**
 * The report as one page that loads nothing, prints on A4, and proves itself from the events, the checkpoint and the card that it carries
 * (docs/report.md). Page one is for a shop owner; digests are in the evidence at the end.
 */
export function reportHtml(data: ReportData, proof: ReportProof, lang: Lang, sign: PageSigner): string {
  const words = reportWords[lang];
  // The whole page without its data is signed, and is in the data: so whoever reads it can compare every word.
  const drawn = htmlPage({
    lang,
    title: words.page(data.party.name),
    style: REPORT_STYLE,
    script: scriptOf(lang),
    data: '',
    body: html`<article id="report" data-deal="${data.deal ?? ''}">
${chartPatterns()}
${pageOne(data, lang)}
${data.deals.flatMap((deal) => deal.sources.slice(0, -1)).map((source) => html`<section><h2>${words.sections.funnel}</h2>${funnel(source, lang)}</section>`)}
${data.deals.map((deal) => sectionsOf(deal, data, lang))}
${sectionsOf(null, data, lang)}
${evidencePart(data, lang)}
</article>`,
  });
  const page = proof.pruned === null ? drawn : onlyTied(drawn, proof.events);
  const pageSignature = sign?.(signedPageBytes(page)) ?? '';
  return withData(page, JSON.stringify({ ...proof, page, page_signature: pageSignature }));
}

function pageOne(data: ReportData, lang: Lang): Html {
  const words = reportWords[lang];
  const { party } = data;
  const overrides = data.deals.flatMap((deal) => deal.overrides);
  const role = [words[party.role], ...(party.environment === 'test' ? [words.rehearsal] : [])].join(' · ');
  return html`<section class="first">
<header class="top"><div><h1>${words.title}</h1><p>${party.name} · ${role}</p><p>${words.made(localTime(data.made))}</p></div>
<p class="badge" role="status" id="proof" data-state="waiting">${words.proof.noScript}</p></header>
<div class="verdict ${data.standing}"><p class="state">${standingText(data, lang)}</p>
${data.deals.length === 0 ? html`<p class="say">${words.noDeal}</p>` : data.deals.map((deal) => sentence(deal, data, lang))}
${overrides.map((override) => html`<p class="override">${overrideText(override, lang)}</p>`)}</div>
${tiles(data, lang)}
${data.deals.map((deal) => dealFacts(deal, data, lang))}
<h2>${words.open.title}</h2>
${tasks(data, lang)}
${data.deals.map((deal) => dealFunnel(deal, data, lang))}
</section>`;
}

const MARKED = /\ue000([^\ue001]*)\ue001([^\ue002]*)\ue002/g;

/** The sentence of a deal, its figures tied to the log. */
function sentence(deal: ReportDeal, data: ReportData, lang: Lang): Html {
  const text = progressText(deal, data, lang, (name, shown) =>
    name === null ? shown : `\ue000${name}\ue001${shown}\ue002`,
  );
  const pieces: HtmlContent[] = [];
  let at = 0;
  for (const found of text.matchAll(MARKED)) {
    pieces.push(text.slice(at, found.index), figure(found[1] ?? '', found[2] ?? ''));
    at = found.index + found[0].length;
  }
  pieces.push(text.slice(at));
  const several = data.deals.length > 1 ? `${deal.id}${punctuation[lang].colon}` : '';
  return html`<p class="say">${several}${pieces}</p>`;
}

/** A figure or digest that the page itself compares with the log. */
function figure(name: string, shown: string): Html {
  return html`<span data-figure="${name}">${shown}</span>`;
}

function tiles(data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].glance;
  const without = data.exposure.tiers.reduce((sum, tier) => sum + tier.without_basis, 0);
  const [deal] = data.deals;
  const files = data.deals.flatMap((deal) => deal.sources.flatMap((source) => source.files));
  const here = new Map(files.map((file) => [file.dataset, file.here] as const));
  const kept = [...here.values()].reduce((sum, count) => sum + count, 0);
  return html`<div class="tiles">
${deal === undefined || data.deals.length > 1 ? null : coverageTile(deal, lang)}
<div class="tile"><span>${words.exposure}</span><b class="${without > 0 ? 'bad' : 'good'}">${grouped(without)}</b><span>${words.exposureNote}</span></div>
<div class="tile"><span>${words.still}</span><b>${grouped(kept)}</b><span>${words.stillNote}</span></div>
<div class="tile"><span>${words.log}</span><b class="${data.log.intact ? 'good' : 'bad'}">${data.log.intact ? words.logGood : words.logBad}</b><span>${logNote(data, lang)}</span></div>
</div>`;
}

/** How many events are signed: what the page itself can count. */
function logNote({ log }: ReportData, lang: Lang): Html {
  const signed = grouped(log.signed);
  const [before = '', after = ''] = reportWords[lang].glance.logNote(signed).split(signed);
  return html`${before}${figure('log/signed', signed)}${after}`;
}

function coverageTile(deal: ReportDeal, lang: Lang): Html {
  const words = reportWords[lang].glance;
  const coverage = dealCoverage(deal);
  if (coverage === null)
    return html`<div class="tile"><span>${words.coverage}</span><b>–</b><span>${words.noCheck}</span></div>`;
  const share = percent(coverage.covered, coverage.records);
  const last = deal.sources.at(-1);
  const note = words.coverageNote(grouped(coverage.covered), grouped(coverage.records));
  return html`<div class="tile"><span>${words.coverage}</span>${
    last?.counted_by === 'check' ? html`<b data-share="check/${last.id}">${share}</b>` : html`<b>${share}</b>`
  }<span>${note}</span></div>`;
}

function dealFacts(deal: ReportDeal, data: ReportData, lang: Lang): Html {
  const words = reportWords[lang];
  const of = data.deals.length > 1 ? html`<h2>${deal.id}</h2>` : null;
  return html`${of}<dl class="facts"><dt>${words.glance.deal}</dt><dd>${[deal.id, deal.title, ...versionText(deal, lang)].join(' · ')}</dd>
<dt>${words.glance.parties}</dt><dd>${deal.seller}${words.glance.arrow}${deal.buyer}</dd>
<dt>${words.glance.kind}</dt><dd>${kindName(deal.kind, lang)}</dd>
<dt>${words.glance.basis}</dt><dd>${words.consent[deal.basis.consent]} <span class="soft">${lawsText(deal.basis.laws.slice(0, 2), lang)}</span></dd>${firstFacts(
    deal,
    data,
    lang,
  ).map(
    ([label, ...texts]) =>
      html`<dt>${label}</dt><dd>${texts.map((text) => html`<div>${typeof text === 'string' ? text : text.items.join(text.between)}</div>`)}</dd>`,
  )}</dl>`;
}

function dealFunnel(deal: ReportDeal, data: ReportData, lang: Lang): Html {
  const words = reportWords[lang];
  const last = deal.sources.at(-1);
  const of = data.deals.length > 1 ? html` <span class="of">${deal.id}</span>` : null;
  return html`<h2>${words.sections.funnel}${of}</h2>${
    last === undefined ? html`<p class="soft">${words.funnel.none}</p>` : funnel(last, lang)
  }`;
}

/** The chart of the newest file, and the table that is its key. */
function funnel(source: ReportSource, lang: Lang): Html {
  const words = reportWords[lang];
  const { accounting, exported, received, purged, here } = source;
  const chart = funnelChart(source);
  const isOurs = source.counted_by === 'check';
  const of = (key: string, shown: string) =>
    isOurs ? figure(`check/${source.id}/${key}`, shown) : html`${shown}`;
  const [bundle, ...more] = source.bundles;
  const tied = (key: string, shown: string) =>
    bundle === undefined || more.length > 0 ? html`${shown}` : figure(`bundle/${bundle}/${key}`, shown);
  const step = (label: string, count: HtmlContent) =>
    html`<p class="step"><span>${label}</span><b>${count}</b></p>`;
  const read = grouped(accounting.read);
  const sent = isOurs ? tied('rows', grouped(exported)) : grouped(exported);
  const came =
    received === null
      ? words.funnel.awaiting
      : isOurs
        ? grouped(received)
        : tied('received', grouped(received));
  return html`<div class="funnel">
${step(words.funnel.read, of('read', read))}${chart.read}
${exported === 0 ? null : html`${step(`${words.funnel.exported}${words.glance.arrow}${words.funnel.received}`, html`${sent}${words.glance.arrow}${came}`)}${chart.sent}`}
${purged + here === 0 ? null : html`${step(restLabel(purged, lang), purged > 0 ? `${grouped(purged)} / ${grouped(here)}` : grouped(here))}${chart.rest}`}
<table class="plain"><tbody>${VERDICTS.map((verdict) => {
    const count = accounting[verdict];
    const top = verdict === 'transfer' ? {} : accounting.reasons[verdict];
    return html`<tr><th scope="row">${chartKey(verdict)}${verdictWords[lang][verdict].short}</th><td class="n">${of(verdict, grouped(count))}</td><td class="n soft">${percent(count, customersOf(accounting))}</td><td class="soft">${topReasons(top, lang)}</td></tr>`;
  })}<tr><th scope="row">${chartKey('blank')}${words.funnel.blank}</th><td class="n">${of('blank', grouped(accounting.blank))}</td><td></td><td></td></tr>${(['replaced', 'handed_over'] as const).map((place) => (accounting[place] === 0 ? null : html`<tr><th scope="row">${chartKey(place)}${words.funnel[place]}</th><td class="n">${of(place, grouped(accounting[place]))}</td><td></td><td></td></tr>`))}</tbody></table>
${source.coverage === null ? null : html`<p class="soft">${listWords[lang].list}${punctuation[lang].colon}${coverageText(source.coverage, lang)}</p>`}
<p class="balance">${words.funnel.balance}${punctuation[lang].colon}${balanceItems(source, lang).join(words.funnel.plus)} <b class="${source.balanced ? 'good' : 'bad'}">${source.balanced ? words.funnel.balanced : words.funnel.unbalanced}</b> · ${(isOurs ? words.funnel.file : words.funnel.bundle)(dayOf(source.time))}</p></div>`;
}

function restLabel(purged: number, lang: Lang): string {
  const words = reportWords[lang].funnel;
  return purged > 0 ? `${words.purged} / ${words.here}` : words.here;
}

/** Figures whose event was pruned follow from nothing that the page carries: they stay as they are and are not compared. */
function onlyTied(page: string, lines: readonly string[]): string {
  const events = lines.map((line): ProofEvent => JSON.parse(line));
  const names = new Set([...figuresOf(events).keys(), 'log/signed', 'log/root']);
  return page.replace(/ data-(figure|share)="([^"]*)"/g, (mark, kind: string, name: string) =>
    names.has(kind === 'share' ? `${name}/read` : name) ? mark : '',
  );
}

function topReasons(counts: Readonly<Record<string, number>>, lang: Lang): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([code, count]) => `${reasonLabel(code, lang)} ${grouped(count)}`)
    .join(' · ');
}

function tasks(data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].open;
  if (data.findings.length === 0) return html`<p>${words.none}</p>`;
  return html`<table class="plain tasks"><thead><tr><td></td><th scope="col">${words.what}</th><th scope="col">${words.who}</th><th scope="col">${words.due}</th></tr></thead><tbody>${data.findings.map((finding) => task(finding, data, lang))}</tbody></table>`;
}

function task(finding: ReportFinding, data: ReportData, lang: Lang): Html {
  const words = reportWords[lang];
  const several =
    data.deals.length > 1 && finding.deal !== null ? `${finding.deal}${punctuation[lang].colon}` : '';
  return html`<tr><td><span class="tag ${finding.severity}">${words.severities[finding.severity]}</span></td><td class="what">${several}${reportFindingText(finding, lang)}${finding.command === null ? null : html` <code class="cmd soft">${finding.command}</code>`}</td><td class="who">${whoText(finding, data, lang)}</td><td class="date">${dueText(finding, lang)}</td></tr>`;
}

/** The functions of page-proof.ts and of its parts as they are, with their words. */
function scriptOf(lang: Lang): string {
  const words = JSON.stringify(proofWords(reportWords[lang].proof)).replaceAll('<', '\\u003c');
  return `(function(){"use strict";
var parts=${sourceOf(PROOF_PARTS)};
var wholeParts=${sourceOf(WHOLE_PAGE_PARTS)};
var selfProof=${selfProof};
var wholePage=${wholePage};
var words=${words};
EventTarget.prototype.addEventListener.call(window,"DOMContentLoaded",function(){
var whole=wholePage(window,wholeParts);
var again=whole.page.getElementById("proof-again");
var title=whole.page.getElementById("proof");
function run(){return selfProof(window.crypto&&window.crypto.subtle,words,parts,whole);}
if(title)title.textContent=words.waiting;
run();
if(again)EventTarget.prototype.addEventListener.call(again,"click",run);
});
})();`;
}

/** Functions by name, as the source text of an object. */
function sourceOf(parts: ProofParts | WholePageParts): string {
  return `{${Object.entries(parts)
    .map(([name, part]) => `${name}:${part}`)
    .join(',\n')}}`;
}

/** Sentences with numbered places where the page puts its counts. */
function proofWords(words: (typeof Words)[Lang]['proof']): ProofWords & { readonly waiting: string } {
  return {
    waiting: words.waiting,
    good: words.good,
    partly: words.partly,
    bad: words.bad,
    events: words.events('{0}', '{1}'),
    rootBad: words.rootBad,
    sequence: words.sequence,
    signatureGood: words.signatureGood,
    signatureBad: words.signatureBad,
    signatureSkipped: words.signatureSkipped,
    noCrypto: words.noCrypto,
    dataBad: words.dataBad,
    pageGood: words.pageGood,
    pageBad: words.pageBad,
    pageUnsigned: words.pageUnsigned,
    fingerprintGood: words.fingerprintGood('{0}'),
    fingerprintBad: words.fingerprintBad('{0}'),
    figuresGood: words.figuresGood('{0}'),
    figuresBad: words.figuresBad('{0}'),
    figuresMissing: words.figuresMissing('{0}'),
    unsigned: words.unsigned('{0}'),
  };
}
