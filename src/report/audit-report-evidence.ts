import type { Lang } from '../messages/lang.js';
import { clearKind } from '../messages/limits.js';
import { placeName } from '../messages/places.js';
import { punctuation } from '../messages/punctuation.js';
import { reportWords } from '../messages/screens/report.js';
import { lawOf } from '../policy/laws.js';
import type { ReportData } from './audit-report.js';
import type { ReportDeal, ReportProvision } from './audit-report-deal.js';
import { anchorTexts, citedLaws, lawsText, overrideText, timestampTexts } from './audit-report-words.js';
import { type Html, html, type HtmlContent } from './html.js';
import { fieldLabel } from './labels.js';
import { grouped } from './numbers.js';
import { localTime } from './times.js';

/** The end of the page: ids, digests, keys, the log, the rules, and the page's proof of itself. For whoever compares. */
export function evidencePart(data: ReportData, lang: Lang): Html {
  const words = reportWords[lang];
  return html`<section class="part evidence"><h2>${words.evidencePart}</h2><p class="soft">${words.evidenceLead}</p>
${proofBox(data, lang)}
${data.deals.map((deal) => dealEvidence(deal, lang))}
${purgeEvidence(data, lang)}
<h3>${words.sections.log}</h3>
${facts([
  [
    words.glance.log,
    data.log.intact
      ? html`<b class="good">${words.log.good(grouped(data.log.events))}</b>`
      : html`<b class="bad">${words.log.bad}</b>`,
  ],
  [words.log.root, html`<code data-figure="log/root">${data.log.signed_root ?? data.log.root}</code>`],
  [
    words.log.checkpoints,
    `${data.log.checkpoints} · ${words.log.signed(grouped(data.log.signed), grouped(data.log.events))}`,
  ],
  [words.log.anchors, lines(anchorTexts(data, lang))],
  [words.log.timestamps, lines(timestampTexts(data, lang))],
  ...(data.log.pruned === 0 ? [] : [['', words.log.pruned(grouped(data.log.pruned))] as const]),
  ...(data.log.findings.length === 0
    ? []
    : [[words.log.findings, lines(data.log.findings.map(({ code, about }) => `${code} ${about}`))] as const]),
])}
<h3>${words.sections.laws}</h3>
${facts([
  ...data.laws.map(
    ({ pack, version, sha256 }) => [`${pack} ${version}`, html`<code>${sha256}</code>`] as const,
  ),
  [words.laws.cited, lawsText(citedLaws(data), lang)],
  [
    words.laws.wordings,
    lines(
      data.catalogue.laws.map(
        ({ id, in_force }) =>
          `${lawOf(id)?.title[lang] ?? id}${punctuation[lang].colon}${words.laws.inForce(in_force)}`,
      ),
    ),
  ],
  [words.laws.verified, data.catalogue.verified],
])}
<h3>${words.sections.versions}</h3>
${facts([
  [words.versions.program, `handover ${data.program.version}`],
  [words.versions.formats, html`<code>${data.program.formats.join(', ')}</code>`],
])}</section>`;
}

function facts(rows: readonly (readonly [string, HtmlContent])[]): Html {
  return html`<table class="plain"><tbody>${rows.map(([label, text]) => html`<tr><th scope="row">${label}</th><td>${text}</td></tr>`)}</tbody></table>`;
}

function lines(texts: readonly string[]): Html {
  return html`${texts.map((text) => html`<div>${text}</div>`)}`;
}

function proofBox(data: ReportData, lang: Lang): Html {
  const words = reportWords[lang].proof;
  return html`<div class="card"><h3>${reportWords[lang].sections.proof}</h3><p>${words.lead}</p>
<p id="proof-lines">${words.noScript}</p>
<p>${words.compare}</p><p class="big" id="fingerprint">${data.party.fingerprint}</p>
<p class="soft">${words.limits}</p><p class="screen"><button type="button" id="proof-again">${words.button}</button></p></div>`;
}

function dealEvidence(deal: ReportDeal, lang: Lang): Html {
  const words = reportWords[lang];
  const papers = [
    [words.glance.deal, deal.sha256],
    ...deal.former.map(({ version, sha256 }) => [words.glance.former(version), sha256] as const),
    [words.evidence.guide, deal.notice.sha256],
    [words.assessment.paper, deal.assessment.sha256],
    [words.assessment.confidentiality, deal.confidentiality.sha256],
    ...deal.overrides.map(
      (override) => [`${overrideText(override, lang)} ${override.person}`, override.sha256] as const,
    ),
  ] as const;
  return html`<h3>${words.glance.deal} ${deal.id}</h3>
${facts(papers.map(([label, digest]) => [label, html`<code>${digest}</code>`]))}
${deal.approvals.map(({ name, approved, signing_key, plan, valid }) =>
  facts([
    [
      words.assessment.approvals,
      `${name} · ${localTime(approved)} · ${valid ? words.assessment.good : words.assessment.invalid}`,
    ],
    [words.assessment.key, html`<code>${signing_key}</code>`],
    [words.assessment.plan, html`<code>${plan}</code>`],
  ]),
)}
${deal.provisions.map((provision) => provisionEvidence(provision, lang))}`;
}

/** What the log says of a bundle is tied to it, so that the page finds a digest that was exchanged. */
function provisionEvidence(provision: ReportProvision, lang: Lang): Html {
  const words = reportWords[lang].provisions;
  const { bundle, receipt, fields, direction } = provision;
  const code = (key: string, digest: string, tied: boolean) =>
    tied ? html`<code data-figure="bundle/${bundle}/${key}">${digest}</code>` : html`<code>${digest}</code>`;
  const isOut = direction === 'out';
  const rows = grouped(provision.rows);
  const scale = html`<span data-figure="bundle/${bundle}/${isOut ? 'rows' : 'received'}">${rows}</span>`;
  return facts([
    [`${words.bundle} ${words.number(provision.number)}`, html`<code>${bundle}</code>`],
    [words.scale, provision.state === 'began' ? rows : scale],
    ...(provision.manifest === null
      ? []
      : [[words.manifest, code('manifest', provision.manifest, provision.state !== 'began')] as const]),
    ...(provision.file_sha256 === null
      ? []
      : [[words.file, code('file', provision.file_sha256, isOut)] as const]),
    ...(receipt === null ? [] : [[words.receiptDigest, code('receipt', receipt.sha256, true)] as const]),
    [words.contents, fields.map((field) => fieldLabel(field, lang)).join(punctuation[lang].list)],
  ]);
}

function purgeEvidence(data: ReportData, lang: Lang): Html | null {
  const words = reportWords[lang].purges;
  const certified = data.purges.filter(({ certificate }) => certificate !== null);
  const { files, places } = data.remaining;
  if (certified.length + files.length + places.length === 0) return null;
  return html`<h3>${reportWords[lang].sections.purges}</h3>${facts([
    ...certified.map(
      ({ id, certificate }) =>
        [
          `${words.certificate}`,
          html`<code data-figure="purge/${id}/certificate">${certificate?.sha256 ?? ''}</code>`,
        ] as const,
    ),
    ...files.map(({ kind, sha256 }) => [clearKind(kind, lang), html`<code>${sha256}</code>`] as const),
    ...places.map(
      ({ place, person, time }) =>
        [placeName(place, lang), `${words.person} ${person} · ${localTime(time)}`] as const,
    ),
  ])}`;
}
