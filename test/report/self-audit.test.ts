import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { instant } from '../../fixtures/vectors/make/world.js';
import { answers } from '../../src/audit/self-audit.js';
import type { SelfAuditFacts } from '../../src/audit/self-audit-facts.js';
import type { Sha256 } from '../../src/base/crypto.js';
import { type CalendarDate, readDate } from '../../src/base/time.js';
import { LANGS } from '../../src/messages/lang.js';
import { formWords } from '../../src/messages/screens/form.js';
import { pointWords } from '../../src/messages/self-audit.js';
import { findingCounts, formText, type SelfAuditForm } from '../../src/report/self-audit.js';

const day = (text: string): CalendarDate => {
  const read = readDate(text);
  if (read === null) throw new Error('not a date');
  return read;
};
const digest = 'ab'.repeat(32) as Sha256;
const none = { count: 0, events: [], documents: [] };

function formOf(facts: Partial<SelfAuditFacts> = {}, handler: Partial<SelfAuditForm['handler']> = {}) {
  const all: SelfAuditFacts = {
    today: day('2026-11-20'),
    role: 'seller',
    environment: 'production',
    deals: [],
    accounts: [
      {
        deal: 'D-1',
        read: 300,
        transfer: 197,
        reasons: {},
        events: [7, 8, 9, 10, 11, 12],
        documents: [digest],
      },
    ],
    bundles: [],
    ledgers: none,
    marks: 0,
    tellsAge: null,
    approvals: none,
    purges: [],
    overdue: { records: 12, ended: day('2026-11-01') },
    nextEnd: null,
    holds: none,
    freezes: none,
    places: { cleared: 0, never: 0, remains: 0 },
    requests: [],
    requestEvents: [],
    notices: [],
    noticeEvents: [],
    incidents: { total: 0, open: 0, events: [], documents: [] },
    papers: [],
    people: [],
    peopleEvents: [],
    datasets: 1,
    clearCopies: 0,
    keyInClear: false,
    log: { events: 13, isIntact: true },
    others: null,
    persons: [{ source: 'imported', deal: null, datasets: 2, records: 300, persons: 291 }],
    ...facts,
  };
  const form: SelfAuditForm = {
    handler: { name: '甲家政', uscc: '91310115MA1K3XXXXX', phone: '021-5550100', ...handler },
    facts: all,
    answers: answers(all),
    made: instant('2026-11-20T08:00:00Z'),
    from: day('2026-10-01'),
    to: day('2026-11-20'),
    root: digest,
  };
  return form;
}

const ticked = (text: string): number => text.split('☑').length - 1;
const empty = (text: string): number => text.split('☐').length - 1;

describe.each(LANGS)('the form in %s', (lang) => {
  const words = formWords[lang];

  it.each(['html', 'md', 'csv'] as const)('%s has every point, with its boxes and blanks', (file) => {
    const text = formText(formOf(), file, lang);
    for (const { title } of pointWords[lang]) expect(text).toContain(title);
    // Three boxes a point; two for who audits, two for whether fewer than 100,000.
    expect(ticked(text)).toBe(1);
    expect(empty(text)).toBe(24 * 3 + 4 - 1);
    for (const part of [words.source, words.declaration, words.head, words.seal, words.remarks, words.how])
      expect(text).toContain(part);
    expect(text).toContain('91310115MA1K3XXXXX');
    expect(text).toContain(digest);
  });

  it('the tick is at the point that is proved', () => {
    const lines: string[][] = parse(formText(formOf(), 'csv', lang), { bom: true, relax_column_count: true });
    const points = lines.filter(([number]) => /^\d+$/.test(number ?? ''));
    expect(points.map(([number]) => number)).toEqual(pointWords[lang].map((_, i) => String(i + 1)));
    expect(points.flatMap(([number, , box = '']) => (box.includes('☑') ? [number] : []))).toEqual(['15']);
    expect(points[14]?.[2]).toContain(`☑ ${words.ticks.notCompliant}`);
    expect(points.every((line) => line.length === 6 && line[3] === '')).toBe(true);
  });

  it('evidence has its events and digests, and of many how many', () => {
    const text = formText(formOf(), 'md', lang);
    expect(text).toContain(
      lang === 'zh' ? '#7、#8、#9、#10 等 6 个' : '#7, #8, #9, #10 and others, 6 in all',
    );
    expect(text).toContain(digest.slice(0, 16));
    expect(text).toContain('handover audit log --action checked');
  });

  it('without a code, a blank; for a buyer, who was there before; for a drill, a warning', () => {
    const form = formOf({ role: 'buyer', environment: 'test' }, { uscc: null });
    const text = formText(form, 'md', lang);
    expect(text).toContain(`**${words.uscc}** ${words.blank}`);
    expect(text).toContain(words.beforeAndElsewhere);
    expect(text).toContain(words.drill);
    expect(formText(formOf(), 'md', lang)).not.toContain(words.beforeAndElsewhere);
    expect(formText(formOf(), 'html', lang)).not.toContain(words.drill);
  });

  it('from 100,000 persons on the handler is not small', () => {
    const group = { source: 'imported', deal: null, datasets: 1, records: 100_000 } as const;
    const large = formText(formOf({ persons: [{ ...group, persons: 100_000 }] }), 'html', lang);
    expect(large).toContain(words.notSmall);
    expect(ticked(large)).toBe(2);
    const few = { persons: [{ ...group, persons: 60_000 }] };
    const besides = (persons: number): string =>
      formText(formOf({ ...few, others: { persons, on: day('2026-11-20') } }), 'html', lang);
    expect(besides(40_000)).toContain(words.notSmall);
    expect(besides(39_999)).not.toContain(words.notSmall);
    const small = formText(formOf({ persons: [{ ...group, persons: 99_999 }] }), 'html', lang);
    expect(small).not.toContain(words.notSmall);
    expect(ticked(small)).toBe(1);
  });

  it('a name is text, whatever it looks like', () => {
    const form = formOf({}, { name: '<script>alert(1)</script>|x' });
    expect(formText(form, 'html', lang)).not.toContain('<script>alert');
    expect(formText(form, 'md', lang)).toContain('\\<script\\>alert(1)');
    const line = formText(form, 'csv', lang).split('\r\n')[2] ?? '';
    expect(line).toContain('<script>alert(1)</script>|x');
  });

  it('the same facts give the same bytes, and the page loads nothing', () => {
    const text = formText(formOf(), 'html', lang);
    expect(formText(formOf(), 'html', lang)).toBe(text);
    expect(text).not.toMatch(/<script|<link|<img|https?:/);
  });
});

it('findings are counted', () => {
  const counts = findingCounts(formOf().answers);
  expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(24);
  expect(counts.fault).toBe(1);
});
