import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hex } from '../../src/base/bytes.js';
import { derivedKey, derivedRandom, newSecretKey, systemRandom } from '../../src/base/crypto.js';
import { TAG_BYTES } from '../../src/base/tagger.js';
import { type LotPage, lotPageBytes, lotPages } from '../../src/bundle/lot-pages.js';
import { sortTags, TagRoot, tagRoot } from '../../src/bundle/tags.js';
import { mergeTags, type TagSource } from '../../src/bundle/tags-merge.js';
import { HandoverError } from '../../src/messages/error.js';

/** Sorted tags that come a few at a time. */
function source(tags: Uint8Array, few: number): TagSource {
  let at = 0;
  return () => {
    if (at >= tags.length) return null;
    const piece = tags.subarray(at, at + few * TAG_BYTES);
    at += piece.length;
    return piece;
  };
}

const tag = fc.uint8Array({ minLength: TAG_BYTES, maxLength: TAG_BYTES });
/** Tags that share their first bytes, so that these do not tell them apart. */
const alike = fc
  .tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 50 }))
  .map(([first, last]) =>
    Uint8Array.from({ length: TAG_BYTES }, (_, i) => (i === 0 ? first : i === 15 ? last : 7)),
  );
const tags = fc.uniqueArray(fc.oneof(tag, alike), { maxLength: 60, selector: (bytes) => hex(bytes) });

describe('merging sorted tags', () => {
  test('gives the root of all of them, however they were dealt out', () => {
    fc.assert(
      fc.property(tags, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }), (all, hands, few) => {
        const dealt = Array.from({ length: hands }, (_, hand) =>
          sortTags(Buffer.concat(all.filter((_, i) => i % hands === hand)), 'customers'),
        );
        const root = new TagRoot();
        const shared = mergeTags(
          dealt.map((each) => source(each, few)),
          (sorted) => root.add(sorted),
        );
        expect(shared).toBe(null);
        expect(root.end()).toBe(tagRoot(Buffer.concat(all), 'customers'));
      }),
    );
  });

  test('names the two sources in which a tag stands', () => {
    fc.assert(
      fc.property(tags, fc.nat(), (all, pick) => {
        fc.pre(all.length > 0);
        const twice = all[pick % all.length] ?? new Uint8Array();
        const others = all.filter((each) => each !== twice);
        const sorted = [
          others.filter((_, i) => i % 2 === 0),
          [...others.filter((_, i) => i % 2 === 1), twice],
          [twice],
        ].map((each) => source(sortTags(Buffer.concat(each), 'customers'), 2));
        expect(mergeTags(sorted, () => undefined)).toEqual({ first: 1, second: 2 });
      }),
    );
  });

  test('stops where a source is not in order', () => {
    const [a, b] = [new Uint8Array(TAG_BYTES).fill(2), new Uint8Array(TAG_BYTES).fill(1)];
    expect(mergeTags([source(Buffer.concat([a, b]), 1)], () => undefined)).toEqual({ first: 0, second: 0 });
  });

  test('of nothing gives nothing', () => {
    expect(mergeTags([source(new Uint8Array(), 1), () => null], () => expect.unreachable())).toBe(null);
  });
});

describe('the pages of a lot', () => {
  const words = fc.integer({ min: 1, max: 4 }).chain((records) =>
    fc.record({
      number: fc.nat(1e6),
      reasonSets: fc.uint8Array({ minLength: 4 * records, maxLength: 4 * records }),
      stays: fc.oneof(
        fc.constant(new Uint8Array()),
        fc.uint8Array({ minLength: 4 * records, maxLength: 4 * records }),
      ),
      packed: fc.uint8Array({ maxLength: 30 }),
    }),
  );
  const plain = (bytes: Uint8Array) => hex(bytes);

  test('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), (pages) => {
        const read = [...lotPages(Buffer.concat(pages.map(lotPageBytes)), '00001.age')];
        const texts = (each: LotPage) => [
          each.number,
          plain(each.reasonSets),
          plain(each.stays),
          plain(each.packed),
        ];
        expect(read.map(texts)).toEqual(pages.map(texts));
        // Words are read from them as they lie.
        expect(
          read.every(({ reasonSets, stays }) => (reasonSets.byteOffset | stays.byteOffset) % 4 === 0),
        ).toBe(true);
      }),
    );
  });

  test('of any other bytes are refused', () => {
    fc.assert(
      fc.property(words, fc.nat(), (page, cut) => {
        const bytes = lotPageBytes(page);
        const short = bytes.subarray(0, 1 + (cut % (bytes.length - 1)));
        expect(() => [...lotPages(short, '00001.age')]).toThrow(
          new HandoverError({ code: 'LOTS_CHANGED', name: '00001.age' }),
        );
      }),
    );
  });
});

test('what follows from a key is the same for the same purpose, and no other', () => {
  const [key, other] = [newSecretKey(systemRandom), newSecretKey(systemRandom)];
  expect(derivedKey(key, 'a')).toEqual(derivedKey(key, 'a'));
  expect(
    new Set([derivedKey(key, 'a'), derivedKey(key, 'b'), derivedKey(other, 'a'), key].map(hex)).size,
  ).toBe(4);
  const [one, again] = [derivedRandom(key, 'a'), derivedRandom(key, 'a')];
  const first = one(32);
  expect(again(32)).toEqual(first);
  expect(one(32)).toEqual(again(32));
  expect(one(32)).not.toEqual(first);
  expect(derivedRandom(key, 'b')(32)).not.toEqual(first);
});
