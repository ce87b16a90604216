import type { ImportedRecord } from '../dataset/page.js';
import { compileJudge, type ConsentEvent, type Judgement, type JudgeSetup } from './judge.js';
import { compileScan, type ScanCounts } from './scan-counts.js';
import { compileFingerprints, FINGERPRINTS } from './twins.js';

/** What was found out about the records of one page. */
export interface ExaminedPage {
  /** The mask of reasons of each record, in order. */
  readonly reasonSets: Uint32Array<ArrayBuffer>;
  /** What stays of each record that goes, in order; null if nothing does of any. */
  readonly stays: Uint32Array<ArrayBuffer> | null;
  /** Personal data in free text. */
  readonly scan: ScanCounts;
  /** By which records of one person are known, {@link FINGERPRINTS} for each. */
  readonly fingerprints: Float64Array<ArrayBuffer>;
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
  let fingerprints = new Float64Array(4096 * FINGERPRINTS);
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
        const larger = new Float64Array(fingerprints.length * 2);
        larger.set(fingerprints);
        fingerprints = larger;
      }
      const judgement = judge(record, ledger);
      fingerprint(record, fingerprints, size * FINGERPRINTS);
      reasonSets[size] = judgement.mask;
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
        fingerprints: fingerprints.slice(0, size * FINGERPRINTS),
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
