import { type FieldName, fieldOf } from '../../dataset/fields.js';
import { fail } from '../../messages/error.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { Session } from './session.js';
import { customerList } from './list.js';

/** The customer files that are meant: the one that is named, or the whole list. @throws HandoverError DATASET_NONE, DATASET_UNKNOWN */
export function findDatasets(session: Session, named: string | null): readonly Dataset[] {
  const { read } = session.workspace;
  if (named === null) {
    const list = customerList(read);
    return list.length > 0 ? list : fail({ code: 'DATASET_NONE' });
  }
  const matches = read
    .datasets()
    .filter((d) => d.kind === 'customers' && d.content === 'cells' && d.state === 'kept')
    .filter((d) => d.id === named || d.id.startsWith(named) || d.file === named);
  return [matches.at(-1) ?? fail({ code: 'DATASET_UNKNOWN' })];
}

/** The fields that the records of any of the datasets have. @throws HandoverError WORKSPACE_DAMAGED */
export function columnsOfAll(datasets: readonly Dataset[]): readonly FieldName[] {
  return [...new Set(datasets.flatMap(datasetFields))];
}

/** The fields of a dataset's records, in the order of their cells. @throws HandoverError WORKSPACE_DAMAGED */
export function datasetFields(dataset: Dataset): readonly FieldName[] {
  return dataset.columns.map(
    (name) => fieldOf(name)?.name ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' }),
  );
}

/** The bundle that a received dataset came in. */
export function bundleOf(session: Session, dataset: Dataset): StoredBundle {
  const bundle = dataset.bundle === null ? undefined : session.workspace.read.bundle(dataset.bundle);
  return bundle ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}
