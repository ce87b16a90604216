import { MLKEM768X25519 as theirs } from '@noble/post-quantum/hybrid.js';
import { describe, expect, it } from 'vitest';
import { MLKEM768X25519 as ours } from '../../src/base/x-wing.js';

const seed = (start: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => (start + 7 * i) % 256);
const seeds = [0, 1, 99, 255].map(seed);

/** Both ways of the key encapsulation: the command line has one of them, who uses the library the other. */
describe('X-Wing', () => {
  it('has the recipient that the age library finds', () => {
    for (const own of seeds) expect(hex(ours.getPublicKey(own))).toBe(hex(theirs.getPublicKey(own)));
  });

  it.each([
    ['ours opens what theirs made', theirs, ours],
    ['theirs opens what ours made', ours, theirs],
  ])('%s', (_title, maker, opener) => {
    for (const own of seeds) {
      const { cipherText, sharedSecret } = maker.encapsulate(maker.getPublicKey(own));
      expect(cipherText.length).toBe(1120);
      expect(hex(opener.decapsulate(cipherText, own))).toBe(hex(sharedSecret));
    }
  });

  it('gives both ways the same wrong secret for an encapsulation that was changed', () => {
    const [own = seed(0)] = seeds;
    const { cipherText, sharedSecret } = ours.encapsulate(ours.getPublicKey(own));
    const changed = Uint8Array.from(cipherText);
    changed[500] = (changed[500] ?? 0) ^ 1;
    const found = hex(ours.decapsulate(changed, own));
    expect(found).toBe(hex(theirs.decapsulate(changed, own)));
    expect(found).not.toBe(hex(sharedSecret));
  });

  it.each([0, 31, 1119, 1121])('refuses an encapsulation of %i bytes', (length) => {
    expect(() => ours.decapsulate(new Uint8Array(length), seed(0))).toThrow();
  });

  it.each([
    ['first', 0, [0x01, 0x0d]],
    ['second', 1, [0x10, 0xd0]],
    ['last', 1150, [0x10, 0xd0]],
  ])('refuses a recipient whose %s coefficient is not below the modulus', (_which, at, bytes) => {
    const key = Uint8Array.from(ours.getPublicKey(seed(0)));
    key.set(bytes, at);
    expect(() => ours.encapsulate(key)).toThrow();
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
