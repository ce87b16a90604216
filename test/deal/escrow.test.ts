import { describe, expect, test } from 'vitest';
import { seeded } from '../../fixtures/vectors/make/world.js';
import { newIdentity } from '../../src/identity/identity.js';
import { recipientsOf, requireEqualEscrow } from '../../src/deal/escrow.js';
import { problemOf } from '../identity/problem-of.js';

describe('recipients of escrow', async () => {
  const classic = (await newIdentity(seeded('classic'), { classic: true })).recipient;
  const hybrid = (await newIdentity(seeded('pq'))).recipient;
  const dealWith = (...recipients: string[]) => ({
    id: 'D-1',
    escrow: recipients.map((recipient, i) => ({ name: `保管${i + 1}`, recipient, reason: '约定' })),
  });

  test('stand behind the buyer, in the order of the deal', () => {
    expect(recipientsOf('b', dealWith('x', 'y'))).toEqual(['b', 'x', 'y']);
  });

  test('may not be easier to break than the buyer', () => {
    const weaker = { code: 'DEAL_ESCROW_WEAKER', deal: 'D-1', name: '保管2' };
    expect(problemOf(() => requireEqualEscrow(hybrid, dealWith(hybrid, classic)))).toEqual(weaker);
    requireEqualEscrow(hybrid, dealWith(hybrid));
    requireEqualEscrow(hybrid, dealWith());
    requireEqualEscrow(classic, dealWith(classic, hybrid));
  });
});
