import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base64, concat, hex, utf8 } from '../../src/base/bytes.js';
import { newSecretKey, type PublicKey } from '../../src/base/crypto.js';
import { type Signer, signerOf } from '../../src/base/signing.js';
import {
  keyIdOf,
  publicKeyText,
  readPublicKeyText,
  signMinisign,
  verifyMinisign,
} from '../../src/identity/minisign.js';
import { problemOf } from './problem-of.js';
const signer = signerOf(newSecretKey((n) => new Uint8Array(n).fill(7)));
const stranger = signerOf(newSecretKey((n) => new Uint8Array(n).fill(8)));
const message = utf8('一份清单\n');
const text = signMinisign(message, signer, 'handover.manifest/1 某包');
const lines = text.split('\n');

const codeOf = (signature: string, of: Uint8Array = message, key: PublicKey = signer.publicKey): string =>
  problemOf(() => verifyMinisign(of, signature, key, 'manifest.json')).code;

/** The text with line `index` replaced. */
const withLine = (index: number, line: string): string => lines.with(index, line).join('\n');

/** The second line's 74 bytes after `change`, as text again. */
function withSignatureBytes(change: (bytes: Buffer) => void): string {
  const bytes = Buffer.from(lines[1] ?? '', 'base64');
  change(bytes);
  return withLine(1, bytes.toString('base64'));
}

/** A genuine signature in minisign's old form, over the message itself. */
function legacy(by: Signer): string {
  const signature = by.sign(message);
  const global = by.sign(concat(signature, utf8('old')));
  const line = base64(concat(utf8('Ed'), keyIdOf(by.publicKey), signature));
  return `untrusted comment: x\n${line}\ntrusted comment: old\n${base64(global)}\n`;
}

describe('minisign text', () => {
  it('verifies what it signs, and returns the trusted comment', () => {
    expect(verifyMinisign(message, text, signer.publicKey)).toEqual({
      trustedComment: 'handover.manifest/1 某包',
    });
  });

  it('accepts CRLF line ends and a missing last line end', () => {
    const { trustedComment } = verifyMinisign(
      message,
      text.replaceAll('\n', '\r\n').trimEnd(),
      signer.publicKey,
    );
    expect(trustedComment).toBe('handover.manifest/1 某包');
  });

  it.each([
    ['empty', ''],
    ['a line missing', lines.slice(0, 3).join('\n')],
    ['trailing data', `${text}x`],
    ['trailing blank line', `${text}\n`],
    ['two signatures', text + text],
    ['no untrusted comment', withLine(0, 'comment: x')],
    ['no trusted comment', withLine(2, 'comment: x')],
    ['base64 without padding', withLine(1, (lines[1] ?? '').replace(/=+$/, ''))],
    ['base64 with spaces', withLine(3, ` ${lines[3]}`)],
    ['signature too short', withLine(1, base64(new Uint8Array(73)))],
    ['terminal escape in a comment', withLine(0, 'untrusted comment: \u001b[2J')],
    ['legacy algorithm bytes', withSignatureBytes((b) => b.write('Ed', 0))],
    ['a genuine legacy signature', legacy(signer)],
    ['a megabyte of comment', withLine(0, `untrusted comment: ${'x'.repeat(1_000_000)}`)],
  ])('refuses %s as malformed', (_, bad) => {
    expect(codeOf(bad)).toBe('SIGNATURE_FORMAT');
  });

  it('tells another key, another message, another signature and another comment apart', () => {
    expect(codeOf(text, message, stranger.publicKey)).toBe('SIGNATURE_KEY');
    expect(codeOf(withSignatureBytes((b) => b.fill(0, 2, 10)))).toBe('SIGNATURE_KEY');
    expect(codeOf(text, utf8('另一份清单\n'))).toBe('SIGNATURE_INVALID');
    expect(codeOf(withSignatureBytes((b) => b.fill(0, 20, 21)))).toBe('SIGNATURE_INVALID');
    expect(codeOf(withLine(2, 'trusted comment: handover.manifest/1 别的包'))).toBe('SIGNATURE_COMMENT');
    expect(codeOf(withLine(3, base64(new Uint8Array(64))))).toBe('SIGNATURE_COMMENT');
  });

  it('refuses a stranger who claims the key id', () => {
    const forged = signMinisign(message, { ...stranger, publicKey: signer.publicKey }, 'x');
    expect(codeOf(forged)).toBe('SIGNATURE_INVALID');
  });

  it('names the document and nothing of its content', () => {
    expect(problemOf(() => verifyMinisign(message, '', signer.publicKey, 'deal.json'))).toEqual({
      code: 'SIGNATURE_FORMAT',
      document: 'deal.json',
    });
  });

  it('refuses every changed character of lines 2 to 4', () => {
    const from = text.indexOf('\n') + 1;
    fc.assert(
      fc.property(
        fc.integer({ min: from, max: text.length - 2 }),
        fc.constantFrom('A', 'B', '=', ' '),
        (at, c) => {
          fc.pre(text[at] !== c);
          expect(codeOf(text.slice(0, at) + c + text.slice(at + 1))).toMatch(/^SIGNATURE_/);
        },
      ),
    );
  });

  it('does not write a trusted comment of two lines', () => {
    expect(() => signMinisign(message, signer, 'a\nb')).toThrow(/one line/);
  });
});

