import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, hex, unhex } from '../../src/base/bytes.js';
import type { Sha256 } from '../../src/base/crypto.js';
import { CompactRange, EMPTY_ROOT, leafHash } from '../../src/audit/merkle.js';
import {
  consistencyProof,
  inclusionProof,
  leavesOf,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../src/audit/merkle-proof.js';

/** The eight entries of Certificate Transparency's reference tests, and the roots of the trees of the first n of them. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const REFERENCE = Buffer.concat(ENTRIES.map((entry) => leafHash(unhex(entry))));

/** Leaf hashes that differ from each other. */
function someLeaves(count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`${i}`))));
}
const LEAVES = someLeaves(5000);

/** The definition of RFC 6962 section 2.1, word for word and slow: the oracle of the fast code. */
function naiveRoot(leaves: Buffer): Buffer {
  const n = leaves.length / 32;
  if (n === 0) return createHash('sha256').digest();
  if (n === 1) return leaves;
  let k = 1;
  while (2 * k < n) k *= 2;
  const sides = [naiveRoot(leaves.subarray(0, 32 * k)), naiveRoot(leaves.subarray(32 * k))];
  return createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), ...sides]))
    .digest();
}

function rangeOf(begin: number, end: number, leaves: Buffer = LEAVES): CompactRange {
  const range = CompactRange.of(begin);
  range.appendMany(leaves.subarray(32 * begin, 32 * end));
  return range;
}

describe('CompactRange', () => {
  it.each(ROOTS.map((root, n) => [n, root]))('has the reference root of %i entries', (n, root) => {
    const one = CompactRange.of(0);
    for (let i = 0; i < Number(n); i++) one.append(REFERENCE, 32 * i);
    expect(one.root()).toBe(root);
    expect(rangeOf(0, Number(n), REFERENCE).root()).toBe(root);
  });

  it('of nothing has the empty root', () => {
    expect(CompactRange.of(0).root()).toBe(EMPTY_ROOT);
  });

  it.each([1, 2, 3, 1023, 1024, 1025, 2047, 2048, 2049, 3071, 5000])(
    'of %i leaves follows the definition',
    (n) => {
      expect(rangeOf(0, n).root()).toBe(hex(naiveRoot(LEAVES.subarray(0, 32 * n))));
    },
  );

  it('has the same root however the leaves are split, kept as bytes between the pieces', () => {
    const cuts = fc.array(fc.nat(3000), { maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(3000), cuts, (size, at) => {
        const borders = [...at.filter((c) => c < size), size].sort((a, b) => a - b);
        let range = CompactRange.of(0);
        for (const end of borders) {
          range = CompactRange.fromBytes(range.toBytes());
          range.appendMany(LEAVES.subarray(32 * range.end, 32 * end));
        }
        expect(range.root()).toBe(hex(naiveRoot(LEAVES.subarray(0, 32 * size))));
        expect(range.size).toBe(size);
      }),
      { numRuns: 60 },
    );
  });

  it('appends one by one as it does many', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(1200), (begin, size) => {
        const one = CompactRange.of(begin);
        for (let i = begin; i < begin + size; i++) one.append(LEAVES, 32 * i);
        expect(hex(one.toBytes())).toBe(hex(rangeOf(begin, begin + size).toBytes()));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the fewest nodes: [begin, end) needs no more than two a level', () => {
    expect(rangeOf(0, 1024).toBytes().length).toBe(16 + 32);
    expect(rangeOf(1, 1024).toBytes().length).toBe(16 + 32 * 10);
    expect(rangeOf(1, 1023).toBytes().length).toBe(16 + 32 * 18);
  });

  it('works at positions beyond 32 bits', () => {
    const range = CompactRange.of(2 ** 40 - 3);
    range.appendMany(LEAVES.subarray(0, 32 * 6));
    expect(range.end).toBe(2 ** 40 + 3);
    expect(range.toBytes().length).toBe(16 + 32 * 4);
    expect(hex(CompactRange.fromBytes(range.toBytes()).toBytes())).toBe(hex(range.toBytes()));
  });

  it.each<[string, () => unknown]>([
    ['a part of a hash', () => CompactRange.of(0).appendMany(new Uint8Array(33))],
    ['a hash cut short', () => CompactRange.of(0).append(new Uint8Array(31))],
    ['the root of a part', () => rangeOf(1, 4).root()],
    ['a negative position', () => CompactRange.of(-1)],
    ['bytes with a hash too few', () => CompactRange.fromBytes(rangeOf(0, 3).toBytes().subarray(0, -32))],
    [
      'bytes with a hash too many',
      () => CompactRange.fromBytes(concat(rangeOf(0, 3).toBytes(), new Uint8Array(32))),
    ],
  ])('refuses %s', (_, run) => {
    expect(run).toThrow(RangeError);
  });
});

