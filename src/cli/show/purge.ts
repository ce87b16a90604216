import type { Json } from '../../base/json.js';
import { dayOf } from '../../base/time.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { clearKind, fileLeft, limitText } from '../../messages/limits.js';
import { placeName } from '../../messages/places.js';
import { certificateWords } from '../../messages/screens/certificate.js';
import { purgeWords } from '../../messages/screens/purge.js';
import { fileSize, grouped } from '../../report/numbers.js';
import type { Screen } from '../../report/screen.js';
import { localTime } from '../../report/times.js';
import { approvalsOf, type VerifiedCertificate } from '../../retention/certificate.js';
import type { Share } from '../../retention/disposition.js';
import { planTotals } from '../../retention/purge-plan.js';
import type { PurgeView } from '../../steps/purge/plan.js';

const shareWords: Readonly<Record<Lang, Readonly<Record<Share, string>>>> = eachLang(
  (lang) => certificateWords[lang].shares,
);

/** A plan on one screen: what will be gone, what stays and why, which files lie outside. */
export function drawPlan(screen: Screen, view: PurgeView, lang: Lang, shown: (path: string) => string): void {
  const words = purgeWords[lang];
  const certificate = certificateWords[lang];
  const { plan, digest, datasets, files, drafts, approvers } = view;
  const totals = planTotals(plan);
  const names = new Map(datasets.map(({ id, file }) => [id, file]));
  if (plan.override !== null) screen.bad(words.override(grouped(plan.override.records)));
  if (view.proofs > 0) screen.say(words.proofs(grouped(view.proofs)));
  screen.facts([
    [words.gone, words.goneText(grouped(totals.purge))],
    [words.stays, words.staysText(grouped(totals.stays), grouped(totals.held), grouped(totals.frozen))],
  ]);
  for (const { dataset, shares } of plan.datasets) {
    screen
      .gap()
      .heading(names.get(dataset) ?? dataset)
      .table(
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
  screen
    .gap()
    .facts([
      ...(plan.restraints.length === 0
        ? []
        : [
            [
              words.restraints,
              ...plan.restraints.map(({ kind, id, records }) =>
                words.restraint(certificate.restraintKinds[kind], id, grouped(records)),
              ),
            ] as const,
          ]),
      ...(files.length === 0
        ? []
        : [
            [
              words.files,
              ...files.map(({ kind, path, restrained }) =>
                [
                  clearKind(kind, lang),
                  shown(path),
                  ...(restrained ? [words.fileStays(fileLeft('restrained', lang))] : []),
                ].join('  '),
              ),
            ] as const,
          ]),
      ...(drafts.length === 0 ? [] : [[words.drafts, ...drafts.map(shown), words.draftsText] as const]),
      ...(plan.deals.length === 0
        ? []
        : [[words.deals, plan.deals.map(({ id }) => id).join(certificate.and)] as const]),
      ...(plan.statistics === undefined ? [] : [[words.statistics, words.statisticsText] as const]),
      ...(plan.reason === null ? [] : [[words.reason, plan.reason] as const]),
      ...(plan.approvals === 0
        ? []
        : [
            [
              words.approvals,
              [words.approvalsText(approvers.length, plan.approvals), ...approvers].join('  '),
            ] as const,
          ]),
      [words.purge, plan.purge],
      [words.plan, digest],
    ]);
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
  const { outcome, issuer, totals, override, scan, methods, reclaimed } = certificate;
  const verdict = words.outcomes[outcome];
  if (outcome === 'erased') screen.good(verdict);
  else if (outcome === 'failed') screen.bad(verdict);
  else screen.warn(verdict);
  if (override !== null) {
    screen.bad(words.override(grouped(override.records)));
    screen.under(words.overrideReason(override.reason));
  }
  screen.facts([
    [words.issuer, `${issuer.name} · ${words.roles[issuer.role]}`],
    [words.when, `${localTime(certificate.began)} – ${localTime(certificate.finished)}`],
    [words.scope, words.scopes[certificate.scope]],
    ...(certificate.reason === null ? [] : [['', certificate.reason] as const]),
    [
      words.records,
      `${words.purged} ${grouped(totals.purge)}   ${words.stays} ${grouped(totals.stays)}   ${words.held} ${grouped(totals.held)}   ${words.frozen} ${grouped(totals.frozen)}`,
      words.persons(grouped(certificate.persons)),
    ],
    ...(certificate.restraints.length === 0
      ? []
      : [
          [
            words.restraints,
            ...certificate.restraints.map(({ kind, id, basis, until, records }) =>
              words.restraint(words.restraintKinds[kind], id, basis, until, grouped(records)),
            ),
          ] as const,
        ]),
    [words.places.keys, words.methods.keys(methods.keys.destroyed)],
    ...certificate.files.map(
      ({ kind, sha256, result }) =>
        [
          clearKind(kind, lang),
          `${result === 'shredded' ? words.shredded : result === 'missing' ? words.missing : fileLeft(result, lang)}  ${sha256.slice(0, 16)}…`,
        ] as const,
    ),
    [
      words.scan,
      words.scanText(
        grouped(scan.files),
        fileSize(scan.bytes),
        grouped(scan.patterns),
        grouped(scan.sample),
      ) + words.hits(scan.hits.values, scan.hits.keys),
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
    ...(certificate.approvals.length === 0
      ? []
      : [
          [
            words.approvals,
            approvalsOf(certificate)
              .map(({ approver }) => approver.name)
              .join(words.and),
          ] as const,
        ]),
    ...(certificate.attestations.length === 0
      ? []
      : [
          [
            words.attested,
            ...certificate.attestations.map(({ place, state, person, time }) =>
              words.attestation(placeName(place, lang), words.placeStates[state], person, dayOf(time)),
            ),
          ] as const,
        ]),
    [words.retain, certificate.retain_until],
    [words.digest, digest],
  ]);
  screen.gap().heading(words.limits);
  for (const limit of certificate.limits) screen.item(limitText(limit, lang));
}

/** A certificate with its digest, as the documents of --json have it. */
export function certificateJson(
  certificate: VerifiedCertificate,
  digest: string,
): { readonly [key: string]: Json } {
  const document: Json = JSON.parse(JSON.stringify(certificate));
  return { purge: certificate.purge, sha256: digest, outcome: certificate.outcome, certificate: document };
}
