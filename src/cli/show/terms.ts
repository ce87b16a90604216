import type { Json } from '../../base/json.js';
import type { Duration } from '../../base/time.js';
import { termsChanges } from '../../deal/changes.js';
import { type FieldAction, leavingFields, type Terms } from '../../deal/terms.js';
import { kindWithDemands } from '../../messages/deal-kinds.js';
import { durationWords } from '../../messages/durations.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import type { Problem } from '../../messages/problem.js';
import { problemSentence } from '../../report/problem-sentence.js';
import { punctuation } from '../../messages/punctuation.js';
import { isFurtherTable, tableWords } from '../../messages/tables.js';
import { scopeWords } from '../../messages/reasons.js';
import { dealWords } from '../../messages/screens/deal.js';
import type { ScopeRow } from '../../policy/scope.js';
import { fieldLabel } from '../../report/labels.js';
import type { Fact, Screen } from '../../report/screen.js';
import type { DealView } from '../../steps/deal/deal.js';

const actionWords: Readonly<Record<Lang, Readonly<Record<FieldAction, string>>>> = eachLang(
  (lang) => dealWords[lang].actions,
);

/** What a deal's kind means, with its law. */
/** Routes other than consent that a deal opens, where it does: whoever signs or approves has to see them. */
export function routeFacts(terms: Terms, lang: Lang): readonly Fact[] {
  const words = dealWords[lang];
  const routes = terms.routes ?? [];
  return routes.length === 0
    ? []
    : [[words.routes, ...routes.map(({ basis, reason }) => words.route[basis](reason))] as const];
}

/** The kind of a deal in words, with what it demands. */
export function kindText(terms: Terms, lang: Lang): string {
  return kindWithDemands(terms.kind, lang);
}

/** The terms, as facts beside their labels. */
export function termsFacts(terms: Terms, lang: Lang): readonly Fact[] {
  const words = dealWords[lang];
  const { retention } = terms;
  return [
    [words.deal, `${terms.id}  ${terms.title}`, ...(terms.environment === 'test' ? [words.rehearsal] : [])],
    [words.seller, terms.seller.name],
    [words.buyer, terms.buyer.name],
    [words.kind, kindText(terms, lang)],
    [words.effective, terms.effective],
    [words.purposes, ...terms.purposes.map((purpose) => purpose[lang])],
    [
      words.retention,
      words.retentionSeller(durationWords(retention.seller.after_receipt, lang)),
      words.retentionBuyer(durationWords(retention.buyer.after_effective, lang)),
      ...(retention.activity === undefined
        ? []
        : [
            words.activity(
              fieldLabel(retention.activity.field, lang),
              durationWords(retention.activity.within, lang),
            ),
          ]),
    ],
    [
      words.notice,
      words.noticeSent(terms.notice.sent),
      ...(terms.notice.taken_as_delivered === undefined
        ? []
        : [words.takenAsDelivered(terms.notice.taken_as_delivered)]),
      ...limit(terms.notice.objection, words.objection, lang),
      ...limit(terms.notice.consent_valid, words.consentValid, lang),
    ],
    [words.confidentiality, words.dated(terms.confidentiality.title, terms.confidentiality.signed)],
    [words.assessment, words.dated(terms.assessment.title, terms.assessment.date)],
    [words.complaints, `${terms.complaints.contact} · ${terms.complaints.phone}`],
    [words.approvals, words.approvalsNeeded(terms.approvals)],
    [words.policy, `${terms.policy.pack} ${terms.policy.version}`],
    ...routeFacts(terms, lang),
    ...(terms.opinion === undefined
      ? []
      : [[words.opinion, words.dated(terms.opinion.author, terms.opinion.date)] as const]),
    // Whoever else can open what is handed over has to be seen by both.
    ...(terms.escrow.length === 0
      ? []
      : [[words.escrow, ...terms.escrow.map(({ name, reason }) => words.dated(name, reason))] as const]),
    ...tableTerms(terms, lang),
  ];
}

/** What leaves of each table beside the customer list, in the groups of the list's own fields. */
function tableTerms(terms: Terms, lang: Lang): readonly Fact[] {
  const words = dealWords[lang];
  return terms.resources.flatMap(({ name, fields }): readonly Fact[] => {
    if (!isFurtherTable(name)) return [];
    const groups = Object.entries(actionWords[lang]).flatMap(([action, title]) => {
      const labels = fields
        .filter((field) => field.action === action)
        .map((field) => fieldLabel(field.name, lang));
      return labels.length === 0 ? [] : [words.group(title, labels.join(punctuation[lang].list))];
    });
    return [[tableWords[lang][name].name, ...groups]];
  });
}

