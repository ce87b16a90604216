import { describe, expect, it } from 'vitest';
import { buyer, checkpointBy, goodBundle, seller, stranger } from '../../fixtures/vectors/make/kit.js';
import { date, instant } from '../../fixtures/vectors/make/world.js';
import { type ReceiptFacts, signReceipt, verifyReceipt } from '../../src/bundle/receipt.js';
import { problemOf } from '../identity/problem-of.js';

const sent = await goodBundle();
const [resource] = sent.manifest.resources;
if (resource === undefined) throw new Error('no resource');

const stored = {
  resource: 'customers',
  root: resource.root,
  tag_root: resource.tag_root,
  received: 4,
  stored: 4,
  present: 0,
  refused: 0,
  reasons: {},
};

const accepted: ReceiptFacts = {
  disposition: 'accepted',
  reason: null,
  resources: [stored],
  retention_until: date('2029-11-20'),
  issued: instant('2026-11-22T02:00:00Z'),
  checkpoint: checkpointBy(buyer.identity.signer),
  bundle_checkpoint: checkpointBy(seller.identity.signer),
};

const SUMS = { rows: 4, persons: 3, fen: 130_050, sessions: 450 };

const signed = (facts: Partial<ReceiptFacts> = {}) =>
  signReceipt(sent, { ...accepted, ...facts }, buyer.identity.signer);

describe('a receipt', () => {
  it('is verified against the bundle that was sent', () => {
    expect(verifyReceipt(signed(), sent).disposition).toBe('accepted');
  });

  it('is the same bytes and signature each time', () => {
    expect(signed()).toEqual(signed());
  });

  it('may refuse, with a reason and without roots', () => {
    const refusal = signed({
      disposition: 'refused',
      reason: 'BUNDLE_ROOT',
      resources: [],
      retention_until: null,
    });
    expect(verifyReceipt(refusal, sent).reason).toBe('BUNDLE_ROOT');
  });

  it('says the very sums that the seller signed', () => {
    const { manifest } = sent;
    const accounting = manifest.accounting.map((each) => ({ ...each, sums: { read: SUMS, transfer: SUMS } }));
    const owed = { ...sent, manifest: { ...manifest, accounting } };
    const answer = (sums: Partial<typeof SUMS>) =>
      signed({ resources: [{ ...stored, sums: { ...SUMS, ...sums } }] });
    expect(verifyReceipt(answer({}), owed).disposition).toBe('accepted');
    for (const other of [{ fen: 130_049 }, { sessions: 449 }, { persons: 4 }])
      expect(() => verifyReceipt(answer(other), owed)).toThrow('RECEIPT_COUNTS');
  });

  it('may name exceptions', () => {
    const resources = [{ ...stored, stored: 2, present: 1, refused: 1, reasons: { OBJECTION: 1 } }];
    expect(
      verifyReceipt(signed({ disposition: 'accepted-with-exceptions', resources }), sent).disposition,
    ).toBe('accepted-with-exceptions');
  });

  it.each<readonly [string, Partial<ReceiptFacts>, string]>([
    ['another root', { resources: [{ ...stored, root: resource.tag_root }] }, 'RECEIPT_OTHER_ROOT'],
    ['another tag root', { resources: [{ ...stored, tag_root: resource.root }] }, 'RECEIPT_OTHER_ROOT'],
    ['no resource', { resources: [] }, 'RECEIPT_OTHER_ROOT'],
    ['fewer rows', { resources: [{ ...stored, received: 3, stored: 3 }] }, 'RECEIPT_COUNTS'],
    ['sums of which the seller signed none', { resources: [{ ...stored, sums: SUMS }] }, 'RECEIPT_COUNTS'],
    ['rows that went nowhere', { resources: [{ ...stored, stored: 3 }] }, 'RECEIPT_COUNTS'],
    ['refused rows without reason', { resources: [{ ...stored, stored: 3, refused: 1 }] }, 'RECEIPT_COUNTS'],
    [
      'exceptions that it does not declare',
      { resources: [{ ...stored, stored: 3, refused: 1, reasons: { OBJECTION: 1 } }] },
      'RECEIPT_DISPOSITION',
    ],
    ['exceptions that are none', { disposition: 'accepted-with-exceptions' }, 'RECEIPT_DISPOSITION'],
    ['a reason for acceptance', { reason: 'BUNDLE_ROOT' }, 'RECEIPT_DISPOSITION'],
    ['no retention date', { retention_until: null }, 'RECEIPT_DISPOSITION'],
    [
      'another checkpoint than the one sent',
      { bundle_checkpoint: checkpointBy(buyer.identity.signer) },
      'RECEIPT_OTHER_BUNDLE',
    ],
    [
      'the checkpoint of another log',
      { checkpoint: checkpointBy(seller.identity.signer) },
      'CHECKPOINT_SIGNATURE',
    ],
  ])('with %s is refused', (_, facts, code) => {
    expect(problemOf(() => verifyReceipt(signed(facts), sent)).code).toBe(code);
  });

  it('by anybody else is refused', () => {
    const foreign = signReceipt(sent, accepted, stranger.identity.signer);
    expect(problemOf(() => verifyReceipt(foreign, sent))).toEqual({
      code: 'SIGNATURE_KEY',
      document: 'receipt.json',
    });
  });

  it('for another bundle is refused', () => {
    const other = { ...sent, manifestDigest: sent.manifest.plan };
    expect(
      problemOf(() => verifyReceipt(signReceipt(other, accepted, buyer.identity.signer), sent)).code,
    ).toBe('RECEIPT_OTHER_BUNDLE');
  });
});
