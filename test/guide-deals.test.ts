import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PURPOSE } from '../fixtures/customers/consents.js';
import { daysBefore } from '../fixtures/customers/days.js';
import { BUYER } from '../fixtures/customers/generate.js';
import { Firms } from './kit/firms.js';
import { KEYS, Terminal } from './kit/terminal.js';

/* Two deals at a time: on a terminal each step is of the deal that the menu names, on both sides, in a window that changes its size meanwhile. */

const BIN = join(import.meta.dirname, '..', 'bin', 'handover.js');
const MENU = '接下来做什么';
const WHICH = '哪一份协议？';

let firms: Firms;
beforeAll(async () => {
  // The program on the terminal has the clock of the machine.
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  const day = daysBefore(time.slice(0, 10), 9);
  const consent = `同意,${BUYER},${PURPOSE},${day},书面`;
  firms = await Firms.withDeal({ time, approvals: 0, activity: false });
  await firms.agree({ id: 'D-2', approvals: 0, activity: false });
  writeFileSync(
    firms.post('customers.csv'),
    `客户编号,姓名,手机号,服务地址,服务项目,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证
C0001,王小一,13800000001,上海市浦东新区一号路1号,保洁,${consent},F-1
C0002,李小二,13800000002,上海市浦东新区二号路2号,保洁,${consent},F-2
`,
  );
  await firms.done('import', firms.post('customers.csv'), '--workspace', 'jia');
  mkdirSync(firms.path('下载'));
}, 120_000);
afterAll(() => firms.remove());

function open(workspace: string): Terminal {
  const env = { HOME: firms.folder, LANG: 'zh_CN.UTF-8', HANDOVER_OPERATOR: '王芳' };
  return new Terminal([process.execPath, BIN], { cwd: firms.path(workspace), env });
}

const PATIENCE = { timeout: 40_000 };

/** What the pointer of the open list is at; empty while none is open. */
function pointed(terminal: Terminal): string {
  return terminal.lines.findLast((line) => line.startsWith('❯')) ?? '';
}

/** The question that is open: an answered one has another mark. */
function asked(terminal: Terminal): string {
  return terminal.lines.findLast((line) => line.startsWith('? ')) ?? '';
}

/** Waits for a question with a list, goes down to an answer, each time until the pointer has moved, and takes it. */
async function choose(terminal: Terminal, question: string, answer: string): Promise<void> {
  await expect.poll(() => asked(terminal), PATIENCE).toContain(question);
  await expect.poll(() => pointed(terminal), PATIENCE).not.toBe('');
  const first = pointed(terminal);
  while (!pointed(terminal).includes(answer)) {
    const before = pointed(terminal);
    terminal.type(KEYS.down);
    await expect.poll(() => ['', before].includes(pointed(terminal)), PATIENCE).toBe(false);
    if (pointed(terminal) === first)
      throw new Error(`no ${answer} in:\n${terminal.lines.slice(-20).join('\n')}`);
  }
  terminal.type(KEYS.enter);
  await expect.poll(() => terminal.lines.join('\n'), PATIENCE).toMatch(new RegExp(`✔ .*${answer}`));
}

/** Waits until the menu of a deal is open, after a line that ran. */
async function menuOf(terminal: Terminal, deal: string, ran = ''): Promise<void> {
  const last = (): string =>
    terminal.lines.findLast((line) => line.startsWith('协议 ') || line.startsWith('$ ')) ?? '';
  if (ran !== '') await expect.poll(() => terminal.lines.join('\n'), PATIENCE).toContain(ran);
  await expect.poll(last, PATIENCE).toContain(`协议 ${deal} → `);
  await expect.poll(() => asked(terminal), PATIENCE).toContain(MENU);
}

it('the seller checks and exports the one, then checks the other; a window that changes its size changes no answer', async () => {
  const guide = open('jia');
  await choose(guide, '现在是谁在用', '经办人');
  await menuOf(guide, 'D-2');
  guide.resize(64, 20);
  await choose(guide, MENU, WHICH);
  await choose(guide, WHICH, 'D-1');
  await menuOf(guide, 'D-1');
  await choose(guide, MENU, '逐位判定');
  await menuOf(guide, 'D-1', '$ handover check --deal D-1');
  guide.resize(100, 30);
  await choose(guide, MENU, '生成交接包');
  await menuOf(guide, 'D-1', '$ handover export --deal D-1');
  await choose(guide, MENU, WHICH);
  await choose(guide, WHICH, 'D-2');
  await menuOf(guide, 'D-2');
  await choose(guide, MENU, '逐位判定');
  await menuOf(guide, 'D-2', '$ handover check --deal D-2');
  await choose(guide, MENU, '离开');
  expect(await guide.ended()).toBe(0);

  const { stdout } = await firms.run('status', '--workspace', 'jia');
  expect(stdout).toContain('handover receive D-1-1.receipt.html');
  expect(stdout).toContain('handover export --deal D-2');
  expect(stdout).not.toContain('handover export --deal D-1');
}, 240_000);

it('the buyer takes in a bundle of the one, and is led on in that one', async () => {
  const bundle = 'D-1-1.handover.zip';
  copyFileSync(firms.path('jia', 'exchange', bundle), firms.path('下载', bundle));
  const guide = open('yi');
  await choose(guide, '现在是谁在用', '经办人');
  await menuOf(guide, 'D-2');
  await choose(guide, MENU, '收下对方发来的文件');
  await choose(guide, '收到的是哪个文件', bundle);
  // The other deal waits for its bundle; in this one there is something to take out.
  await menuOf(guide, 'D-1', '$ handover receive');
  expect(pointed(guide)).toContain('取出明文');
  guide.type(KEYS.escape);
  expect(await guide.ended()).toBe(0);

  const { stdout } = await firms.run('status', '--workspace', 'yi');
  expect(stdout).toContain('handover extract --format csv');
  expect(stdout).toContain('handover receive D-2-1.handover.zip');
}, 240_000);
