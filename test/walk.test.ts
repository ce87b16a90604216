import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KEYS, Terminal } from './kit/terminal.js';

const BIN = join(import.meta.dirname, '..', 'bin', 'handover.js');
const PAGE = join(import.meta.dirname, '..', 'docs', 'walk', 'README.md');

/** From two empty folders to the accepted receipt, by the guide alone: what stands on both screens is the page docs/walk. */

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-walk-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** When all of it happens: ten in the morning in Shanghai, whatever the day on which the test runs. */
const BEGINS = Date.parse('2026-11-28T02:00:00Z');
/** Makes the clock of a process show what `HANDOVER_CLOCK` says. */
const CLOCK = new URL('./kit/stop-at.js', import.meta.url).href;
const STARTED = Date.now();

/** What the clocks of both computers show now. */
const now = (): number => BEGINS + Date.now() - STARTED;

/** A day so many days ago, on the clock of Shanghai. */
const ago = (days: number): string => new Date(BEGINS - days * 86_400_000).toISOString().slice(0, 10);

/** Papers are older than the consents that were given after them. */
const PAPERS_AGO = 45;
/** When the notice arrived. */
const TOLD_AGO = 40;
const CONSENTS_AGO = 34;

const CUSTOMERS = [
  '客户编号,姓名,手机号,服务地址,服务项目,剩余次数,门锁密码,备注,同意状态,同意的接收方,同意的用途,同意时间,同意方式,同意凭证,合同变更同意,通知送达时间',
  ...['张三', '李四', '王五', '赵六'].map((name, i) =>
    [
      `C00${i + 1}`,
      name,
      `1380013800${i}`,
      `上海市浦东新区张江路88弄${i + 1}号`,
      '日常保洁',
      '3',
      '1234',
      '周二来',
      ...(i < 3
        ? [
            '同意',
            '上海乙家政服务有限公司',
            '继续提供家政服务',
            ago(CONSENTS_AGO),
            '微信',
            `W-${i}`,
            '同意',
            ago(TOLD_AGO),
          ]
        : ['', '', '', '', '', '', '', '']),
    ].join(','),
  ),
].join('\n');

/** How many files went from one to the other. */
let files = 0;

/** One of the two, on a computer of their own. */
class Side {
  readonly home: string;
  readonly terminal: Terminal;
  /** Questions that were answered. */
  questions = 0;

  constructor(name: string) {
    this.home = join(folder, name);
    for (const each of ['下载', '桌面', '交接']) mkdirSync(join(this.home, each), { recursive: true });
    const clock = new Date(now()).toISOString();
    const env = { HOME: this.home, LANG: 'zh_CN.UTF-8', USER: 'user', HANDOVER_CLOCK: clock };
    this.terminal = new Terminal([process.execPath, '--import', CLOCK, BIN], {
      cwd: join(this.home, '交接'),
      env,
    });
  }

  /** Waits for a question and answers it with keys; Enter alone takes what is offered. */
  async answer(question: string, ...keys: readonly string[]): Promise<void> {
    await this.terminal.sees(question);
    for (const key of keys) this.terminal.type(key);
    this.terminal.type(KEYS.enter);
    this.questions += 1;
  }

  /** A file of the exchange folder, sent as people send them: the other side finds it among its downloads, under another name. */
  async sends(end: string, to: Side, as: string): Promise<void> {
    const [workspace = ''] = readdirSync(join(this.home, '交接'));
    const exchange = join(this.home, '交接', workspace, 'exchange');
    const name = readdirSync(exchange).find((each) => each.endsWith(end));
    if (name === undefined) throw new Error(`nothing to send: ${end}`);
    const path = join(to.home, '下载', as);
    copyFileSync(join(exchange, name), path);
    // What came last stands first in the list; a file system may count in larger steps than a quick machine needs for two files.
    const then = new Date(Date.now() + 20);
    utimesSync(path, then, then);
    files += 1;
  }

  get fingerprint(): string {
    return /\d{5}(?: \d{5}){5}/.exec(this.terminal.drawn)?.[0] ?? '';
  }
}

const MENU = '? 接下来做什么';
const { down, up } = KEYS;

async function begin(
  side: Side,
  role: readonly string[],
  firm: string,
  phone: string,
  person: string,
): Promise<void> {
  await side.answer('您要做什么', ...role);
  await side.answer('公司全称', firm);
  await side.answer('公司电话', phone);
  await side.answer('新文件夹');
  await side.answer('您的姓名', person);
  await side.answer('设一个口令', 'changqiao-liu-ma');
  await side.answer('再输入一次', 'changqiao-liu-ma');
  await side.terminal.sees(MENU);
}

async function trust(side: Side, other: Side): Promise<void> {
  side.terminal.type(KEYS.enter);
  side.questions += 1;
  await side.answer('名片');
  await side.answer('对方念出的指纹', other.fingerprint);
  await side.terminal.sees(MENU);
}

async function takeIn(side: Side): Promise<void> {
  side.terminal.type(KEYS.enter);
  side.questions += 1;
  await side.answer('交接包');
}

