import { describe, expect, test } from 'vitest';
import type { FieldName } from '../../src/dataset/fields.js';
import { compileExamination } from '../../src/policy/examine.js';
import { reasonSet } from '../../src/policy/reasons.js';
import { scanFindings } from '../../src/policy/scan-counts.js';
import { sampleTerms } from '../deal/terms-sample.js';
import { COLUMNS, event, GOOD, NOW, recordOf } from './setup.js';

const columns: readonly FieldName[] = COLUMNS;
const good = recordOf(GOOD, columns);
const refused = recordOf({ ...GOOD, consent_status: 'refused' }, columns);
const talkative = recordOf({ ...GOOD, notes: '打13800138000' }, columns);
const examine = () => compileExamination({ terms: sampleTerms(), columns, now: NOW });
const REFUSED = reasonSet('CONSENT_REFUSED');

describe('the examination of pages', () => {
  test('gives the reasons of each record in order, and what free text holds, page by page', () => {
    const examination = examine();
    expect(examination.add(good, undefined).reasonSet).toBe(0);
    expect(examination.add(refused, undefined).reasonSet).toBe(REFUSED);
    expect(examination.add(good, [event({ state: 'refused' })]).reasonSet).toBe(REFUSED);
    examination.add(talkative, undefined);
    const first = examination.end();
    expect([...first.reasonSets]).toEqual([0, REFUSED, REFUSED, 0]);
    expect(scanFindings(first.scan)).toEqual([{ field: 'notes', category: 'mobile', records: 1 }]);

    examination.add(refused, undefined);
    const second = examination.end();
    expect([...second.reasonSets]).toEqual([REFUSED]);
    expect(scanFindings(second.scan)).toEqual([]);
    expect([...first.reasonSets]).toEqual([0, REFUSED, REFUSED, 0]);
  });

  test('keeps nothing of a page that failed', () => {
    const examination = examine();
    examination.add(talkative, undefined);
    examination.add(refused, undefined);
    examination.clear();
    examination.add(good, undefined);
    const { reasonSets, scan } = examination.end();
    expect([...reasonSets]).toEqual([0]);
    expect(scanFindings(scan)).toEqual([]);
  });

  test.each([4095, 4096, 4097, 9000])('of %i records gives as many', (records) => {
    const examination = examine();
    for (let i = 0; i < records; i++) examination.add(i % 1000 === 7 ? refused : good, undefined);
    const { reasonSets } = examination.end();
    expect(reasonSets.length).toBe(records);
    expect([...reasonSets.keys()].filter((i) => reasonSets[i] === REFUSED)).toEqual(
      Array.from({ length: Math.ceil((records - 7) / 1000) }, (_, n) => n * 1000 + 7),
    );
  });
});
