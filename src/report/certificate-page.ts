import type { Sha256 } from '../base/crypto.js';
import { dayOf } from '../base/time.js';
import type { Lang } from '../messages/lang.js';
import { clearKind, fileLeft, limitText } from '../messages/limits.js';
import { placeName } from '../messages/places.js';
import { certificateWords } from '../messages/screens/certificate.js';
import { approvalsOf, type VerifiedCertificate } from '../retention/certificate.js';
import { type Html, html, htmlPage } from './html.js';
import { fileSize, grouped } from './numbers.js';
import { localTime } from './times.js';

/** Who sold and who bought under a deal that a certificate names. */
export interface CertificateDeal {
  readonly id: string;
  readonly seller: string;
  readonly buyer: string;
}

/**
 * A certificate as one page for people, in one language. It says nothing that the signed document does not, but for the names of the parties,
 * which are in the deals that the document names by digest.
 *
 * @param deals those of the certificate, as this party holds them
 */
export function certificateHtml(
  certificate: VerifiedCertificate,
  digest: Sha256,
  lang: Lang,
  deals: readonly CertificateDeal[],
): string {
  const words = certificateWords[lang];
  const { issuer, totals, outcome, override, scan, reclaimed } = certificate;
  const rows = (pairs: readonly (readonly [string, string])[]): Html =>
    html`<table>${pairs.map(([label, text]) => html`<tr><th scope="row">${label}</th><td>${text}</td></tr>`)}</table>`;
  const list = (items: readonly string[]): Html =>
    html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
  const body = html`
<h1>${words.title}</h1>
<p class="${{ erased: 'good', 'erased-with-limits': 'warn', failed: 'bad' }[outcome]}"><strong>${words.outcomes[outcome]}</strong></p>
${override === null ? null : html`<div class="card bad"><strong>${words.override(grouped(override.records))}</strong><p>${words.overrideReason(override.reason)}</p></div>`}
${rows([
  [words.issuer, `${issuer.name} · ${words.roles[issuer.role]}`],
  [words.purge, certificate.purge],
  [words.plan, certificate.plan],
  [words.when, `${localTime(certificate.began)} – ${localTime(certificate.finished)}`],
  [words.performedBy, certificate.sanitisation.performed_by],
  ...certificate.deals.flatMap(({ id }) => {
    const parties = deals.find((deal) => deal.id === id);
    return [
      [words.deals, id] as const,
      ...(parties === undefined
        ? []
        : [[words.buyer, parties.buyer] as const, [words.seller, parties.seller] as const]),
    ];
  }),
  [
    words.scope,
    words.scopes[certificate.scope] + (certificate.reason === null ? '' : ` · ${certificate.reason}`),
  ],
  ...(certificate.environment === 'test' ? [[words.environment, words.rehearsal] as const] : []),
])}
<h2>${words.records}</h2>
<table><thead><tr><th scope="col">${words.part}</th><th scope="col">${words.until}</th><th scope="col" class="n">${words.purged}</th><th scope="col" class="n">${words.held}</th><th scope="col" class="n">${words.frozen}</th><th scope="col" class="n">${words.stays}</th></tr></thead><tbody>
${certificate.datasets.flatMap(({ file, shares }) =>
  shares.map(
    (share) =>
      html`<tr><td>${words.shares[share.share]} <span class="soft code">${file.slice(0, 12)}…</span></td><td>${share.end ?? '–'} <span class="soft">${share.laws.join(' ')}</span></td><td class="n">${grouped(share.purge)}</td><td class="n">${grouped(share.held)}</td><td class="n">${grouped(share.frozen)}</td><td class="n">${grouped(share.stays)}</td></tr>`,
  ),
)}
</tbody><tfoot><tr><th scope="row">${words.total}</th><td></td><td class="n">${grouped(totals.purge)}</td><td class="n">${grouped(totals.held)}</td><td class="n">${grouped(totals.frozen)}</td><td class="n">${grouped(totals.stays)}</td></tr></tfoot></table>
<p>${words.persons(grouped(certificate.persons))}</p>
${
  certificate.restraints.length === 0
    ? null
    : html`<h3>${words.restraints}</h3>${list(
        certificate.restraints.map(({ id, kind, basis, until, records }) =>
          words.restraint(words.restraintKinds[kind], id, basis, until, grouped(records)),
        ),
      )}`
}
<h2>${words.how}</h2>
${rows([
  [words.places.records, words.methods.records],
  [words.places.keys, words.methods.keys(certificate.methods.keys.destroyed)],
  [words.places.files, words.methods.files(certificate.methods.files.shredded)],
  [
    words.scan,
    words.scanText(grouped(scan.files), fileSize(scan.bytes), grouped(scan.patterns), grouped(scan.sample)) +
      words.hits(scan.hits.values, scan.hits.keys),
  ],
  [
    words.reclaimed,
    words.reclaimedText(
      grouped(reclaimed.rows),
      fileSize(reclaimed.bytes_before),
      fileSize(reclaimed.bytes_after),
    ),
  ],
  ...(certificate.statistics ? [[words.statistics, words.statisticsKept] as const] : []),
  [words.standard, words.category(certificate.sanitisation.standard)],
  [words.tool, `${certificate.sanitisation.tool.name} ${certificate.sanitisation.tool.version}`],
])}
${
  certificate.files.length === 0
    ? null
    : html`<h3>${words.files}</h3><table><thead><tr><th scope="col">${words.fileColumns.kind}</th><th scope="col">${words.fileColumns.digest}</th><th scope="col">${words.fileColumns.result}</th></tr></thead><tbody>${certificate.files.map(
        ({ kind, sha256, result }) =>
          html`<tr><th scope="row">${clearKind(kind, lang)}</th><td class="code">${sha256}</td><td>${
            result === 'shredded'
              ? words.shredded
              : result === 'missing'
                ? words.missing
                : fileLeft(result, lang)
          }</td></tr>`,
      )}</tbody></table>`
}
<h2>${words.limits}</h2>
${list(certificate.limits.map((limit) => limitText(limit, lang)))}
${
  certificate.attestations.length === 0
    ? null
    : html`<h3>${words.attested}</h3>${list(
        certificate.attestations.map(({ place, state, person, time }) =>
          words.attestation(placeName(place, lang), words.placeStates[state], person, dayOf(time)),
        ),
      )}`
}
${
  certificate.approvals.length === 0
    ? null
    : html`<h2>${words.approvals}</h2>${list(
        approvalsOf(certificate).map(({ approver, approved }) => `${approver.name}  ${localTime(approved)}`),
      )}`
}
<h2>${words.check}</h2>
<p>${words.checkText}</p>
${rows([
  [words.digest, digest],
  [words.signingKey, issuer.signing_key],
  [words.card, issuer.card],
  [words.retain, certificate.retain_until],
])}`;
  return htmlPage({ lang, title: `${words.title} ${certificate.purge}`, body });
}
