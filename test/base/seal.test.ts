import fc from 'fast-check';
import sodium from 'libsodium-wrappers';
import { describe, expect, it } from 'vitest';
import { type SecretKey, seal, unseal } from '../../src/base/crypto.js';

await sodium.ready;

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const keys = bytes(32).map((key) => key as SecretKey);

describe('seal', () => {
  it('is what libsodium calls XChaCha20-Poly1305', async () => {
    fc.assert(
      fc.property(
        keys,
        bytes(24),
        fc.uint8Array({ maxLength: 300 }),
        fc.string(),
        (key, nonce, plain, context) => {
          const sealed = seal(plain, context, key, () => nonce);
          const theirs = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context, null, nonce, key);
          expect(Buffer.from(sealed).toString('hex')).toBe(Buffer.concat([nonce, theirs]).toString('hex'));
          expect(Buffer.from(unseal(sealed, context, key) ?? []).equals(plain)).toBe(true);
        },
      ),
    );
  });

  it('opens nothing of which a byte, the length, the context or the key is another', () => {
    fc.assert(
      fc.property(keys, bytes(24), fc.uint8Array({ maxLength: 60 }), fc.nat(), (key, nonce, plain, where) => {
        const sealed = seal(plain, 'here', key, () => nonce);
        const changed = Uint8Array.from(sealed);
        const at = where % sealed.length;
        changed[at] = (changed[at] ?? 0) ^ 1;
        const other = Uint8Array.from(key) as SecretKey;
        other[31] = (other[31] ?? 0) ^ 1;
        expect(unseal(changed, 'here', key)).toBe(null);
        expect(unseal(sealed.subarray(0, at), 'here', key)).toBe(null);
        expect(unseal(sealed, 'there', key)).toBe(null);
        expect(unseal(sealed, 'here', other)).toBe(null);
      }),
    );
  });
});
