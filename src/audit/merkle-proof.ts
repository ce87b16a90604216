import { hex, unhex } from '../base/bytes.js';
import { isSha256, type Sha256 } from '../base/crypto.js';
import { CompactRange, EMPTY_ROOT, HASH_BYTES, nodeHash } from './merkle.js';

/**
 * The leaf hashes [begin, end) of a tree, 32 bytes each, one after another. A function, so that a large tree is read in pieces.
 */
export type Leaves = (begin: number, end: number) => Uint8Array;

/** Leaves that are all in memory. */
export function leavesOf(hashes: Uint8Array): Leaves {
  return (begin, end) => hashes.subarray(HASH_BYTES * begin, HASH_BYTES * end);
}

/** Leaves read at a time. */
const PIECE = 4096;

/**
 * The root of the leaves [begin, end) taken as a tree of their own: MTH(D[begin:end]) of RFC 6962 section 2.1.
 *
 * @param known replaces the first leaves of the whole tree, which are then not asked for
 */
export function rootOf(leaves: Leaves, begin: number, end: number, known = CompactRange.of(0)): Sha256 {
  const range = CompactRange.of(0);
  const from = range.appendPart(known, begin, end);
  for (let at = from; at < end; at += PIECE) range.appendMany(leaves(at, Math.min(at + PIECE, end)));
  if (range.size !== end - begin) throw new RangeError('leaves are missing');
  return range.root();
}

/**
 * The inclusion proof of leaf `index` in the tree of the first `size` leaves: PATH of RFC 6962 section 2.1.1, from the leaf's sibling
 * up to the root's child.
 *
 * @param known replaces the first leaves, which may be gone: a proof is possible for every leaf behind them
 */
export function inclusionProof(
  leaves: Leaves,
  index: number,
  size: number,
  known = CompactRange.of(0),
): Uint8Array[] {
  if (!isIndex(index, size) || index < known.end) throw new RangeError('no such leaf');
  const down: Sha256[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + split(end - begin);
    if (index < middle) {
      down.push(rootOf(leaves, middle, end, known));
      end = middle;
    } else {
      down.push(rootOf(leaves, begin, middle, known));
      begin = middle;
    }
  }
  return down.reverse().map(unhex);
}

/**
 * The proof that the tree of the first `size` leaves is a continuation of the tree of the first `first`: PROOF of RFC 6962
 * section 2.1.2. Empty when `first` is 0 or `size`.
 */
export function consistencyProof(leaves: Leaves, first: number, size: number): Uint8Array[] {
  if (!isIndex(first, size + 1)) throw new RangeError('no such earlier tree');
  if (first === 0 || first === size) return [];
  const down: Sha256[] = [];
  let begin = 0;
  let end = size;
  // SUBPROOF: walks towards the right border of the first tree; `first` is a border of [begin, end) when it stops.
  while (first !== end) {
    const middle = begin + split(end - begin);
    if (first <= middle) {
      down.push(rootOf(leaves, middle, end));
      end = middle;
    } else {
      down.push(rootOf(leaves, begin, middle));
      begin = middle;
    }
  }
  // What is left is a whole subtree of both trees. If it is the first tree itself, the verifier has its root already.
  if (begin !== 0) down.push(rootOf(leaves, begin, end));
  return down.reverse().map(unhex);
}

/**
 * Whether `proof` shows that `leaf` (a leaf hash) is at `index` of the tree of `size` leaves with this root
 * (RFC 9162 section 2.1.3.2). All arguments may come from an attacker.
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Sha256,
): boolean {
  if (!isIndex(index, size) || !isHash(leaf) || !proof.every(isHash) || !isSha256(root)) return false;
  let fn = index;
  let sn = size - 1;
  let r = leaf;
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      r = nodeHash(r, p);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && hex(r) === root;
}

/**
 * Whether `proof` shows that the tree of `second` leaves continues the tree of `first` (RFC 9162 section 2.1.4.2). All arguments may
 * come from an attacker.
 */
export function verifyConsistency(
  first: number,
  second: number,
  proof: readonly Uint8Array[],
  firstRoot: Sha256,
  secondRoot: Sha256,
): boolean {
  if (!isIndex(first, second + 1) || !proof.every(isHash)) return false;
  if (!isSha256(firstRoot) || !isSha256(secondRoot)) return false;
  if (first === second) return proof.length === 0 && firstRoot === secondRoot;
  if (first === 0) return proof.length === 0 && firstRoot === EMPTY_ROOT;
  const path = isPowerOfTwo(first) ? [unhex(firstRoot), ...proof] : proof;
  let fn = first - 1;
  let sn = second - 1;
  while (fn % 2 === 1) {
    fn = half(fn);
    sn = half(sn);
  }
  const [start, ...rest] = path;
  if (start === undefined) return false;
  let fr = start;
  let sr = start;
  for (const c of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sr = nodeHash(sr, c);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && hex(fr) === firstRoot && hex(sr) === secondRoot;
}

/** The largest power of two below `size` (size > 1): where RFC 6962 splits a tree. */
function split(size: number): number {
  let k = 1;
  while (2 * k < size) k *= 2;
  return k;
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  let v = value;
  while (v > 1 && v % 2 === 0) v /= 2;
  return v === 1;
}

function isIndex(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes instanceof Uint8Array && bytes.length === HASH_BYTES;
}