describe('public key text', () => {
  it('reads what it writes', () => {
    const key = publicKeyText(signer.publicKey);
    expect(key).toMatch(/^RW.{54}$/);
    expect(hex(readPublicKeyText(key) ?? new Uint8Array())).toBe(hex(signer.publicKey));
  });

  it.each([
    ['empty', ''],
    ['another algorithm', base64(concat(utf8('EC'), keyIdOf(signer.publicKey), signer.publicKey))],
    ['a key id that is not of the key', base64(concat(utf8('Ed'), new Uint8Array(8), signer.publicKey))],
    [
      'a byte too many',
      base64(concat(utf8('Ed'), keyIdOf(signer.publicKey), signer.publicKey, Uint8Array.of(0))),
    ],
  ])('refuses %s', (_, bad) => {
    expect(readPublicKeyText(bad)).toBeNull();
  });
});

const tool = spawnSync('minisign', ['-v']);
if (tool.error !== undefined)
  process.stderr.write('skipped: interop with minisign, which is not installed\n');

describe.skipIf(tool.error !== undefined)('the real minisign', () => {
  let folder = '';
  const path = (name: string): string => join(folder, name);
  const run = (...args: string[]) => spawnSync('minisign', args, { cwd: folder, encoding: 'utf8' });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'handover-minisign-'));
    writeFileSync(path('x.json'), message);
    writeFileSync(path('x.json.minisig'), text);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('accepts our signature and shows our comment', () => {
    const said = execFileSync('minisign', ['-Vm', 'x.json', '-P', publicKeyText(signer.publicKey)], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(said).toContain('verified');
    expect(said).toContain('handover.manifest/1 某包');
  });

  it('refuses our signature under another key', () => {
    expect(run('-Vm', 'x.json', '-P', publicKeyText(stranger.publicKey)).status).not.toBe(0);
  });

  it('signs what we verify', () => {
    expect(run('-G', '-W', '-p', 'k.pub', '-s', 'k.key').status).toBe(0);
    expect(run('-Sm', 'x.json', '-s', 'k.key', '-x', 'y.minisig', '-t', '工具的说明').status).toBe(0);
    const signature = readFileSync(path('y.minisig'), 'utf8');
    const key = Buffer.from(readFileSync(path('k.pub'), 'utf8').split('\n')[1] ?? '', 'base64');
    const publicKey = Uint8Array.from(key.subarray(10)) as PublicKey;
    expect(verifyMinisign(message, signature, publicKey, 'x.json', { anyKeyId: true })).toEqual({
      trustedComment: '工具的说明',
    });
    expect(codeOf(signature, message, publicKey)).toBe('SIGNATURE_KEY');
  });

  it('writes a default comment that we read', () => {
    expect(run('-Sm', 'x.json', '-s', 'k.key', '-x', 'z.minisig').status).toBe(0);
    const key = Buffer.from(readFileSync(path('k.pub'), 'utf8').split('\n')[1] ?? '', 'base64');
    const publicKey = Uint8Array.from(key.subarray(10)) as PublicKey;
    const signature = readFileSync(path('z.minisig'), 'utf8');
    expect(
      verifyMinisign(message, signature, publicKey, 'x.json', { anyKeyId: true }).trustedComment,
    ).toMatch(/^timestamp:\d+\t/);
  });
});
