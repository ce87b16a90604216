import { utf8 } from '../../../base/bytes.js';
import { type SecretKey, sha256 } from '../../../base/crypto.js';
import { tagger } from '../../../base/tagger.js';
import { recordsOf } from '../../../dataset/page.js';
import { compileMinimise, type MinimiseSetup } from '../../../policy/minimise.js';
import { checkedRecord } from '../../../policy/verdict.js';
import { openPage } from '../../../store/sealed-pages.js';
import { owned } from '../../../base/transfer.js';
import type { Task } from '../stage.js';
import type { SealInput } from './seal.js';

export interface LinesSetup extends MinimiseSetup {
  readonly dataset: string;
  readonly key: SecretKey;
  /** Key of the subject tags of the deal. */
  readonly tagKey: SecretKey;
}

/** What would leave of the records of a page. */
export interface PrintedLines {
  readonly number: number;
  /** As they came in: under the workspace's key. */
  readonly tags: Uint8Array;
  /** Of each record, the beginning of a digest over what would leave of it; 0 for a record that does not go. */
  readonly prints: Uint32Array;
  /** Under the deal's key, of each record. */
  readonly subjects: Uint8Array;
}

const HEX_DIGITS = 8;

/**
 * A sealed page and its verdicts → what tells the lines apart that leave of it. Of lines that differ, one in four thousand million is taken
 * for the same. For memory only: a digest of little text without a key could be guessed.
 */
export const linesStage: Task<LinesSetup, SealInput, PrintedLines> = (setup) => {
  const { dataset, key, columns, tagKey } = setup;
  const minimise = compileMinimise(setup);
  const subjectsOf = tagger(tagKey);
  const numberAt = columns.indexOf('customer_no');
  return ({ number, sealed, tags, reasonSets, stays }) => {
    const reasons = new Uint32Array(reasonSets.buffer, reasonSets.byteOffset, reasonSets.byteLength / 4);
    const staying = new Uint32Array(stays.buffer, stays.byteOffset, stays.byteLength / 4);
    const records = recordsOf(openPage(sealed, { dataset, number, tags }, key));
    const prints = Uint32Array.from(records, (each, i) => {
      const record = checkedRecord(each, reasons[i]);
      return record === null ? 0 : printOf(minimise(record, staying[i] ?? 0));
    });
    const subjects = subjectsOf(records.map((record) => record[numberAt] ?? ''));
    return { number, tags: owned(tags), prints, subjects: owned(subjects) };
  };
};

function printOf(line: string): number {
  return Number.parseInt(sha256(utf8(line)).slice(0, HEX_DIGITS), 16) || 1;
}
