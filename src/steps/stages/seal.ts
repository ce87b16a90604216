import { type SecretKey, TAG_BYTES, tagger } from '../../base/crypto.js';
import { CompactRange } from '../../audit/merkle.js';
import { gzipPage } from '../../bundle/part.js';
import { leavesOfPage } from '../../bundle/rows.js';
import type { FieldName } from '../../dataset/fields.js';
import { recordOf, splitRecords, textOfPage } from '../../dataset/page.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import { compileMinimise } from '../../policy/minimise.js';
import { type CheckedRecord, checkedRecord } from '../../policy/verdict.js';
import { openPage } from '../../store/sealed-pages.js';
import { owned, type Stage } from '../stage.js';

export interface SealSetup {
  readonly dataset: string;
  readonly key: SecretKey;
  readonly columns: readonly FieldName[];
  readonly terms: Terms;
  readonly tagKey: SecretKey;
  readonly tokenKey: SecretKey;
  readonly leafKey: SecretKey;
}

/** A page of the dataset with its verdicts, and the number of rows of the resource that come before it. */
export interface SealInput {
  readonly number: number;
  readonly sealed: Uint8Array;
  /** Masks of reasons, 4 bytes a record, little-endian. */
  readonly masks: Uint8Array;
  readonly start: number;
}

/** A page of the bundle, ready to go into a part. Its member is readable: it goes from memory into the cipher, never to a disk. */
export interface SealedRows {
  /** One gzip member of NDJSON. */
  readonly member: Uint8Array;
  readonly rows: number;
  /** Compact range of the row commitments. */
  readonly range: Uint8Array;
  /** Subject tags under the deal's tag key. */
  readonly tags: Uint8Array;
}

/**
 * A sealed page and its verdicts → the rows of the bundle: only records that may be transferred, and of those only the agreed fields.
 * The other records are not even taken apart.
 */
export const sealStage: Stage<SealSetup, SealInput, SealedRows> = (setup) => {
  const { dataset, key, columns, terms, tagKey, tokenKey, leafKey } = setup;
  const tag = tagger(tagKey);
  const minimise = compileMinimise({ terms, columns, tokenKey });
  const subject = columns.indexOf('customer_no');
  return ({ number, sealed, masks, start }) => {
    const reasons = new Uint32Array(masks.buffer, masks.byteOffset, masks.byteLength / 4);
    const texts = splitRecords(textOfPage(openPage(sealed, { dataset, number }, key)));
    if (texts.length !== reasons.length) fail({ code: 'PAGE_DAMAGED', dataset, page: number });
    const checked: CheckedRecord[] = [];
    const subjects: string[] = [];
    for (let i = 0; i < texts.length; i++) {
      const mask = reasons[i];
      const record = mask === 0 ? checkedRecord(recordOf(texts[i] ?? ''), mask) : null;
      if (record === null) continue;
      checked.push(record);
      subjects.push(record[subject] ?? '');
    }
    const tags = tag(subjects);
    const hex = tags.toString('hex');
    const lines: string[] = [];
    for (let i = 0; i < checked.length; i++) {
      const record = checked[i];
      if (record !== undefined) lines.push(minimise(record, hex.slice(i * TAG_HEX, (i + 1) * TAG_HEX)));
    }
    const page = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
    const range = CompactRange.of(start);
    range.appendMany(leavesOfPage(page, tags, leafKey));
    return {
      member: owned(gzipPage(page)),
      rows: checked.length,
      range: owned(range.toBytes()),
      tags: owned(tags),
    };
  };
};

const TAG_HEX = 2 * TAG_BYTES;
