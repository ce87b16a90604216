import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { SignalName } from '../../src/cli/system.js';
import { languageOf } from '../../src/cli/language.js';
import { settingOf } from '../../src/cli/run.js';
import { VERSION } from '../../src/base/version.js';
import { runIn } from './world.js';

const folder = mkdtempSync(join(tmpdir(), 'handover-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
  expect(VERSION).toBe(version);
});

describe('language', () => {
  test.each([
    [['--lang', 'zh'], { LANG: 'en_US.UTF-8' }, 'en-US', 'zh'],
    [['status', '--lang=en'], { LANG: 'zh_CN.UTF-8' }, 'zh-CN', 'en'],
    [['--', '--lang', 'zh'], { LANG: 'en_US.UTF-8' }, 'en-US', 'en'],
    [[], { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'zh-CN', 'en'],
    [[], { LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW.UTF-8' }, 'en-US', 'zh'],
    [[], {}, 'zh-CN', 'zh'],
    [[], {}, 'de-DE', 'en'],
  ])('%j in %j of a system in %s is %s', (argv, env, locale, wanted) => {
    expect(languageOf(argv, { env, locale, cwd: folder }, {})).toBe(wanted);
  });
});

describe('colour', () => {
  const tty = { write() {}, isTTY: true, columns: 100 };
  test.each([
    ['a terminal', tty, [], {}, true],
    ['a file', { ...tty, isTTY: false }, [], {}, false],
    ['NO_COLOR', tty, [], { NO_COLOR: '1' }, false],
    ['--no-color', tty, ['--no-color'], {}, false],
    ['a dumb terminal', tty, [], { TERM: 'dumb' }, false],
  ])('%s', (_, output, argv, env, wanted) => expect(settingOf(output, argv, env).color).toBe(wanted));
});

describe('signals', () => {
  /** A passphrase is asked for while the signal comes. */
  async function interruptedBy(signal: SignalName) {
    let handler: ((signal: SignalName) => void) | undefined;
    const setting = {
      cwd: folder,
      env: { USER: 'tester' },
      answers: [] as string[],
      onSignal: (given: (signal: SignalName) => void) => {
        handler = given;
        return () => {
          handler = undefined;
        };
      },
    };
    const running = runIn(
      setting,
      ...['init', 'jia', '--role', 'seller', '--name', 'Jia', '--phone', '1', '--lang', 'en'],
    );
    handler?.(signal);
    const ended = await running;
    expect(handler).toBeUndefined();
    return ended;
  }

  test.each([
    ['SIGINT', 130, 'CLI_INTERRUPTED'],
    ['SIGTERM', 143, 'CLI_TERMINATED'],
  ] as const)('%s ends with %d', async (signal, exit, code) => {
    const ended = await interruptedBy(signal);
    expect(ended.exit).toBe(exit);
    expect(ended.stderr).toContain(code);
    expect(ended.stdout).toBe('');
  });
});

test('a fault is scrubbed, and --debug shows where it was and no message', async () => {
  // Nobody answers in this world: the passphrase prompt throws an error with a text of its own.
  const argv = [
    'init',
    'yi',
    '--role',
    'buyer',
    '--name',
    'Yi',
    '--phone',
    '1',
    '--lang',
    'en',
    '--operator',
    'x',
  ];
  const setting = { cwd: folder, answers: [] };
  const plain = await runIn(setting, ...argv);
  expect(plain.exit).toBe(1);
  expect(plain.stderr).toContain('CLI_FAULT');
  expect(plain.stderr).not.toContain('nobody answers');
  const debug = await runIn(setting, ...argv, '--debug');
  expect(debug.stderr).toMatch(/src\/cli\/passphrase\.ts:\d+/);
  expect(debug.stderr).not.toContain('nobody answers');
});

test('a quiet success prints no progress and no next step', async () => {
  writeFileSync(join(folder, 'pass'), 'correct horse battery\n', { mode: 0o600 });
  const argv = [
    'init',
    'quiet',
    '--role',
    'buyer',
    '--name',
    'Yi',
    '--phone',
    '1',
    '--unprotected',
    '--quiet',
  ];
  const ended = await runIn({ cwd: folder, env: { USER: 'tester' } }, ...argv);
  expect(ended).toMatchObject({ exit: 0, stderr: '' });
  expect(ended.stdout).not.toContain('Next');
});
