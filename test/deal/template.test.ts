import { describe, expect, test } from 'vitest';
import type { Sha256 } from '../../src/base/crypto.js';
import type { CalendarDate, Duration, Instant } from '../../src/base/time.js';
import { readDealFile } from '../../src/deal/deal-file.js';
import { dealTemplate } from '../../src/deal/template.js';
import { fieldOf } from '../../src/dataset/fields.js';
import { LANGS } from '../../src/messages/lang.js';
import { CURRENT_POLICY } from '../../src/policy/packs.js';
import { reviewScope } from '../../src/policy/scope.js';

const filling = {
  id: '2026-007',
  environment: 'test' as const,
  policy: { pack: CURRENT_POLICY.id, version: CURRENT_POLICY.version },
  seller: { name: '上海甲家政 "甲" 服务: 公司 #1', card: 'a'.repeat(64) },
  buyer: { name: '上海乙家政服务有限公司', card: 'b'.repeat(64) },
  today: '2026-11-20T20:00:00Z' as Instant,
};

function filled(text: string): string {
  return text
    .replaceAll(/^ {2}sha256:.*$/gm, `  sha256: ${'c'.repeat(64)}`)
    .replaceAll(/^ {2}(signed|date|sent):.*$/gm, '  $1: 2026-11-01')
    .replace(/^ {2}contact:.*$/m, '  contact: 客服')
    .replace(/^ {2}phone:.*$/m, '  phone: 021-5555-0101');
}

describe.each(LANGS)('dealTemplate in %s', (lang) => {
  const text = dealTemplate(lang, filling);

  test('names each blank, and only those', () => {
    const { problems } = readDealFile(Buffer.from(text));
    expect(problems.map((p) => [p.code, 'path' in p ? p.path : ''])).toEqual([
      ['DEAL_FIELD_EMPTY', 'confidentiality.sha256'],
      ['DEAL_FIELD_EMPTY', 'confidentiality.signed'],
      ['DEAL_FIELD_EMPTY', 'assessment.sha256'],
      ['DEAL_FIELD_EMPTY', 'assessment.date'],
      ['DEAL_FIELD_EMPTY', 'complaints.contact'],
      ['DEAL_FIELD_EMPTY', 'complaints.phone'],
    ]);
    const lines = text.split('\n');
    for (const p of problems) if ('line' in p) expect(lines[p.line - 1]).toContain('# <-');
  });

  test('with the blanks filled in it is a valid deal under known rules', () => {
    const { terms, problems } = readDealFile(Buffer.from(filled(text)));
    expect(problems).toEqual([]);
    expect(terms).toMatchObject({
      id: '2026-007',
      environment: 'test',
      kind: 'asset-sale',
      seller: filling.seller,
      buyer: filling.buyer,
      // 20:00 UTC is the next morning in Shanghai.
      effective: '2026-11-21',
      policy: filling.policy,
    });
    if (terms === null) return;
    expect(reviewScope(terms).problems).toEqual([]);
    for (const { name, class: given } of terms.resources[0]?.fields ?? [])
      expect([name, given]).toEqual([name, fieldOf(name)?.class]);
  });

  test('holds what was settled, and nothing that ends its line', () => {
    const settled = dealTemplate(lang, filling, {
      kind: 'merger',
      purposes: ['contract', 'aftercare'],
      fields: [
        { name: 'customer_no', class: 'identifier', action: 'keep', purpose: 'contract', note: 'a\nb: c' },
      ],
      inactive: 'P2Y' as Duration,
      papers: {
        notice: {
          file: 'x\nkind: equity',
          sha256: 'f'.repeat(64) as Sha256,
          date: '2026-10-01' as CalendarDate,
        },
      },
      contact: '客服 "甲" # 一',
      approvals: 2,
    });
    const { terms, problems } = readDealFile(Buffer.from(filled(settled)));
    expect(problems).toEqual([]);
    expect(terms).toMatchObject({
      kind: 'merger',
      approvals: 2,
      retention: { activity: { field: 'last_service_at', within: 'P2Y' } },
    });
    expect(terms?.purposes.map(({ id }) => id)).toEqual(['contract', 'aftercare']);
    expect(settled).toContain(`sha256: ${'f'.repeat(64)} # `);
  });

  test('the optional lines work once their # is removed', () => {
    const uncommented = filled(text)
      .replace('  # objection:', '  objection:')
      .replace('  # consent_valid:', '  consent_valid:')
      .replace('kind: asset-sale', 'kind: operator-change')
      .replace(
        /# opinion:\n# {3}sha256:\n# {3}author:\n# {3}date:\n/,
        `opinion:\n  sha256: ${'d'.repeat(64)}\n  author: 律师\n  date: 2026-10-01\n`,
      )
      .replace(/# amends:\n# {3}sha256:\n/, `amends:\n  sha256: ${'e'.repeat(64)}\n`);
    const { terms, problems } = readDealFile(Buffer.from(uncommented));
    expect(problems).toEqual([]);
    expect(terms?.notice).toMatchObject({ objection: 'P15D', consent_valid: 'P1Y' });
    expect(terms?.opinion?.author).toBe('律师');
    expect(terms?.amends?.sha256).toBe('e'.repeat(64));
  });
});
