import type { ImportedRecord } from '../dataset/page.js';
import { compileJudge, type ConsentEvent, type JudgeSetup } from './judge.js';
import type { ReasonSet } from './reasons.js';
import { compileScan, type ScanCounts } from './scan.js';

/** What was found out about the records of one page. */
export interface ExaminedPage {
  /** The mask of reasons of each record, in order. */
  readonly reasonSets: Uint32Array<ArrayBuffer>;
  /** Personal data in free text. */
  readonly scan: ScanCounts;
}

/** Takes the records of one page after another. */
export interface Examination {
  /** Gives the mask of the record's reasons, which {@link end} gives of all. */
  add(record: ImportedRecord, ledger: readonly ConsentEvent[] | undefined): ReasonSet;
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
  let size = 0;
  const clear = () => {
    scan.end();
    size = 0;
  };
  return {
    add: (record, ledger) => {
      if (size === reasonSets.length) {
        const larger = new Uint32Array(size * 2);
        larger.set(reasonSets);
        reasonSets = larger;
      }
      const mask = judge(record, ledger);
      reasonSets[size++] = mask;
      scan.add(record);
      return mask;
    },
    end: () => {
      const examined = { reasonSets: reasonSets.slice(0, size), scan: scan.end() };
      clear();
      return examined;
    },
    clear,
  };
}
