import { hex } from '../../base/bytes.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { type Manifest, readManifest } from '../../bundle/manifest.js';
import { readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { StoredBundle } from '../../store/rows.js';
import { checkOfBundle } from '../retention/dispositions.js';
import type { Session } from '../session/session.js';
import type { SubjectTags } from '../session/subject-tags.js';

/** One handover of a person: the bundle in which the record went, or came. */
export interface Transfer {
  readonly bundle: StoredBundle;
  readonly manifest: Manifest;
  readonly terms: Terms;
  /**
   * `certain`: the record was among those that went. `possible`: it was purged here since, so the store no longer knows whether it went;
   * the buyer does.
   */
  readonly knowledge: 'certain' | 'possible';
}

/** States of a bundle that may be in the buyer's hands. */
const SENT: readonly string[] = ['exported', 'accepted'];

/**
 * The bundles in which a person went to a buyer, or in which the person came from a seller, oldest first. A bundle without a receipt counts:
 * it may have arrived.
 */
export function transfersOf(session: Session, subject: SubjectTags): readonly Transfer[] {
  const { read } = session.workspace;
  const erased = wasErased(session, subject);
  const transfers: Transfer[] = [];
  for (const bundle of read.bundles()) {
    const knowledge =
      bundle.direction === 'in' ? cameIn(bundle, subject) : wentIn(session, bundle, subject, erased);
    if (knowledge === null) continue;
    const deal = read.deal(bundle.deal) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    transfers.push({
      bundle,
      manifest: readManifest(bundle.manifest),
      terms: readDealJson(deal.bytes),
      knowledge,
    });
  }
  return transfers;
}

function cameIn(bundle: StoredBundle, { places }: SubjectTags): Transfer['knowledge'] | null {
  return places.some(({ dataset }) => dataset.bundle === bundle.id) ? 'certain' : null;
}

function wentIn(
  session: Session,
  bundle: StoredBundle,
  { places }: SubjectTags,
  erased: boolean,
): Transfer['knowledge'] | null {
  if (!SENT.includes(bundle.state)) return null;
  const { read } = session.workspace;
  for (const { dataset, page, position } of places) {
    if (dataset.kind !== 'customers' || dataset.content !== 'cells') continue;
    const check = checkOfBundle(bundle, read.checksOf(dataset.id));
    const reasonSets =
      check === undefined ? undefined : read.checkPage(check.id, dataset.id, page)?.reasonSets;
    // Four bytes of reasons a record; none means that it went.
    if (reasonSets?.subarray(position * 4, position * 4 + 4).every((byte) => byte === 0) === true)
      return 'certain';
  }
  return erased ? 'possible' : null;
}

/** Whether the erasure ledger knows the person under any of the tags. */
export function wasErased(session: Session, { tags }: Pick<SubjectTags, 'tags'>): boolean {
  const { read } = session.workspace;
  const wanted = tags.map(hex);
  for (const { id } of read.purges()) {
    for (const page of read.erased(id)) {
      const packed = hex(page.tags);
      for (let at = 0; at < packed.length; at += 2 * TAG_BYTES)
        if (wanted.includes(packed.slice(at, at + 2 * TAG_BYTES))) return true;
    }
  }
  return false;
}
