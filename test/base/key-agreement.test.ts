import { MLKEM768X25519 as theirs } from '@noble/post-quantum/hybrid.js';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../fixtures/vectors/make/world.js';
import { systemRandom } from '../../src/base/crypto.js';
import {
  x25519Encapsulate,
  xWingDecapsulate,
  xWingEncapsulate,
  xWingPublic,
} from '../../src/base/key-agreement.js';

const seed = (start: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => (start + 7 * i) % 256);
const seeds = [0, 1, 99, 255].map(seed);

/** Held to another implementation. */
describe('X-Wing', () => {
  it.each(seeds)('has the same public key, seed %#', (own) => {
    expect(hex(xWingPublic(own))).toBe(hex(theirs.getPublicKey(own)));
  });

  it.each(seeds)('opens what the other made, and the other way round, seed %#', (own) => {
    const made = theirs.encapsulate(xWingPublic(own));
    expect(hex(xWingDecapsulate(made.cipherText, own))).toBe(hex(made.sharedSecret));
    const { share, secret } = xWingEncapsulate(xWingPublic(own), systemRandom);
    expect(hex(theirs.decapsulate(share, own))).toBe(hex(secret));
  });

  it('makes the same of the same randomness', () => {
    const random = seeded('x-wing')(64);
    const ours = xWingEncapsulate(xWingPublic(seed(1)), () => random);
    const other = theirs.encapsulate(xWingPublic(seed(1)), random);
    expect([hex(ours.share), hex(ours.secret)]).toEqual([hex(other.cipherText), hex(other.sharedSecret)]);
  });

  it('gives the same wrong secret for a share that was changed', () => {
    const { share, secret } = xWingEncapsulate(xWingPublic(seed(0)), systemRandom);
    const changed = Uint8Array.from(share);
    changed[500] = (changed[500] ?? 0) ^ 1;
    const found = hex(xWingDecapsulate(changed, seed(0)));
    expect(found).toBe(hex(theirs.decapsulate(changed, seed(0))));
    expect(found).not.toBe(hex(secret));
  });

  it.each([0, 31, 1119, 1121])('refuses a share of %i bytes', (length) => {
    expect(() => xWingDecapsulate(new Uint8Array(length), seed(0))).toThrow();
  });

  it.each([
    ['first', 0, [0x01, 0x0d]],
    ['second', 1, [0x10, 0xd0]],
    ['last', 1150, [0x10, 0xd0]],
  ])('refuses a public key whose %s coefficient is not below the modulus', (_which, at, bytes) => {
    const key = Uint8Array.from(xWingPublic(seed(0)));
    key.set(bytes, at);
    expect(() => xWingEncapsulate(key, systemRandom)).toThrow('not a key');
  });
});

describe('X25519', () => {
  it.each([0, 1])('refuses a public key of small order (%i)', (first) => {
    expect(() => x25519Encapsulate(Uint8Array.of(first, ...Buffer.alloc(31)), systemRandom)).toThrow();
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
