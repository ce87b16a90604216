import crypto, { type BinaryLike, createHash, type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import sodium from 'libsodium-wrappers';

/*
 * Two slow questions that always have the same answer are asked once in a test file that runs commands: which key a passphrase gives (half a
 * second of a core), and whether a signature is right (a millisecond, of every event of a log, in every command). Both are asked of the real
 * libraries the first time, with all that the answer depends on as the key to it. Tests of these two themselves do not load this.
 */

await sodium.ready;

const digestOf = (parts: readonly BinaryLike[], more: unknown = null): string => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(createHash('sha256').update(part).digest());
  return digest.update(JSON.stringify(more)).digest('base64');
};

const keys = new Map<string, Buffer>();
const { scrypt } = crypto;

function scryptOnce(
  passphrase: BinaryLike,
  salt: BinaryLike,
  length: number,
  options: ScryptOptions,
  done: (error: Error | null, key: Buffer) => void,
): void {
  const question = digestOf([passphrase, salt], [length, options]);
  const known = keys.get(question);
  if (known !== undefined) {
    setImmediate(done, null, Buffer.from(known));
    return;
  }
  scrypt(passphrase, salt, length, options, (error, key) => {
    if (error === null) keys.set(question, Buffer.from(key));
    done(error, key);
  });
}

const verdicts = new Map<string, boolean>();
const verify = sodium.crypto_sign_verify_detached;

function verifyOnce(signature: Uint8Array, message: string | Uint8Array, key: Uint8Array): boolean {
  const question = digestOf([signature, message, key]);
  const verdict = verdicts.get(question) ?? verify(signature, message, key);
  verdicts.set(question, verdict);
  return verdict;
}

Object.assign(crypto, { scrypt: scryptOnce });
syncBuiltinESMExports();
Object.assign(sodium, { crypto_sign_verify_detached: verifyOnce });
