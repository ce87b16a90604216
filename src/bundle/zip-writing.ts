import { Readable } from 'node:stream';
import yazl from 'yazl';
import type { Instant } from '../base/time.js';
import { FILE_MODE, noonOf } from './zip-records.js';

/** One entry to write: small ones as bytes, others as a factory of a stream of known length. */
export type NewEntry =
  | { readonly name: string; readonly content: Uint8Array }
  | {
      readonly name: string;
      readonly size: number;
      readonly content: () => AsyncIterable<Uint8Array>;
    };

/**
 * The bytes of a ZIP file as a stream: stored entries in the order given, all of one date. The same entries and date give the same bytes,
 * wherever they are written. Streams are read one after another, none is held in memory.
 *
 * The stream fails if an entry's does, or if one has another length than was said.
 */
export function writeZip(entries: readonly NewEntry[], created: Instant): AsyncIterable<Uint8Array> {
  const zip = new yazl.ZipFile();
  const out = zip.outputStream;
  if (!(out instanceof Readable)) throw new Error('yazl gives a stream of node:stream');
  const options = { mtime: noonOf(created), mode: FILE_MODE, compress: false, forceDosTimestamp: true };
  let open: Readable | null = null;
  out.on('close', () => open?.destroy());
  zip.on('error', (error: Error) => out.destroy(error));
  for (const entry of entries) {
    if ('size' in entry) {
      zip.addReadStreamLazy(entry.name, { ...options, size: entry.size }, (give) => {
        const part = Readable.from(entry.content(), { objectMode: false });
        // yazl pipes, and a pipe passes neither errors on nor the end of interest back.
        part.on('error', (error) => out.destroy(error));
        open = part;
        give(null, part);
      });
    } else {
      zip.addBuffer(Buffer.from(entry.content), entry.name, options);
    }
  }
  zip.end();
  return out;
}
