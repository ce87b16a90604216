import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter, Encrypter } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../fixtures/vectors/make/world.js';
import { utf8 } from '../../src/base/bytes.js';
import { systemRandom } from '../../src/base/crypto.js';
import { isRecipient } from '../../src/base/age-keys.js';
import { newIdentity } from '../../src/identity/identity.js';
import {
  isSealedIdentity,
  openIdentity,
  plainIdentity,
  sealIdentity,
} from '../../src/identity/sealed-identity.js';
import { normalPassphrase } from '../../src/identity/scrypt.js';
import { rejectionOf } from './problem-of.js';
const identity = await newIdentity(systemRandom);
const classic = await newIdentity(systemRandom, { classic: true });
const plain = Buffer.from(plainIdentity(identity)).toString();
const PASSPHRASE = '蓝天 cup 云朵';
const sealed = await sealIdentity(identity, PASSPHRASE, systemRandom);

describe('identity', () => {
  it('is hybrid by default and X25519 on request', () => {
    expect(identity.ageIdentity).toMatch(/^AGE-SECRET-KEY-PQ-1/);
    expect(identity.recipient).toMatch(/^age1pq1/);
    expect(classic.ageIdentity).toMatch(/^AGE-SECRET-KEY-1/);
    expect(isRecipient(identity.recipient)).toBe(true);
    expect(isRecipient(classic.recipient)).toBe(true);
  });

  it.each([
    ['empty', ''],
    ['a wrong checksum', classic.recipient.replace(/.$/, (c) => (c === 'q' ? 'p' : 'q'))],
    ['cut short', identity.recipient.slice(0, -1)],
    ['an SSH key', 'ssh-ed25519 AAAA'],
    ['another kind of age recipient', 'age1tag1qwsw2tvu6z9q0vhlcsgd0w5h3krgytrmscd5x2cl5ww5gvgrwqwvz4nm3p'],
    ['upper case', classic.recipient.toUpperCase()],
  ])('a recipient is not %s', (_, text) => {
    expect(isRecipient(text)).toBe(false);
  });

  it.each([false, true])('is all of it from the randomness handed in (classic: %s)', async (classic) => {
    const made = async (seed: string) => {
      const { signer: _, ...own } = await newIdentity(seeded(seed), { classic });
      return own;
    };
    expect(await made('one')).toEqual(await made('one'));
    expect((await made('one')).ageIdentity).not.toBe((await made('two')).ageIdentity);
  });
});

describe('identity file', () => {
  it('opens with the passphrase', async () => {
    expect(isSealedIdentity(sealed)).toBe(true);
    const opened = await openIdentity(sealed, `${PASSPHRASE}\n`);
    expect(Buffer.from(plainIdentity(opened)).toString()).toBe(plain);
    expect(opened.recipient).toBe(identity.recipient);
  });

  it('opens in the clear without one', async () => {
    expect(isSealedIdentity(utf8(plain))).toBe(false);
    expect((await openIdentity(utf8(plain), null)).recipient).toBe(identity.recipient);
  });

  it('is read by the age library, and what that writes is read here', async () => {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(PASSPHRASE);
    expect(await decrypter.decrypt(sealed, 'text')).toBe(plain);
    const encrypter = new Encrypter();
    encrypter.setPassphrase(PASSPHRASE);
    encrypter.setScryptWorkFactor(12);
    const opened = await openIdentity(await encrypter.encrypt(plain), PASSPHRASE);
    expect(opened.ageIdentity).toBe(identity.ageIdentity);
  });

  it('is the same bytes from the same randomness', async () => {
    expect(await sealIdentity(identity, PASSPHRASE, seeded('file'))).toEqual(
      await sealIdentity(identity, PASSPHRASE, seeded('file')),
    );
  });

  it('shows no secret', () => {
    const bytes = Buffer.from(sealed).toString('latin1');
    expect(bytes).toContain('-> scrypt ');
    expect(bytes).not.toMatch(/AGE-SECRET|signing-seed/);
  });

  it.each([
    ['a wrong passphrase', sealed, '蓝天 cup 云', 'KEY_PASSPHRASE'],
    ['no passphrase', sealed, null, 'KEY_PASSPHRASE_NEEDED'],
    ['a cut header', sealed.subarray(0, 60), PASSPHRASE, 'KEY_FILE'],
    ['a cut end', sealed.subarray(0, -1), PASSPHRASE, 'KEY_FILE'],
    ['a changed last byte', Buffer.concat([sealed.subarray(0, -1), Buffer.of(0xaa)]), PASSPHRASE, 'KEY_FILE'],
    ['nothing', utf8(''), null, 'KEY_FILE'],
    ['a version to come', utf8(plain.replace('identity 1', 'identity 2')), null, 'KEY_VERSION'],
    ['a seed missing', utf8(plain.replace(/# signing.*\n/, '')), null, 'KEY_FILE'],
    ['a line more', utf8(`${plain}x\n`), null, 'KEY_FILE'],
    ['an age identity that is not one', utf8(plain.replace(/.\n$/, 'B\n')), null, 'KEY_FILE'],
    ['a work factor that would take hours', greedy(sealed), PASSPHRASE, 'KEY_FILE'],
  ])('refuses %s', async (_, bytes, passphrase, code) => {
    expect((await rejectionOf(openIdentity(bytes, passphrase))).code).toBe(code);
  });

  it('refuses a short passphrase for a new file', async () => {
    expect((await rejectionOf(sealIdentity(identity, '1234567\n', systemRandom))).code).toBe(
      'KEY_PASSPHRASE_SHORT',
    );
  });
});

/** The file with scrypt's work factor raised to 30 in its header. */
function greedy(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replace(' 17\n', ' 30\n'), 'latin1');
}

describe('passphrase', () => {
  it.each([
    ['a line end', 'abc\n', 'abc'],
    ['a Windows line end', 'abc\r\n', 'abc'],
    ['a byte-order mark', '\uFEFFabc', 'abc'],
    ['another spelling of é', 'e\u0301', 'é'],
  ])('does not depend on %s', (_, typed, meant) => {
    expect(normalPassphrase(typed)).toBe(meant);
  });

  it.each([' abc ', 'abc\n\nx', 'ABC１２３'])('keeps %j', (typed) => {
    expect(normalPassphrase(typed)).toBe(typed);
  });
});

const tool = spawnSync('age', ['--version']);
if (tool.error !== undefined) process.stderr.write('skipped: interop with age, which is not installed\n');

describe.skipIf(tool.error !== undefined)('the real age', () => {
  it('takes the identity file and decrypts what was sent to the card', () => {
    const folder = mkdtempSync(join(tmpdir(), 'handover-age-'));
    try {
      writeFileSync(join(folder, 'identity.txt'), plainIdentity(classic), { mode: 0o600 });
      const secret = execFileSync('age', ['-r', classic.recipient], { input: '给乙的信' });
      const args = ['-d', '-i', join(folder, 'identity.txt')];
      expect(execFileSync('age', args, { input: secret, encoding: 'utf8' })).toBe('给乙的信');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
