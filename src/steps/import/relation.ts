import { fail } from '../../messages/error.js';
import type { FurtherTable } from '../../messages/tables.js';
import type { Relation } from '../../messages/relations.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { Difference } from './difference.js';

/** What an import has to know to say how its file relates to the list. */
export interface RelationFacts {
  /** The list as it was; empty where there is none. */
  readonly list: readonly Dataset[];
  /** What the person said it is, if anything. */
  readonly said: Relation | null;
  /** The dataset whose rejected rows the file brings back, if it is a reject file of this list. */
  readonly rejectsOf: Dataset | null;
  readonly difference: Difference | null;
  /** Asks the person, where there is one; null is no answer. */
  readonly ask: ((difference: Difference) => Promise<Relation | null>) | null;
}

/** How a customer file relates to the list, and to which dataset. */
export interface Standing {
  readonly relation: Relation;
  readonly relatesTo: string | null;
  /** Whether its rows replace rejected rows of that dataset, by their lines. */
  readonly bringsBack: boolean;
}

/**
 * How a customer file relates to the list before it. What the file itself shows decides: it brings rejected rows back, or everybody of the
 * list is in it. Otherwise the person is asked, and where nobody can be, nothing is imported: guessing wrong would hand over people who
 * are no customers any more, or leave customers out, without a word.
 *
 * @throws HandoverError DATASET_NONE, IMPORT_UNCLEAR
 */
export async function standingOf(evidence: RelationFacts): Promise<Standing> {
  const { list, said, rejectsOf, difference, ask } = evidence;
  const last = list.at(-1);
  if (last === undefined || difference === null) {
    if (said !== null && said !== 'list') fail({ code: 'DATASET_NONE' });
    return { relation: 'list', relatesTo: null, bringsBack: false };
  }
  const shown: Relation | null = rejectsOf !== null ? 'correction' : difference.gone === 0 ? 'newer' : null;
  const relation = said ?? shown ?? (await ask?.(difference)) ?? unclear(difference);
  return relation === 'correction' && rejectsOf !== null
    ? { relation, relatesTo: rejectsOf.id, bringsBack: true }
    : { relation, relatesTo: last.id, bringsBack: false };
}

/**
 * The relation of a file of a table to those before it. The first begins it, and rejected rows that come back correct it. Any other
 * is called what it is by a person: taken for an addition, a newer export would double what customers are owed.
 *
 * @throws HandoverError TABLE_UNCLEAR
 */
export function standingOfTable(
  table: FurtherTable,
  before: readonly Dataset[],
  said: Relation | null,
  rejectsOf: Dataset | null,
): Standing {
  const last = before.at(-1);
  if (last === undefined) return { relation: 'list', relatesTo: null, bringsBack: false };
  const relation =
    said ??
    (rejectsOf === null ? null : 'correction') ??
    fail({ code: 'TABLE_UNCLEAR', table, file: last.file });
  return relation === 'correction' && rejectsOf !== null
    ? { relation, relatesTo: rejectsOf.id, bringsBack: true }
    : { relation, relatesTo: last.id, bringsBack: false };
}

function unclear({ added, changed, gone }: Difference): never {
  return fail({ code: 'IMPORT_UNCLEAR', added, changed, gone });
}
