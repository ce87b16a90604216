import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TAG_BYTES } from '../../src/base/tagger.js';
import { countPersons } from '../../src/policy/persons.js';

/** A tag of a person, spread over the leading bits as keyed tags are. */
function tagOf(person: number): Buffer {
  const tag = Buffer.alloc(TAG_BYTES);
  tag.writeUInt32BE(Math.imul(person + 1, 0x9e3779b1) >>> 0, 0);
  tag.writeUInt32BE(person, 4);
  return tag;
}

describe('countPersons', () => {
  it.each([1, 3, 1000])('counts each person once, at most %i together', (atOnce) => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(40), { maxLength: 30 }), { maxLength: 5 }), (lists) => {
        const packed = lists.map((persons) => Buffer.concat(persons.map(tagOf)));
        expect(countPersons(() => packed, atOnce)).toBe(new Set(lists.flat()).size);
      }),
    );
  });

  it('tells those apart whose tags begin alike, however many they are', () => {
    const alike = Buffer.concat(
      Array.from({ length: 5000 }, (_, i) => {
        const tag = Buffer.alloc(TAG_BYTES, 0xff);
        tag.writeUInt32BE(i >> 1, 4);
        return tag;
      }),
    );
    expect(countPersons(() => [alike], 100)).toBe(2500);
  });

  it.each([0, 3, 4, 7])('tells those apart whose tags differ in byte %i alone', (at) => {
    const tags = [1, 2, 1].map((value) => Buffer.alloc(TAG_BYTES).fill(value, at, at + 1));
    expect(countPersons(() => [Buffer.concat(tags)])).toBe(2);
  });

  it('counts lists that are pieces of something longer', () => {
    const whole = Buffer.concat([9, 1, 2, 8].map(tagOf));
    expect(countPersons(() => [whole.subarray(TAG_BYTES, 3 * TAG_BYTES)])).toBe(2);
  });
});
