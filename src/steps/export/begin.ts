import { TAG_BYTES } from '../../base/tagger.js';
import type { Instant } from '../../base/time.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import type { Reader } from '../../store/reader.js';
import type { StoredCheck } from '../../store/check-rows.js';
import type { Session } from '../session/session.js';
import type { StandingPlan } from '../check/approve.js';

/** A bundle that the log knows of, and that nobody has yet. */
export interface Begun {
  readonly id: string;
  readonly number: number;
  readonly created: Instant;
  readonly terms: Terms;
}

/** Says that a bundle begins and who goes in it, before anything of it is on disk. */
export function begin(
  session: Session,
  terms: Terms,
  { number, path }: { readonly number: number; readonly path: string },
  { standing }: { readonly standing: StandingPlan },
  id: string,
): Begun {
  const created = session.now;
  const { check, digest } = standing;
  session.record({ action: 'export-began', objects: { bundle: id, plan: digest }, details: {} }, (write) => {
    write.addBundle({
      id,
      direction: 'out',
      deal: dealDigest(terms),
      number,
      manifestDigest: digest,
      manifest: new Uint8Array(),
      path,
      sha256: '',
      state: 'began',
      time: created,
      check: check.id,
    });
    let piece = 0;
    for (const tags of leaving(session.workspace.read, check))
      write.addHandedOver(id, { number: piece++, tags });
  });
  return { id, number, created, terms };
}

/** The tags of whoever a check lets go, page by page. */
function* leaving(read: Reader, check: StoredCheck): Generator<Uint8Array> {
  for (const dataset of check.datasets)
    for (const { number, reasonSets } of read.checkPages(check.id, dataset)) {
      const words = new Uint32Array(new Uint8Array(reasonSets).buffer);
      if (!words.includes(0)) continue;
      const tags = read.pageTagsAt(dataset, number);
      const going = new Uint8Array(tags.length);
      let filled = 0;
      for (let i = 0; i < words.length; i++) {
        if (words[i] !== 0) continue;
        going.set(tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES), filled);
        filled += TAG_BYTES;
      }
      yield going.subarray(0, filled);
    }
}
