import { type SecretKey, TAG_BYTES, tagger } from '../../base/crypto.js';
import { CompactRange } from '../../audit/merkle.js';
import { sealPart } from '../../bundle/part.js';
import { gzipPage } from '../../bundle/part.js';
import { leavesOfPage } from '../../bundle/rows.js';
import type { FieldName } from '../../dataset/fields.js';
import { recordOf, splitRecords, textOfPage } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { compileMinimise } from '../../policy/minimise.js';
import { checkedRecord } from '../../policy/verdict.js';
import { openPage } from '../../store/sealed-pages.js';
import { owned, type Stage } from '../stage.js';

export interface SealSetup {
  readonly dataset: string;
  readonly key: SecretKey;
  readonly columns: readonly FieldName[];
  readonly terms: Terms;
  readonly tagKey: SecretKey;
  readonly leafKey: SecretKey;
  readonly recipients: readonly string[];
}

/** The pages of one part, and the number of rows that come before it in the resource. */
export interface SealInput {
  readonly pages: readonly {
    readonly number: number;
    readonly sealed: Uint8Array;
    readonly masks: Uint8Array;
  }[];
  readonly start: number;
}

export interface SealedPart {
  readonly part: Uint8Array;
  readonly rows: number;
  /** Compressed bytes and rows of each page of the part, in order. */
  readonly pages: readonly { readonly bytes: number; readonly rows: number }[];
  /** Compact range of the part's row commitments. */
  readonly range: Uint8Array;
  /** Subject tags under the deal's tag key. */
  readonly tags: Uint8Array;
}

/**
 * Sealed pages and their verdicts → one encrypted part of the bundle: only records that may be transferred, and of those only the
 * agreed fields.
 */
export const sealStage: Stage<SealSetup, SealInput, SealedPart> = (setup) => {
  const pageToSend = compilePage(setup);
  return async ({ pages, start }) => {
    const range = CompactRange.of(start);
    const members: Uint8Array[] = [];
    const sizes: { bytes: number; rows: number }[] = [];
    const tags: Uint8Array[] = [];
    for (const page of pages) {
      const { text, rows, tags: pageTags } = pageToSend(page);
      if (rows === 0) continue;
      range.appendMany(leavesOfPage(text, setup.leafKey, range.end));
      const member = gzipPage(text);
      members.push(member);
      sizes.push({ bytes: member.length, rows });
      tags.push(pageTags);
    }
    return {
      part: owned(await sealPart(members, setup.recipients)),
      rows: range.size,
      pages: sizes,
      range: owned(range.toBytes()),
      tags: owned(Buffer.concat(tags)),
    };
  };
};

interface PageToSend {
  /** NDJSON, each line ended by a newline. */
  readonly text: Buffer;
  readonly rows: number;
  readonly tags: Uint8Array;
}

/** Opens a page and writes the lines of those who may go; the others are not even taken apart. */
function compilePage(setup: SealSetup): (page: SealInput['pages'][number]) => PageToSend {
  const { dataset, key, columns, terms, tagKey } = setup;
  const tag = tagger(tagKey);
  const minimise = compileMinimise({ terms, columns, tokenKey: tagKey });
  const subject = columns.indexOf('customer_no');
  return ({ number, sealed, masks }) => {
    const reasons = new Uint32Array(masks.buffer, masks.byteOffset, masks.byteLength / 4);
    const texts = splitRecords(textOfPage(openPage(sealed, { dataset, number }, key)));
    if (texts.length !== reasons.length) fail({ code: 'PAGE_DAMAGED', dataset, page: number });
    const checked = texts.flatMap((text, i) => {
      const mask = reasons[i];
      const record = mask === 0 ? checkedRecord(recordOf(text), mask) : null;
      return record === null ? [] : [record];
    });
    const tags = Buffer.alloc(checked.length * TAG_BYTES);
    checked.forEach((record, i) => {
      tag(record[subject] ?? '', tags, i * TAG_BYTES);
    });
    const hex = tags.toString('hex');
    const lines = checked.map((record, i) => minimise(record, hex.slice(i * TAG_HEX, (i + 1) * TAG_HEX)));
    const text = Buffer.from(lines.length === 0 ? '' : `${lines.join('\n')}\n`, 'utf8');
    return { text, rows: checked.length, tags };
  };
}

const TAG_HEX = 2 * TAG_BYTES;