describe('proofs', () => {
  const reference = leavesOf(REFERENCE);

  it('are the reference ones', () => {
    expect(inclusionProof(reference, 0, 8).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(consistencyProof(reference, 6, 8).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('verify for every leaf of every tree up to 40, and for no other leaf, index or size', () => {
    const leaves = leavesOf(LEAVES);
    for (let size = 1; size <= 40; size++) {
      const root = rootOf(leaves, 0, size);
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(leaves, index, size);
        const leaf = leaves(index, index + 1);
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(leaves(index + 1, index + 2), index, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, (index + 1) % (size + 1), size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...proof, leaf], root)).toBe(false);
        if (proof.length > 0) expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false);
      }
    }
  });

  it('verify for every earlier tree, and for no other root', () => {
    const leaves = leavesOf(LEAVES);
    const roots = Array.from({ length: 41 }, (_, n) => rootOf(leaves, 0, n));
    for (const [second, secondRoot] of roots.entries()) {
      for (const [first, firstRoot] of roots.slice(0, second + 1).entries()) {
        const proof = consistencyProof(leaves, first, second);
        expect(verifyConsistency(first, second, proof, firstRoot, secondRoot)).toBe(true);
        const wrong = rootOf(leaves, 1000, 1000 + first + 1);
        expect(verifyConsistency(first, second, proof, wrong, secondRoot)).toBe(false);
        // The empty tree is the beginning of every tree.
        expect(verifyConsistency(first, second, proof, firstRoot, wrong)).toBe(first === 0 && second > 0);
        expect(verifyConsistency(first, second, [...proof, unhex(wrong)], firstRoot, secondRoot)).toBe(false);
        if (first > 0 && first < second) {
          expect(verifyConsistency(first, second, proof.slice(1), firstRoot, secondRoot)).toBe(false);
        }
      }
    }
  });

  it('are the same from a range that stands for the first leaves, for every leaf behind it', () => {
    const all = leavesOf(LEAVES);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), (size, a, b) => {
        const cut = a % (size + 1);
        const known = rangeOf(0, cut);
        const gone = LEAVES.subarray(32 * cut);
        const rest = (begin: number, end: number) => {
          if (begin < cut) throw new Error('asked for a leaf that is gone');
          return gone.subarray(32 * (begin - cut), 32 * (end - cut));
        };
        if (cut === size) {
          expect(() => inclusionProof(rest, b % size, size, known)).toThrow(RangeError);
          return;
        }
        const index = cut + (b % (size - cut));
        expect(inclusionProof(rest, index, size, known).map(hex)).toEqual(
          inclusionProof(all, index, size).map(hex),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('fail with any flipped bit, at random sizes', () => {
    const leaves = leavesOf(LEAVES);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3000 }), fc.nat(), fc.nat(), fc.nat(), (size, a, b, bit) => {
        const index = a % size;
        const root = rootOf(leaves, 0, size);
        const proof = inclusionProof(leaves, index, size);
        const leaf = leaves(index, index + 1);
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(leaf, index, size, flip(proof, b, bit), root)).toBe(false);

        const first = 1 + (b % (size - 1));
        const firstRoot = rootOf(leaves, 0, first);
        const growth = consistencyProof(leaves, first, size);
        expect(verifyConsistency(first, size, growth, firstRoot, root)).toBe(true);
        expect(verifyConsistency(first, size, flip(growth, a, bit), firstRoot, root)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, number, number]>([
    ['a fraction', 0.5, 8],
    ['a negative index', -1, 8],
    ['an index outside', 8, 8],
    ['an infinite size', 0, Number.POSITIVE_INFINITY],
    ['no number', Number.NaN, 8],
    ['an empty tree', 0, 0],
  ])('refuse %s', (_, index, size) => {
    const proof = inclusionProof(reference, 0, 8);
    expect(verifyInclusion(reference(0, 1), index, size, proof, ROOTS[8] as Sha256)).toBe(false);
    expect(() => inclusionProof(reference, index, size)).toThrow(RangeError);
  });

  it('refuse hashes of another length', () => {
    const proof = inclusionProof(reference, 0, 8);
    const root = rootOf(reference, 0, 8);
    expect(verifyInclusion(new Uint8Array(31), 0, 8, proof, root)).toBe(false);
    expect(verifyInclusion(reference(0, 1), 0, 8, proof.with(0, new Uint8Array(64)), root)).toBe(false);
    // A tree of one leaf has the leaf as its root: an interior node must not pass for a leaf by its length.
    expect(verifyInclusion(unhex(root), 0, 1, [], root)).toBe(true);
    expect(verifyInclusion(concat(unhex(root), new Uint8Array(1)), 0, 1, [], root)).toBe(false);
  });
});

/** The proof with one bit of one hash flipped. */
function flip(proof: readonly Uint8Array[], which: number, bit: number): Uint8Array[] {
  const at = which % proof.length;
  return proof.map((hash, i) => {
    const copy = Uint8Array.from(hash);
    if (i === at) copy[(bit >> 3) % 32] = (copy[(bit >> 3) % 32] ?? 0) ^ (1 << (bit & 7));
    return copy;
  });
}
