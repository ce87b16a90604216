import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { disagreements } from '../../kit/figures.js';
import { Firms } from '../../kit/firms.js';

/*
 * Two deals between the same firms about the same persons. Who said no to the buyer is known there whatever deal brings the person again, and
 * what one bundle took along stays with the seller until the receipts of all are there.
 */

const inJia = ['--workspace', 'jia'];
const inYi = ['--workspace', 'yi'];
const asked = ['--requester', 'self', '--verified', 'writing'];
const day = daysBefore(TODAY, 9);
const HEADER =
  '客户编号,姓名,手机号,服务地址,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const line = (n: number): string =>
  `C${n},王小${n},1380000000${n},上海市浦东新区一号小区,${day},同意,${BUYER},${PURPOSE},${day},书面,F-${n}`;

let firms: Firms;
beforeAll(async () => {
  firms = await Firms.withDeal();
  await firms.agree({ id: 'D-2' });
  writeFileSync(firms.post('c.csv'), `${[HEADER, ...[1, 2, 3, 4].map(line)].join('\n')}\n`);
  await firms.done('import', 'post/c.csv', ...inJia);
  for (const deal of ['D-1', 'D-2']) {
    await firms.done('check', '--deal', deal, ...inJia);
    await firms.done('export', '--deal', deal, ...inJia);
  }
  await firms.done('receive', 'jia/exchange/D-1-1.handover.zip', ...inYi);
  await firms.done('receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', ...inJia);
});
afterAll(() => firms.remove());

async function extracted(): Promise<string> {
  await firms.done('extract', '--format', 'csv', '--out', 'post/out.csv', '--force', '--yes', ...inYi);
  return readFileSync(firms.post('out.csv'), 'utf8');
}

test('what a bundle took along whose receipt is missing is not purged as handed over', async () => {
  const list = await firms.done('retention', 'list', ...inJia);
  expect(list.at('parts')).toMatchObject([{ share: 'kept-back', records: 4, until: null }]);
  const plan = await firms.run('purge', 'plan', '--handed-over', ...inJia);
  expect(plan.stderr).toContain('PURGE_NOTHING');
});

test('a no that was said to the buyer outlives the deal under which it was said', async () => {
  await firms.done('subject', 'withdraw', 'C1', ...asked, '--yes', ...inYi);
  await firms.done('request', 'open', 'C2', '--kind', 'erasure', ...asked, ...inYi);
  expect(await extracted()).not.toMatch(/王小[12]/);
  await firms.done('receive', 'jia/exchange/D-2-1.handover.zip', ...inYi);
  const came = await extracted();
  expect(came).not.toMatch(/王小[12]/);
  expect(came).toMatch(/王小3.*王小4/s);
  const list = await firms.done('retention', 'list', ...inYi);
  expect(list.at('parts')).toMatchObject([
    { share: 'received', records: 2 },
    { share: 'refused', records: 1 },
    { share: 'received', records: 2 },
    { share: 'refused', records: 2 },
  ]);
  expect(await disagreements(firms.path('yi'), firms.time)).toEqual([]);
  expect((await firms.run('audit', 'verify', ...inYi)).exit).toBe(0);
});

test('with all receipts it is', async () => {
  await firms.done('receipt', 'accept', 'yi/exchange/D-2-1.receipt.json', ...inJia);
  const list = await firms.done('retention', 'list', ...inJia);
  expect(list.at('parts')).toMatchObject([{ share: 'handed-over', records: 4 }]);
  expect(await disagreements(firms.path('jia'), firms.time)).toEqual([]);
});
