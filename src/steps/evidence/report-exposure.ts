import { readPlan } from '../../bundle/plan.js';
import { fieldOf } from '../../dataset/fields.js';
import { isReplaced } from '../../policy/verdict.js';
import type { ReportData } from '../../report/audit-report.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import { bundlesOfDeal, hasLeft, personsInBundles } from '../session/handed-over.js';
import type { Session } from '../session/session.js';
import { manifestOf } from './report-overrides.js';

/** From how many records SPC-CR-5 looks at a tier, halved for a party that obtained the data by providing services (law.md §1.3). */
const COUNTED_FROM = { 1: 25, 2: 250, 3: 2500 } as const;
const TIERS = [1, 2, 3] as const;

/**
 * Persons whose records went to another handler, and those of them for whom no lawful basis is recorded, by the strictest tier among the
 * fields that left. A person counts once for each buyer, however many bundles the person was in. What went is what the signed manifests say; what had a basis is counted again from the verdicts that the bundle carried out. No
 * legal conclusion is drawn.
 *
 * @param only id of one deal, or null for all
 */
export function reportExposure(session: Session, only: string | null): ReportData['exposure'] {
  const { read } = session.workspace;
  const deals = read.deals().filter(({ id }) => only === null || id === only);
  const sent = deals.flatMap(({ id }) =>
    bundlesOfDeal(read, id)
      .filter(hasLeft)
      .map((bundle) => ({ deal: id, bundle, ...exposureOf(session, bundle) })),
  );
  return {
    tiers: TIERS.map((tier) => {
      const own = sent.filter((each) => each.tier === tier);
      const transferred = deals.reduce((sum, { id }) => {
        const under = (isMeant: (tier: number) => boolean) =>
          sent.flatMap((each) => (each.deal === id && isMeant(each.tier) ? [each.bundle] : []));
        return (
          sum +
          personsInBundles(
            read,
            under((each) => each <= tier),
          ) -
          personsInBundles(
            read,
            under((each) => each < tier),
          )
        );
      }, 0);
      const without = own.reduce((sum, { rows, covered }) => sum + Math.max(0, rows - covered), 0);
      return {
        tier,
        counted_from: COUNTED_FROM[tier],
        transferred,
        without_basis: Math.min(transferred, without),
      };
    }),
    by_plan: sent.filter(({ byPlan }) => byPlan).length,
  };
}

interface Exposure {
  readonly tier: 1 | 2 | 3;
  readonly rows: number;
  readonly covered: number;
  /** Whether the plan's count is taken for verdicts that are gone. */
  readonly byPlan: boolean;
}

function exposureOf(session: Session, bundle: StoredBundle): Exposure {
  const manifest = manifestOf(bundle);
  const fields = (manifest?.resources ?? []).flatMap((resource) => resource.fields);
  const tiers = fields.map((field) => fieldOf(field.name)?.tier ?? 3);
  // Persons are counted; what tables beside the customers say of them is no further person, and makes the tier stricter all the same.
  const rows = manifest?.resources[0]?.rows ?? 0;
  const told = manifest?.accounting[0]?.transfer ?? 0;
  return { tier: strictest(tiers), rows, ...coveredBy(session, bundle, told, manifest?.plan ?? null) };
}

function strictest(tiers: readonly (1 | 2 | 3)[]): 1 | 2 | 3 {
  return TIERS.find((tier) => tiers.includes(tier)) ?? 3;
}

/** The buyer knows only what the seller signed. The seller has its verdicts, as long as the records are there. */
function coveredBy(
  session: Session,
  bundle: StoredBundle,
  told: number,
  plan: string | null,
): Pick<Exposure, 'covered' | 'byPlan'> {
  const { read } = session.workspace;
  if (bundle.direction === 'in') return { covered: told, byPlan: false };
  const check =
    bundle.check === null
      ? read.checks().findLast((made) => made.planDigest === plan)
      : read.check(bundle.check);
  if (check === undefined) return { covered: 0, byPlan: false };
  const [customers] = readPlan(check.plan).accounting;
  const planned = customers?.transfer ?? 0;
  const records = planned + (customers?.ask ?? 0) + (customers?.withhold ?? 0);
  let judged = 0;
  let free = 0;
  for (const dataset of check.datasets)
    for (const { reasonSets } of read.checkPages(check.id, dataset))
      for (const set of new Uint32Array(new Uint8Array(reasonSets).buffer)) {
        if (!isReplaced(set)) judged++;
        if (set === 0) free++;
      }
  // Rejected records may be among the verdicts as well; fewer verdicts than records means that some were purged.
  return judged < records ? { covered: planned, byPlan: true } : { covered: free, byPlan: false };
}
