import { createHash } from 'node:crypto';
import type { Sha256 } from '../../base/crypto.js';
import type { LotFile } from '../../bundle/lots.js';
import { RESOURCE } from '../../bundle/resource.js';
import { isFurtherTable } from '../../messages/tables.js';
import type { CheckPage } from '../../store/check-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { digestOf } from '../../store/whole-file.js';
import { datasetFields } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { judgedTables } from '../session/tables.js';
import type { Cleared } from './export.js';

/** A file of which rows go, and the resource whose rows they are. */
export interface LotSource {
  readonly dataset: Dataset;
  readonly file: LotFile;
  readonly resource: string;
}

/** The files of a plan: the customers, then the tables in its order. */
export function lotSources(session: Session, { datasets, standing }: Cleared): readonly LotSource[] {
  const { read } = session.workspace;
  const tables = judgedTables(standing.check).flatMap((id) => read.dataset(id) ?? []);
  const customers = datasets.map((dataset) => ({ dataset, table: null }));
  const further = standing.plan.accounting
    .map(({ resource }) => resource)
    .filter(isFurtherTable)
    .flatMap((table) => tables.filter(({ kind }) => kind === table).map((dataset) => ({ dataset, table })));
  return [...customers, ...further].map(({ dataset, table }) => ({
    dataset,
    file: { id: dataset.id, table, columns: datasetFields(dataset) },
    resource: table ?? RESOURCE,
  }));
}

/** A page of which somebody goes. */
export interface GoingPage extends CheckPage {
  /** How many of its rows go. */
  readonly rows: number;
}

/** The pages of one file of which somebody goes. */
export function* goingPages(
  session: Session,
  { standing }: Pick<Cleared, 'standing'>,
  { dataset }: LotSource,
): Generator<GoingPage, void, undefined> {
  for (const page of session.workspace.read.checkPages(standing.check.id, dataset.id)) {
    let rows = 0;
    for (const word of new Uint32Array(new Uint8Array(page.reasonSets).buffer)) if (word === 0) rows++;
    if (rows > 0) yield { ...page, rows };
  }
}

/** SHA-256 over the verdicts on all pages of which somebody goes: what was sealed under other verdicts is not what goes. */
export function verdictsOf(
  session: Session,
  cleared: Pick<Cleared, 'standing'>,
  sources: readonly LotSource[],
): Sha256 {
  const digest = createHash('sha256');
  for (const source of sources)
    for (const { number, reasonSets, stays } of goingPages(session, cleared, source)) {
      digest.update(`${source.dataset.id} ${number} ${reasonSets.length} ${stays.length}\n`);
      digest.update(reasonSets).update(stays);
    }
  return digestOf(digest);
}
