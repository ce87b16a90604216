import { blockTagger, type SecretKey, TAG_BYTES, tagBlock } from '../base/crypto.js';
import { TextBlock } from '../base/text-block.js';
import { compileMinimise, lineOf, type MinimiseSetup } from '../policy/minimise.js';
import type { CheckedRecord } from '../policy/verdict.js';
import { gzipPage } from './member.js';
import { leavesOfPage } from './row-tree.js';

export interface PageSetup extends MinimiseSetup {
  /** Key of the subject tags of the deal. */
  readonly tagKey: SecretKey;
  /** Key of the row commitments of the bundle. */
  readonly leafKey: SecretKey;
}

/** A page of a bundle. Its member is readable: it goes from memory into a cipher, never to a disk. */
export interface BundlePage {
  readonly rows: number;
  /** One gzip member of NDJSON. */
  readonly member: Uint8Array;
  /** Subject tags under the deal's tag key, of all rows in order. */
  readonly tags: Uint8Array;
  /** The page's leaves in the row tree. */
  readonly leaves: Uint8Array;
}

/** Takes the records of one page after another. */
export interface PageWriting {
  /**
   * Takes only what it needs of the record, at once.
   *
   * @param block the tag block of its customer number, where that is at hand
   */
  add(record: CheckedRecord, block?: string): void;
  /** Ends the page, with at least one record in it, and begins the next. */
  end(): BundlePage;
  /** Begins anew, whatever a page that failed has left. */
  clear(): void;
}

/** Rows whose tags are calculated together: a call of the cipher costs as much as many tags. */
const TOGETHER = 512;
const TAG_HEX = 2 * TAG_BYTES;

/**
 * Compiles the making of a bundle's pages from records that may go: only the agreed fields, tagged and committed to.
 *
 * @throws HandoverError as compileMinimise
 */
export function compilePageWriting(setup: PageSetup): PageWriting {
  const { columns, tagKey, leafKey } = setup;
  const tag = blockTagger(tagKey);
  const minimise = compileMinimise(setup);
  const subject = columns.indexOf('customer_no');
  const page = new TextBlock();
  const tags: Buffer[] = [];
  const blocks: string[] = [];
  const fields: string[] = [];

  const write = () => {
    const found = tag(blocks);
    const hex = found.toString('hex');
    for (const [i, text] of fields.entries()) {
      page.add(`${lineOf(hex.slice(i * TAG_HEX, (i + 1) * TAG_HEX), text)}\n`);
    }
    tags.push(found);
    blocks.length = 0;
    fields.length = 0;
  };
  const clear = () => {
    page.clear();
    tags.length = 0;
    blocks.length = 0;
    fields.length = 0;
  };
  return {
    add: (record, block = tagBlock(record[subject] ?? '')) => {
      blocks.push(block);
      fields.push(minimise(record));
      if (blocks.length === TOGETHER) write();
    },
    end: () => {
      write();
      const bytes = page.take();
      const all = Buffer.concat(tags);
      const made = {
        rows: all.length / TAG_BYTES,
        member: gzipPage(bytes),
        tags: all,
        leaves: leavesOfPage(bytes, all, leafKey),
      };
      clear();
      return made;
    },
    clear,
  };
}
