// What is heard of persons after they were handed over, as far as no notice to the buyer names it yet: one answer for status and report.

import { TAG_BYTES } from '../../base/tagger.js';
import { HANDED_OVER, REPLACED, reasonSet } from '../../policy/reasons.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import { verdictOf } from '../../policy/verdict.js';
import type { Reader } from '../../store/reader.js';
import type { StoredCheck } from '../../store/check-rows.js';
import { isLedger } from '../../store/dataset-rows.js';
import type { StoredDeal } from '../../store/deal-rows.js';
import { bundlesOfDeal, hasLeft } from '../session/handed-over.js';
import { customerList } from '../session/list.js';
import type { Session } from '../session/session.js';
import { checkThatCounts } from './carried.js';
import { unmatchedOf } from './consent-ledger.js';

export interface SinceHandover {
  /** Persons who were handed over and would not go today: they said no, or have to be asked. */
  readonly gone: number;
  /** Of these, whose latest words nobody understands, or who may be somebody who says no: a no, perhaps, that the buyer would have to be told. */
  readonly unclear: number;
  /** Refusals in ledgers that no customer's number matches, about which nobody decided. */
  readonly unmatched: number;
  /** Whether a ledger came in that no check has heard. */
  readonly isUnheard: boolean;
}

const NOTHING: SinceHandover = { gone: 0, unclear: 0, unmatched: 0, isUnheard: false };

/** What the last check says of those whom bundles of a deal took to the buyer. Opens no record. */
export function sinceHandover(read: Reader, { id, digest }: StoredDeal): SinceHandover {
  const bundles = bundlesOfDeal(read, id).filter(
    (bundle) => bundle.direction === 'out' && hasLeft(bundle) && bundle.state !== 'aborted',
  );
  if (bundles.length === 0) return NOTHING;
  // What came in is heard by the last check of all, also where no record is left that it could judge.
  const last = read.checks().findLast((check) => read.deal(check.deal)?.id === id);
  const { noes, decision, unread } = unmatchedOf(last?.counts ?? {});
  const heard = new Set(last?.ledgers);
  const isUnheard = read.datasets().some((d) => isLedger(d) && d.state === 'kept' && !heard.has(d.id));
  const list = customerList(read);
  const ids = list.map((dataset) => dataset.id);
  const judged = list.length === 0 ? undefined : read.latestCheck(digest, ids);
  const check = judged ?? (list.length === 0 ? undefined : checkThatCounts(read, digest, list));
  const stays = check === undefined ? new TagReasons() : stayingIn(read, check);
  const met = { gone: 0, unclear: 0 };
  if (stays.size > 0)
    for (const bundle of bundles)
      for (const { tags } of read.handedOver(bundle.id))
        for (let offset = 0; offset < tags.length; offset += TAG_BYTES) {
          const reasons = stays.of(tags, offset);
          if (reasons === 0 || reasons === COUNTED) continue;
          met.gone++;
          if ((reasons & UNCLEAR) !== 0 && verdictOf(reasons) === 'ask') met.unclear++;
          // Whoever is in two bundles is one person.
          stays.set(tags, offset, COUNTED);
        }
  return { ...met, unmatched: decision === null ? noes + unread.rows : 0, isUnheard };
}

/** Of each deal under which somebody went, what is not settled yet; none where all is. */
export function heardSince({
  workspace: { read, info },
}: Session): readonly (SinceHandover & { readonly deal: string })[] {
  if (info.role !== 'seller') return [];
  return read
    .deals()
    .map((deal) => ({ deal: deal.id, ...sinceHandover(read, deal) }))
    .filter(({ unclear, unmatched, isUnheard }) => isUnheard || unclear + unmatched > 0);
}

const UNCLEAR = reasonSet('CONSENT_UNKNOWN', 'SAME_PERSON_REFUSED');
/** No reasons of a record are these. */
const COUNTED = REPLACED;

/** Whom a check keeps back, with the reasons. */
function stayingIn(read: Reader, { id, datasets }: StoredCheck): TagReasons {
  const stays = new TagReasons();
  for (const dataset of datasets)
    for (const { number, tags } of read.pageTags(dataset)) {
      const packed = read.checkPage(id, dataset, number)?.reasonSets;
      if (packed === undefined) continue;
      for (const [i, reasons] of new Uint32Array(new Uint8Array(packed).buffer).entries())
        if (reasons !== 0 && reasons !== HANDED_OVER && reasons !== REPLACED)
          stays.set(tags, i * TAG_BYTES, reasons);
    }
  return stays;
}
