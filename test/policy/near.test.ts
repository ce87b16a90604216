import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readInstant } from '../../src/base/time.js';
import type { ConsentEvent } from '../../src/policy/consent.js';
import { endsInNo, looseFingerprint, looseNumber } from '../../src/policy/near.js';
import { shortHash } from '../../src/policy/twins.js';

describe('numbers that differ only in spelling', () => {
  it.each([
    ['C001', 'c001'],
    ['C001', 'Ｃ００１'],
    ['C001', 'C 001'],
    ['C001', 'C-001'],
    ['C001', 'C‐001'],
    ['C001', 'C1'],
    ['007', '7'],
    ['1001', '1001.0'],
    ['1002', '1,002'],
    ['VIP-0001', 'vip_0001'],
    ['A­B', 'ab'],
  ])('%s and %s', (one, other) => {
    expect(looseFingerprint(one)).toBe(looseFingerprint(other));
    expect(looseFingerprint(one)).not.toBe(0);
  });

  it.each([
    ['C001', 'C010'],
    ['C001', 'C0010'],
    ['10', '1'],
    ['C001', 'D001'],
    ['1001', '10010'],
    ['C1-01', 'C1-1'],
  ])('%s and %s differ in more', (one, other) => {
    expect(looseFingerprint(one)).not.toBe(looseFingerprint(other));
  });

  test('the fast way says what the long one says', () => {
    const like = fc.array(fc.constantFrom(...'0019aZ-_/.,\'`"=;# \tＡ０·é'), { maxLength: 90 });
    fc.assert(
      fc.property(
        fc.oneof(
          like.map((all) => all.join('')),
          fc.string(),
        ),
        (number) => {
          expect(looseFingerprint(number)).toBe(shortHash(looseNumber(number)));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('nothing is no number', () => {
    expect(looseFingerprint('')).toBe(0);
    expect(looseFingerprint(' - ')).toBe(0);
  });
});

describe('the last word', () => {
  const said = (state: ConsentEvent['state'], time: string): ConsentEvent => ({
    state,
    at: readInstant(time) ?? '',
    recipient: '',
    purpose: '',
    method: '',
    evidence: '',
  });

  test('is a no unless a yes is later', () => {
    expect(endsInNo([])).toBe(false);
    expect(endsInNo([said('given', '2026-10-01T00:00:00Z')])).toBe(false);
    expect(endsInNo([said('given', '2026-10-01T00:00:00Z'), said('withdrawn', '2026-10-02T00:00:00Z')])).toBe(
      true,
    );
    expect(endsInNo([said('withdrawn', '2026-10-01T00:00:00Z'), said('given', '2026-10-02T00:00:00Z')])).toBe(
      false,
    );
    expect(endsInNo([said('refused', ''), said('given', '2026-10-02T00:00:00Z')])).toBe(true);
    expect(endsInNo([said('refused', '2026-10-02T00:00:00Z'), said('given', '2026-10-02T00:00:00Z')])).toBe(
      true,
    );
  });
});
