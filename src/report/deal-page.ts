import { dayOf, type Instant } from '../base/time.js';
import type { Terms } from '../deal/terms.js';
import { fieldClassName } from '../messages/field-classes.js';
import type { Lang } from '../messages/lang.js';
import { scopeWords } from '../messages/reasons.js';
import { dealWords } from '../messages/screens/deal.js';
import type { ScopeRow } from '../policy/scope.js';
import { FACTS_STYLE, factsTable } from './facts-table.js';
import { type Html, html, htmlPage } from './html.js';
import { fieldLabel } from './labels.js';
import type { Fact } from './screen.js';

/** A version of a deal in the list below its terms. */
export interface DealPageVersion {
  readonly name: string;
  readonly stands: string;
  readonly effective: string;
  readonly digest: string;
}

export interface DealPage {
  readonly terms: Terms;
  readonly digest: string;
  readonly signed: { readonly seller: boolean; readonly buyer: boolean };
  /** The terms as the screen has them. */
  readonly facts: readonly Fact[];
  readonly scope: readonly ScopeRow[];
  /** Empty where there is but one. */
  readonly versions: readonly DealPageVersion[];
  /** When the deal was aborted, or null. */
  readonly aborted: Instant | null;
}

/**
 * The terms of a deal as one page to read and to print: who signed, what was agreed, which columns leave and which stay. It holds nothing of any
 * customer. What was signed is the file of the deal; the page names its digest.
 */
export function dealPage(page: DealPage, lang: Lang): string {
  const { terms, digest, signed, facts, scope, versions, aborted } = page;
  const words = dealWords[lang];
  const both = signed.seller && signed.buyer;
  const state = both ? words.signedBoth : words.page.open;
  const body = html`
<h1>${terms.title}</h1>
<p class="soft">${words.page.about(terms.id)}</p>
${terms.environment === 'test' ? html`<p class="warn"><strong>${words.rehearsal}</strong></p>` : null}
<div class="card"><p><strong>${aborted === null ? state : words.abortedOn(dayOf(aborted))}</strong></p>
<table><thead><tr><th scope="col">${words.page.party}</th><th scope="col">${words.signatures}</th></tr></thead><tbody>${(
    ['seller', 'buyer'] as const
  ).map(
    (role) =>
      html`<tr><th scope="row">${words[role]} ${terms[role].name}</th><td>${signed[role] ? `✓ ${words.signed}` : `– ${words.notSigned}`}</td></tr>`,
  )}</tbody></table>
<p>${words.digest} <span class="code">${digest}</span></p></div>
<h2>${words.page.terms}</h2>
${factsTable(facts)}
${fieldsTable(
  words.leaves(scope.filter(({ leaves }) => leaves).length),
  scope.filter(({ leaves }) => leaves),
  terms,
  lang,
)}
${stayingTable(
  scope.filter(({ leaves }) => !leaves),
  lang,
)}
${versionsTable(versions, lang)}
<p class="soft">${words.page.copy}</p>`;
  return htmlPage({ lang, title: words.page.title(terms.id), style: FACTS_STYLE, body });
}

/** Which columns leave, for what. */
export function fieldsTable(title: string, rows: readonly ScopeRow[], terms: Terms, lang: Lang): Html {
  const words = dealWords[lang];
  const purposeOf = (id: string | null): string =>
    terms.purposes.find((each) => each.id === id)?.[lang] ?? '';
  return html`<h2>${title}</h2>
<table><thead><tr><th scope="col">${words.page.field}</th><th scope="col">${words.page.class}</th><th scope="col">${words.page.action}</th><th scope="col">${words.page.purpose}</th></tr></thead>
<tbody>${rows.map(
    ({ field, class: fieldClass, action, purpose }) =>
      html`<tr><th scope="row">${fieldLabel(field, lang)}</th><td>${fieldClassName(fieldClass, lang)}</td><td>${words.actions[action]}</td><td>${purposeOf(purpose)}</td></tr>`,
  )}</tbody></table>`;
}

function stayingTable(rows: readonly ScopeRow[], lang: Lang): Html | null {
  const words = dealWords[lang];
  if (rows.length === 0) return null;
  return html`<h2>${words.stays(rows.length)}</h2>
<table><thead><tr><th scope="col">${words.page.field}</th><th scope="col">${words.page.class}</th><th scope="col">${words.page.why}</th></tr></thead>
<tbody>${rows.map(
    ({ field, class: fieldClass, why }) =>
      html`<tr><th scope="row">${fieldLabel(field, lang)}</th><td>${fieldClassName(fieldClass, lang)}</td><td>${scopeWords[lang][why]}</td></tr>`,
  )}</tbody></table>
<p>${words.page.others}</p>`;
}

function versionsTable(versions: readonly DealPageVersion[], lang: Lang): Html | null {
  const words = dealWords[lang];
  if (versions.length === 0) return null;
  return html`<h2>${words.page.versions}</h2>
<table><thead><tr><th scope="col">${words.version}</th><th scope="col">${words.stands}</th><th scope="col">${words.effective}</th><th scope="col">${words.digest}</th></tr></thead>
<tbody>${versions.map(
    ({ name, stands, effective, digest }) =>
      html`<tr><th scope="row">${name}</th><td>${stands}</td><td>${effective}</td><td class="code">${digest}</td></tr>`,
  )}</tbody></table>`;
}
