import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES, tagger } from '../../base/tagger.js';
import { recordsOf } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { type Explanation, explain, withKnown } from '../../policy/explain.js';
import type { Dataset } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { columnsOf, findDataset } from '../session/datasets.js';
import type { House } from '../session/house.js';
import { knownOf } from '../session/known.js';
import { positionsOf } from '../session/subject-tags.js';
import { loadLedger } from './ledger.js';

export interface ExplainInput {
  readonly terms: Terms;
  readonly dataset: string | null;
  /** Customer number as in the file. */
  readonly subject: string;
}

export interface ExplainResult {
  readonly dataset: Dataset;
  /** One for each row of the person, in the order of the file. */
  readonly explanations: readonly Explanation[];
  /** Whether the person stands in several rows that differ, or only repeat each other. */
  readonly repeated: 'no' | 'same' | 'different';
  readonly deal: string;
  readonly kind: Terms['kind'];
  readonly digest: Sha256;
}

/**
 * Why one person may or may not be handed over: the chain of reasons of law.md §5.1. Opens only the pages in which the person stands.
 *
 * @throws HandoverError SUBJECT_UNKNOWN
 */
export async function explainSubject(house: House, input: ExplainInput): Promise<ExplainResult> {
  const { terms } = input;
  const dataset = findDataset(house, input.dataset);
  const { vault } = await house.keys();
  const key = vault.get(dataset.keyId);
  const wanted = tagger(await house.keyFor('subject-tags'))([input.subject.normalize('NFKC').trim()]);
  const ledger = await loadLedger(house, terms, dataset.id);
  const setup = { terms, columns: columnsOf(dataset), now: house.now };
  const known = knownOf(house.workspace.read, dataset, wanted, house.now);
  const explanations: Explanation[] = [];
  const contents = new Set<string>();
  for (const { number, tags } of house.workspace.read.pageTags(dataset.id)) {
    const rows = positionsOf(tags, wanted);
    if (rows.length === 0) continue;
    const page =
      house.workspace.read.page(dataset.id, number) ??
      fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    const records = recordsOf(openPage(page.sealed, { dataset: dataset.id, number, tags }, key));
    for (const row of rows) {
      const record = records[row];
      if (record === undefined) continue;
      contents.add(record.join('\u001f'));
      const own = explain(setup, record, ledger.index.of(tags, row * TAG_BYTES));
      explanations.push(withKnown(own, known));
    }
  }
  if (explanations.length === 0) fail({ code: 'SUBJECT_UNKNOWN' });
  const repeated = explanations.length === 1 ? 'no' : contents.size === 1 ? 'same' : 'different';
  return { dataset, explanations, repeated, deal: terms.id, kind: terms.kind, digest: dataset.sha256 };
}
