import { type FieldName, fieldOf } from '../../dataset/fields.js';
import { fail } from '../../messages/error.js';
import type { Dataset, StoredBundle } from '../../store/rows.js';
import type { House } from './house.js';

/** The dataset that is meant. @throws HandoverError DATASET_NONE, DATASET_UNKNOWN */
export function findDataset(house: House, named: string | null): Dataset {
  const customers = house.workspace.read
    .datasets()
    .filter((d) => d.kind === 'customers' && d.content === 'cells' && d.state === 'kept');
  if (named === null) return customers.at(-1) ?? fail({ code: 'DATASET_NONE' });
  const matches = customers.filter((d) => d.id === named || d.id.startsWith(named) || d.file === named);
  return matches.at(-1) ?? fail({ code: 'DATASET_UNKNOWN' });
}

/** The fields of a dataset's records, in the order of their cells. @throws HandoverError WORKSPACE_DAMAGED */
export function columnsOf(dataset: Dataset): readonly FieldName[] {
  return dataset.columns.map(
    (name) => fieldOf(name)?.name ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' }),
  );
}

/** The bundle that a received dataset came in. */
export function bundleOf(house: House, dataset: Dataset): StoredBundle {
  const bundle = dataset.bundle === null ? undefined : house.workspace.read.bundle(dataset.bundle);
  return bundle ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
}
