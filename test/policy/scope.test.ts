import { describe, expect, test } from 'vitest';
import type { FieldName } from '../../src/dataset/fields.js';
import type { Terms, TermsField } from '../../src/deal/terms.js';
import { reviewScope } from '../../src/policy/scope.js';
import { sampleTerms } from '../deal/terms-sample.js';

const withFields =
  (...fields: readonly Partial<TermsField>[]) =>
  (t: Terms) =>
    void t.resources[0]?.fields.push(
      ...fields.map(
        (f): TermsField => ({ name: 'pets', class: 'general', purpose: 'service', action: 'keep', ...f }),
      ),
    );

const COLUMNS: readonly FieldName[] = [
  'customer_no',
  'name',
  'mobile',
  'notes',
  'access',
  'id_no',
  'remaining_sessions',
];

describe('reviewScope', () => {
  test('shows side by side what leaves and what stays', () => {
    const { rows, problems } = reviewScope(sampleTerms(), COLUMNS);
    expect(problems).toEqual([]);
    expect(rows.map((r) => [r.field, r.leaves, r.action, r.why])).toEqual([
      ['customer_no', true, 'keep', 'agreed'],
      ['name', true, 'keep', 'agreed'],
      ['mobile', true, 'keep', 'agreed'],
      ['address', false, 'drop', 'not-in-file'],
      ['service', false, 'drop', 'not-in-file'],
      ['frequency', false, 'drop', 'not-in-file'],
      ['contract_no', false, 'drop', 'not-in-file'],
      ['contract_ends', false, 'drop', 'not-in-file'],
      ['remaining_sessions', true, 'keep', 'agreed'],
      ['marketing_opt_out', false, 'drop', 'not-in-file'],
      ['notes', false, 'drop', 'dropped-by-deal'],
      ['access', false, 'drop', 'never-leaves'],
      ['id_no', false, 'drop', 'not-in-deal'],
    ]);
    expect(rows.find((r) => r.field === 'id_no')).toMatchObject({
      class: 'sensitive',
      tier: 2,
      purpose: null,
    });
  });

  test('shows a field that nobody knows as the deal has it, and as staying', () => {
    const { rows } = reviewScope(sampleTerms(withFields({ name: 'shoe_size', class: 'private' })));
    expect(rows.at(-1)).toEqual({
      field: 'shoe_size',
      class: 'private',
      tier: 3,
      leaves: false,
      action: 'drop',
      purpose: 'service',
      why: 'not-in-file',
    });
    const stricter = reviewScope(sampleTerms(withFields({ class: 'private' }))).rows.at(-1);
    expect(stricter).toMatchObject({ field: 'pets', class: 'private', leaves: true });
  });

  test('without a file, it looks at the deal alone', () => {
    const { rows, advice } = reviewScope(sampleTerms());
    expect(rows.find((r) => r.field === 'address')).toMatchObject({
      leaves: true,
      action: 'generalise',
      why: 'agreed-changed',
    });
    expect(advice).toEqual([]);
  });

  test.each<[string, (t: Terms) => void, object[]]>([
    [
      'an unknown field',
      withFields({ name: 'shoe_size' }),
      [{ code: 'POLICY_FIELD_UNKNOWN', field: 'shoe_size' }],
    ],
    [
      'a laxer class',
      withFields({ name: 'id_no', necessity: 'x' }),
      [{ code: 'POLICY_CLASS_LAXER', field: 'id_no', given: 'general', least: 'sensitive' }],
    ],
    [
      'a laxer class of what stays',
      withFields({ name: 'id_no', action: 'drop' }),
      [{ code: 'POLICY_CLASS_LAXER', field: 'id_no', given: 'general', least: 'sensitive' }],
    ],
    ['a stricter class is welcome', withFields({ class: 'private' }), []],
    [
      'no necessity for what the deal calls sensitive',
      withFields({ class: 'sensitive' }),
      [{ code: 'POLICY_NECESSITY_MISSING', field: 'pets' }],
    ],
    [
      'a necessity for what the deal calls sensitive',
      withFields({ class: 'sensitive', necessity: '过敏体质' }),
      [],
    ],
    [
      'no necessity for household',
      withFields({ name: 'household', class: 'third-party' }),
      [{ code: 'POLICY_NECESSITY_MISSING', field: 'household' }],
    ],
    [
      'an ID image',
      withFields({ name: 'id_image', class: 'sensitive', necessity: 'x' }),
      [{ code: 'POLICY_FIELD_NEVER', field: 'id_image' }],
    ],
    [
      'a field without that treatment',
      withFields({ name: 'email', class: 'contact', action: 'generalise' }),
      [{ code: 'POLICY_ACTION_NO_RULE', field: 'email', action: 'generalise' }],
    ],
    [
      'rules that nobody knows',
      (t) => Object.assign(t.policy, { version: '2031-01' }),
      [{ code: 'POLICY_PACK_UNKNOWN', pack: 'cn-pipl', version: '2031-01' }],
    ],
    [
      'an activity that is no date',
      (t) =>
        Object.assign(t.retention, {
          activity: { field: 'name', within: t.retention.buyer.after_effective },
        }),
      [{ code: 'POLICY_ACTIVITY_FIELD', field: 'name' }],
    ],
  ])('%s', (_, change, expected) => {
    expect(reviewScope(sampleTerms(change)).problems).toEqual(expected);
  });

  test('advises on what the file lacks', () => {
    const advice = (columns: readonly FieldName[], change?: (t: Terms) => void) =>
      reviewScope(sampleTerms(change), columns).advice.filter((p) => p.code !== 'POLICY_FIELD_NOT_IN_FILE');
    expect(advice(COLUMNS)).toEqual([
      { code: 'POLICY_NO_CONSENT_COLUMNS' },
      { code: 'POLICY_NO_CONTRACT_CONSENT', field: 'remaining_sessions' },
    ]);
    expect(advice(['customer_no'], (t) => Object.assign(t, { kind: 'merger' }))).toEqual([
      { code: 'POLICY_NO_NOTICE_COLUMN' },
    ]);
    const sensitive = withFields({ name: 'id_no', class: 'sensitive', necessity: '合同备案' });
    expect(advice(['customer_no', 'consent_status', 'id_no'], sensitive)).toEqual([
      { code: 'POLICY_NO_SENSITIVE_CONSENT', field: 'id_no' },
    ]);
    const rows = reviewScope(sampleTerms(sensitive), ['id_no', 'sensitive_consent']).rows;
    expect(rows.find((r) => r.field === 'id_no')).toMatchObject({
      why: 'agreed-with-consent',
      leaves: true,
      action: 'keep',
      class: 'sensitive',
      tier: 2,
    });
    const noOptOut = (t: Terms) => {
      const fields = t.resources[0]?.fields ?? [];
      fields.splice(
        fields.findIndex((f) => f.name === 'marketing_opt_out'),
        1,
      );
    };
    expect(advice(['consent_status', 'marketing_opt_out'], noOptOut)).toEqual([
      { code: 'POLICY_PREFERENCE_LEFT', field: 'marketing_opt_out' },
    ]);
  });
});
