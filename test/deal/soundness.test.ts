import { describe, expect, test } from 'vitest';
import type { Duration } from '../../src/base/time.js';
import { soundnessOf } from '../../src/deal/soundness.js';
import type { Terms } from '../../src/deal/terms.js';
import { processorSeconds } from '../kit/effort.js';
import { sampleTerms } from './terms-sample.js';

const found = (change: (terms: Terms) => void) =>
  soundnessOf(sampleTerms(change)).map((problem) => [problem.code, 'path' in problem ? problem.path : '']);

const purpose = (zh: string, en = 'to go on providing home services') =>
  found((t) => void t.purposes.splice(0, 1, { id: 'service', zh, en }));
const necessity = (text: string) =>
  found(
    (t) =>
      void t.resources[0]?.fields.splice(0, 1, {
        name: 'notes',
        class: 'free-text',
        purpose: 'service',
        action: 'keep',
        necessity: text,
      }),
  );

describe('terms that say nothing', () => {
  test('the example is sound', () => expect(found(() => undefined)).toEqual([]));

  test.each(['其他用途', '业务需要', '公司经营', '各种合法用途', '用于公司相关业务', '服务', '一切目的'])(
    'the purpose %s is vague',
    (zh) => {
      expect(purpose(zh)).toEqual([['DEAL_PURPOSE_VAGUE', 'purposes[0]']]);
    },
  );

  test.each(['继续提供家政服务', '上门保洁', '护理老人', '短信营销'])('the purpose %s is not', (zh) => {
    expect(purpose(zh)).toEqual([]);
  });

  test.each([
    '要',
    '业务需要',
    '因公司业务发展需要使用',
    '要要要要要要要要要',
    'needed',
    'it is necessary for the business',
  ])('the necessity %s gives no reason', (text) => {
    expect(necessity(text)).toEqual([['DEAL_NECESSITY_THIN', 'resources[0].fields[0].necessity']]);
  });

  test.each(['护理员要知道过敏史才能备餐', 'the carer must know of allergies to cook'])(
    'the necessity %s does',
    (text) => {
      expect(necessity(text)).toEqual([]);
    },
  );

  test('no period is of decades', () => {
    const keep = (after: string) =>
      found((t) => Object.assign(t.retention.buyer, { after_effective: after as Duration }));
    expect(keep('P10Y')).toEqual([]);
    expect(keep('P120M')).toEqual([]);
    expect(keep('P99Y')).toEqual([['DEAL_PERIOD_LONG', 'retention.buyer.after_effective']]);
    expect(found((t) => Object.assign(t.retention.seller, { after_receipt: 'P4Y' as Duration }))).toEqual([
      ['DEAL_PERIOD_LONG', 'retention.seller.after_receipt'],
    ]);
  });

  test.each(['无', '暂无', '-', 'N/A', '0000000', '12'])('nobody answers the phone %s', (phone) => {
    expect(found((t) => Object.assign(t.complaints, { phone }))).toEqual([
      ['DEAL_CONTACT_EMPTY', 'complaints.phone'],
    ]);
  });

  test('a text of any length is read at once', async () => {
    expect(await processorSeconds(() => purpose(`${'需要'.repeat(190)}x`))).toBeLessThan(1);
  });
});
