import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedOnce } from '../../src/bundle/tags.js';
import { TagList } from '../../src/retention/tag-list.js';

/** Few different bytes, so that tags repeat and share their beginnings. */
const tag = fc
  .uint8Array({ minLength: 16, maxLength: 16, max: 3 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const tags = fc.array(tag, { maxLength: 60 });
const packed = (list: readonly string[]) => Buffer.from(list.join(''), 'hex');
const listed = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').match(/.{32}/g) ?? [];

test('tags are sorted by their bytes, each once', () => {
  fc.assert(
    fc.property(tags, (list) => {
      expect(listed(sortedOnce(packed(list)))).toEqual([...new Set(list)].sort());
    }),
  );
});

test('what was struck is gone, whatever its order, and nothing else', () => {
  const strokes = fc.tuple(tags, fc.array(fc.nat(), { maxLength: 40 }), tags);
  fc.assert(
    fc.property(strokes, fc.boolean(), ([list, places, strangers], together) => {
      const there = list.length === 0 ? [] : places.map((place) => list[place % list.length] ?? '');
      const others = [...there, ...strangers];
      const left = new TagList(sortedOnce(packed(list)));
      if (together) left.strike(packed(others));
      else for (const other of others) left.strike(packed([other]));
      expect(listed(left.left())).toEqual([...new Set(list)].filter((each) => !others.includes(each)).sort());
    }),
  );
});
