import type { Sha256 } from '../../base/crypto.js';
import type { Encoding } from '../../dataset/encoding.js';
import type { Pool } from '../workers/pool.js';
import type { ImportStageSetup, SealedChunks } from '../workers/stages/import.js';
import { type SourceFile, SourceReading } from './source-file.js';

/** Where the pages of a file come from as they are read: from the file itself, or from machines that read it. */
export interface PageFeed {
  /** Of what is read. */
  readonly encoding: Encoding;
  /** The pages in their order, sealed under the key of the setup. */
  pages(setup: ImportStageSetup): AsyncIterable<SealedChunks>;
  /** Takes the memory of a page back, once nothing in it is needed. */
  giveBack(room: Uint8Array): void;
  /** SHA-256 of the file; once all pages came. */
  sha256(): Sha256;
}

/** The pages of a file that is read here. */
export function fileFeed(source: SourceFile, pool: Pool): PageFeed {
  const reading = new SourceReading(source);
  return {
    encoding: reading.encoding,
    pages: (setup) => pool.map('import', setup, reading.pages()),
    giveBack: (room) => reading.giveBack(room),
    sha256: () => reading.sha256(),
  };
}
