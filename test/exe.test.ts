import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysBefore, todayInShanghai } from '../fixtures/customers/days.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { leftoversBelow } from './kit/folders.js';

/*
 * The program as one executable file, alone in a root folder that holds nothing but the system's C libraries: no Node, no shell, no /usr.
 * `npm run build:exe` makes it, and HANDOVER_EXE says where it is; .ci/run does both. Without it, or where nobody may change the root
 * folder of a process, nothing of this is tried.
 */

const executable = process.env['HANDOVER_EXE'] ?? '';
const cannot = executable === '' || spawnSync('unshare', ['--mount', '--root=/', 'true']).status !== 0;

const root = cannot ? '' : realpathSync(mkdtempSync(join(tmpdir(), 'handover-bare-')));

beforeAll(() => {
  if (cannot) return;
  for (const folder of ['bin', 'tmp', 'dev']) mkdirSync(join(root, folder));
  copyFileSync(resolve(executable), join(root, 'bin', 'handover'));
  const libraries = execFileSync('ldd', [resolve(executable)], { encoding: 'utf8' }).matchAll(/\/[^\s)]+/g);
  for (const [library] of libraries) {
    mkdirSync(dirname(join(root, library)), { recursive: true });
    copyFileSync(realpathSync(library), join(root, library));
  }
  for (const [name, minor] of [
    ['null', '3'],
    ['zero', '5'],
    ['urandom', '9'],
  ] as const)
    execFileSync('mknod', ['-m', '666', join(root, 'dev', name), 'c', '1', minor]);
});

afterAll(() => {
  if (root !== '') rmSync(root, { recursive: true, force: true });
});

const within = (cwd: string, argv: readonly string[]): readonly string[] => [
  '--mount',
  `--root=${root}`,
  `--wd=${cwd}`,
  '/bin/handover',
  ...argv,
];

function handover(argv: readonly string[], cwd = '/tmp', env: Record<string, string> = {}) {
  return spawnSync('unshare', within(cwd, argv), {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HANDOVER_OPERATOR: '王芳', LANG: 'en_US.UTF-8', ...env },
  });
}

const workspace = ['--role', 'seller', '--name', '上海甲家政服务有限公司', '--phone', '021-64380000'];

describe.skipIf(cannot)('one executable file in a bare root folder', () => {
  it('has nothing there but itself and the C libraries', () => {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    expect(files.map(({ name }) => name).filter((name) => !/\.so\b/.test(name))).toEqual(['handover']);
  });

  it('finds database, cryptography, file names and threads in order, with the SQLite of Node itself', () => {
    const { status, stdout, stderr } = handover(['doctor', '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { findings }: { findings: readonly { check: string; state: string; detail: string }[] } =
      JSON.parse(stdout);
    expect(findings.filter(({ state }) => state !== 'good')).toEqual([]);
    expect(findings.find(({ check }) => check === 'database')?.detail).toMatch(/^builtin 3\./);
    expect(findings.map(({ check }) => check)).toContain('thread');
  });

  it('heeds no options of Node that somebody left in the environment, and loads nothing from beside itself', () => {
    const package_ = join(root, 'bin', 'node_modules', 'better-sqlite3');
    mkdirSync(package_, { recursive: true });
    writeFileSync(join(package_, 'package.json'), '{"version":"12.0.0","main":"index.js"}');
    writeFileSync(join(package_, 'index.js'), `require('node:fs').writeFileSync('/tmp/taken', '')`);
    const { status, stdout } = handover(['doctor', '--lang', 'en'], '/tmp', {
      NODE_OPTIONS: '--require /tmp/missing.js',
    });
    rmSync(join(root, 'bin', 'node_modules'), { recursive: true });
    expect({ status, out: stdout }).toEqual({ status: 0, out: expect.stringContaining('of Node.js') });
    expect(existsSync(join(root, 'tmp', 'taken'))).toBe(false);
  });

  it('reads a large file with its threads, and stops cleanly at a signal', { timeout: 180_000 }, async () => {
    const today = todayInShanghai();
    await writeCustomers({
      out: join(root, 'tmp', 'customers.csv'),
      rows: 120_000,
      seed: 1,
      today: daysBefore(today, 3),
      mess: false,
    });
    expect(handover(['init', 'jia', ...workspace, '--unprotected', '--classic']).status).toBe(0);
    const child = spawn('unshare', within('/tmp/jia', ['import', '../customers.csv', '--lang', 'en']), {
      env: { HANDOVER_OPERATOR: '王芳', PATH: process.env['PATH'] },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const begun = setInterval(() => {
      if (leftoversBelow(join(root, 'tmp', 'jia')).length === 0) return;
      clearInterval(begun);
      child.kill('SIGINT');
    }, 5);
    const exit = await new Promise((done) => child.on('close', done));
    clearInterval(begun);
    expect([exit, said]).toEqual([130, expect.stringContaining('CLI_INTERRUPTED')]);
    expect(leftoversBelow(join(root, 'tmp', 'jia'))).toEqual([]);
    const again = handover(['import', '../customers.csv', '--json'], '/tmp/jia');
    expect(again.status, again.stderr).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ exit: 0 });
  });

  it('performs a whole handover between two firms', { timeout: 600_000 }, () => {
    const command = join(root, 'enter');
    const enter = `#!/bin/sh\nexec unshare --mount --root=${root} --wd="\${PWD#${root}}" /bin/handover "$@"\n`;
    writeFileSync(command, enter);
    chmodSync(command, 0o755);
    const demo = join(import.meta.dirname, '..', 'fixtures', 'demo', 'demo.js');
    const out = join(root, 'tmp', 'demo');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [demo, '--out', out, '--program', command],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      },
    );
    expect(status, `${stdout.slice(-3000)}${stderr}`).toBe(0);
    expect(readdirSync(join(out, 'evidence'))).toContain('report.html');
  });
});
