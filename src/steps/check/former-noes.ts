// Persons who said no and are in no record that is judged: a newer list may have the same person under another number.

import { hex } from '../../base/bytes.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { recordsOf } from '../../dataset/page.js';
import type { TaggedPage } from '../../policy/decided-pairs.js';
import type { ConsentLedger } from '../../policy/consent-ledger.js';
import { PageSets } from '../../policy/page-sets.js';
import { reasonSet } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import { compileFingerprints, FINGERPRINTS } from '../../policy/twins.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { openPage } from '../../store/sealed-pages.js';
import { datasetFields } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import { OutsideNoes } from '../session/spelled.js';

/**
 * The fingerprints of whoever says no in an older customer file, or to the firm itself, and is not on the list any more. Opens only the pages
 * of such persons.
 *
 * @param judged the files of the list
 */
export async function formerNoes(
  session: Session,
  judged: readonly Dataset[],
  ledger: ConsentLedger,
): Promise<readonly TaggedPage[]> {
  const { read } = session.workspace;
  const ids = new Set(judged.map(({ id }) => id));
  const former = read
    .datasets()
    .filter((d) => d.kind === 'customers' && d.content === 'cells' && d.state === 'kept' && !ids.has(d.id));
  if (former.length === 0) return [];
  const noes = noesIn(session, former, ledger);
  // Whoever is on the list still is judged there, by all that is known.
  if (noes.size > 0)
    for (const { id } of judged)
      for (const { tags } of read.pageTags(id)) eachOf(noes, tags, (at) => noes.set(tags, at, ON_LIST));
  return noes.size === 0 ? [] : printsOf(session, former, noes);
}

/** Which no it was does not matter for whom it is compared with. */
const SAID = reasonSet('CONSENT_WITHDRAWN');
const REFUSING = 1;
const ON_LIST = 2;

function eachOf(noes: TagReasons, tags: Uint8Array, visit: (offset: number) => void): void {
  for (let at = 0; at < tags.length; at += TAG_BYTES) if (noes.of(tags, at) === REFUSING) visit(at);
}

function noesIn(session: Session, former: readonly Dataset[], ledger: ConsentLedger): TagReasons {
  const { read } = session.workspace;
  const marked = new TagReasons();
  for (const { tag } of read.persons.subjectMarks()) marked.add(tag, REFUSING);
  const outside = new OutsideNoes(session, ledger);
  const noes = new TagReasons();
  for (const { id } of former)
    for (const { tags } of read.pageTags(id))
      for (let at = 0; at < tags.length; at += TAG_BYTES) {
        if (ledger.of(tags, at) === undefined && marked.of(tags, at) === 0) continue;
        if (outside.of(hex(tags.subarray(at, at + TAG_BYTES))) !== 0) noes.set(tags, at, REFUSING);
      }
  return noes;
}

async function printsOf(
  session: Session,
  former: readonly Dataset[],
  noes: TagReasons,
): Promise<readonly TaggedPage[]> {
  const { vault } = await session.keys();
  const found: number[] = [];
  const who: Uint8Array[] = [];
  for (const dataset of former) {
    const fingerprint = compileFingerprints(datasetFields(dataset));
    const print = new Float64Array(FINGERPRINTS);
    for (const { number, sealed, tags } of session.workspace.read.pages(dataset.id)) {
      const offsets: number[] = [];
      eachOf(noes, tags, (at) => offsets.push(at));
      if (offsets.length === 0) continue;
      const place = { dataset: dataset.id, number, tags };
      const records = recordsOf(openPage(sealed, place, vault.get(dataset.keyId)));
      for (const at of offsets) {
        fingerprint(records[at / TAG_BYTES] ?? [], print, 0);
        found.push(...print);
        who.push(tags.subarray(at, at + TAG_BYTES));
      }
    }
  }
  const reasonSets = PageSets.of(new Uint32Array(found.length / FINGERPRINTS).fill(SAID));
  return [{ reasonSets, fingerprints: Float64Array.from(found), tags: Buffer.concat(who) }];
}
