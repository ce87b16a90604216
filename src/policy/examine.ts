import type { ImportedRecord } from '../dataset/page.js';
import { compileJudge, type ConsentEvent, type Judgement, type JudgeSetup } from './judge.js';
import { compileScan, type ScanCounts } from './scan-counts.js';
import { looseFingerprint } from './near.js';
import { compileFingerprints, fingerprintsIn } from './twins.js';

/** What was found out about the records of one page. */
export interface ExaminedPage {
  /** The reason set of each record, in order. */
  readonly reasonSets: Uint32Array<ArrayBuffer>;
  /** What stays of each record that goes, in order; null if nothing does of any. */
  readonly stays: Uint32Array<ArrayBuffer> | null;
  /** Personal data in free text. */
  readonly scan: ScanCounts;
  /** By which records of one person are known, the same number for each; empty once they were compared. */
  readonly fingerprints: Float64Array<ArrayBuffer>;
  /** The fingerprint of each record's number, however it is spelled; likewise. */
  readonly spellings: Float64Array<ArrayBuffer>;
}

/** The page without the spellings of its numbers, where there is nobody to compare them with. */
export function withoutSpellings<Page extends ExaminedPage>(page: Page): Page {
  return { ...page, spellings: new Float64Array() };
}

/** Takes the records of one page after another. */
export interface Examination {
  /** Gives the judgement of the record, which holds until the next; {@link end} gives those of all. */
  add(record: ImportedRecord, ledger: readonly ConsentEvent[] | undefined): Judgement;
  /** Ends the page and begins the next. */
  end(): ExaminedPage;
  /** Begins anew, whatever a page that failed has left. */
  clear(): void;
}

/** Compiles the examination of a file's records under a deal: the verdict's reasons, and the scan of its free text. */
export function compileExamination(setup: JudgeSetup): Examination {
  const judge = compileJudge(setup);
  const scan = compileScan(setup.columns);
  let reasonSets = new Uint32Array(4096);
  const fingerprint = compileFingerprints(setup.columns);
  let stays = new Uint32Array(4096);
  const each = fingerprintsIn(setup.columns);
  let fingerprints = new Float64Array(4096 * each);
  const number = setup.columns.indexOf('customer_no');
  let spellings = new Float64Array(4096);
  let size = 0;
  let stay = false;
  const clear = () => {
    scan.end();
    size = 0;
    stay = false;
  };
  return {
    add: (record, ledger) => {
      if (size === reasonSets.length) {
        reasonSets = doubled(reasonSets);
        stays = doubled(stays);
        fingerprints = longer(fingerprints);
        spellings = longer(spellings);
      }
      const judgement = judge(record, ledger);
      fingerprint(record, fingerprints, size * each);
      spellings[size] = looseFingerprint(record[number] ?? '');
      reasonSets[size] = judgement.reasonSet;
      stays[size++] = judgement.stays;
      if (judgement.stays !== 0) stay = true;
      scan.add(record);
      return judgement;
    },
    end: () => {
      const kept = stay ? stays.slice(0, size) : null;
      const examined = {
        reasonSets: reasonSets.slice(0, size),
        stays: kept,
        scan: scan.end(),
        fingerprints: fingerprints.slice(0, size * each),
        spellings: spellings.slice(0, size),
      };
      clear();
      return examined;
    },
    clear,
  };
}

function doubled(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(words.length * 2);
  larger.set(words);
  return larger;
}

function longer(prints: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(prints.length * 2);
  larger.set(prints);
  return larger;
}
