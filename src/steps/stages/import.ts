import type { SecretKey } from '../../base/crypto.js';
import type { TagBlocks } from '../../base/tagger.js';
import { compilePageWriting, type PageWriting } from '../../bundle/page-writing.js';
import { compileImport, type ImportedChunks, type ImportSetup } from '../../dataset/import-chunk.js';
import type { ImportedRecord } from '../../dataset/page.js';
import { compileExamination, type Examination, type ExaminedPage } from '../../policy/examine.js';
import type { JudgeSetup } from '../../policy/judge.js';
import { checkedRecord } from '../../policy/verdict.js';
import { sealPage } from '../../store/sealed-pages.js';
import { type PreparedPage, type Preparing, sealPrepared } from '../prepared-page.js';
import type { SourcePage } from '../source-file.js';
import { owned, type Stage } from '../stage.js';

export interface ImportStageSetup {
  readonly reading: ImportSetup;
  readonly dataset: string;
  readonly key: SecretKey;
  /** The deal under which the records are judged while they are at hand; null where that comes later. */
  readonly judging: JudgeSetup | null;
  /** What it takes to make the rows of the bundle as well; null where that comes later. Only with `judging`. */
  readonly preparing: Preparing | null;
}

/** A page as imported and sealed: the readable text never leaves the thread that made it. */
export interface SealedChunks {
  readonly number: number;
  readonly imported: Omit<ImportedChunks, 'page'>;
  readonly sealed: Uint8Array;
  /** The memory of the chunks, which are read. */
  readonly room: Uint8Array;
  /** Length of the chunks in the file, for showing how far it is. */
  readonly bytes: number;
  readonly examined: ExaminedPage | null;
  /** The rows of the bundle, if any go. */
  readonly prepared: PreparedPage | null;
}

/** Bytes of the file → checked and normalised records → a sealed page with its tags, findings and, if asked, verdicts and rows of the bundle. */
export const importStage: Stage<ImportStageSetup, SourcePage, SealedChunks> = (setup, random) => {
  const { dataset, key, judging, preparing } = setup;
  const importChunks = compileImport(setup.reading);
  const examination = judging === null ? null : compileExamination(judging);
  const writing =
    judging === null || preparing === null ? null : compilePageWriting({ ...judging, ...preparing.keys });
  const onRecord = examination === null ? undefined : listener(examination, writing);
  return ({ number, room, chunks }) => {
    examination?.clear();
    writing?.clear();
    const { page, ...imported } = importChunks(chunks, onRecord);
    const sealed = sealPage(page, { dataset, number }, key, random);
    const examined = examination?.end() ?? null;
    const goes = examined?.masks.includes(0) ?? false;
    return {
      number,
      imported: { ...imported, tags: owned(imported.tags) },
      sealed: owned(sealed),
      room,
      bytes: chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0),
      examined,
      prepared:
        writing === null || preparing === null || !goes
          ? null
          : sealPrepared(writing.end(), number, preparing.key, random),
    };
  };
};

/** Judges each record while it is at hand, and takes those that may go into the page of the bundle. */
function listener(
  examination: Examination,
  writing: PageWriting | null,
): (record: ImportedRecord, blocks: TagBlocks) => void {
  return (record, blocks) => {
    const checked = checkedRecord(record, examination.add(record, undefined));
    if (checked !== null) writing?.add(checked, blocks);
  };
}
