import { describe, expect, it } from 'vitest';
import { sameBytes } from '../../src/base/bytes.js';
import type { SecretKey } from '../../src/base/crypto.js';
import { TAG_BYTES } from '../../src/base/tagger.js';
import { signerOf } from '../../src/base/signing.js';
import type { Instant } from '../../src/base/time.js';
import { HandoverError } from '../../src/messages/error.js';
import { type Erased, signErased, verifyErased } from '../../src/retention/erased.js';
import { signMinisign } from '../../src/identity/minisign.js';

const signer = () => signerOf(Buffer.alloc(32, 7) as Uint8Array as SecretKey);
const workspace = '01980000-0000-7000-8000-00000000000a';
const purge = '01980000-0000-7000-8000-00000000000b';
const planned = '2026-12-26T04:00:00Z' as Instant;

/** Ascending tags. */
function tagsOf(count: number): Buffer {
  const tags = Buffer.alloc(count * TAG_BYTES, 0xa5);
  for (let i = 0; i < count; i++) tags.writeUInt32BE(i * 997, i * TAG_BYTES);
  return tags;
}

function ledger(count: number): Erased {
  return { workspace, purge, planned, tags: tagsOf(count) };
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof HandoverError) return error.problem.code;
    throw error;
  }
  return '';
}

const own = () => ({ workspace, publicKey: signer().publicKey });

describe('the erasure ledger', () => {
  it.each([0, 1, 4095, 4096, 4097, 10_000])('of %i persons is read as it was written', (count) => {
    const signed = signErased(ledger(count), signer());
    const read = verifyErased(signed, own());
    expect(sameBytes(read.tags, ledger(count).tags)).toBe(true);
    expect({ ...read, tags: '' }).toEqual({ ...ledger(count), tags: '' });
    expect(sameBytes(signErased(read, signer()).bytes, signed.bytes)).toBe(true);
  });

  it('holds a million persons in 22 MB', () => {
    const signed = signErased(ledger(1_000_000), signer());
    expect(signed.bytes.length).toBeLessThan(22_500_000);
    expect(verifyErased(signed, own()).tags.length).toBe(1_000_000 * TAG_BYTES);
  });

  it('of another workspace or signer is refused', () => {
    const signed = signErased(ledger(3), signer());
    expect(codeOf(() => verifyErased(signed, { ...own(), workspace: purge }))).toBe('LEDGER_OTHER_WORKSPACE');
    const other = signerOf(Buffer.alloc(32, 8) as Uint8Array as SecretKey).publicKey;
    expect(codeOf(() => verifyErased(signed, { ...own(), publicKey: other }))).toBe('LEDGER_OTHER_WORKSPACE');
    const comment = signMinisign(signed.bytes, signer(), 'handover.erased/1 of something else');
    expect(codeOf(() => verifyErased({ ...signed, signature: comment }, own()))).toBe('SIGNATURE_COMMENT');
  });

  it.each([
    ['a changed tag', (text: string) => text.replace(/"tags":\["./, '"tags":["_'), 'FORMAT_SHAPE'],
    ['another version', (text: string) => text.replace('erased/1', 'erased/2'), 'FORMAT_UNKNOWN'],
    ['a key too many', (text: string) => text.replace('"workspace"', '"who":1,"workspace"'), 'FORMAT_SHAPE'],
  ])('with %s is refused', (_, change, expected) => {
    const signed = signErased(ledger(3), signer());
    const bytes = Buffer.from(change(Buffer.from(signed.bytes).toString('utf8')));
    // The signature is looked at first: only what its own workspace signed is read.
    expect(codeOf(() => verifyErased({ ...signed, bytes }, own()))).toBe('SIGNATURE_INVALID');
    const signature = signMinisign(bytes, signer(), `handover.erased/1 ${purge} of ${workspace}`);
    expect(codeOf(() => verifyErased({ bytes, signature }, own()))).toBe(expected);
  });

  it('with a piece cut differently is refused: it has one spelling', () => {
    const signed = signErased(ledger(3), signer());
    const text = Buffer.from(signed.bytes).toString('utf8');
    for (const bytes of [
      text.replace(/"tags":\["(.{64})/, '"tags":["","$1'),
      text.replace(/"tags":\["(.{64})"/, '"tags":["$1",""'),
      text.replace('"persons":3', '"persons":2'),
    ].map((changed) => Buffer.from(changed))) {
      const signature = signMinisign(bytes, signer(), `handover.erased/1 ${purge} of ${workspace}`);
      expect(codeOf(() => verifyErased({ bytes, signature }, own()))).toBe('FORMAT_SHAPE');
    }
  });

  it.each([
    ['out of order', Buffer.concat([Buffer.alloc(16, 2), Buffer.alloc(16, 1)])],
    ['twice the same', Buffer.alloc(32, 2)],
  ])('with tags %s is refused, though well signed', (_, tags) => {
    expect(codeOf(() => verifyErased(signErased({ ...ledger(0), tags }, signer()), own()))).toBe(
      'FORMAT_SHAPE',
    );
  });
});