it('goes from empty folders to the accepted receipt', async () => {
  const seller = new Side('seller');
  const buyer = new Side('buyer');
  writeFileSync(join(seller.home, '桌面', '客户资料.csv'), `${CUSTOMERS}\n`);
  for (const [i, name] of ['客户通知.txt', '影响评估.txt', '保密协议.txt'].entries()) {
    const path = join(seller.home, '桌面', name);
    writeFileSync(path, name);
    const then = new Date(BEGINS - PAPERS_AGO * 86_400_000 + i * 1000);
    utimesSync(path, then, then);
  }
  await begin(seller, [], '上海甲家政服务有限公司', '021-64380000', '王芳');
  await begin(buyer, [down], '上海乙家政服务有限公司', '021-64380001', '陈静');
  await seller.sends('.card.html', buyer, '微信图片_名片.html');
  await buyer.sends('.card.html', seller, 'yi(1).html');
  await trust(seller, buyer);
  await trust(buyer, seller);

  // The customer list, then the terms.
  seller.terminal.type(KEYS.enter);
  seller.questions += 1;
  await seller.answer('客户');
  await seller.terminal.sees(MENU);
  seller.terminal.type(KEYS.enter);
  seller.questions += 1;
  await seller.answer('这次转让的是什么');
  await seller.answer('可以拿这份资料做什么');
  await seller.answer('哪些栏交给买方');
  await seller.answer('这样可以吗');
  await seller.answer('保密协议是哪个文件');
  await seller.answer('哪天签的');
  await seller.answer('影响评估是哪个文件', down);
  await seller.answer('哪天做的');
  await seller.answer('通知是哪个文件', up, up);
  await seller.answer('哪天发出的');
  await seller.answer('客户有疑问找谁');
  await seller.answer('客户打哪个电话');
  await seller.answer(MENU);
  await seller.answer(MENU);
  await seller.answer('签署这份协议', 'y');
  await seller.terminal.sees(MENU);

  // Signed by both.
  await seller.sends('.deal.html', buyer, '协议.html');
  await takeIn(buyer);
  await buyer.answer('签署这份协议', 'y');
  await buyer.terminal.sees(MENU);
  await buyer.sends('.deal.html', seller, '协议(2).html');
  seller.terminal.type(KEYS.enter);
  seller.questions += 1;
  await seller.terminal.sees(MENU);
  await takeIn(seller);

  // Approved by the second person, exported, received, receipted.
  await seller.answer(MENU);
  await seller.answer('批准人的姓名', '李店长');
  await seller.terminal.sees('(y/N)');
  seller.terminal.type('y').type(KEYS.enter);
  seller.questions += 1;
  await seller.answer('设一个本人的口令', 'li-dianzhang-8');
  await seller.answer('再输入一次', 'li-dianzhang-8');
  await seller.answer(MENU);
  await seller.terminal.sees(MENU);
  await seller.sends('.handover.zip', buyer, '交接包.zip');
  await takeIn(buyer);
  await buyer.terminal.sees(MENU);
  await buyer.sends('.receipt.html', seller, '回执.html');
  await takeIn(seller);
  await seller.terminal.sees(MENU);
  buyer.terminal.type(KEYS.enter);
  buyer.questions += 1;
  await buyer.answer('格式');
  await buyer.answer('写到 客户资料.csv', 'y');
  await buyer.terminal.sees(MENU);
  for (const side of [seller, buyer]) {
    side.terminal.type(KEYS.escape);
    expect(await side.terminal.ended()).toBe(0);
  }

  expect(
    readdirSync(join(buyer.home, '交接')).map((dir) => readdirSync(join(buyer.home, '交接', dir))),
  ).toEqual([expect.arrayContaining([expect.stringMatching(/\.csv$/)])]);
  const screen = seller.terminal.lines.join('\n');
  expect(screen).toContain('现在可以移交 3 位');
  expect(screen).toContain('双方都已签署');
  const page = pageOf(seller, buyer);
  if (process.env['UPDATE_FIXTURES'] === '1') {
    mkdirSync(join(PAGE, '..'), { recursive: true });
    writeFileSync(PAGE, page);
  }
  expect(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '').toBe(page);
}, 300_000);

/** Both screens as a page, with what differs from run to run made equal. */
function pageOf(seller: Side, buyer: Side): string {
  const count = (side: Side): string => `${side.questions} 个问题，${side.terminal.keys} 次按键`;
  return [
    '# 走一遍：从空文件夹到回执',
    '',
    '两家公司，各一台电脑，都只运行 `handover`。屏幕上的每一行都是程序写的；这一页由测试录下来（`test/walk.test.ts`），程序变了，它就过不去。',
    '',
    `- 卖方：${count(seller)}（其中一半是公司名称、口令和指纹）`,
    `- 买方：${count(buyer)}`,
    `- 来往的文件：${files} 个（名片两个、协议去一个回一个、交接包、回执），文件名怎么改都可以`,
    '',
    '## 卖方',
    '',
    '```text',
    ...screenOf(seller),
    '```',
    '',
    '## 买方',
    '',
    '```text',
    ...screenOf(buyer),
    '```',
    '',
  ].join('\n');
}

function screenOf(side: Side): readonly string[] {
  return (
    side.terminal.lines
      .map((line) =>
        line
          .replaceAll(side.home, '~')
          .replaceAll(/\b\d{5}(?: \d{5}){5}\b/g, '48213 90577 16402 88135 27946 50318')
          .replaceAll(/\b[0-9a-f]{64}\b/g, '7f3a…c21e')
          .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]+/g, '019ac2…')
          .replaceAll(/\d+(?:\.\d+)? (?:KB|MB)/g, '9.9 KB'),
      )
      // A slow machine draws a bar.
      .filter((line) => !/\/秒/.test(line))
      .filter((line, i, all) => line !== '' || all[i - 1] !== '')
  );
}
