import type { SecretKey } from '../../../base/crypto.js';
import { TAG_BYTES } from '../../../base/tagger.js';
import { gzipBundlePage, inflateBundlePage } from '../../../bundle/member.js';
import { RECORD_END } from '../../../dataset/page.js';
import { fail } from '../../../messages/error.js';
import { openBytes, openPage, sealBytes, sealPage } from '../../../store/sealed-pages.js';
import { owned } from '../../../base/transfer.js';
import type { Task } from '../stage.js';

export interface ResealSetup {
  readonly dataset: string;
  readonly content: 'cells' | 'ndjson-gz';
  /** The key that will be destroyed, and the fresh one. */
  readonly from: SecretKey;
  readonly to: SecretKey;
}

export interface ResealInput {
  readonly number: number;
  readonly records: number;
  readonly sealed: Uint8Array;
  readonly tags: Uint8Array;
  /** One byte a record, 1 where it stays; null where all of them do. */
  readonly keep: Uint8Array | null;
}

/** What stays of a page, under the fresh key. */
export interface ResealedPage {
  readonly number: number;
  readonly records: number;
  readonly sealed: Uint8Array;
  readonly tags: Uint8Array;
}

/**
 * A sealed page → what stays of it, byte for byte as it was, sealed under a fresh key. A page of which everything stays is not even
 * unpacked.
 */
export const resealStage: Task<ResealSetup, ResealInput, ResealedPage> = (
  { dataset, content, from, to },
  random,
) => {
  return ({ number, records, sealed, tags, keep }) => {
    const place = { dataset, number, tags };
    if (keep === null) {
      const packed = openBytes(sealed, place, from);
      return {
        number,
        records,
        sealed: owned(sealBytes(packed, place, to, random)),
        tags: owned(tags),
      };
    }
    const staying = keep.reduce((sum, one) => sum + one, 0);
    const persons = tagsOf(tags, keep);
    const left = { ...place, tags: persons };
    if (content === 'cells') {
      const page = keptOf(openPage(sealed, place, from), CELLS_END, keep, place);
      return {
        number,
        records: staying,
        sealed: owned(sealPage(page, left, to, random)),
        tags: persons,
      };
    }
    const page = keptOf(
      inflateBundlePage(openBytes(sealed, place, from), dataset, records),
      LINE_END,
      keep,
      place,
    );
    const member = gzipBundlePage(page);
    return {
      number,
      records: staying,
      sealed: owned(sealBytes(member, left, to, random)),
      tags: persons,
    };
  };
};

const CELLS_END = RECORD_END.charCodeAt(0);
const LINE_END = 0x0a;

/** The records that stay, each with the byte that ends it. In UTF-8 that byte is no part of another character. */
function keptOf(
  page: Uint8Array,
  end: number,
  keep: Uint8Array,
  place: { readonly dataset: string; readonly number: number },
): Uint8Array {
  const kept = new Uint8Array(page.length);
  let filled = 0;
  let from = 0;
  for (const one of keep) {
    const to = page.indexOf(end, from) + 1;
    if (to === 0) return fail({ code: 'PAGE_DAMAGED', dataset: place.dataset, page: place.number });
    if (one === 1) {
      kept.set(page.subarray(from, to), filled);
      filled += to - from;
    }
    from = to;
  }
  if (from !== page.length) fail({ code: 'PAGE_DAMAGED', dataset: place.dataset, page: place.number });
  return kept.subarray(0, filled);
}

function tagsOf(tags: Uint8Array, keep: Uint8Array): Uint8Array<ArrayBuffer> {
  const kept = new Uint8Array(keep.reduce((sum, one) => sum + one, 0) * TAG_BYTES);
  let filled = 0;
  for (const [i, one] of keep.entries()) {
    if (one === 0) continue;
    kept.set(tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES), filled);
    filled += TAG_BYTES;
  }
  return kept;
}
