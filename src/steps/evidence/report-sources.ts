import { isBalanced } from '../../bundle/accounting.js';
import { readPlan } from '../../bundle/plan.js';
import { type ReportSource, sourceSchema } from '../../report/audit-report-deal.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { StoredCheck } from '../../store/check-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import { checksOfDeal } from '../check/carried.js';
import { manifestOf } from './report-overrides.js';
import { handedOver } from '../session/handed-over.js';
import type { Session } from '../session/session.js';

/* Where the rows of a deal came from and what became of them, as the report shows it: by our own checks, or by the seller's manifests. */

/** The way of the rows: for a seller by its checks, for a buyer by the signed manifests of the bundles. */
export function sourcesOf(
  session: Session,
  checks: readonly Checked[],
  bundles: readonly StoredBundle[],
): ReportSource[] {
  if (session.workspace.info.role === 'buyer')
    return bundles.flatMap((bundle) => receivedSource(session, bundle));
  return eachOnce(
    session,
    checks.map((checked) => checkedSource(session, checked, bundles)),
  );
}

export interface Checked {
  /** The files that were judged together. */
  readonly datasets: readonly Dataset[];
  readonly check: StoredCheck;
}

/** The checks under a deal, with the files that each judged, oldest first. */
export function checkedIn(session: Session, deal: StoredDeal): readonly Checked[] {
  const { read } = session.workspace;
  const datasets = read.datasets();
  return checksOfDeal(read, deal).map((check) => ({
    datasets: datasets.filter(({ id }) => check.datasets.includes(id)),
    check,
  }));
}

/** What is purged of a file, and what is here, is told with its last check, so that nobody is counted twice. */
function eachOnce(session: Session, sources: readonly ReportSource[]): ReportSource[] {
  return sources.map((source, i) => {
    const later = sources.slice(i + 1).flatMap(({ files }) => files.map(({ dataset }) => dataset));
    const told = source.files.map((file) => (later.includes(file.dataset) ? { ...file, here: 0 } : file));
    const last = source.files.filter(({ dataset }) => !later.includes(dataset));
    return { ...source, files: told, ...remainderOfAll(session, last) };
  });
}

function remainderOfAll(
  session: Session,
  files: ReportSource['files'],
): Pick<ReportSource, 'purged' | 'here'> {
  const total = { purged: 0, here: 0 };
  for (const { dataset: id } of files) {
    const dataset = id === null ? undefined : session.workspace.read.dataset(id);
    if (dataset === undefined) continue;
    const { purged, here } = remainderOf(session, dataset);
    total.purged += purged;
    total.here += here;
  }
  return total;
}

function checkedSource(session: Session, checked: Checked, bundles: readonly StoredBundle[]): ReportSource {
  const { datasets, check } = checked;
  const accounting = readPlan(check.plan).accounting[0] ?? EMPTY;
  const went = handedOver(
    session.workspace.read,
    bundles.filter((bundle) => bundle.check === check.id),
  );
  const files = datasets.map((dataset) => sourceFile(session, dataset, dataset.sha256));
  return {
    counted_by: 'check',
    id: check.id,
    files,
    coverage: coverageAt(check),
    time: check.time,
    bundles: went.bundles.map((bundle) => bundle.id),
    accounting,
    balanced: isBalanced(accounting),
    exported: went.persons,
    received: went.confirmed,
    ...remainderOfAll(session, files),
  };
}

function sourceFile(
  session: Session,
  dataset: Dataset,
  sha256: Dataset['sha256'] | null,
): ReportSource['files'][number] {
  return { dataset: dataset.id, sha256, here: remainderOf(session, dataset).here };
}

/** What a check covered when it was made. */
function coverageAt({ counts }: StoredCheck): ReportSource['coverage'] {
  const read = sourceSchema.shape.coverage.safeParse(counts['coverage']);
  return read.success ? read.data : null;
}

function receivedSource(session: Session, bundle: StoredBundle): readonly ReportSource[] {
  const manifest = manifestOf(bundle);
  if (manifest === null) return [];
  const dataset =
    session.workspace.read.datasets().find((d) => d.kind === 'customers' && d.bundle === bundle.id) ?? null;
  const came = handedOver(session.workspace.read, [bundle]);
  const accounting = manifest.accounting[0] ?? EMPTY;
  const file = bundle.sha256 === '' ? null : bundle.sha256;
  return [
    {
      counted_by: 'manifest',
      id: bundle.id,
      files:
        dataset === null ? [{ dataset: null, sha256: file, here: 0 }] : [sourceFile(session, dataset, file)],
      coverage: null,
      time: bundle.time,
      bundles: [bundle.id],
      accounting,
      balanced: isBalanced(accounting),
      exported: came.persons,
      received: came.confirmed,
      ...(dataset === null ? { purged: 0, here: 0 } : remainderOf(session, dataset)),
    },
  ];
}

const EMPTY: ReportSource['accounting'] = {
  resource: 'customers',
  read: 0,
  transfer: 0,
  ask: 0,
  withhold: 0,
  reject: 0,
  blank: 0,
  replaced: 0,
  handed_over: 0,
  corrected: 0,
  reasons: { ask: {}, withhold: {}, reject: {} },
};

/** How many records of a dataset are in its pages still, and how many went since it was stored. */
function remainderOf(session: Session, dataset: Dataset): { readonly purged: number; readonly here: number } {
  let here = 0;
  for (const { records } of session.workspace.read.pageTags(dataset.id)) here += records;
  const stored = dataset.counts[dataset.content === 'cells' ? 'records' : 'received'];
  return { purged: Math.max(0, (typeof stored === 'number' ? stored : here) - here), here };
}
