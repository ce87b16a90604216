import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { disagreements } from '../../kit/figures.js';
import { Firms } from '../../kit/firms.js';

/*
 * A no that comes as an answer when the person is with the buyer already: after the bundle, after the record left the customer list, after it was
 * purged here, and when a card was replaced in between. It becomes a notice about that person, and the buyer hands nobody out who said it.
 */

const inJia = ['--workspace', 'jia'];
const inYi = ['--workspace', 'yi'];
const day = daysBefore(TODAY, 9);
const HEADER =
  '客户编号,姓名,手机号,服务地址,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const line = (n: number): string =>
  `C${n},王小${n},1380000000${n},上海市浦东新区一号小区,${day},同意,${BUYER},${PURPOSE},${day},书面,F-${n}`;
const THEN = '2026-11-20T06:00:00Z';
const AFTER_PURGE = '2026-12-25T09:00:00Z';

let base: Firms;
let firms: Firms;
beforeAll(async () => {
  base = await Firms.withDeal();
  writeFileSync(base.post('c.csv'), `${[HEADER, ...[1, 2, 3, 4].map(line)].join('\n')}\n`);
  await base.done('import', 'post/c.csv', ...inJia);
  await base.done('check', ...inJia);
  await base.done('export', ...inJia);
});
afterAll(() => base.remove());
beforeEach(() => {
  firms = base.copy();
  firms.time = THEN;
});
afterEach(async () => {
  for (const side of ['jia', 'yi'])
    expect(await disagreements(firms.path(side), firms.time), side).toEqual([]);
  firms.remove();
});

/** Takes in what customers answered. */
function answer(column: '客户编号' | '手机号', said: Readonly<Record<string, string>>) {
  const rows = Object.entries(said).map(([who, word]) => `${who},${word},`);
  writeFileSync(firms.post('a.csv'), `${column},回复内容,上行时间\n${rows.join('\n')}\n`);
  return firms.done('campaign', 'import', 'post/a.csv', '--channel', 'sms', ...inJia);
}

async function pending(): Promise<unknown> {
  const list = await firms.done('notice', 'list', ...inJia);
  const status = await firms.done('status', ...inJia);
  expect(status.at('pending_notices')).toEqual(list.at('pending'));
  const { stdout } = await firms.run('audit', 'report', '--json', ...inJia);
  expect(stdout.includes('NOTICE_PENDING')).toBe(JSON.stringify(list.at('pending')) !== '[]');
  return list.at('pending');
}

async function received(): Promise<void> {
  await firms.done('receive', 'jia/exchange/D-1-1.handover.zip', ...inYi);
  await firms.done('receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', ...inJia);
}

async function purged(): Promise<void> {
  firms.time = '2026-12-25T08:00:00Z';
  await firms.done('purge', 'plan', '--handed-over', ...inJia);
  await firms.done('purge', 'run', '--keep-files', '--yes', ...inJia);
  firms.time = AFTER_PURGE;
}

/** Sends the notices, has the buyer obey one, and says whom the buyer still hands out. */
async function obeyed(number: number): Promise<string> {
  await firms.done('notice', 'send', ...inJia);
  for (const end of ['json', 'json.minisig'])
    cpSync(
      firms.path('jia/exchange', `D-1-notice-${number}.notice.${end}`),
      firms.path('yi/exchange', `D-1-notice-${number}.notice.${end}`),
    );
  const notice = `yi/exchange/D-1-notice-${number}.notice.json`;
  const applied = await firms.done('notice', 'apply', notice, '--yes', ...inYi);
  expect(applied.at('counts')).toMatchObject({ not_found: 0 });
  await firms.done('extract', '--format', 'csv', '--out', 'post/out.csv', '--force', '--yes', ...inYi);
  return [...readFileSync(firms.post('out.csv'), 'utf8').matchAll(/王小(\d)/g)].map(([, n]) => n).join('');
}

test('refusals and words for stopping are noticed, what nobody understands is left to a person', async () => {
  await received();
  const done = await answer('客户编号', { C1: '退订', C2: '不同意', C3: '嗯嗯啊', C4: '算了别弄了' });
  expect([done.at('refused'), done.at('problems')]).toEqual([3, { unclear: 1, 'doubtful-no': 1 }]);
  expect(await pending()).toMatchObject([{ kind: 'withdrawal', persons: 3 }]);
  expect(await obeyed(1)).toBe('3');
  expect(await pending()).toEqual([]);
});

