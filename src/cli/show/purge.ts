import type { Json } from '../../base/json.js';
import { dayOf } from '../../base/time.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { clearKind, fileLeft, limitText } from '../../messages/limits.js';
import { placeName } from '../../messages/places.js';
import { certificateWords } from '../../messages/screens/certificate.js';
import { purgeWords } from '../../messages/screens/purge.js';
import { fileSize, grouped } from '../../report/numbers.js';
import type { Fact, Screen } from '../../report/screen.js';
import { localTime } from '../../report/times.js';
import { approvalsOf, type VerifiedCertificate } from '../../retention/certificate.js';
import type { Share } from '../../retention/disposition.js';
import { planTotals, type PurgePlan } from '../../retention/purge-plan.js';
import type { PurgeView } from '../../steps/purge/plan.js';

const shareWords: Readonly<Record<Lang, Readonly<Record<Share, string>>>> = eachLang(
  (lang) => certificateWords[lang].shares,
);

/** A plan on one screen: what will be gone, what stays and why, which files lie outside. */
export function drawPlan(screen: Screen, view: PurgeView, lang: Lang, shown: (path: string) => string): void {
  const words = purgeWords[lang];
  const { plan, digest, datasets, proofs } = view;
  const totals = planTotals(plan);
  const names = new Map(datasets.map(({ id, file }) => [id, file]));
  if (plan.override !== null) screen.bad(words.override(grouped(plan.override.records)));
  if (proofs > 0) screen.say(words.proofs(grouped(proofs)));
  screen.facts([
    [words.gone, words.goneText(grouped(totals.purge))],
    [words.stays, words.staysText(grouped(totals.stays), grouped(totals.held), grouped(totals.frozen))],
  ]);
  for (const { dataset, shares } of plan.datasets)
    drawShares(screen.gap().heading(names.get(dataset) ?? dataset), shares, lang);
  screen
    .gap()
    .facts([
      ...restraintsFact(plan, lang),
      ...filesFacts(view, lang, shown),
      ...termsOfPlan(view, lang),
      [words.purge, plan.purge],
      [words.plan, digest],
    ]);
}

/** What goes of each part of a file, what stays and why. */
function drawShares(screen: Screen, shares: PurgePlan['datasets'][number]['shares'], lang: Lang): void {
  const words = purgeWords[lang];
  const certificate = certificateWords[lang];
  screen.table(
    [
      { title: words.part },
      { title: certificate.purged, right: true },
      { title: certificate.held, right: true },
      { title: certificate.frozen, right: true },
      { title: certificate.stays, right: true },
      { title: words.end },
      { title: words.law },
    ],
    shares.map((share) => [
      shareWords[lang][share.share],
      grouped(share.purge),
      grouped(share.held),
      grouped(share.frozen),
      grouped(share.stays),
      share.end ?? '–',
      share.laws.join(' '),
    ]),
  );
}

/** The holds and freezes that keep records. */
function restraintsFact({ restraints }: PurgePlan, lang: Lang): readonly Fact[] {
  if (restraints.length === 0) return [];
  const words = purgeWords[lang];
  const { restraintKinds } = certificateWords[lang];
  const lines = restraints.map(({ kind, id, records }) =>
    words.restraint(restraintKinds[kind], id, grouped(records)),
  );
  return [[words.restraints, ...lines]];
}

/** The files that lie outside, in the clear or as drafts. */
function filesFacts(
  { files, drafts }: PurgeView,
  lang: Lang,
  shown: (path: string) => string,
): readonly Fact[] {
  const words = purgeWords[lang];
  const lines = files.map(({ kind, path, restrained }) =>
    [
      clearKind(kind, lang),
      shown(path),
      ...(restrained ? [words.fileStays(fileLeft('restrained', lang))] : []),
    ].join('  '),
  );
  return [
    ...(lines.length === 0 ? [] : [[words.files, ...lines] as const]),
    ...(drafts.length === 0 ? [] : [[words.drafts, ...drafts.map(shown), words.draftsText] as const]),
  ];
}

/** Under which deals the plan is, why, and who has to approve it. */
function termsOfPlan({ plan, approvers }: PurgeView, lang: Lang): readonly Fact[] {
  const words = purgeWords[lang];
  const deals = plan.deals.map(({ id }) => id).join(certificateWords[lang].and);
  const approved = [words.approvalsText(approvers.length, plan.approvals), ...approvers].join('  ');
  return [
    ...(plan.deals.length === 0 ? [] : [[words.deals, deals] as const]),
    ...(plan.statistics === undefined ? [] : [[words.statistics, words.statisticsText] as const]),
    ...(plan.reason === null ? [] : [[words.reason, plan.reason] as const]),
    ...(plan.approvals === 0 ? [] : [[words.approvals, approved] as const]),
  ];
}

