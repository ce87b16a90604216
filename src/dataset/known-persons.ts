import type { SecretKey } from '../base/crypto.js';
import { TAG_BYTES, TagBlocks } from '../base/tagger.js';

/** Persons by their tags, to be asked for by number. */
export class KnownPersons {
  readonly #tags = new Set<string>();
  readonly #key: SecretKey;
  readonly #block = new TagBlocks();

  /** @param tags packed, in any order */
  constructor(tags: Uint8Array, key: SecretKey) {
    this.#key = key;
    for (let at = 0; at < tags.length; at += TAG_BYTES) this.#tags.add(textOf(tags, at));
  }

  has(customerNo: string): boolean {
    this.#block.clear();
    this.#block.add(customerNo);
    return this.#tags.has(textOf(this.#block.tags(this.#key), 0));
  }
}

function textOf(tags: Uint8Array, at: number): string {
  return Buffer.from(tags.buffer, tags.byteOffset + at, TAG_BYTES).toString('latin1');
}
