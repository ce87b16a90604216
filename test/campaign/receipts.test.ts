import { describe, expect, it } from 'vitest';
import type { Sha256 } from '../../src/base/crypto.js';
import type { Instant } from '../../src/base/time.js';
import { consentRecords, type RecordedWord } from '../../src/campaign/receipts.js';
import { sampleTerms } from '../deal/terms-sample.js';

const terms = sampleTerms();
const text = 'ab'.repeat(32) as Sha256;
const word = (what: RecordedWord['what'], day: number, more: Partial<RecordedWord> = {}): RecordedWord => ({
  ...{ what, matter: 'data', channel: 'sms', text },
  at: `2026-11-${String(day).padStart(2, '0')}T08:00:00Z` as Instant,
  ...more,
});

/** Status and matter of each record. */
function statuses(words: readonly RecordedWord[]) {
  const records = consentRecords(terms, { tag: 'cd'.repeat(16), words });
  return records.map((record) => JSON.parse(JSON.stringify(record))['dpv:hasConsentStatus']['@id']);
}

describe('consent records', () => {
  it.each([
    ['asked, and silent', [word('asked', 1)], ['dpv:ConsentRequested']],
    ['agreed', [word('asked', 1), word('yes', 2)], ['dpv:ConsentGiven']],
    ['refused', [word('asked', 1), word('no', 2)], ['dpv:ConsentRefused']],
    ['agreed, then not', [word('yes', 2), word('no', 3)], ['dpv:ConsentGiven', 'dpv:ConsentWithdrawn']],
    ['refused, then agreed', [word('no', 2), word('yes', 3)], ['dpv:ConsentRefused', 'dpv:ConsentGiven']],
    [
      'data yes and contract no are two matters',
      [word('yes', 2), word('no', 2, { matter: 'contract' })],
      ['dpv:ConsentGiven', 'dpv:ConsentRefused'],
    ],
  ] as const)('%s', (_, words, expected) => {
    expect(statuses(words)).toEqual(expected);
  });

  it('a yes to the contract names no data, and each the text that the person saw', () => {
    const [data, contract] = consentRecords(terms, {
      tag: 'cd'.repeat(16),
      words: [word('yes', 2), word('yes', 2, { matter: 'contract' })],
    }).map((record) => JSON.stringify(record));
    expect(data).toContain('handover:data:');
    expect(contract).not.toContain('handover:data:');
    expect(data).toContain(`urn:sha256:${text}`);
  });
});
