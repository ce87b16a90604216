import { TAG_BYTES } from '../../base/tagger.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { datasetFields } from '../session/datasets.js';
import type { Session } from '../session/session.js';
import type { Pool } from '../workers/pool.js';
import type { PrintInput } from '../workers/stages/print.js';

/** How the persons of a file differ from those of the list before it. Each is counted once. */
export interface Difference {
  /** Only in the file. */
  readonly added: number;
  /** In both, with something else said of them. */
  readonly changed: number;
  readonly unchanged: number;
  /** Only in the list. */
  readonly gone: number;
}

/** Three bits of what is kept of a person; the others are of the print of the record. */
const SEEN = 1;
const LISTED = 2;
/** Whether the last row of the person that the file had so far says what the list says. */
const SAME = 4;

/**
 * Compares a file with the list while it is read: of each person of the list the tag and the print of the latest record are held, some
 * thirty bytes.
 */
export class Comparison {
  readonly #persons: TagReasons;
  readonly #listed: number;
  #added = 0;
  #changed = 0;
  #unchanged = 0;

  private constructor(persons: TagReasons) {
    this.#persons = persons;
    this.#listed = persons.size;
  }

  static async with(session: Session, list: readonly Dataset[], pool: Pool): Promise<Comparison> {
    const { vault } = await session.keys();
    const { signal } = session.runtime;
    const persons = new TagReasons();
    for (const dataset of list) {
      const setup = { dataset: dataset.id, key: vault.get(dataset.keyId), columns: datasetFields(dataset) };
      for await (const { tags, prints } of pool.map('print', setup, pagesOf(session, dataset))) {
        signal.throwIfAborted();
        for (const [i, print] of prints.entries()) persons.set(tags, i * TAG_BYTES, kept(print));
      }
    }
    return new Comparison(persons);
  }

  /**
   * Takes a page of the file, or records that were put together from rows that came before. Of a person in several rows the last counts, as of
   * the list.
   *
   * @param tags packed @param prints of the same records
   */
  add(tags: Uint8Array, prints: Uint32Array): void {
    for (const [i, print] of prints.entries()) {
      const offset = i * TAG_BYTES;
      const known = this.#persons.of(tags, offset);
      const isSame = (known & ~(SEEN | SAME)) >>> 0 === kept(print);
      if ((known & LISTED) === 0) this.#added += (known & SEEN) === 0 ? 1 : 0;
      else {
        if ((known & SEEN) !== 0) this.#count((known & SAME) !== 0, -1);
        this.#count(isSame, 1);
      }
      this.#persons.set(tags, offset, ((known & ~SAME) | SEEN | (isSame ? SAME : 0)) >>> 0);
    }
  }

  #count(isSame: boolean, change: 1 | -1): void {
    if (isSame) this.#unchanged += change;
    else this.#changed += change;
  }

  end(): Difference {
    const [added, changed, unchanged] = [this.#added, this.#changed, this.#unchanged];
    return { added, changed, unchanged, gone: this.#listed - changed - unchanged };
  }
}

function kept(print: number): number {
  return ((print & ~(SEEN | LISTED | SAME)) | LISTED) >>> 0;
}

function* pagesOf(session: Session, { id }: Dataset): Generator<PrintInput, void, undefined> {
  for (const { number, sealed, tags } of session.workspace.read.pages(id)) yield { number, sealed, tags };
}
