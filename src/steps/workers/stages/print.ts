import type { SecretKey } from '../../../base/crypto.js';
import { recordsOf } from '../../../dataset/page.js';
import { compilePrint } from '../../../dataset/print.js';
import { openPage } from '../../../store/sealed-pages.js';
import { owned } from '../../../base/transfer.js';
import type { Task } from '../stage.js';

export interface PrintSetup {
  readonly dataset: string;
  readonly key: SecretKey;
  readonly columns: readonly string[];
}

export interface PrintInput {
  readonly number: number;
  readonly sealed: Uint8Array;
  readonly tags: Uint8Array;
}

/** What tells the records of a page apart, with their tags. */
export interface PrintedPage {
  readonly tags: Uint8Array;
  readonly prints: Uint32Array;
}

/** A sealed page → the print of each of its records. */
export const printStage: Task<PrintSetup, PrintInput, PrintedPage> = ({ dataset, key, columns }) => {
  const print = compilePrint(columns);
  return ({ number, sealed, tags }) => ({
    prints: Uint32Array.from(recordsOf(openPage(sealed, { dataset, number, tags }, key)), print),
    tags: owned(tags),
  });
};
