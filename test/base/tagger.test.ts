import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex } from '../../src/base/bytes.js';
import type { SecretKey } from '../../src/base/crypto.js';
import { openNumbers, sealNumbers, TAG_BYTES, tagger } from '../../src/base/tagger.js';

const key = Uint8Array.from({ length: 32 }, (_, i) => i) as SecretKey;
const tag = tagger(key);
const hexTag = (text: string): string => hex(tag([text]));

describe('tagger', () => {
  it.each(['C001234-H', '客户甲-7'])('gives what openssl gives for %s', (text) => {
    const digest = execFileSync('openssl', ['dgst', '-sha256', '-binary'], { input: text });
    const keyHex = Buffer.from(key).toString('hex');
    const stock = execFileSync('openssl', ['enc', '-aes-256-ecb', '-nopad', '-K', keyHex], {
      input: digest.subarray(0, TAG_BYTES),
    });
    expect(hexTag(text)).toBe(stock.toString('hex'));
  });

  it.each([
    ['fifteen bytes', 'a'.repeat(15)],
    ['sixteen bytes', 'a'.repeat(16)],
    ['Chinese that fits', '客户甲乙丙'],
    ['Chinese that does not fit', '客户甲乙丙丁'],
    ['a character that would be cut at the border', `${'a'.repeat(13)}户`],
    ['a very long text', '长'.repeat(5000)],
  ])('tells %s from its neighbours', (_, text) => {
    expect(tag([text])).toHaveLength(TAG_BYTES);
    expect(
      new Set([hexTag(text), hexTag(`${text}a`), hexTag(text.slice(0, -1)), hexTag(`a${text.slice(1)}b`)])
        .size,
    ).toBe(4);
  });

  it('tags each text of a batch as it does alone, and different texts differently', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 50 }),
        (texts) => {
          const batch = hex(tag(texts));
          expect(batch).toBe(texts.map(hexTag).join(''));
          expect(new Set(batch.match(/.{32}/g) ?? []).size).toBe(texts.length);
        },
      ),
    );
  });

  it('depends on the key', () => {
    const other = Uint8Array.from(key, (byte) => byte ^ 1) as SecretKey;
    expect(hex(tagger(other)(['C1']))).not.toBe(hexTag('C1'));
  });
});

describe('sealed numbers', () => {
  it('come back under their key, are the same for the same number, and tell nothing under another', () => {
    const numbers = [1, 0, 4_503_599_627_370_496, 81.5];
    const sealed = sealNumbers(key, numbers);
    expect(sealed).toHaveLength(numbers.length * TAG_BYTES);
    expect([...(openNumbers(key, sealed) ?? [])]).toEqual(numbers);
    expect(hex(sealNumbers(key, [81.5]))).toBe(hex(sealed.subarray(3 * TAG_BYTES)));
    const other = Uint8Array.from({ length: 32 }, (_, i) => i + 1) as SecretKey;
    expect(openNumbers(other, sealed)).toBeNull();
    expect(openNumbers(key, sealed.subarray(1))).toBeNull();
  });
});
