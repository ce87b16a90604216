import { createPublicKey, hkdfSync, verify as verifyByOpenssl } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../fixtures/vectors/make/world.js';
import { openFileKey, sealFileKey } from '../../src/base/age-keys.js';
import { concat, hex, unhex, utf8 } from '../../src/base/bytes.js';
import { newSecretKey, type PublicKey, seal, type SecretKey, unseal } from '../../src/base/crypto.js';
import { x25519Decapsulate, x25519Encapsulate, x25519Public } from '../../src/base/key-agreement.js';
import { signerOf, verifySignature } from '../../src/base/signing.js';

/*
 * The cases in which implementations of these go wrong, of the kinds that Project Wycheproof collects: made here, because that is in no
 * package. What stands in an RFC is as it stands there. Age files and X-Wing have tests of their own.
 */

const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const other = Uint8Array.from(bytes);
  other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return other;
};
const bits = (bytes: Uint8Array): readonly number[] => Array.from({ length: bytes.length * 8 }, (_, i) => i);

/** 32 bytes of a number, the lowest first. */
function little(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}
function number(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
}

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

describe('Ed25519', () => {
  it.each([
    [
      'RFC 8032, 7.1, test 1',
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      'RFC 8032, 7.1, test 2',
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
  ])('%s', (_, seed, publicKey, message, signature) => {
    const signer = signerOf(unhex(seed) as SecretKey);
    expect(hex(signer.publicKey)).toBe(publicKey);
    expect(hex(signer.sign(unhex(message)))).toBe(signature);
    expect(verifySignature(unhex(signature), unhex(message), signer.publicKey)).toBe(true);
  });

  const signer = signerOf(newSecretKey(seeded('ed25519')));
  const message = utf8('甲把客户交给乙');
  const signature = signer.sign(message);
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
  const good = (bytes: Uint8Array, text = message, key: PublicKey = signer.publicKey) =>
    verifySignature(bytes, text, key);

  it('is the same as OpenSSL’s, for messages of many lengths', () => {
    const der = concat(unhex('302a300506032b6570032100'), signer.publicKey);
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    for (const length of [0, 1, 31, 32, 63, 64, 65, 127, 128, 1000, 100_000]) {
      const text = seeded(`message ${length}`)(length);
      const made = signer.sign(text);
      expect(verifyByOpenssl(null, text, key, made)).toBe(true);
      expect(good(made, text)).toBe(true);
    }
  });

  it('is of this message, this key, and every bit of it', () => {
    expect(good(signature)).toBe(true);
    for (const bit of bits(signature)) expect(good(flipped(signature, bit)), `bit ${bit}`).toBe(false);
    for (const bit of bits(message)) expect(good(signature, flipped(message, bit))).toBe(false);
    for (const bit of bits(signer.publicKey))
      expect(good(signature, message, flipped(signer.publicKey, bit) as PublicKey), `bit ${bit}`).toBe(false);
    expect(good(signature, new Uint8Array())).toBe(false);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['half of it', r],
    ['a byte less', signature.subarray(0, 63)],
    ['a byte more', concat(signature, Uint8Array.of(0))],
    ['it twice', concat(signature, signature)],
    ['its halves exchanged', concat(s, r)],
    ['zeros', new Uint8Array(64)],
    ['ones', new Uint8Array(64).fill(255)],
    ['S of nothing', concat(r, new Uint8Array(32))],
    ['S and the order', concat(r, little(number(s) + ORDER))],
    ['S and twice the order', concat(r, little(number(s) + 2n * ORDER))],
    ['S turned round', concat(r, little(ORDER - number(s)))],
    ['S of the order', concat(r, little(ORDER))],
    ['S with the highest bit', concat(r, little(number(s) + 2n ** 255n))],
    ['R of the neutral point', concat(little(1n), s)],
    ['R above the field', concat(little(P + 1n), s)],
    ['in DER', concat(unhex('3044022000'), signature)],
    ['in hexadecimal', utf8(hex(signature))],
  ])('refuses %s', (_, bytes) => {
    expect(good(bytes)).toBe(false);
  });

  it.each<[string, string]>([
    ['the neutral point', '0100000000000000000000000000000000000000000000000000000000000000'],
    ['a point of order 2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['a point of order 4', '0000000000000000000000000000000000000000000000000000000000000000'],
    ['another of order 4', '0000000000000000000000000000000000000000000000000000000000000080'],
    ['a point of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['another of order 8', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
    ['the field itself', hex(little(P))],
    ['one above the field', hex(little(P + 1n))],
    ['no point at all', hex(little(2n))],
  ])('believes nothing signed by %s', (_, key) => {
    const weak = unhex(key) as PublicKey;
    // With such a key, these would fit any message.
    for (const point of [little(1n), little(0n), unhex(key)])
      for (const text of ['', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
        expect(verifySignature(concat(point, new Uint8Array(32)), utf8(text), weak)).toBe(false);
  });

  it.each([0, 31, 33, 64])('takes no key of %i bytes', (length) => {
    expect(good(signature, message, new Uint8Array(length) as PublicKey)).toBe(false);
  });
});

describe('X25519', () => {
  it.each([
    [
      'RFC 7748, 5.2, first',
      'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
      'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
      'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
    ],
    [
      'RFC 7748, 6.1',
      '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
      '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
      '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
    ],
  ])('%s', (_, scalar, point, secret) => {
    expect(hex(x25519Decapsulate(unhex(point), unhex(scalar)))).toBe(secret);
  });

  it('has the public key of RFC 7748, 6.1', () => {
    expect(hex(x25519Public(unhex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb')))).toBe(
      'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
    );
  });

  const scalar = seeded('x25519')(32);
  const other = x25519Public(seeded('the other')(32));

  it('looks neither at the bits of a scalar that are fixed nor at the highest bit of a point', () => {
    const secret = hex(x25519Decapsulate(other, scalar));
    for (const bit of [0, 1, 2, 254, 255])
      expect(hex(x25519Decapsulate(other, flipped(scalar, bit)))).toBe(secret);
    expect(hex(x25519Decapsulate(flipped(other, 255), scalar))).toBe(secret);
    expect(hex(x25519Decapsulate(flipped(other, 0), scalar))).not.toBe(secret);
  });

  const SMALL: readonly (readonly [string, bigint])[] = [
    ['0', 0n],
    ['1', 1n],
    ['of order 8', 325606250916557431795983626356110631294008115727848805560023387167927233504n],
    ['another of order 8', 39382357235489614581723060781553021112529911719440698176882885853963445705823n],
    ['p - 1', P - 1n],
    ['p', P],
    ['p + 1', P + 1n],
  ];
  it.each(SMALL)('refuses the point %s, with which every secret is the same', (_, point) => {
    for (const bytes of [little(point), little(point + 2n ** 255n)]) {
      expect(() => x25519Decapsulate(bytes, scalar)).toThrow();
      expect(() => x25519Encapsulate(bytes, seeded('x'))).toThrow();
    }
  });

  it('takes a point above the field for the one that it is', () => {
    // 9 is the base point.
    expect(hex(x25519Decapsulate(little(P + 9n), scalar))).toBe(hex(x25519Public(scalar)));
  });

  it.each([0, 31, 33, 64])('takes no point of %i bytes', (length) => {
    expect(() => x25519Decapsulate(new Uint8Array(length).fill(9), scalar)).toThrow();
  });
});

describe('ChaCha20-Poly1305 around the key of a file', () => {
  const key = seeded('stanza')(32);
  const fileKey = seeded('file key')(16);
  const sealed = sealFileKey(fileKey, { key });

  it('opens what it sealed, and nothing else', () => {
    expect(sealed).toHaveLength(32);
    expect(hex(openFileKey(sealed, { key }) ?? Buffer.from('none'))).toBe(hex(fileKey));
    for (const bit of bits(sealed))
      expect(openFileKey(flipped(sealed, bit), { key }), `bit ${bit}`).toBeNull();
    for (const bit of bits(key))
      expect(openFileKey(sealed, { key: flipped(key, bit) }), `bit ${bit}`).toBeNull();
    const nonce = Uint8Array.from({ length: 12 }, (_, i) => i);
    expect(openFileKey(sealed, { key, nonce })).toBeNull();
    expect(openFileKey(sealFileKey(fileKey, { key, nonce }), { key, nonce })).not.toBeNull();
  });
});

describe('XChaCha20-Poly1305 around what lies in a workspace', () => {
  const key = newSecretKey(seeded('workspace'));
  it.each([0, 1, 15, 16, 63, 64, 65, 4096])(
    'opens %i bytes as they were, with every bit of them and of the context',
    (length) => {
      const plain = seeded(`plain ${length}`)(length);
      const sealed = seal(plain, 'a context', key, seeded('nonce'));
      expect(hex(unseal(sealed, 'a context', key) ?? Buffer.from('none'))).toBe(hex(plain));
      expect(unseal(sealed, 'another context', key)).toBeNull();
      expect(unseal(sealed, 'a context', newSecretKey(seeded('another')))).toBeNull();
      for (const bit of length > 100 ? [0, 100, 200, 300, length * 8] : bits(sealed))
        expect(unseal(flipped(sealed, bit), 'a context', key), `bit ${bit}`).toBeNull();
      for (const cut of [0, 1, 15, 16, 23, 24, 39, sealed.length - 1])
        if (cut < sealed.length)
          expect(unseal(sealed.subarray(0, cut), 'a context', key), `${cut} bytes`).toBeNull();
      expect(unseal(concat(sealed, Uint8Array.of(0)), 'a context', key)).toBeNull();
    },
  );
});

describe('HKDF-SHA256, by which the keys of age files follow', () => {
  it.each([
    [
      'RFC 5869, A.1',
      '000102030405060708090a0b0c',
      'f0f1f2f3f4f5f6f7f8f9',
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ],
    [
      'RFC 5869, A.3',
      '',
      '',
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    ],
  ])('%s', (_, salt, info, expected) => {
    const material = Buffer.alloc(22, 0x0b);
    expect(hex(new Uint8Array(hkdfSync('sha256', material, unhex(salt), unhex(info), 42)))).toBe(expected);
  });
});
