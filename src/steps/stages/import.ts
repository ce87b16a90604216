import { type SecretKey, systemRandom } from '../../base/crypto.js';
import type { Chunk } from '../../dataset/chunks.js';
import { compileImport, type ImportedChunk, type ImportSetup } from '../../dataset/import-chunk.js';
import { compileExamination, type ExaminedPage } from '../../policy/examine.js';
import type { JudgeSetup } from '../../policy/judge.js';
import { sealPage } from '../../store/sealed-pages.js';
import { owned, type Stage } from '../stage.js';

export interface ImportStageSetup {
  readonly reading: ImportSetup;
  readonly dataset: string;
  readonly key: SecretKey;
  /** The deal under which the records are judged while they are at hand; null where that comes later. */
  readonly judging: JudgeSetup | null;
}

/** A chunk as imported, its page already sealed: the readable text never leaves the thread that made it. */
export interface SealedChunk {
  readonly chunk: Omit<ImportedChunk, 'page'>;
  readonly sealed: Uint8Array;
  /** Length of the chunk in the file, for showing how far it is. */
  readonly bytes: number;
  readonly examined: ExaminedPage | null;
}

/** Bytes of the file → checked and normalised records → a sealed page with its tags, findings and, if asked, verdicts. */
export const importStage: Stage<ImportStageSetup, Chunk, SealedChunk> = (setup) => {
  const { dataset, key, judging } = setup;
  const importChunk = compileImport(setup.reading);
  const begin = judging === null ? null : compileExamination(judging);
  return (input) => {
    const examination = begin?.();
    const onRecord =
      examination && ((record: Parameters<typeof examination.add>[0]) => examination.add(record, undefined));
    const { page, ...chunk } = importChunk(input, onRecord);
    const sealed = sealPage(page, { dataset, number: input.index }, key, systemRandom);
    return {
      chunk: { ...chunk, tags: owned(chunk.tags) },
      sealed: owned(sealed),
      bytes: input.bytes.length,
      examined: examination?.end() ?? null,
    };
  };
};
