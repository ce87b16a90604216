import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import type { SecretKey } from './crypto.js';

/** Bytes of a tag. */
export const TAG_BYTES = 16;

/** One of packed tags as a text of 16 Latin-1 characters, for sets and maps: it costs less than bytes of its own. */
export function tagText(tags: Uint8Array, record = 0): string {
  return Buffer.from(tags.buffer, tags.byteOffset + record * TAG_BYTES, TAG_BYTES).toString('latin1');
}

/** A customer number in the one form in which it is tagged, so that a person has one tag however the number was typed. */
export function subjectOf(customerNo: string): string {
  return customerNo.normalize('NFKC').trim();
}

/**
 * Keyed tags of texts, {@link TAG_BYTES} bytes each, one after another. A tag is one block of AES-256 (FIPS 197) under the key: of the
 * first 16 bytes of the SHA-256 of the text's UTF-8. Equal texts have equal tags; without the key a tag tells nothing and cannot be tried,
 * and even with it a text can be found only by trying. A block cipher does a page of records in one call; HMAC took twice as long.
 */
export function tagger(key: SecretKey): (texts: readonly string[]) => Uint8Array {
  const blocks = new TagBlocks();
  return (texts) => {
    blocks.clear();
    for (const text of texts) blocks.add(text);
    return blocks.tags(key);
  };
}

const START = 1024;

/** What of texts, or of their UTF-8, goes into their tags, whatever the key: half of what a tag costs. In memory that is used again and again. */
export class TagBlocks {
  #bytes = Buffer.allocUnsafeSlow(START * TAG_BYTES);
  #length = 0;

  add(text: string | Uint8Array): void {
    this.#room();
    // One character a byte: the first 16 of the 32.
    this.#bytes.write(hash('sha256', text, 'binary'), this.#length, TAG_BYTES, 'latin1');
    this.#length += TAG_BYTES;
  }

  /** Adds what was last added to others. */
  addLast(others: TagBlocks): void {
    this.#room();
    const from = others.#length - TAG_BYTES;
    for (let i = 0; i < TAG_BYTES; i++) this.#bytes[this.#length + i] = others.#bytes[from + i] ?? 0;
    this.#length += TAG_BYTES;
  }

  /** The tags of all texts that were added, in order. */
  tags(key: SecretKey): Uint8Array {
    const blocks = this.#bytes.subarray(0, this.#length);
    return createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(blocks);
  }

  clear(): void {
    this.#length = 0;
  }

  #room(): void {
    if (this.#length + TAG_BYTES <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/**
 * Numbers as blocks of AES-256 under the key of tags, {@link TAG_BYTES} bytes each: like a tag such a block tells nothing without the key and is
 * the same for the same number, and with the key it gives the number back.
 */
export function sealNumbers(key: SecretKey, numbers: readonly number[]): Uint8Array {
  const blocks = Buffer.alloc(numbers.length * TAG_BYTES);
  for (const [i, number] of numbers.entries()) blocks.writeDoubleBE(number, i * TAG_BYTES);
  return createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(blocks);
}

/** The numbers of {@link sealNumbers}; null where these are no such blocks under this key. */
export function openNumbers(key: SecretKey, sealed: Uint8Array): Float64Array | null {
  if (sealed.length % TAG_BYTES !== 0) return null;
  const blocks = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(sealed);
  const numbers = new Float64Array(sealed.length / TAG_BYTES);
  for (let i = 0; i < numbers.length; i++) {
    if (blocks.readUInt32BE(i * TAG_BYTES + 8) !== 0 || blocks.readUInt32BE(i * TAG_BYTES + 12) !== 0)
      return null;
    numbers[i] = blocks.readDoubleBE(i * TAG_BYTES);
  }
  return numbers;
}
