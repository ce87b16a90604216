import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { recordsAt } from '../../../src/steps/persons/records.js';
import { tagsOf } from '../../../src/steps/session/subject-tags.js';
import { disagreements } from '../../kit/figures.js';
import { Firms } from '../../kit/firms.js';
import { within } from '../../kit/session.js';

/*
 * A person who withdraws one purpose of two is with the buyer for the other one, whatever later bundle brings the record again: the fields for the
 * withdrawn purpose stay empty, in copies and at rest, until the seller's bundle says that the person agreed since.
 */

const inJia = ['--workspace', 'jia'];
const inYi = ['--workspace', 'yi'];
const asked = ['--requester', 'self', '--verified', 'writing'];
const day = daysBefore(TODAY, 9);

let base: Firms;
let firms: Firms;

/** What a draft becomes in which the address is for a purpose of its own. */
function forVisits(deal: {
  readonly purposes: unknown[];
  readonly resources: readonly { readonly fields: readonly { name: string; purpose: string }[] }[];
}): unknown {
  deal.purposes.push({ id: 'visits', zh: '安排上门', en: 'to plan visits' });
  for (const field of deal.resources[0]?.fields ?? []) if (field.name === 'address') field.purpose = 'visits';
  return deal;
}

beforeAll(async () => {
  base = await Firms.meet();
  const draft = await base.draft();
  writeFileSync(draft, JSON.stringify(forVisits(JSON.parse(readFileSync(draft, 'utf8'))), null, 1));
  await base.agreeTo(draft, 'D-1');
  await bundle(base, 1, [1, 2, 3]);
  await base.done('receive', 'jia/exchange/D-1-1.handover.zip', ...inYi);
  await base.done('receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', ...inJia);
});
afterAll(() => base.remove());
beforeEach(() => {
  firms = base.copy();
  later();
});
afterEach(async () => {
  for (const side of ['jia', 'yi']) {
    expect(await disagreements(firms.path(side), firms.time), side).toEqual([]);
    expect((await firms.run('audit', 'verify', '--workspace', side)).exit).toBe(0);
  }
  firms.remove();
});

function later(): void {
  firms.time = `${new Date(Date.parse(firms.time) + 3_600_000).toISOString().slice(0, 19)}Z`;
}

/** A bundle of a newer list, on which everybody lives elsewhere. */
async function bundle(of: Firms, street: number, persons: readonly number[]): Promise<void> {
  const rows = persons.map(
    (n) =>
      `C${n},王小${n},1380000000${n},上海市浦东新区张江路${street}号,保洁,${day},同意,${BUYER},service|visits,${day},书面,F-${n}`,
  );
  const header =
    '客户编号,姓名,手机号,服务地址,服务项目,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
  writeFileSync(of.post('c.csv'), `${[header, ...rows].join('\n')}\n`);
  await of.done('import', 'post/c.csv', '--as', street === 1 ? 'list' : 'newer', ...inJia);
  await of.run('check', ...inJia);
  await of.done('export', ...inJia);
}

/** The street of each person whom the buyer hands out, `-` where it is empty. */
async function streets(): Promise<Readonly<Record<string, string>>> {
  await firms.done('extract', '--format', 'ndjson', '--out', 'post/out.ndjson', '--force', '--yes', ...inYi);
  return Object.fromEntries(
    readFileSync(firms.post('out.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): [string, string] => {
        const row: Record<string, string | null> = JSON.parse(line);
        return [row['customer_no'] ?? '', /张江路(\d)号/.exec(row['address'] ?? '')?.[1] ?? '-'];
      }),
  );
}

/** In how many records the buyer has the address of a person at rest. */
function addresses(who: string): Promise<number> {
  return within(firms.path('yi'), firms.time, async (session) => {
    const { places } = await tagsOf(session, who);
    const records = await recordsAt(session, places);
    return records.filter(({ values }) => values.some(({ value }) => value.includes('张江路'))).length;
  });
}

async function secondBundle(): Promise<void> {
  later();
  await bundle(firms, 2, [1, 2, 3]);
  later();
  await firms.done('receive', 'jia/exchange/D-1-2.handover.zip', ...inYi);
}

test('withdrawn at the seller’s: the next bundle brings nothing for it, and the notice empties what came', async () => {
  await firms.done('subject', 'withdraw', 'C1', '--purpose', 'visits', ...asked, '--yes', ...inJia);
  await secondBundle();
  expect(await streets()).toEqual({ C1: '-', C2: '2', C3: '2' });
  await firms.done('notice', 'apply', 'jia/exchange/D-1-notice-1.notice.json', '--yes', ...inYi);
  expect(await streets()).toEqual({ C1: '-', C2: '2', C3: '2' });
  expect(await addresses('C1')).toBe(0);
});

test('withdrawn at the buyer’s: a later bundle that brings it again changes nothing', async () => {
  await firms.done('subject', 'withdraw', 'C1', '--purpose', 'visits', ...asked, '--yes', ...inYi);
  expect(await streets()).toEqual({ C1: '-', C2: '1', C3: '1' });
  await secondBundle();
  expect(await streets()).toEqual({ C1: '-', C2: '2', C3: '2' });
  expect(await addresses('C1')).toBe(0);
  expect(await addresses('C2')).toBeGreaterThan(0);
});

test('a notice that was made after the bundle, and obeyed before it came', async () => {
  later();
  await bundle(firms, 2, [1, 2, 3]);
  later();
  await firms.done('subject', 'withdraw', 'C1', '--purpose', 'visits', ...asked, '--yes', ...inJia);
  await firms.done('notice', 'apply', 'jia/exchange/D-1-notice-1.notice.json', '--yes', ...inYi);
  await firms.done('receive', 'jia/exchange/D-1-2.handover.zip', ...inYi);
  expect(await streets()).toEqual({ C1: '-', C2: '2', C3: '2' });
  expect(await addresses('C1')).toBe(0);
});

test('who withdraws one purpose after the other is handed out for none', async () => {
  await firms.done('subject', 'withdraw', 'C1', '--purpose', 'visits', ...asked, '--yes', ...inYi);
  later();
  await firms.done('subject', 'withdraw', 'C1', '--purpose', 'service', ...asked, '--yes', ...inYi);
  expect(await streets()).toEqual({ C2: '1', C3: '1' });
  await secondBundle();
  expect(await streets()).toEqual({ C2: '2', C3: '2' });
  const parts = (await firms.done('retention', 'list', ...inYi)).at('parts');
  expect(parts).toMatchObject([
    { share: 'received', records: 2 },
    { share: 'refused', records: 1 },
    { share: 'received', records: 2 },
    { share: 'refused', records: 1 },
  ]);
});

test('under another deal for the same purposes it counts as well', async () => {
  await firms.done('subject', 'withdraw', 'C1', '--purpose', 'visits', ...asked, '--yes', ...inYi);
  later();
  const draft = await firms.draft({ id: 'D-2' });
  writeFileSync(draft, JSON.stringify(forVisits(JSON.parse(readFileSync(draft, 'utf8'))), null, 1));
  await firms.agreeTo(draft, 'D-2');
  await firms.run('check', '--deal', 'D-2', ...inJia);
  await firms.done('export', '--deal', 'D-2', ...inJia);
  await firms.done('receive', 'jia/exchange/D-2-1.handover.zip', ...inYi);
  expect(await streets()).toEqual({ C1: '-', C2: '1', C3: '1' });
  expect(await addresses('C1')).toBe(0);
});
