import { type Manifest, readManifest } from '../../bundle/manifest.js';
import { dayOf } from '../../base/time.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { OPINION_KINDS } from '../../messages/deal-kinds.js';
import { BEYOND_CONTRACT } from '../../messages/stays.js';
import type { ReportDeal } from '../../report/audit-report-deal.js';
import { readPurgePlan } from '../../retention/purge-plan.js';
import type { Reader } from '../../store/reader.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import { hasLeft } from '../session/handed-over.js';
import type { Session } from '../session/session.js';

/** Counsel's opinions by which consent was not asked for, each once. */
function opinionsOf(versions: readonly StoredDeal[]): ReportDeal['overrides'] {
  const opinions = new Map(
    versions.flatMap(({ bytes }) => {
      const { opinion, kind } = readDealJson(bytes);
      return opinion === undefined || !OPINION_KINDS.includes(kind)
        ? []
        : [[opinion.sha256, opinion] as const];
    }),
  );
  return [...opinions.values()].map(({ date, sha256, author }) => ({
    kind: 'opinion' as const,
    date,
    sha256,
    person: author,
    records: null,
  }));
}

/** Notices that both parties took as delivered, each once. */
function takenAsDelivered(versions: readonly StoredDeal[]): ReportDeal['overrides'] {
  const notices = new Map(
    versions.flatMap(({ bytes }) => {
      const { sha256, sent, taken_as_delivered: reason } = readDealJson(bytes).notice;
      return reason === undefined ? [] : [[sha256, { sent, reason }] as const];
    }),
  );
  return [...notices].map(([sha256, { sent, reason }]) => ({
    kind: 'taken-as-delivered' as const,
    date: sent,
    sha256,
    person: reason,
    records: null,
  }));
}

/** Routes other than consent that the versions of a deal opened, and how many went by them. */
function contractRoutes(read: Reader, versions: readonly StoredDeal[]): ReportDeal['overrides'] {
  const each = new Map(versions.map((version) => [version.digest, version] as const));
  return [...each.values()].flatMap(({ digest, bytes }) => {
    const { effective, routes = [] } = readDealJson(bytes);
    const records = read
      .bundles()
      .filter((bundle) => bundle.deal === digest && hasLeft(bundle))
      .reduce((sum, bundle) => sum + (manifestOf(bundle)?.accounting[0]?.partly?.[BEYOND_CONTRACT] ?? 0), 0);
    return routes.map(({ reason }) => ({
      kind: 'contract-route' as const,
      date: effective,
      sha256: digest,
      person: reason,
      records,
    }));
  });
}

/** What was decided by a person against the strict way, and has to be on page one. */
export function overridesOf(session: Session, versions: readonly StoredDeal[]): ReportDeal['overrides'] {
  const { read } = session.workspace;
  return [
    ...opinionsOf(versions),
    ...takenAsDelivered(versions),
    ...contractRoutes(read, versions),
    ...read.retention
      .purges()
      .filter(({ state }) => state !== 'void')
      .flatMap(({ plan: bytes, planDigest }) => {
        const { override, deals, created, planner } = readPurgePlan(bytes);
        if (override === null || !deals.some(({ id }) => id === versions[0]?.id)) return [];
        return [
          {
            kind: 'purge-without-receipt' as const,
            date: dayOf(created),
            sha256: planDigest,
            person: planner,
            records: override.records,
          },
        ];
      }),
  ];
}

/** Null while the bundle is being written. */
export function manifestOf(bundle: StoredBundle): Manifest | null {
  return bundle.manifest.length === 0 ? null : readManifest(bundle.manifest);
}
