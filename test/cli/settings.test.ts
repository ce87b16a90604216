import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings, settingsPath } from '../../src/cli/settings.js';
import { runIn } from './world.js';

const folder = mkdtempSync(join(tmpdir(), 'handover-settings-'));
const path = join(folder, 'settings.txt');
const env = { HANDOVER_SETTINGS: path };
afterAll(() => rmSync(folder, { recursive: true }));

const jia = [
  '--role',
  'seller',
  '--name',
  '上海甲家政服务有限公司',
  '--phone',
  '021-64380000',
  '--unprotected',
  '--classic',
];

beforeAll(async () => {
  mkdirSync(join(folder, 'elsewhere'));
  const made = await runIn({ cwd: folder, env: { USER: 'li' } }, 'init', 'jia', ...jia, '--lang', 'zh');
  expect(made.exit, made.stderr).toBe(0);
});

describe('where the settings are', () => {
  it.each([
    ['what is named', { HANDOVER_SETTINGS: 'mine.txt', HOME: '/home/li' }, join('/work', 'mine.txt')],
    ['nowhere', { HANDOVER_SETTINGS: '', HOME: '/home/li' }, null],
    ['Windows', { APPDATA: '/Roaming', HOME: '/home/li' }, join('/Roaming', 'handover', 'settings.txt')],
    ['XDG', { XDG_CONFIG_HOME: '/c', HOME: '/home/li' }, join('/c', 'handover', 'settings.txt')],
    ['at home', { HOME: '/home/li' }, join('/home/li', '.config', 'handover', 'settings.txt')],
    ['no home', {}, null],
  ])('%s', (_, given, wanted) => expect(settingsPath({ env: given, cwd: '/work' })).toBe(wanted));
});

describe('what they say', () => {
  it.each([
    ['nothing', '', {}],
    ['remarks', '# mine\n\n', {}],
    [
      'all',
      'operator: 王芳\nlang: zh\nworkspace: jia\n',
      { operator: '王芳', lang: 'zh', workspace: join(folder, 'jia') },
    ],
    ['as Notepad writes', '\ufeffoperator: 王芳\r\nlang: en\r\n', { operator: '王芳', lang: 'en' }],
    ['as an input method writes', 'operator：王芳', { operator: '王芳' }],
    ['in quotes', 'operator: "王 芳"', { operator: '王 芳' }],
  ])('%s', (_, text, settings) => {
    writeFileSync(path, text);
    expect(readSettings({ env, cwd: folder })).toEqual({ settings, problem: null });
  });

  it.each([
    ['an unknown name', 'operator: a\ncolour: red\n', 2],
    ['an unknown language', 'lang: fr', 1],
    ['no value', '\noperator:', 2],
    ['no name', 'zh', 1],
  ])('%s is told with its line', (_, text, line) => {
    writeFileSync(path, text);
    expect(readSettings({ env, cwd: folder }).problem).toEqual({ code: 'CLI_SETTINGS_LINE', path, line });
  });

  it.each([
    ['other bytes', new Uint8Array([0xff, 0xfe, 0x6f, 0])],
    ['far too much', new Uint8Array(70_000).fill(0x23)],
  ])('%s cannot be read', (_, bytes) => {
    writeFileSync(path, bytes);
    expect(readSettings({ env, cwd: folder }).problem).toEqual({ code: 'CLI_SETTINGS_UNREADABLE', path });
  });

  it('need not be there', () => {
    rmSync(path, { force: true });
    expect(readSettings({ env, cwd: folder })).toEqual({ settings: {}, problem: null });
  });
});

describe('a command', () => {
  const elsewhere = join(folder, 'elsewhere');

  it('takes operator, language and workspace from the settings, and its own options before them', async () => {
    writeFileSync(path, `operator: 王芳\nlang: zh\nworkspace: ${join(folder, 'jia')}\n`);
    const card = join(folder, 'out.card.json');
    const exported = await runIn({ cwd: elsewhere, env }, 'card', 'export', '--out', card, '--force');
    expect(exported.exit, exported.stderr).toBe(0);
    expect(exported.stdout).toMatch(/\p{Script=Han}/u);
    const log = await runIn({ cwd: elsewhere, env }, 'audit', 'log', '--json');
    expect(log.exit, log.stderr).toBe(0);
    const english = await runIn({ cwd: elsewhere, env }, 'status', '--lang', 'en');
    expect(english.stdout).not.toMatch(/工作区/);
  });

  it('is refused with what is wrong in them, but help is not', async () => {
    writeFileSync(path, 'nonsense\n');
    const refused = await runIn({ cwd: elsewhere, env }, 'status');
    expect([refused.exit, refused.stderr]).toEqual([2, expect.stringContaining('CLI_SETTINGS_LINE')]);
    expect((await runIn({ cwd: elsewhere, env }, 'status', '--help')).exit).toBe(0);
    rmSync(path);
  });

  it.each([
    ['a system that is silent', { LANG: 'C.UTF-8' }, '', true],
    ['a system that says nothing at all', { LANG: '' }, '', true],
    ['POSIX', { LC_ALL: 'POSIX' }, 'zh-CN', true],
    ['a system that speaks', { LANG: 'en_US.UTF-8' }, '', false],
    ['Windows, which speaks', { LANG: '' }, 'en-US', false],
  ])('speaks as the workspace was made: %s', async (_, spoken, locale, isChinese) => {
    const said = await runIn({ cwd: join(folder, 'jia'), env: spoken, locale }, 'trust', 'list');
    expect(said.exit, said.stderr).toBe(0);
    expect(/\p{Script=Han}/u.test(said.stdout)).toBe(isChinese);
  });
});

describe('help as a document', () => {
  it.each([
    [['--help'], 40],
    [['card', '--help'], 2],
    [['card', 'show', '--help'], 1],
  ])('%j names its commands with arguments and options', async (argv, least) => {
    const { stdout, exit } = await runIn({ cwd: folder, locale: 'zh-CN' }, ...argv, '--lang', 'zh');
    expect([exit, stdout === '']).toEqual([0, false]);
    const document = JSON.parse(
      await runIn({ cwd: folder }, ...argv, '--json', '--lang', 'zh').then((ended) => ended.stdout),
    );
    expect(document.format).toBe('handover.help/1');
    expect(document.commands.length).toBeGreaterThanOrEqual(least);
    expect(document.commands[0]).toMatchObject({ summary: expect.stringMatching(/\p{Script=Han}/u) });
    expect(document.everywhere.map(({ option }: { option: string }) => option)).toContain('--json');
  });
});
