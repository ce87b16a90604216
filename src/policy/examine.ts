import type { ImportedRecord } from '../dataset/page.js';
import { compileJudge, type ConsentEvent, type JudgeSetup } from './judge.js';
import { compileScan, type ScanCounts } from './scan.js';

/** What was found out about the records of one page. */
export interface ExaminedPage {
  /** The mask of reasons of each record, in order. */
  readonly masks: Uint32Array<ArrayBuffer>;
  /** Personal data in free text. */
  readonly scan: ScanCounts;
}

/** Takes the records of one page, one after another. */
export interface Examination {
  add(record: ImportedRecord, ledger: readonly ConsentEvent[] | undefined): void;
  end(): ExaminedPage;
}

/** Compiles the examination of a file's records under a deal: the verdict's reasons, and the scan of its free text. */
export function compileExamination(setup: JudgeSetup): () => Examination {
  const judge = compileJudge(setup);
  const beginScan = compileScan(setup.columns);
  return () => {
    const scan = beginScan();
    let masks = new Uint32Array(4096);
    let size = 0;
    return {
      add: (record, ledger) => {
        if (size === masks.length) {
          const larger = new Uint32Array(size * 2);
          larger.set(masks);
          masks = larger;
        }
        masks[size++] = judge(record, ledger);
        scan.add(record);
      },
      end: () => ({ masks: masks.slice(0, size), scan: scan.end() }),
    };
  };
}
