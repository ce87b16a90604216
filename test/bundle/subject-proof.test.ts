import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buyer, goodBundle, seller } from '../../fixtures/vectors/make/kit.js';
import { subjectProofs } from '../../fixtures/vectors/make/proofs.js';
import { instant, termsBetween } from '../../fixtures/vectors/make/world.js';
import { hex, unhex, utf8 } from '../../src/base/bytes.js';
import { sha256 } from '../../src/base/crypto.js';
import { TAG_BYTES } from '../../src/base/tagger.js';
import { type Manifest, manifestBytes, manifestComment } from '../../src/bundle/manifest.js';
import {
  SUBJECT_PROOF_FORMAT,
  type SubjectProof,
  showTag,
  signSubjectProof,
  verifySubjectProof,
} from '../../src/bundle/subject-proof.js';
import { sortTags, tagRoot } from '../../src/bundle/tags.js';
import { dealBytes } from '../../src/deal/signed-deal.js';
import { signMinisign } from '../../src/identity/minisign.js';
import { HandoverError } from '../../src/messages/error.js';

const good = await goodBundle();
const deal = Buffer.from(dealBytes(termsBetween(seller.card, buyer.card))).toString();
const { signer } = seller.identity;

/** Tags of so many invented persons. */
const tagsOf = (count: number, seed: number): Uint8Array =>
  Buffer.concat(Array.from({ length: count }, (_, i) => unhex(sha256(utf8(`${seed} ${i}`)).slice(0, 32))));

const tagAt = (tags: Uint8Array, i: number) => tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES);

/** The proof about a tag that a seller with these tags in its bundle makes. */
function proofAbout(tag: string, sorted: Uint8Array, count: number): SubjectProof {
  const [resource] = good.manifest.resources;
  if (resource === undefined) throw new Error('no resource');
  const manifest: Manifest = {
    ...good.manifest,
    resources: [{ ...resource, rows: count, tag_root: tagRoot(sorted, 'customers') }],
  };
  const bytes = manifestBytes(manifest);
  const { isThere, leaves } = showTag(sorted, unhex(tag));
  return {
    format: SUBJECT_PROOF_FORMAT,
    kind: isThere ? 'presence' : 'absence',
    issuer: seller.card.digest,
    issued: instant('2026-12-01T02:00:00Z'),
    customer_no: 'C1',
    tag,
    manifest: Buffer.from(bytes).toString(),
    manifest_signature: signMinisign(bytes, signer, manifestComment(manifest)),
    deal,
    receipt: null,
    receipt_signature: null,
    resource: 'customers',
    tags: [...leaves],
    row: null,
  };
}

const check = (proof: SubjectProof) =>
  verifySubjectProof(signSubjectProof(proof, good.manifest.id, signer), seller.card, 'person.proof.json');

describe('proof about a person', () => {
  it('verifies for everybody and nobody of bundles of any size', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(1000), fc.nat(), (count, seed, pick) => {
        const tags = tagsOf(count, seed);
        const sorted = sortTags(tags, 'customers');
        if (count > 0) {
          const tag = hex(tagAt(tags, pick % count));
          expect(check(proofAbout(tag, sorted, count)).proof.kind).toBe('presence');
        }
        const nobody = sha256(utf8(`nobody ${pick}`)).slice(0, 32);
        expect(check(proofAbout(nobody, sorted, count)).proof.kind).toBe('absence');
      }),
      { numRuns: 60 },
    );
  });

  it('of absence verifies for no tag that is there, whatever places are shown', () => {
    const count = 5;
    const tags = tagsOf(count, 1);
    const sorted = sortTags(tags, 'customers');
    const place = (at: number) => {
      const [leaf] = showTag(sorted, tagAt(sorted, at)).leaves;
      if (leaf === undefined) throw new Error('no leaf');
      return leaf;
    };
    for (let there = 0; there < count; there++) {
      const proof = { ...proofAbout(hex(tagAt(sorted, there)), sorted, count), kind: 'absence' as const };
      for (let a = 0; a < count; a++) {
        expect(() => check({ ...proof, tags: [place(a)] })).toThrow(HandoverError);
        for (let b = 0; b < count; b++)
          expect(() => check({ ...proof, tags: [place(a), place(b)] })).toThrow(HandoverError);
      }
      expect(() => check({ ...proof, tags: [] })).toThrow(HandoverError);
    }
  });

  it('is refused with any byte flipped, in the document or its signature', async () => {
    const made = await subjectProofs.find(({ name }) => name === 'good_values')?.make();
    if (made === undefined || made instanceof Uint8Array) throw new Error('no vector');
    const { bytes, signature } = made;
    expect(() => verifySubjectProof(made, seller.card, 'p')).not.toThrow();
    // The first line of a minisig is an untrusted comment by its name.
    const signed = signature.indexOf('\n') + 1;
    fc.assert(
      fc.property(fc.boolean(), fc.nat(), fc.integer({ min: 1, max: 127 }), (document, at, flip) => {
        const copy = Buffer.from(document ? bytes : signature);
        const place = document ? at % copy.length : signed + (at % (copy.length - signed - 1));
        copy[place] = (copy[place] ?? 0) ^ flip;
        const changed = document ? { bytes: copy, signature } : { bytes, signature: copy.toString('latin1') };
        expect(() => verifySubjectProof(changed, seller.card, 'p')).toThrow(HandoverError);
      }),
      { numRuns: 300 },
    );
  });
});
