import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEYS, Terminal } from './kit/terminal.js';

const BIN = join(import.meta.dirname, '..', 'bin', 'handover.js');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-guide-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The guide in a folder of its own. */
function open(name: string, lang: 'zh' | 'en', env: Readonly<Record<string, string>> = {}): Terminal {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const LANG = { zh: 'zh_CN.UTF-8', en: 'en_US.UTF-8' }[lang];
  return new Terminal([process.execPath, BIN], { cwd, env: { HOME: cwd, LANG, USER: 'wangfang', ...env } });
}

describe('the guide', () => {
  it('makes a workspace, asks again after a slip, and is left with Esc', async () => {
    const guide = open('seller', 'zh');
    await guide.sees('您要做什么');
    guide.type(KEYS.enter);
    await guide.sees('公司全称');
    guide.line('');
    await guide.sees('再写一次');
    guide.line('上海甲家政服务有限公司');
    await guide.sees('公司电话');
    guide.line('021-64380000');
    await guide.sees('新文件夹');
    guide.line('');
    await guide.sees('您的姓名');
    guide.line('王芳');
    await guide.sees('设一个口令');
    guide.line('short');
    await guide.sees('设一个口令');
    guide.line('correct horse');
    await guide.sees('再输入一次');
    guide.line('correct horse');
    await guide.sees('接下来做什么');
    guide.type(KEYS.escape);
    expect(await guide.ended()).toBe(0);
    const text = guide.lines.join('\n');
    expect(text).toContain('$ handover init 上海甲家政服务 --role seller');
    expect(guide.lines.join('')).toContain(
      '--name 上海甲家政服务有限公司 --phone 021-64380000 --operator 王芳',
    );
    expect(text).toContain('口令太短');
    expect(text).toContain('已离开');
  });

  it('asks for an option that a command line lacks, and shows the line that it runs', async () => {
    const cwd = join(folder, 'options');
    mkdirSync(cwd);
    const env = { HOME: cwd, LANG: 'en_US.UTF-8', USER: 'wang' };
    const run = new Terminal([process.execPath, BIN, 'init', 'yi', '--unprotected', '--classic'], {
      cwd,
      env,
    });
    await run.sees('sell or buy');
    run.type(KEYS.down).type(KEYS.enter);
    await run.sees('full name');
    run.line('Yi Home Services');
    await run.sees('telephone');
    run.line('021-5550200');
    expect(await run.ended()).toBe(0);
    expect(run.lines.join('')).toContain(
      'handover init yi --unprotected --classic --role buyer --name "Yi Home Services" --phone 021-5550200',
    );
  });

  it('in English: a slip, a window that changes its size, Esc back to the menu, Ctrl-C to leave; nothing is half done', async () => {
    const guide = open('buyer', 'en', { HANDOVER_OPERATOR: 'Chen' });
    await guide.sees('What do you want to do?');
    guide.type(KEYS.down).type(KEYS.enter);
    await guide.sees('Full name of the firm');
    guide.line('Yi Home Services Co., Ltd.');
    await guide.sees('Telephone of the firm');
    guide.type('021-555').type(KEYS.backspace).line('50200');
    await guide.sees('Name of the new folder');
    guide.resize(60, 20).line('');
    await guide.sees('A passphrase for this workspace');
    guide.line('correct horse');
    await guide.sees('Once more');
    guide.line('correct house');
    await guide.sees('A passphrase for this workspace');
    guide.line('correct horse');
    await guide.sees('Once more');
    guide.line('correct horse');
    await guide.sees('? What next?');
    // The first step asks for a card; leaving the question is back at the menu.
    guide.type(KEYS.enter);
    await guide.sees("the other party's card");
    guide.type(KEYS.escape);
    await guide.sees('? What next?');
    guide.type(KEYS.enter);
    await guide.sees("the other party's card");
    guide.line('nowhere.html');
    await guide.sees('There is no file');
    guide.type(KEYS.interrupt);
    await guide.sees('? What next?');
    guide.type(KEYS.interrupt);
    expect(await guide.ended()).toBe(0);
    expect(guide.drawn).toContain('Left. Run handover again');
    expect(guide.drawn).toContain('--phone 021-5550200');
    expect(readdirSync(join(folder, 'buyer', 'YiHomeServices'))).toContain('handover.db');
    // And it goes on where it was left, and knows who sat there.
    const again = open('buyer', 'en');
    await again.sees('Who is here?');
    again.type(KEYS.enter);
    await again.sees('(Chen)');
    again.type(KEYS.escape);
    expect(await again.ended()).toBe(0);
  });

  it('is one screen where nobody can be asked', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [BIN], {
      cwd: folder,
      env: { ...process.env, LANG: 'en_US.UTF-8' },
    });
    expect(stdout.split('\n').length).toBeLessThan(24);
    expect(stdout).toContain('handover --help');
  });
});
