import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import * as vectors from 'cctv-age';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../fixtures/vectors/make/world.js';
import { openAge, sealAge } from '../../src/base/age.js';
import { readHeader, writeHeader } from '../../src/base/age-header.js';
import { newAgeIdentity, recipientOf } from '../../src/base/age-keys.js';
import { decryptWithPassphrase } from '../../src/identity/passphrase-file.js';

/*
 * The age vectors of the Community Cryptography Test Vectors (https://c2sp.org/CCTV/age): a text of `key: value` lines, an empty line, and
 * the file. Armour, and recipients of hardware keys, are no part of this program.
 */

const SOMEBODY = newAgeIdentity(true, seeded('somebody'));

interface Vector {
  readonly name: string;
  readonly expected: string;
  readonly payload: string | undefined;
  readonly identities: readonly string[];
  readonly passphrases: readonly string[];
  readonly file: Uint8Array;
}

function read(name: string, bytes: Uint8Array): Vector | null {
  const all = Buffer.from(bytes);
  const end = all.indexOf('\n\n');
  const lines = all
    .subarray(0, end)
    .toString()
    .split('\n')
    .map((line) => line.split(': '));
  const values = (key: string) => lines.filter(([k]) => k === key).map(([, value = '']) => value);
  if (values('armored').length > 0) return null;
  const file = all.subarray(end + 2);
  return {
    name,
    expected: values('expect')[0] ?? '',
    payload: values('payload')[0],
    // A file that is nothing at all names nobody.
    identities: name === 'empty' ? [SOMEBODY] : values('identity'),
    passphrases: values('passphrase'),
    file: values('compressed').length > 0 ? inflateSync(file) : file,
  };
}

const found = Object.entries(vectors).flatMap(([name, bytes]) => read(name, bytes) ?? []);

describe('the age vectors', () => {
  it('are there', () => {
    expect(found.length).toBeGreaterThan(80);
    expect(found.some(({ name }) => name.startsWith('hybrid'))).toBe(true);
  });

  it.each(found.map((vector) => [vector.name, vector] as const))('%s', async (_name, vector) => {
    const opened = await Promise.all([
      ...vector.identities.map((identity) => openAge(vector.file, identity)),
      ...vector.passphrases.map((passphrase) => decryptWithPassphrase(vector.file, passphrase)),
    ]);
    const plain = opened.find((each) => typeof each !== 'string');
    if (vector.expected === 'success') {
      expect(plain === undefined ? opened : createHash('sha256').update(plain).digest('hex')).toBe(
        vector.payload,
      );
      return;
    }
    expect(plain).toBeUndefined();
    if (vector.expected === 'no match') {
      // A passphrase is asked for a file that names one; without, the file is another's work.
      expect(opened).toEqual([
        vector.passphrases.length === 0
          ? 'no-match'
          : vector.name === 'scrypt_uppercase'
            ? 'damaged'
            : 'wrong-passphrase',
      ]);
    } else {
      expect(vector.expected).toMatch(/^(?:header|HMAC|payload) failure$/);
      // Whoever a stanza is not for does not look at it.
      expect(opened).toContain('damaged');
    }
  });
});

describe('sealing', () => {
  it.each([true, false])('gives the same bytes from the same randomness (classic: %s)', async (classic) => {
    const identity = newAgeIdentity(classic, seeded('identity'));
    const to = [recipientOf(identity) ?? ''];
    const made = (seed: string) => sealAge(Buffer.from('甲'), to, seeded(seed));
    expect(await made('a')).toEqual(await made('a'));
    expect(await made('a')).not.toEqual(await made('b'));
    expect(await openAge(await made('a'), identity)).toEqual(Buffer.from('甲'));
  });
});

describe('a header', () => {
  it.each([0, 1, 47, 48, 49, 96, 1000])('with a body of %i bytes is read as it was written', (length) => {
    const stanza = { args: ['a', 'b~!'], body: Buffer.alloc(length, 7) };
    const bytes = writeHeader([stanza, stanza], Buffer.alloc(16));
    const header = readHeader(Buffer.concat([bytes, Buffer.from('payload')]));
    expect(header?.stanzas).toEqual([stanza, stanza]);
    expect(header?.length).toBe(bytes.length);
  });

  it('longer than any that is written is not read', () => {
    const header = (bodyBytes: number) =>
      writeHeader([{ args: ['x'], body: Buffer.alloc(bodyBytes) }], Buffer.alloc(16));
    expect(readHeader(header(40_000))).not.toBeNull();
    expect(readHeader(header(60_000))).toBeNull();
  });
});