test('so are those of people who are not on the newest list', async () => {
  await received();
  writeFileSync(firms.post('n.csv'), `${[HEADER, ...[1, 2].map(line)].join('\n')}\n`);
  await firms.done('import', 'post/n.csv', '--as', 'newer', ...inJia);
  expect((await answer('客户编号', { C3: '不同意' })).at('not_taken')).toBe(0);
  expect((await answer('手机号', { '13800000004': 'TD' })).at('not_taken')).toBe(0);
  expect(await pending()).toMatchObject([{ kind: 'withdrawal', persons: 2 }]);
  expect(await obeyed(1)).toBe('12');
});

test('so are those of people whose record was purged, each under their own tag', async () => {
  await received();
  // Heard by mobile number while the record was there, and told.
  await answer('手机号', { '13800000003': '退订' });
  expect(await obeyed(1)).toBe('124');
  await purged();
  expect(await pending()).toEqual([]);
  expect((await answer('客户编号', { C1: '不同意' })).at('not_taken')).toBe(0);
  expect(await pending()).toMatchObject([{ kind: 'withdrawal', persons: 1 }]);
  expect(await obeyed(2)).toBe('24');
  // Nothing that is kept says whose a mobile number was.
  writeFileSync(firms.post('p.csv'), '手机号,回复内容,上行时间\n13800000002,退订,\n');
  const said = await firms.run('campaign', 'import', 'post/p.csv', '--channel', 'sms', ...inJia);
  expect([said.exit, said.stdout]).toEqual([3, expect.stringContaining('no customer’s')]);
});

test('a row that is rejected after the purge says no as well', async () => {
  await received();
  await purged();
  const header = '客户编号,姓名,手机号,是否同意转让,撤回时间';
  writeFileSync(
    firms.post('r.csv'),
    `${header}\nC2,王小2,138000,撤回,2026-12-25 15:20\nC9,王小9,13800000009,,\n`,
  );
  await firms.run('import', 'post/r.csv', '--as', 'list', ...inJia);
  expect(await pending()).toMatchObject([{ kind: 'withdrawal', persons: 1 }]);
  expect(await obeyed(1)).toBe('134');
});

/** Gives a firm another card, which the other firm trusts in the place of the former one. */
async function replaced(side: 'jia' | 'yi', by: 'jia' | 'yi'): Promise<void> {
  const [role, name] = side === 'jia' ? ['seller', '上海甲家政服务有限公司'] : ['buyer', BUYER];
  const made = ['--role', role, '--name', name, '--phone', '021-5550300', '--unprotected', '--classic'];
  const { stdout } = await firms.run('init', `${side}2`, ...made, '--json');
  const fingerprint = /"fingerprint": "([0-9 ]+)"/.exec(stdout)?.[1] ?? '';
  const card = firms.path(`${side}2`, 'exchange', `${side}2.card.json`);
  const how = ['--deals-stay', '--fingerprint', fingerprint, '--yes'];
  await firms.done('trust', 'replace', card, ...how, '--workspace', by);
}

test.each([
  ['the buyer’s', 'yi', 'jia'],
  ['the seller’s', 'jia', 'yi'],
] as const)('so is a no after %s card was replaced', async (_, side, by) => {
  await replaced(side, by);
  await received();
  await answer('客户编号', { C1: '退订' });
  expect(await pending()).toMatchObject([{ kind: 'withdrawal', persons: 1 }]);
  expect(await obeyed(1)).toBe('234');
  // A further bundle goes under the deal, and the no is in it as little.
  writeFileSync(firms.post('n.csv'), `${[HEADER, ...[1, 5].map(line)].join('\n')}\n`);
  await firms.done('import', 'post/n.csv', '--as', 'addition', ...inJia);
  await firms.done('check', ...inJia);
  await firms.done('export', ...inJia);
  await firms.done('receive', 'jia/exchange/D-1-2.handover.zip', ...inYi);
  await firms.done('receipt', 'accept', 'yi/exchange/D-1-2.receipt.json', ...inJia);
  await firms.done(
    'subject',
    'withdraw',
    'C5',
    '--requester',
    'self',
    '--verified',
    'writing',
    '--yes',
    ...inJia,
  );
  await firms.done(
    'subject',
    'withdraw',
    'C2',
    '--requester',
    'self',
    '--verified',
    'writing',
    '--yes',
    ...inYi,
  );
  expect(await obeyed(2)).toBe('34');
});
