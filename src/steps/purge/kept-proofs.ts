import { TAG_BYTES } from '../../base/tagger.js';
import { DISPOSITIONS, SHARES } from '../../retention/disposition.js';
import { type PurgePlan, purgePlanDigest } from '../../retention/purge-plan.js';
import { type Dataset, PROOFS } from '../../store/dataset-rows.js';
import type { Writer } from '../../store/workspace.js';
import { dispositions } from '../retention/dispositions.js';
import type { Session } from '../session/session.js';
import { openRecords, sealRecords, type StoredRecord } from '../session/stored-records.js';
import { purgeSelectionOf } from './draw-up.js';

const PURGE = DISPOSITIONS.indexOf('purge');
const HANDED_OVER = SHARES.indexOf('handed-over');

/** A yes of a column, and whatever says when, how, by what and by whom it was given. Name, number to call and address prove nothing. */
const PROVING =
  /^(?:customer_no|notice_delivered_at|(?:contract_|guardian_|sensitive_|care_)?consent_.+|contract_consent|guardian_(?:consent|name|relation)|sensitive_consent|care_consent)$/;

/** The columns of a customer file that prove a consent; empty where the file tells of none. */
function provingColumns(columns: readonly string[]): readonly string[] {
  return columns.includes('consent_status') ? columns.filter((name) => PROVING.test(name)) : [];
}

/** Records of a plan that were handed over and whose consent is in their own columns: their proof is kept (CC-188, PIPL-69). Who asked to be erased leaves none. */
export function proofsIn(
  { datasets, scope }: PurgePlan,
  dataset: (id: string) => Dataset | undefined,
): number {
  if (scope.kind === 'subjects' || scope.kind === 'replay') return 0;
  return datasets
    .filter((drawn) => provingColumns(dataset(drawn.dataset)?.columns ?? []).length > 0)
    .flatMap(({ shares }) => shares)
    .reduce((sum, { share, purge }) => (share === 'handed-over' ? sum + purge : sum), 0);
}

/**
 * What proves the consents of records that a plan ends and that were handed over, as datasets of their own under a fresh key: its time
 * runs out later than that of the records, three years after the last handover (CC-188, PIPL-69, law.md §1.5), and it is no ledger: it
 * lets nobody go again.
 *
 * @param keyId of the fresh key
 * @returns how many records it holds
 */
export async function keepProofs(
  session: Session,
  write: Writer,
  plan: PurgePlan,
  id: string,
  keyId: string,
): Promise<number> {
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const sources = plan.datasets.flatMap((drawn) => {
    const dataset = read.dataset(drawn.dataset);
    return dataset === undefined || provingColumns(dataset.columns).length === 0 ? [] : [dataset];
  });
  const columns = [...new Set(sources.flatMap((source) => provingColumns(source.columns)))];
  const [first] = sources;
  if (first === undefined) return 0;
  const kept: Dataset = {
    ...{ archiveBasis: null, archiveSince: null, archiveUntil: null },
    ...{ id, keyId, columns, kind: 'consents', content: 'cells', resource: PROOFS, bundle: null, bytes: 0 },
    ...{ encoding: 'utf-8', delimiter: ',', mapping: '', state: 'kept', relation: null, relatesTo: null },
    ...{ file: first.file, sha256: purgePlanDigest(plan), imported: session.now, counts: {} },
  };
  let number = 0;
  let records = 0;
  let bytes = 0;
  for (const source of sources)
    for (const page of proofPages(session, plan, source, columns, vault.get(source.keyId))) {
      const sealed = sealRecords(
        kept,
        { number, tags: page.tags },
        page.records,
        vault.get(keyId),
        session.runtime.random,
      );
      write.addPage({ dataset: id, number: number++, records: page.records.length, sealed, tags: page.tags });
      records += page.records.length;
      bytes += sealed.length;
    }
  if (records > 0)
    write.addDataset({
      ...kept,
      bytes,
      counts: { rows: records, records, rejected: 0, blank: 0, rejectedBy: {}, proofs: plan.purge },
    });
  return records;
}

function* proofPages(
  session: Session,
  plan: PurgePlan,
  dataset: Dataset,
  columns: readonly string[],
  key: Parameters<typeof openRecords>[2],
): Generator<{ readonly tags: Uint8Array; readonly records: readonly StoredRecord[] }> {
  const { read } = session.workspace;
  const asking = purgeSelectionOf(session, plan.scope, read.retention.purgeSubjects(plan.purge));
  const places = columns.map((name) => dataset.columns.indexOf(name));
  const status = dataset.columns.indexOf('consent_status');
  for (const { number, tags, shares, dispositions: found } of dispositions(read, dataset, asking, plan.day)) {
    session.runtime.signal.throwIfAborted();
    const went = [...found.keys()].filter((i) => found[i] === PURGE && shares[i] === HANDED_OVER);
    const stored = went.length === 0 ? undefined : read.page(dataset.id, number);
    if (stored === undefined) continue;
    const opened = openRecords(dataset, stored, key);
    const proving = went.filter((i) => (opened[i]?.cells[status] ?? '') !== '');
    if (proving.length === 0) continue;
    const kept = new Uint8Array(proving.length * TAG_BYTES);
    for (const [n, i] of proving.entries())
      kept.set(tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES), n * TAG_BYTES);
    const records = proving.map((i): StoredRecord => {
      const cells = opened[i]?.cells ?? [];
      return { tag: '', cells: places.map((place) => cells[place] ?? '') };
    });
    yield { tags: kept, records };
  }
}
