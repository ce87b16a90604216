import { describe, expect, it } from 'vitest';
import { columnLabel, fieldLabel, valueLabel } from '../../src/report/labels.js';

describe('labels', () => {
  it('names a field and a column of a ledger, and shows what it does not know as it is', () => {
    expect(fieldLabel('mobile', 'zh')).toBe('手机号');
    expect(fieldLabel('blood_group', 'zh')).toBe('blood_group');
    expect(columnLabel('consents', 'event', 'en')).toBe('event');
    expect(columnLabel('consents', 'event', 'zh')).toBe('事件');
    expect(columnLabel('customers', 'consent_status', 'zh')).toBe('同意状态');
  });

  it.each([
    ['datetime', '2026-08-31T16:00:00Z', '2026-09-01 00:00'],
    ['no-time', '2026-09-30T04:30:00Z', '2026-09-30 12:30'],
    ['opt-out', 'yes', '是'],
    ['yes-no', 'no', '否'],
    ['gender', 'female', '女'],
    ['consent-status', 'no-reply', '未回复'],
    ['consent-method', 'phone-recording', '电话录音'],
    ['money', '28000', '280.00'],
    ['money', '-5', '-0.05'],
    ['money', '0', '0.00'],
    ['money', '***', '***'],
    // A text may say anything.
    ['text', 'yes', 'yes'],
    ['name', 'constructor', 'constructor'],
    ['yes-no', '***', '***'],
  ] as const)('a value of kind %s: %s is %s', (kind, value, said) => {
    expect(valueLabel(kind, value, 'zh')).toBe(said);
  });
});
