import { describe, expect, it } from 'vitest';
import type { CalendarDate } from '../../src/base/time.js';
import { BASES, basisWords } from '../../src/messages/bases.js';
import { LANGS } from '../../src/messages/lang.js';
import { STATUTORY, statutoryBasis, statutoryUntil } from '../../src/retention/statutory.js';

describe('statutory periods', () => {
  it.each([
    ['tax-documents', '2026-12-31', '2036-12-31', 'TAX-29'],
    ['tax-documents', '2024-02-29', '2034-02-28', 'TAX-29'],
    ['prepaid-registration', '2028-02-29', '2033-02-28', 'MOF-PP-5Y'],
    ['prepaid-transactions-beijing', '2026-11-20', '2029-11-20', 'BJ-PP-19'],
    ['worker-contracts', '2026-02-28', '2028-02-28', 'LCL-50'],
    ['consent-evidence', '2026-11-20', '2029-11-20', 'CC-188'],
    ['consent-evidence-shanghai', '2026-11-20', '2031-11-20', 'SH-CON-31'],
    ['provision-record', '2026-11-20', '2029-11-20', 'NDSR-12'],
    ['impact-assessment', '2026-11-20', '2029-11-20', 'PIPL-56'],
    ['network-logs', '2026-08-31', '2027-02-28', 'CSL-23'],
    ['network-logs', '2027-08-31', '2028-02-29', 'CSL-23'],
    ['platform-transactions', '2026-11-20', '2029-11-20', 'ECL-31'],
  ] as const)('%s from %s runs to the end of %s (%s)', (id, since, until, law) => {
    expect(statutoryUntil(id, since as CalendarDate)).toBe(until);
    expect(statutoryBasis(id).laws).toEqual([law]);
  });

  it('are all there, with words in both languages', () => {
    expect(STATUTORY.map(({ id }) => id)).toEqual(BASES);
    for (const lang of LANGS)
      for (const id of BASES) expect(basisWords[lang][id].full.length).toBeGreaterThan(10);
  });

  it('say where a text is in doubt or holds in a province only', () => {
    expect(STATUTORY.filter((basis) => basis.verify).map(({ id }) => id)).toEqual([
      'consent-evidence',
      'consent-evidence-shanghai',
    ]);
    expect(STATUTORY.flatMap(({ provinces }) => provinces ?? [])).toEqual(['CN-BJ', 'CN-SH']);
  });
});
