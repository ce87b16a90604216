import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../identity/problem-of.js';
import { utf8 } from '../../src/base/bytes.js';
import { newSecretKey, sha256 } from '../../src/base/crypto.js';
import { canonicalJson, type Json } from '../../src/base/json.js';
import { signerOf } from '../../src/base/signing.js';
import { type Instant, readInstant } from '../../src/base/time.js';
import { type Checkpoint, writeCheckpoint } from '../../src/audit/checkpoint.js';
import { eventBytes, type LoggedEvent } from '../../src/audit/event.js';
import { eventProofBytes, verifyEventProof } from '../../src/audit/event-proof.js';
import { leafHash } from '../../src/audit/merkle.js';
import { leavesOf, rootOf } from '../../src/audit/merkle-proof.js';
import { writeProof } from '../../src/audit/proof.js';
const signer = signerOf(newSecretKey((n) => new Uint8Array(n).fill(1)));
const stranger = signerOf(newSecretKey((n) => new Uint8Array(n).fill(2)));
const card = sha256(utf8('card'));
const issuer = { card, publicKey: signer.publicKey };
const origin = 'handover/0192f0c1-0000-7000-8000-000000000001';

function instant(text: string): Instant {
  const read = readInstant(text);
  if (read === null) throw new Error('not an instant');
  return read;
}

const event = (seq: number): LoggedEvent => ({
  seq,
  time: instant('2026-03-01T08:00:00Z'),
  actor: { card, operator: '王会计' },
  action: 'checked',
  objects: { dataset: `d${seq}` },
  details: { transfer: seq, reasons: { CONSENT_MISSING: 2 } },
});

const SIZE = 21;
const events = Array.from({ length: SIZE }, (_, seq) => event(seq));
const leaves = leavesOf(Buffer.concat(events.map((e) => leafHash(eventBytes(e)))));
const textOf = (e: LoggedEvent): string => Buffer.from(eventBytes(e)).toString();

function proofOf(seq: number, size = SIZE, by = signer): Uint8Array {
  const checkpoint: Checkpoint = { origin, size, root: rootOf(leaves, 0, size) };
  const note = writeCheckpoint(checkpoint, by);
  return eventProofBytes({
    issuer: card,
    event: textOf(event(seq)),
    tlog_proof: writeProof(leaves, seq, note, checkpoint),
  });
}

/** The proof with one of its texts changed, spelt canonically again. */
function edited(bytes: Uint8Array, edit: (proof: Record<string, Json>) => void): Uint8Array {
  const proof: Record<string, Json> = JSON.parse(Buffer.from(bytes).toString());
  edit(proof);
  return utf8(canonicalJson(proof));
}

const codeOf = (bytes: Uint8Array, by = issuer): string =>
  problemOf(() => verifyEventProof(bytes, by, 'event.proof.json')).code;

describe('proof of an event that stands alone', () => {
  const good = proofOf(6);

  it('verifies with the issuer’s card, for each event of trees of each size', () => {
    for (let size = 1; size <= SIZE; size++) {
      for (let seq = 0; seq < size; seq++) {
        const proved = verifyEventProof(proofOf(seq, size), issuer, 'event.proof.json');
        expect(proved).toMatchObject({ event: event(seq), checkpoint: { origin, size } });
      }
    }
  });

  it('holds a C2SP tlog-proof as it is', () => {
    const { tlog_proof } = JSON.parse(Buffer.from(good).toString()) as { tlog_proof: string };
    expect(tlog_proof).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nindex 6\n(?:[A-Za-z0-9+/]{43}=\n){5}\nhandover\/[0-9a-f-]{36}\n21\n[A-Za-z0-9+/]{43}=\n\n— handover\/[0-9a-f-]{36} [A-Za-z0-9+/]+=\n$/,
    );
  });

  const tlog = (from: string | RegExp, to: string) =>
    edited(good, (p) => {
      p['tlog_proof'] = String(p['tlog_proof']).replace(from, to);
    });
  it.each<[string, Uint8Array, string]>([
    ['another event', edited(good, (p) => (p['event'] = textOf(event(7)))), 'PROOF_INVALID'],
    [
      'the event changed',
      edited(good, (p) => (p['event'] = textOf({ ...event(6), details: 0 }))),
      'PROOF_INVALID',
    ],
    ['an event that is none', edited(good, (p) => (p['event'] = '{}')), 'FORMAT_UNKNOWN'],
    [
      'an event in another spelling',
      edited(good, (p) => (p['event'] = ` ${p['event']}`)),
      'JSON_NOT_CANONICAL',
    ],
    ['another index', tlog('index 6', 'index 7'), 'PROOF_INVALID'],
    ['a hash too few', tlog(/index 6\n.*\n/, 'index 6\n'), 'PROOF_INVALID'],
    ['a hash twice', tlog(/index 6\n(.*\n)/, 'index 6\n$1$1'), 'PROOF_INVALID'],
    ['another size', tlog('\n21\n', '\n22\n'), 'CHECKPOINT_SIGNATURE'],
    ['something after the signature', tlog(/$/, 'x'), 'CHECKPOINT_FORMAT'],
    ['no checkpoint', tlog(/\n\n[\s\S]*$/, '\n\n'), 'CHECKPOINT_FORMAT'],
    ['another version', tlog('@v1', '@v2'), 'PROOF_FORMAT'],
    ['another issuer', edited(good, (p) => (p['issuer'] = sha256(utf8('other')))), 'PROOF_OTHER_CARD'],
    ['a checkpoint by another key', proofOf(6, SIZE, stranger), 'CHECKPOINT_SIGNATURE'],
    ['an unknown key', edited(good, (p) => (p['note'] = 'x')), 'FORMAT_SHAPE'],
    ['another format', edited(good, (p) => (p['format'] = 'handover.event-proof/2')), 'FORMAT_UNKNOWN'],
    ['a newline at the end', utf8(`${Buffer.from(good).toString()}\n`), 'JSON_NOT_CANONICAL'],
  ])('with %s is refused', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it.each([
    ['issuer', 'issuer', 'x'],
    ['event', 'event', ''],
    ['tlog_proof', 'tlog_proof', 7],
    ['.', 'note', 'x'],
  ])('of another shape is refused with the place %s', (path, key, value) => {
    const bytes = edited(good, (p) => (p[key] = value));
    expect(problemOf(() => verifyEventProof(bytes, issuer, 'event.proof.json'))).toEqual({
      code: 'FORMAT_SHAPE',
      document: 'event.proof.json',
      path,
    });
  });

  it('is refused for another card, and for a card with another key', () => {
    expect(codeOf(good, { ...issuer, card: sha256(utf8('other')) })).toBe('PROOF_OTHER_CARD');
    expect(codeOf(good, { ...issuer, publicKey: stranger.publicKey })).toBe('CHECKPOINT_SIGNATURE');
  });

  it('is refused with any byte flipped', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Uint8Array.from(good);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        expect(() => verifyEventProof(bytes, issuer, 'event.proof.json')).toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
