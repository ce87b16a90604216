import { describe, expect, test } from 'vitest';
import { purgePlan as plan, SECOND_PERSON } from '../../fixtures/vectors/make/certificates.js';
import { stranger } from '../../fixtures/vectors/make/kit.js';
import { instant } from '../../fixtures/vectors/make/world.js';
import { HandoverError } from '../../src/messages/error.js';
import { signPurgeApproval, readApprovalOf } from '../../src/retention/purge-approval.js';
import { type PurgePlan, purgePlanBytes, readPurgePlan } from '../../src/retention/purge-plan.js';

const approved = (of: PurgePlan) =>
  signPurgeApproval(of, '王芳', SECOND_PERSON, instant('2026-12-24T03:00:00Z'));

function problemOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof HandoverError) return error.problem;
    throw error;
  }
  return null;
}

/** The approval of the plan as its approver would have signed it had it said something else. */
function edited(change: (text: string) => string) {
  const text = change(Buffer.from(approved(plan).bytes).toString('utf8'));
  return { ...approved(plan), bytes: Buffer.from(text) };
}

describe('an approval of a purge', () => {
  test('says what was shown, and holds for its plan', () => {
    expect(readApprovalOf(approved(plan), plan, 'approval.json')).toMatchObject({
      purge: plan.purge,
      counts: { purge: 5, held: 1, frozen: 0, stays: 2 },
      override: true,
      approver: { name: '王芳' },
      approved: '2026-12-24T03:00:00Z',
    });
    const plain = { ...plan, override: null };
    expect(readApprovalOf(approved(plain), plain, 'approval.json').override).toBe(false);
  });

  test.each<[string, Partial<PurgePlan>]>([
    ['another purge', { purge: '0193c4d1-8a00-7000-8000-0000000000c1' }],
    ['another day', { created: instant('2026-12-25T02:00:00Z') }],
    ['no override', { override: null }],
  ])('is none for %s', (_, change) => {
    expect(problemOf(() => readApprovalOf(approved(plan), { ...plan, ...change }, 'a.json'))).toEqual({
      code: 'APPROVAL_OTHER_PLAN',
      document: 'a.json',
    });
  });

  test('that was changed, or signed by another than it names, is refused', () => {
    const more = edited((text) => text.replace('"stays":2', '"stays":3'));
    expect(problemOf(() => readApprovalOf(more, plan, 'a.json'))).toEqual({
      code: 'SIGNATURE_INVALID',
      document: 'a.json',
    });
    const { signature } = signPurgeApproval(plan, '王芳', stranger.identity.signer, plan.created);
    expect(problemOf(() => readApprovalOf({ ...approved(plan), signature }, plan, 'a.json'))).toEqual({
      code: 'SIGNATURE_KEY',
      document: 'a.json',
    });
  });
});

describe('a plan of a purge', () => {
  test('is read as it was written', () => {
    expect(readPurgePlan(purgePlanBytes(plan))).toEqual(plan);
  });

  test('of another version, or with a key too many, is refused', () => {
    const text = Buffer.from(purgePlanBytes(plan)).toString('utf8');
    const read = (changed: string) => problemOf(() => readPurgePlan(Buffer.from(changed)));
    expect(read(text.replace('purge-plan/1', 'purge-plan/9'))).toEqual({
      code: 'FORMAT_UNKNOWN',
      document: 'purge-plan.json',
      expected: 'handover.purge-plan/1',
    });
    expect(read(text.replace('"approvals"', '"also":1,"approvals"'))).toMatchObject({ code: 'FORMAT_SHAPE' });
  });
});
