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
  const { outcome, override } = certificate;
  const body = html`
<h1>${words.title}</h1>
<p class="${{ erased: 'good', 'erased-with-limits': 'warn', failed: 'bad' }[outcome]}"><strong>${words.outcomes[outcome]}</strong></p>
${override === null ? null : html`<div class="card bad"><strong>${words.override(grouped(override.records))}</strong><p>${words.overrideReason(override.reason)}</p></div>`}
${factsTable(originRows(certificate, deals, words))}
<h2>${words.records}</h2>
${recordsTable(certificate, words)}
<p>${words.persons(grouped(certificate.persons))}</p>
${restraintsPart(certificate, words)}
<h2>${words.how}</h2>
${factsTable(methodRows(certificate, words))}
${filesPart(certificate, lang)}
<h2>${words.limits}</h2>
${list(certificate.limits.map((limit) => limitText(limit, lang)))}
${attestedPart(certificate, lang)}
${approvalsPart(certificate, words)}
<h2>${words.check}</h2>
<p>${words.checkText}</p>
${factsTable(checkRows(certificate, digest, words))}`;
  return htmlPage({ lang, title: `${words.title} ${certificate.purge}`, body });
}

type Words = (typeof certificateWords)[Lang];

/** A row of a table of facts: what it is, and the fact. */
type Row = readonly [string, string];

function factsTable(rows: readonly Row[]): Html {
  return html`<table>${rows.map(([label, text]) => html`<tr><th scope="row">${label}</th><td>${text}</td></tr>`)}</table>`;
}

function list(items: readonly string[]): Html {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** Who certifies which purge, when, by whose hand, and under which deals. */
function originRows(
  certificate: VerifiedCertificate,
  deals: readonly CertificateDeal[],
  words: Words,
): readonly Row[] {
  const { issuer, reason } = certificate;
  return [
    [words.issuer, `${issuer.name} · ${words.roles[issuer.role]}`],
    [words.purge, certificate.purge],
    [words.plan, certificate.plan],
    [words.when, `${localTime(certificate.began)} – ${localTime(certificate.finished)}`],
    [words.performedBy, certificate.sanitisation.performed_by],
    ...certificate.deals.flatMap(({ id }): readonly Row[] => {
      const parties = deals.find((deal) => deal.id === id);
      return [
        [words.deals, id],
        ...(parties === undefined
          ? []
          : [[words.buyer, parties.buyer] as const, [words.seller, parties.seller] as const]),
      ];
    }),
    [words.scope, words.scopes[certificate.scope] + (reason === null ? '' : ` · ${reason}`)],
    ...(certificate.environment === 'test' ? [[words.environment, words.rehearsal] as const] : []),
  ];
}

/** How many records of each part of each file went and stayed, and all of them together. */
function recordsTable({ datasets, totals }: VerifiedCertificate, words: Words): Html {
  const head = html`<thead><tr><th scope="col">${words.part}</th><th scope="col">${words.until}</th><th scope="col" class="n">${words.purged}</th><th scope="col" class="n">${words.held}</th><th scope="col" class="n">${words.frozen}</th><th scope="col" class="n">${words.stays}</th></tr></thead>`;
  const foot = html`<tfoot><tr><th scope="row">${words.total}</th><td></td><td class="n">${grouped(totals.purge)}</td><td class="n">${grouped(totals.held)}</td><td class="n">${grouped(totals.frozen)}</td><td class="n">${grouped(totals.stays)}</td></tr></tfoot>`;
  const rows = datasets.flatMap(({ file, shares }) =>
    shares.map(
      (share) =>
        html`<tr><td>${words.shares[share.share]} <span class="soft code">${file.slice(0, 12)}…</span></td><td>${share.end ?? '–'} <span class="soft">${share.laws.join(' ')}</span></td><td class="n">${grouped(share.purge)}</td><td class="n">${grouped(share.held)}</td><td class="n">${grouped(share.frozen)}</td><td class="n">${grouped(share.stays)}</td></tr>`,
    ),
  );
  return html`<table>${head}<tbody>
${rows}
</tbody>${foot}</table>`;
}

/** The holds and freezes that kept records. */
function restraintsPart({ restraints }: VerifiedCertificate, words: Words): Html | null {
  if (restraints.length === 0) return null;
  const lines = restraints.map(({ id, kind, basis, until, records }) =>
    words.restraint(words.restraintKinds[kind], id, basis, until, grouped(records)),
  );
  return html`<h3>${words.restraints}</h3>${list(lines)}`;
}

/** What was done to records, keys and files, and what a search found afterwards. */
function methodRows(certificate: VerifiedCertificate, words: Words): readonly Row[] {
  const { methods, scan, reclaimed, sanitisation } = certificate;
  const searched = words.scanText(
    grouped(scan.files),
    fileSize(scan.bytes),
    grouped(scan.patterns),
    grouped(scan.sample),
  );
  return [
    [words.places.records, words.methods.records],
    [words.places.keys, words.methods.keys(methods.keys.destroyed)],
    [words.places.files, words.methods.files(methods.files.shredded)],
    [words.scan, searched + words.hits(scan.hits.values, scan.hits.keys)],
    [
      words.reclaimed,
      words.reclaimedText(
        grouped(reclaimed.rows),
        fileSize(reclaimed.bytes_before),
        fileSize(reclaimed.bytes_after),
      ),
    ],
    ...(certificate.statistics ? [[words.statistics, words.statisticsKept] as const] : []),
    [words.standard, words.category(sanitisation.standard)],
    [words.tool, `${sanitisation.tool.name} ${sanitisation.tool.version}`],
  ];
}

/** The files in the clear that were searched for, each by digest. */
function filesPart({ files }: VerifiedCertificate, lang: Lang): Html | null {
  if (files.length === 0) return null;
  const words = certificateWords[lang];
  const { kind: kindTitle, digest, result: resultTitle } = words.fileColumns;
  const rows = files.map(({ kind, sha256, result }) => {
    const became =
      result === 'shredded' ? words.shredded : result === 'missing' ? words.missing : fileLeft(result, lang);
    return html`<tr><th scope="row">${clearKind(kind, lang)}</th><td class="code">${sha256}</td><td>${became}</td></tr>`;
  });
  return html`<h3>${words.files}</h3><table><thead><tr><th scope="col">${kindTitle}</th><th scope="col">${digest}</th><th scope="col">${resultTitle}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** What people said of places that no program reaches. */
function attestedPart({ attestations }: VerifiedCertificate, lang: Lang): Html | null {
  if (attestations.length === 0) return null;
  const words = certificateWords[lang];
  const lines = attestations.map(({ place, state, person, time }) =>
    words.attestation(placeName(place, lang), words.placeStates[state], person, dayOf(time)),
  );
  return html`<h3>${words.attested}</h3>${list(lines)}`;
}

/** Who approved the purge. */
function approvalsPart(certificate: VerifiedCertificate, words: Words): Html | null {
  if (certificate.approvals.length === 0) return null;
  const lines = approvalsOf(certificate).map(
    ({ approver, approved }) => `${approver.name}  ${localTime(approved)}`,
  );
  return html`<h2>${words.approvals}</h2>${list(lines)}`;
}

/** What one needs to verify the signed document. */
function checkRows(certificate: VerifiedCertificate, digest: Sha256, words: Words): readonly Row[] {
  return [
    [words.digest, digest],
    [words.signingKey, certificate.issuer.signing_key],
    [words.card, certificate.issuer.card],
    [words.retain, certificate.retain_until],
  ];
}
