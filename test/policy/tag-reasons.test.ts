import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TAG_BYTES } from '../../src/base/tagger.js';
import { TagReasons } from '../../src/policy/tag-reasons.js';

/** Tags of few different values, so that they meet; their first bytes too, so that slots collide. */
const tag = fc.tuple(fc.nat(3), fc.nat(60)).map(([slot, rest]) => {
  const bytes = Buffer.alloc(TAG_BYTES, rest);
  bytes.writeUInt32LE(slot);
  return bytes;
});

describe('TagMasks', () => {
  it('holds what a map would hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(tag, { maxLength: 5 }), fc.nat(31))),
        fc.array(tag),
        (added, asked) => {
          const reasonSets = new TagReasons();
          const map = new Map<string, number>();
          for (const [tags, bit] of added) {
            const set = (1 << bit) >>> 0;
            reasonSets.add(Buffer.concat(tags), set);
            for (const each of tags)
              map.set(each.toString('hex'), ((map.get(each.toString('hex')) ?? 0) | set) >>> 0);
          }
          const packed = Buffer.concat(asked);
          for (const [i, each] of asked.entries())
            expect(reasonSets.of(packed, i * TAG_BYTES)).toBe(map.get(each.toString('hex')) ?? 0);
          expect(reasonSets.size).toBe(map.size);
        },
      ),
    );
  });

  it('finds each of a million', () => {
    const tags = Buffer.alloc(1_000_000 * TAG_BYTES);
    for (let i = 0; i < 1_000_000; i++) {
      tags.writeUInt32LE((i * 2654435761) % 2 ** 32, i * TAG_BYTES);
      tags.writeUInt32LE(i, i * TAG_BYTES + 4);
    }
    const reasonSets = new TagReasons();
    reasonSets.add(tags.subarray(0, tags.length / 2), 4);
    let found = 0;
    for (let offset = 0; offset < tags.length; offset += TAG_BYTES)
      if (reasonSets.of(tags, offset) === 4) found++;
    expect(found).toBe(500_000);
  });
});
