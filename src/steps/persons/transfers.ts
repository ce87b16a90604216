import { hex } from '../../base/bytes.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { type Manifest, readManifest } from '../../bundle/manifest.js';
import { readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Session } from '../session/session.js';
import { positionsOf, type SubjectTags } from '../session/subject-tags.js';

/** One handover of a person: the bundle in which the record went, or came. */
export interface Transfer {
  readonly bundle: StoredBundle;
  readonly manifest: Manifest;
  readonly terms: Terms;
}

/** States of a bundle that may be in the buyer's hands. */
const SENT: readonly string[] = ['exported', 'accepted'];

/**
 * The bundles in which a person went to a buyer, or in which the person came from a seller, oldest first. A bundle without a receipt counts:
 * it may have arrived.
 */
export function transfersOf(session: Session, subject: SubjectTags): readonly Transfer[] {
  const { read } = session.workspace;
  const transfers: Transfer[] = [];
  for (const bundle of read.bundles()) {
    if (!isWith(session, bundle, subject)) continue;
    const deal = read.deal(bundle.deal) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
    transfers.push({
      bundle,
      manifest: readManifest(bundle.manifest),
      terms: readDealJson(deal.bytes),
    });
  }
  return transfers;
}

/** Whether the person came in a bundle, or went in one that may have arrived; who went is known when the record is gone as well. */
function isWith(session: Session, bundle: StoredBundle, { own, places }: SubjectTags): boolean {
  if (bundle.direction === 'in') return places.some(({ dataset }) => dataset.bundle === bundle.id);
  if (!SENT.includes(bundle.state)) return false;
  for (const { tags } of session.workspace.read.handedOver(bundle.id))
    if (positionsOf(tags, own).length > 0) return true;
  return false;
}

/** Whether the erasure ledger knows the person under any of the tags. */
export function wasErased(session: Session, { tags }: Pick<SubjectTags, 'tags'>): boolean {
  const { read } = session.workspace;
  const wanted = tags.map(hex);
  for (const { id } of read.retention.purges()) {
    for (const page of read.retention.erased(id)) {
      const packed = hex(page.tags);
      for (let at = 0; at < packed.length; at += 2 * TAG_BYTES)
        if (wanted.includes(packed.slice(at, at + 2 * TAG_BYTES))) return true;
    }
  }
  return false;
}
