import type { SecretKey } from '../../../base/crypto.js';
import type { Instant } from '../../../base/time.js';
import type { FieldName } from '../../../dataset/fields.js';
import { recordOf, visitRecords } from '../../../dataset/page.js';
import type { Terms } from '../../../deal/terms.js';
import { compileExamination, type ExaminedPage } from '../../../policy/examine.js';
import type { ConsentEvent } from '../../../policy/judge.js';
import { openPage } from '../../../store/sealed-pages.js';
import { release } from '../../../base/transfer.js';
import type { Task } from '../stage.js';

export interface CheckSetup {
  readonly dataset: string;
  readonly key: SecretKey;
  readonly columns: readonly FieldName[];
  readonly terms: Terms;
  readonly now: Instant;
}

export interface CheckPageInput {
  readonly number: number;
  readonly sealed: Uint8Array;
  readonly tags: Uint8Array;
  /** Events of the consent ledger by position of the record in the page. */
  readonly ledger: ReadonlyMap<number, readonly ConsentEvent[]> | null;
}

/** A page of the dataset, judged. */
export interface CheckedPage extends ExaminedPage {
  readonly number: number;
}

/** A sealed page → the reasons for and against each of its records. */
export const checkStage: Task<CheckSetup, CheckPageInput, CheckedPage> = (setup) => {
  const { dataset, key } = setup;
  const examination = compileExamination(setup);
  return ({ number, sealed, tags, ledger }) => {
    examination.clear();
    const page = openPage(sealed, { dataset, number, tags }, key);
    visitRecords(page, (text, i) => examination.add(recordOf(text), ledger?.get(i)));
    release(page, sealed);
    return { number, ...examination.end() };
  };
};
