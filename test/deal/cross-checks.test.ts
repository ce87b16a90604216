import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../src/base/time.js';
import { termsFrom } from '../../src/deal/terms-reading.js';
import { withoutLines } from '../../src/deal/cross-checks.js';
import { fieldsOf, leavingFields, leavingPurposes, type Terms } from '../../src/deal/terms.js';
import { sampleTerms } from './terms-sample.js';

const day = (text: string) => text as CalendarDate;

describe('what one part of the terms demands of another', () => {
  test.each<[string, (terms: Terms) => void, readonly [code: string, path: string][]]>([
    ['nothing is wrong', () => undefined, []],
    [
      'one party on both sides',
      (t) => Object.assign(t.buyer, { card: t.seller.card }),
      [['DEAL_ONE_PARTY', 'buyer.card']],
    ],
    [
      'a purpose twice',
      (t) => void t.purposes.push({ id: 'service', zh: '又', en: 'again' }),
      [['DEAL_PURPOSE_TWICE', 'purposes[1].id']],
    ],
    [
      'a field twice, for an unknown purpose',
      (t) =>
        void t.resources[0]?.fields.push({
          name: 'mobile',
          class: 'contact',
          purpose: 'sales',
          action: 'keep',
        }),
      [
        ['DEAL_FIELD_TWICE', 'resources[0].fields[12].name'],
        ['DEAL_PURPOSE_UNKNOWN', 'resources[0].fields[12].purpose'],
      ],
    ],
    [
      'no customer_no',
      (t) => void t.resources[0]?.fields.shift(),
      [['DEAL_SUBJECT_FIELD', 'resources[0].fields']],
    ],
    [
      'customer_no that stays is enough',
      (t) => {
        for (const field of fieldsOf(t)) if (field.name === 'customer_no') field.action = 'drop';
      },
      [],
    ],
    [
      'nothing leaves',
      (t) => {
        for (const field of fieldsOf(t)) field.action = 'drop';
      },
      [['DEAL_NOTHING_LEAVES', 'resources[0].fields']],
    ],
    ...(['keep', 'mask', 'generalise', 'tokenise', 'redact'] as const).map(
      (action): [string, (terms: Terms) => void, readonly [string, string][]] => [
        `a door code with ${action}, whatever its necessity`,
        (t) => {
          for (const field of fieldsOf(t))
            if (field.class === 'safety') Object.assign(field, { action, necessity: 'wanted' });
        },
        [['DEAL_SAFETY_LEAVES', 'resources[0].fields[11].action']],
      ],
    ),
    [
      'a sensitive field without necessity',
      (t) =>
        void t.resources[0]?.fields.push({
          name: 'id_no',
          class: 'sensitive',
          purpose: 'service',
          action: 'mask',
        }),
      [['DEAL_NECESSITY_MISSING', 'resources[0].fields[12]']],
    ],
    [
      'a sensitive field that stays needs none',
      (t) =>
        void t.resources[0]?.fields.push({
          name: 'id_no',
          class: 'sensitive',
          purpose: 'service',
          action: 'drop',
        }),
      [],
    ],
    [
      'documents after the effective date',
      (t) => {
        t.confidentiality.signed = day('2026-11-21');
        t.assessment.date = day('2027-01-01');
        t.notice.sent = day('2026-11-20');
      },
      [
        ['DEAL_DATE_ORDER', 'confidentiality.signed'],
        ['DEAL_DATE_ORDER', 'assessment.date'],
      ],
    ],
    [
      'an opinion where it has no effect',
      (t) => Object.assign(t, { opinion: { sha256: t.notice.sha256, author: 'A', date: day('2026-10-01') } }),
      [['DEAL_OPINION_KIND', 'opinion']],
    ],
  ])('%s', (_, change, expected) => {
    const { problems } = termsFrom(sampleTerms(change), withoutLines);
    expect(problems.map((p) => [p.code, 'path' in p ? p.path : ''])).toEqual(expected);
  });

  test('what leaves is everything that is not dropped, and its purposes', () => {
    const terms = sampleTerms((t) => void t.purposes.push({ id: 'unused', zh: '无', en: 'none' }));
    expect(leavingFields(terms).map((f) => f.name)).not.toContain('notes');
    expect(leavingFields(terms)).toHaveLength(10);
    expect(leavingPurposes(terms).map((p) => p.id)).toEqual(['service']);
  });

  test('a sale of shares may be written and signed, although it makes no bundle', () => {
    const terms = sampleTerms((t) => Object.assign(t, { kind: 'equity' }));
    expect(termsFrom(terms, withoutLines).problems).toEqual([]);
  });
});
