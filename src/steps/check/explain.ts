import type { Sha256 } from '../../base/crypto.js';
import { TAG_BYTES, tagger } from '../../base/tagger.js';
import { recordsOf } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { type Explanation, explain, withKnown } from '../../policy/explain.js';
import { NO } from '../../policy/twins.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { datasetFields, findDatasets } from '../session/datasets.js';
import { knownOf } from '../session/known.js';
import type { Session } from '../session/session.js';
import { placesOf, positionsOf } from '../session/subject-tags.js';
import { loadConsentLedger } from './consent-ledger.js';
import { refusedElsewhere } from './twin.js';

export interface ExplainInput {
  readonly terms: Terms;
  readonly dataset: string | null;
  /** Customer number as in the file. */
  readonly subject: string;
}

export interface ExplainResult {
  /** The file whose record of the person counts: the last of the list that holds the person. */
  readonly dataset: Dataset;
  /** Rows of the person in earlier files that this one replaces. */
  readonly replaced: number;
  /** One for each row of the person, in the order of the file. */
  readonly explanations: readonly Explanation[];
  /** Whether the person is in several rows that differ, or only repeat each other. */
  readonly repeated: 'no' | 'same' | 'different';
  readonly deal: string;
  readonly kind: Terms['kind'];
  readonly digest: Sha256;
}

/**
 * Why one person may or may not be handed over: the chain of reasons of law.md §4.1. Opens only the pages that hold the person.
 *
 * @throws HandoverError SUBJECT_UNKNOWN
 */
export async function explainSubject(session: Session, input: ExplainInput): Promise<ExplainResult> {
  const { terms } = input;
  const datasets = findDatasets(session, input.dataset);
  const { vault } = await session.keys();
  const wanted = tagger(await session.keyFor('subject-tags'))([input.subject.normalize('NFKC').trim()]);
  const places = datasets.flatMap((each) => [...placesOf(session, each, wanted)]);
  const dataset = places.at(-1)?.dataset ?? fail({ code: 'SUBJECT_UNKNOWN' });
  const key = vault.get(dataset.keyId);
  const ledger = await loadConsentLedger(
    session,
    terms,
    datasets.map(({ id }) => id),
  );
  const setup = { terms, columns: datasetFields(dataset), now: session.now };
  const known = knownOf(session.workspace.read, dataset, wanted, session.now);
  const explanations: Explanation[] = [];
  const contents = new Set<string>();
  for (const { number, tags } of session.workspace.read.pageTags(dataset.id)) {
    const rows = positionsOf(tags, wanted);
    if (rows.length === 0) continue;
    const page =
      session.workspace.read.page(dataset.id, number) ??
      fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    const records = recordsOf(openPage(page.sealed, { dataset: dataset.id, number, tags }, key));
    for (const row of rows) {
      const record = records[row];
      if (record === undefined) continue;
      contents.add(record.join('\u001f'));
      const own = explain(setup, record, ledger.index.of(tags, row * TAG_BYTES, dataset.id));
      const heard = withKnown(own, known);
      const twin =
        (heard.reasonSet & NO) === 0
          ? await refusedElsewhere(session, terms, datasets, { dataset, record, tag: wanted }, ledger)
          : [];
      explanations.push(withKnown(heard, twin));
    }
  }
  const repeated = explanations.length === 1 ? 'no' : contents.size === 1 ? 'same' : 'different';
  return {
    dataset,
    replaced: places.length - explanations.length,
    explanations,
    repeated,
    deal: terms.id,
    kind: terms.kind,
    digest: dataset.sha256,
  };
}
