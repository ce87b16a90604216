import sodium from 'libsodium-wrappers';

// Its WebAssembly is compiled some milliseconds after it was loaded; nothing here can be called before.
await sodium.ready;

/*
 * X-Wing (draft-connolly-cfrg-xwing-kem), ML-KEM-768 with X25519, by libsodium, in the shape in which the age library asks for it. In
 * dist/program/ it stands where the library has the same in JavaScript (rolldown.config.js): there a process takes 30 ms for the first
 * key and another 5 for each file, and V8 a tenth of a second beside it to compile what it runs; here each takes 2 ms, and a constant time.
 */

/** The hybrid key encapsulation of `age1pq1…` recipients. What is not a key or not an encapsulation throws. */
export const MLKEM768X25519 = {
  /** The recipient's 1,216 bytes. @param seed 32 bytes, all of an identity */
  getPublicKey: (seed: Uint8Array): Uint8Array => sodium.crypto_kem_xwing_seed_keypair(seed).publicKey,
  /** 1,120 bytes for the recipient, and the 32 that only both know. */
  encapsulate: (
    publicKey: Uint8Array,
  ): { readonly cipherText: Uint8Array; readonly sharedSecret: Uint8Array } => {
    if (!isReduced(publicKey)) throw new Error('not a key of ML-KEM-768');
    const { ciphertext, sharedSecret } = sodium.crypto_kem_xwing_enc(publicKey);
    return { cipherText: ciphertext, sharedSecret };
  },
  decapsulate: (cipherText: Uint8Array, seed: Uint8Array): Uint8Array =>
    sodium.crypto_kem_xwing_dec(cipherText, seed),
};

/** Coefficients of a public key of ML-KEM-768: three polynomials of 256, in 12 bits each, the lowest bits first. */
const COEFFICIENTS = 3 * 256;
const MODULUS = 3329;

/** FIPS 203, section 7.2, the modulus check, which libsodium leaves out. A card may name any 1,216 bytes as a recipient. */
function isReduced(publicKey: Uint8Array): boolean {
  for (let at = 0; at < (COEFFICIENTS * 3) / 2; at += 3) {
    const [a = 0, b = 0, c = 0] = publicKey.subarray(at, at + 3);
    if ((a | ((b & 0x0f) << 8)) >= MODULUS || ((b >> 4) | (c << 4)) >= MODULUS) return false;
  }
  return true;
}

/** Recipients of hardware keys, which no card may name (`isRecipient`): the library asks for it by name and never comes to use it. */
export const MLKEM768P256 = undefined;
