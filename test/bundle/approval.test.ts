import { describe, expect, it } from 'vitest';
import { approver, CREATED, goodBundle, seller } from '../../fixtures/vectors/make/kit.js';
import { signApproval, checkApprovals, readApproval } from '../../src/bundle/approval.js';
import { type Plan, planBytes, planDigest, planOf, readPlan } from '../../src/bundle/plan.js';
import { problemOf } from '../identity/problem-of.js';

const { manifest } = await goodBundle();
const plan = planOf(manifest);
const read = (signed: ReturnType<typeof signApproval>, of: Plan = plan) =>
  readApproval(signed, of, 'approval-1.json');

describe('a plan', () => {
  it('follows from the manifest that carries it out', () => {
    expect(planDigest(plan)).toBe(manifest.plan);
    expect(readPlan(planBytes(plan))).toEqual(plan);
  });
});

describe('approvals', () => {
  const one = signApproval(plan, '审批人', approver(0), CREATED);

  it('name the plan and what the approver was shown', () => {
    const approval = read(one);
    expect(approval.plan).toBe(manifest.plan);
    expect(approval.counts).toEqual([
      {
        ...{ resource: 'customers', read: 8, transfer: 4, ask: 1, withhold: 1, reject: 1, blank: 1 },
        ...{ replaced: 0, handed_over: 0, corrected: 0 },
      },
    ]);
  });

  it('are for one plan only', () => {
    const [accounting] = plan.accounting;
    if (accounting === undefined) throw new Error('no accounting');
    const other: Plan = { ...plan, accounting: [{ ...accounting, read: 9, transfer: 5 }] };
    expect(problemOf(() => read(one, other)).code).toBe('APPROVAL_OTHER_PLAN');
  });

  it('count once for each person, and never for the exporter', () => {
    const approvals = [0, 1].map((n) => read(signApproval(plan, `审批人${n}`, approver(n), CREATED)));
    const exporter = manifest.seller.signing_key;
    expect(() => checkApprovals(approvals, 2, exporter)).not.toThrow();
    expect(() => checkApprovals(approvals, 0, exporter)).not.toThrow();
    expect(problemOf(() => checkApprovals(approvals, 3, exporter))).toEqual({
      code: 'APPROVAL_TOO_FEW',
      needed: 3,
      found: 2,
    });
    expect(problemOf(() => checkApprovals([...approvals, ...approvals], 2, exporter)).code).toBe(
      'APPROVAL_REPEATED',
    );
    const own = read(signApproval(plan, '经办人', seller.identity.signer, CREATED));
    expect(problemOf(() => checkApprovals([own], 1, exporter)).code).toBe('APPROVAL_SELF');
  });
});
