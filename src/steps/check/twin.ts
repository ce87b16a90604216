import { TAG_BYTES } from '../../base/tagger.js';
import { type ImportedRecord, recordsOf } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import type { KnownReason } from '../../policy/explain.js';
import { compileJudge } from '../../policy/judge.js';
import { compileFingerprints, FINGERPRINTS, MOST_SHARED, NO } from '../../policy/twins.js';
import type { Dataset } from '../../store/rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { datasetFields } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { KnownReasons } from '../session/known.js';
import { replacedRecords } from '../session/list.js';
import type { LoadedConsentLedger } from './consent-ledger.js';

/** One record of a person, and where it is. */
interface Known {
  readonly dataset: Dataset;
  readonly record: ImportedRecord;
}

/**
 * Whether another record of the list shares a number with this one and says no, as the check marks it. It looks through all pages, because
 * nothing that outlives a command says who shares a number.
 */
export async function refusedElsewhere(
  session: Session,
  terms: Terms,
  datasets: readonly Dataset[],
  { dataset: own, record: ownRecord }: Known,
  ledger: LoadedConsentLedger,
): Promise<readonly KnownReason[]> {
  const wanted = new Float64Array(FINGERPRINTS);
  compileFingerprints(datasetFields(own))(ownRecord, wanted, 0);
  if (wanted.every((one) => one === 0)) return [];
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const replaced = new Map(
    [...replacedRecords(read, datasets)].map((page) => [`${page.dataset.id} ${page.number}`, page.replaced]),
  );
  const found = new Float64Array(FINGERPRINTS);
  const shared = wanted.map(() => 0);
  const refused = wanted.map(() => 0);
  for (const dataset of datasets) {
    const columns = datasetFields(dataset);
    const judge = compileJudge({ terms, columns, now: session.now });
    const print = compileFingerprints(columns);
    const known = new KnownReasons(read, dataset, session.now);
    const key = vault.get(dataset.keyId);
    for (const { number, sealed, tags } of read.pages(dataset.id)) {
      const former = replaced.get(`${dataset.id} ${number}`) ?? [];
      const records = recordsOf(openPage(sealed, { dataset: dataset.id, number, tags }, key));
      for (const [i, record] of records.entries()) {
        print(record, found, 0);
        if (former.includes(i) || !found.some((one) => one !== 0 && wanted.includes(one))) continue;
        wanted.forEach((one, k) => {
          if (one !== 0 && found.includes(one)) shared[k] = (shared[k] ?? 0) + 1;
        });
        const events = ledger.index.of(tags, i * TAG_BYTES, dataset.id);
        const mask = judge(record, events).mask | known.of(tags, i * TAG_BYTES);
        if ((mask & NO) === 0) continue;
        wanted.forEach((one, k) => {
          if (one !== 0 && found.includes(one)) refused[k] = 1;
        });
      }
    }
  }
  const isTwin = wanted.some((_, k) => refused[k] === 1 && (shared[k] ?? 0) <= MOST_SHARED);
  return isTwin ? [{ code: 'SAME_PERSON_REFUSED', entry: 'twin', at: '' }] : [];
}
