import { describe, expect, it } from 'vitest';

import { basisOf } from '../../src/policy/basis.js';
import { type FurtherConsent, guardianConsent } from '../../src/policy/further-consent.js';
import { sampleTerms } from '../deal/terms-sample.js';
import { type Cells, COLUMNS, GUARDIAN, NOW, recordOf } from './setup.js';

const basis = basisOf({ terms: sampleTerms(), columns: COLUMNS, now: NOW });
const reading = guardianConsent(basis);
const { noticeSent } = basis.limits;

/** What differs from a consent in which everything is stated, and what it is worth then. */
const ROWS: readonly (readonly [what: string, cells: Cells, worth: FurtherConsent])[] = [
  ['all stated', {}, 'good'],
  ['renewed', { guardian_consent: 'renewed' }, 'good'],
  ['nothing said', { guardian_consent: '' }, 'silent'],
  ['a word that is no answer', { guardian_consent: 'unknown' }, 'silent'],
  ['refused', { guardian_consent: 'refused' }, 'refused'],
  ['withdrawn', { guardian_consent: 'withdrawn' }, 'withdrawn'],
  ['no time', { guardian_consent_at: '' }, 'unproven'],
  ['at this moment', { guardian_consent_at: NOW }, 'good'],
  ['a second later than now', { guardian_consent_at: '2026-11-23T04:00:01Z' }, 'unproven'],
  ['at the moment of the notice', { guardian_consent_at: noticeSent }, 'good'],
  ['before the notice', { guardian_consent_at: '2026-10-01T00:00:00Z' }, 'unproven'],
  ['no evidence', { guardian_consent_evidence: '' }, 'unproven'],
  ['evidence that is none', { guardian_consent_evidence: '口头' }, 'unproven'],
  ['no name of the guardian', { guardian_name: '' }, 'unproven'],
  ['no relation', { guardian_relation: '' }, 'unproven'],
  ['a neighbour', { guardian_relation: '邻居' }, 'unproven'],
  ['the nanny', { guardian_relation: '阿姨' }, 'unproven'],
  ['the child itself', { guardian_relation: '本人' }, 'unproven'],
  ['a grandmother', { guardian_relation: '外婆' }, 'good'],
];

describe('a further consent', () => {
  it.each(ROWS)('%s', (_what, cells, worth) => {
    expect(reading.of(recordOf({ ...GUARDIAN, ...cells }))).toBe(worth);
  });

  it('is silent in a file that has none of its columns', () => {
    const columns = ['customer_no', 'name'] as const;
    const bare = guardianConsent(basisOf({ terms: sampleTerms(), columns, now: NOW }));
    expect([bare.of(recordOf(GUARDIAN, columns)), bare.at(recordOf(GUARDIAN, columns))]).toEqual([
      'silent',
      '',
    ]);
  });

  it('has the time that is stated', () => {
    expect(reading.at(recordOf(GUARDIAN))).toBe(GUARDIAN.guardian_consent_at);
  });
});