function limit(period: Duration | undefined, say: (period: string) => string, lang: Lang): readonly string[] {
  return period === undefined ? [] : [say(durationWords(period, lang))];
}

/** A digest or a key is told apart by its beginning. */
const LONGEST_VALUE = 24;

/** What an amendment changes, part by part, before and now. */
export function drawChanges(screen: Screen, before: Terms, now: Terms, lang: Lang): void {
  const words = dealWords[lang];
  const short = (value: string | null): string =>
    value === null
      ? '–'
      : /^[0-9a-f]{64}$|^age1/.test(value) && value.length > LONGEST_VALUE
        ? `${value.slice(0, LONGEST_VALUE)}…`
        : value;
  const changes = termsChanges(before, now);
  if (changes.length === 0) screen.say(words.noChanges);
  else {
    screen.say(words.changes(changes.length));
    for (const change of changes)
      screen.facts([[change.path, `${short(change.before)} → ${short(change.now)}`]]);
  }
}

/** Which version an amendment amends; nothing for a first version. */
export function amendsFact({ amends }: Terms, lang: Lang): readonly Fact[] {
  return amends === undefined ? [] : [[dealWords[lang].amends, amends.sha256]];
}

/** What leaves and what stays, side by side. */
export function drawScope(screen: Screen, rows: readonly ScopeRow[], lang: Lang): void {
  const words = dealWords[lang];
  const leaves = rows.filter((row) => row.leaves);
  const stays = rows.filter((row) => !row.leaves && row.why !== 'not-in-file');
  const absent = rows.filter((row) => row.why === 'not-in-file');
  screen.sideBySide(
    {
      title: words.leaves(leaves.length),
      items: groupedFields(leaves, (row) => actionWords[lang][row.action], lang),
    },
    {
      title: words.stays(stays.length),
      items: groupedFields(stays, (row) => scopeWords[lang][row.why], lang),
    },
  );
  if (absent.length > 0)
    screen.under(words.absent(absent.map((row) => fieldLabel(row.field, lang)).join(punctuation[lang].list)));
}

/** Why what is sensitive leaves, in the words that both parties signed. */
export function drawNecessities(screen: Screen, terms: Terms, lang: Lang): void {
  const stated = leavingFields(terms).flatMap(({ name, necessity }) =>
    necessity === undefined ? [] : [dealWords[lang].group(fieldLabel(name, lang), necessity)],
  );
  if (stated.length > 0) screen.facts([[dealWords[lang].necessity, ...stated]]);
}

/** `as it is: name, mobile`: fields of one disposition share a line. */
function groupedFields(
  rows: readonly ScopeRow[],
  groupOf: (row: ScopeRow) => string,
  lang: Lang,
): readonly string[] {
  const words = dealWords[lang];
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const fields = groups.get(groupOf(row)) ?? [];
    fields.push(fieldLabel(row.field, lang));
    groups.set(groupOf(row), fields);
  }
  return [...groups].map(([title, fields]) => words.group(title, fields.join(punctuation[lang].list)));
}

/** The fields of a deal and what becomes of each, as the documents of --json have it. */
export function scopeJson(rows: readonly ScopeRow[]): Json {
  return rows.map(({ field, class: fieldClass, tier, leaves, action, purpose, why }) => ({
    field,
    class: fieldClass,
    tier,
    leaves,
    action,
    purpose,
    why,
  }));
}

/** Problems that were found and are not the end: each with its code, as `failure.ts` draws the one that is. */
export function drawProblems(screen: Screen, problems: readonly Problem[], lang: Lang): void {
  for (const problem of problems)
    screen.problem({ ...problemSentence(problem, lang), code: problem.code }, 2);
}

/** Problems with their sentences, as the documents of --json have them. */
export function problemsJson(problems: readonly Problem[], lang: Lang): Json {
  return problems.map((problem) => {
    const parameters: Json = JSON.parse(JSON.stringify(problem));
    return { code: problem.code, problem: parameters, ...problemSentence(problem, lang) };
  });
}

/** Which party has signed. */
export function signaturesFact({ signed, terms }: DealView, lang: Lang): Fact {
  const words = dealWords[lang];
  const mark = (is: boolean): string => (is ? `✓ ${words.signed}` : `– ${words.notSigned}`);
  return [
    words.signatures,
    `${words.seller} ${mark(signed.seller)}  ${terms.seller.name}`,
    `${words.buyer} ${mark(signed.buyer)}  ${terms.buyer.name}`,
  ];
}

/** A deal with its terms, as the documents of --json have it. */
export function dealJson(view: DealView): { readonly [key: string]: Json } {
  const terms: Json = JSON.parse(JSON.stringify(view.terms));
  return { deal: view.terms.id, sha256: view.digest, signed: { ...view.signed }, terms };
}
