import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TAG_BYTES } from '../../src/base/tagger.js';
import { repeatedSubjects, sieveOf, SubjectSieve } from '../../src/policy/repeats.js';

/** Packed tags of subjects named by numbers, in pages of the given lengths. */
function pagesOf(subjects: readonly number[], lengths: readonly number[]): Uint8Array[] {
  const tags = subjects.map((subject) => {
    const tag = Buffer.alloc(TAG_BYTES);
    // Spread over the leading bits, as keyed tags are.
    tag.writeUInt32BE(Math.imul(subject + 1, 0x9e3779b1) >>> 0, 0);
    tag.writeUInt32BE(subject, 4);
    return tag;
  });
  const pages: Uint8Array[] = [];
  for (let at = 0, i = 0; at < tags.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    pages.push(Buffer.concat(tags.slice(at, at + length)));
    at += length;
  }
  return pages;
}

function expectedOf(subjects: readonly number[]): number[][] {
  const positions = new Map<number, number[]>();
  for (const [i, subject] of subjects.entries())
    positions.set(subject, [...(positions.get(subject) ?? []), i]);
  return [...positions.values()].filter((group) => group.length > 1);
}

const byFirst = (a: readonly number[], b: readonly number[]) => (a[0] ?? 0) - (b[0] ?? 0);

describe('repeatedSubjects', () => {
  it('finds exactly the subjects that stand more than once, with all their positions in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 120 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
        (subjects, lengths) => {
          const pages = pagesOf(subjects, lengths);
          const found = [...repeatedSubjects(sieveOf(subjects.length, pages), () => pages)].map((group) => [
            ...group,
          ]);
          expect(found.sort(byFirst)).toEqual(expectedOf(subjects).sort(byFirst));
        },
      ),
    );
  });

  it('finds them share by share as it does at once, in the same order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 120 }),
        fc.integer({ min: 1, max: 40 }),
        (subjects, atOnce) => {
          const pages = pagesOf(subjects, [7]);
          const sieve = sieveOf(subjects.length, pages);
          let passes = 0;
          const counted = () => {
            passes++;
            return pages;
          };
          const found = [...repeatedSubjects(sieve, counted, atOnce)];
          expect(found).toEqual([...repeatedSubjects(sieve, () => pages)]);
          expect(passes).toBe(2 ** Math.max(0, Math.ceil(Math.log2(sieve.most / atOnce))));
        },
      ),
    );
  });

  it('tells those apart whose tags begin with the same 53 bits', () => {
    const tags = [7, 1, 7, 3, 1, 7].map((last) => {
      const tag = Buffer.alloc(TAG_BYTES, 0xa5);
      tag.writeUInt32BE(0x12345000 + last, 4);
      return tag;
    });
    const pages = [Buffer.concat(tags)];
    expect([...repeatedSubjects(sieveOf(tags.length, pages), () => pages)]).toEqual([
      [1, 4],
      [0, 2, 5],
    ]);
  });

  it('finds them among many records', () => {
    const subjects = Array.from({ length: 600_000 }, (_, i) => i);
    subjects.push(5, 599_999, 5);
    const pages = pagesOf(subjects, [5000]);
    const found = [...repeatedSubjects(sieveOf(subjects.length, pages), () => pages)].map((group) => [
      ...group,
    ]);
    expect(found.sort(byFirst)).toEqual([
      [5, 600_000, 600_002],
      [599_999, 600_001],
    ]);
  });

  it('finds them where there are far more than the sieve was made for', () => {
    const subjects = Array.from({ length: 20_000 }, (_, i) => i % 19_990);
    const pages = pagesOf(subjects, [3000]);
    const sieve = new SubjectSieve(0);
    for (const page of pages) sieve.add(page);
    const found = [...repeatedSubjects(sieve, () => pages)].map((group) => [...group]);
    expect(found.sort(byFirst)).toEqual(expectedOf(subjects).sort(byFirst));
  });

  it('finds them where somebody chose tags that all look alike to the sieve', () => {
    const tag = (i: number): Buffer => {
      const bytes = Buffer.alloc(TAG_BYTES);
      // All leading bits that the sieve looks at are the same.
      bytes.writeUInt32BE(i % 8, 0);
      bytes.writeUInt32BE(i, 4);
      return bytes;
    };
    const numbers = Array.from({ length: 300_000 }, (_, i) => i);
    const pages = [Buffer.concat(numbers.map(tag)), Buffer.concat([tag(7), tag(299_999), tag(7)])];
    const found = [...repeatedSubjects(sieveOf(300_003, pages), () => pages)].map((group) => [...group]);
    expect(found.sort(byFirst)).toEqual([
      [7, 300_000, 300_002],
      [299_999, 300_001],
    ]);
  });

  it('does not take subjects for one that share half of their tag', () => {
    const one = Buffer.alloc(TAG_BYTES, 1);
    const two = Buffer.alloc(TAG_BYTES, 1);
    two[6] = 2;
    const pages = [Buffer.concat([one, two])];
    expect([...repeatedSubjects(sieveOf(2, pages), () => pages)]).toEqual([]);
  });
});