/** How many files in clear would be shredded, if that is chosen. */
export function shreddable({ files }: PurgeView): number {
  return files.filter(({ restrained }) => !restrained).length;
}

/** A plan with what its own firm is shown. */
export function planJson({ plan, digest, files, drafts, approvers, proofs }: PurgeView): {
  readonly [key: string]: Json;
} {
  const document: Json = JSON.parse(JSON.stringify(plan));
  return {
    purge: plan.purge,
    sha256: digest,
    totals: { ...planTotals(plan) },
    approvers: [...approvers],
    approvals_needed: plan.approvals,
    proofs,
    files: files.map(({ kind, path, restrained }) => ({ kind, path, restrained })),
    drafts: [...drafts],
    plan: document,
  };
}

/** A verified certificate. */
export function drawCertificate(
  screen: Screen,
  certificate: VerifiedCertificate,
  digest: string,
  lang: Lang,
): void {
  const words = certificateWords[lang];
  const { override } = certificate;
  drawOutcome(screen, certificate.outcome, lang);
  if (override !== null) {
    screen.bad(words.override(grouped(override.records)));
    screen.under(words.overrideReason(override.reason));
  }
  screen.facts([
    ...scopeFacts(certificate, lang),
    ...methodFacts(certificate, lang),
    ...personsFacts(certificate, lang),
    [words.retain, certificate.retain_until],
    [words.digest, digest],
  ]);
  screen.gap().heading(words.limits);
  for (const limit of certificate.limits) screen.item(limitText(limit, lang));
}

function drawOutcome(screen: Screen, outcome: VerifiedCertificate['outcome'], lang: Lang): void {
  const verdict = certificateWords[lang].outcomes[outcome];
  if (outcome === 'erased') screen.good(verdict);
  else if (outcome === 'failed') screen.bad(verdict);
  else screen.warn(verdict);
}

/** Who certifies, when, and how many records went and stayed. */
function scopeFacts(certificate: VerifiedCertificate, lang: Lang): readonly Fact[] {
  const words = certificateWords[lang];
  const { issuer, totals, restraints } = certificate;
  const counts = [
    `${words.purged} ${grouped(totals.purge)}`,
    `${words.stays} ${grouped(totals.stays)}`,
    `${words.held} ${grouped(totals.held)}`,
    `${words.frozen} ${grouped(totals.frozen)}`,
  ].join('   ');
  const kept = restraints.map(({ kind, id, basis, until, records }) =>
    words.restraint(words.restraintKinds[kind], id, basis, until, grouped(records)),
  );
  return [
    [words.issuer, `${issuer.name} · ${words.roles[issuer.role]}`],
    [words.when, `${localTime(certificate.began)} – ${localTime(certificate.finished)}`],
    [words.scope, words.scopes[certificate.scope]],
    ...(certificate.reason === null ? [] : [['', certificate.reason] as const]),
    [words.records, counts, words.persons(grouped(certificate.persons))],
    ...(kept.length === 0 ? [] : [[words.restraints, ...kept] as const]),
  ];
}

/** What became of keys and files, and what a search found afterwards. */
function methodFacts(certificate: VerifiedCertificate, lang: Lang): readonly Fact[] {
  const words = certificateWords[lang];
  const { scan, methods, reclaimed } = certificate;
  const searched = words.scanText(
    grouped(scan.files),
    fileSize(scan.bytes),
    grouped(scan.patterns),
    grouped(scan.sample),
  );
  return [
    [words.places.keys, words.methods.keys(methods.keys.destroyed)],
    ...certificate.files.map(
      ({ kind, sha256, result }) =>
        [
          clearKind(kind, lang),
          `${result === 'shredded' ? words.shredded : result === 'missing' ? words.missing : fileLeft(result, lang)}  ${sha256.slice(0, 16)}…`,
        ] as const,
    ),
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
  ];
}

/** Who approved the purge, and who attested what became of other places. */
function personsFacts(certificate: VerifiedCertificate, lang: Lang): readonly Fact[] {
  const words = certificateWords[lang];
  const approvers = approvalsOf(certificate).map(({ approver }) => approver.name);
  const attested = certificate.attestations.map(({ place, state, person, time }) =>
    words.attestation(placeName(place, lang), words.placeStates[state], person, dayOf(time)),
  );
  return [
    ...(certificate.approvals.length === 0 ? [] : [[words.approvals, approvers.join(words.and)] as const]),
    ...(attested.length === 0 ? [] : [[words.attested, ...attested] as const]),
  ];
}

/** A certificate with its digest, as the documents of --json have it. */
export function certificateJson(
  certificate: VerifiedCertificate,
  digest: string,
): { readonly [key: string]: Json } {
  const document: Json = JSON.parse(JSON.stringify(certificate));
  return { purge: certificate.purge, sha256: digest, outcome: certificate.outcome, certificate: document };
}
