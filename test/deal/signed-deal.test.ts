import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/base/bytes.js';
import {
  dealBytes,
  dealComment,
  dealDigest,
  dealSignatureName,
  readDealJson,
  signatoryCard,
  signedDeal,
} from '../../src/deal/signed-deal.js';
import { HandoverError } from '../../src/messages/error.js';
import type { Problem } from '../../src/messages/problem.js';
import { sampleTerms } from './terms-sample.js';

function problemOf(act: () => unknown): Problem | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof HandoverError) return error.problem;
    throw error;
  }
  return undefined;
}

const terms = sampleTerms();
const text = Buffer.from(dealBytes(terms)).toString('utf8');

describe('deal.json', () => {
  test('is canonical and reads back as the same terms', () => {
    expect(text.startsWith('{"approvals":1,"assessment":{')).toBe(true);
    expect(text.endsWith('\n')).toBe(false);
    expect(readDealJson(utf8(text))).toEqual(terms);
    expect(dealDigest(readDealJson(utf8(text)))).toBe(dealDigest(terms));
  });

  test('its digest does not depend on the order in which people write, nor on absent parts', () => {
    const turned = Object.fromEntries(Object.entries(terms).reverse()) as typeof terms;
    expect(dealDigest(turned)).toBe(dealDigest(terms));
    expect(dealDigest(Object.assign({}, terms, { opinion: undefined }))).toBe(dealDigest(terms));
    expect(dealDigest(sampleTerms((t) => Object.assign(t, { approvals: 2 })))).not.toBe(dealDigest(terms));
  });

  test.each([
    ['not canonical', `${text}\n`, { code: 'JSON_NOT_CANONICAL' }],
    [
      'a duplicate key',
      text.replace('{"approvals":1,', '{"approvals":1,"approvals":2,'),
      { code: 'JSON_DUPLICATE_KEY' },
    ],
    ['a later version', text.replace('handover.deal/1', 'handover.deal/2'), { code: 'FORMAT_UNKNOWN' }],
    [
      'an unknown key',
      text.replace('{"approvals":1,', '{"aaa":1,"approvals":1,'),
      { code: 'DEAL_FIELD_UNKNOWN', path: 'aaa', line: 0 },
    ],
    [
      'no approvals',
      text.replace('"approvals":1,', ''),
      { code: 'DEAL_FIELD_MISSING', path: 'approvals', line: 0 },
    ],
    [
      'an empty digest',
      text.replace(/"sent"/, '"sent"').replace(terms.notice.sha256, ''),
      { code: 'DEAL_FIELD_EMPTY', path: 'notice.sha256' },
    ],
    [
      'a door code that leaves',
      text.replace('"action":"drop","class":"safety"', '"action":"keep","class":"safety"'),
      { code: 'DEAL_SAFETY_LEAVES', field: 'access' },
    ],
  ])('%s is refused', (_, bytes, expected) => {
    expect(problemOf(() => readDealJson(utf8(bytes)))).toMatchObject(expected);
  });
});

describe('signedDeal', () => {
  test('needs both parties', () => {
    const signed = signedDeal(terms, () => true);
    expect(signed.digest).toBe(dealDigest(terms));
    expect(problemOf(() => signedDeal(terms, (role) => role === 'seller'))).toEqual({
      code: 'DEAL_UNSIGNED',
      deal: '2026-001',
      roles: ['buyer'],
    });
    expect(problemOf(() => signedDeal(terms, () => false))).toMatchObject({ roles: ['seller', 'buyer'] });
  });

  test('names what each party signs, under which name, with which key', () => {
    expect(dealComment('2026-001', 'seller')).toBe('handover deal 2026-001 seller');
    expect(dealSignatureName('buyer')).toBe('deal.json.buyer.minisig');
    expect(signatoryCard(terms, 'buyer')).toBe(terms.buyer.card);
  });
});
