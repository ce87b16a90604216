import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { endOf, Firms, shown } from './kit/firms.js';
import { filesBelow, leftoversBelow } from './kit/folders.js';
import { type InsideEnd, runInside } from './kit/inside.js';
import { type ProcessEnd, type Starting, startAndEnd } from './kit/process.js';

/*
 * Commands that write customers in clear, ended from outside: whatever the signal, nothing of theirs stays beside the file that was asked for,
 * and what a kill left there is swept by the next command, whichever it is.
 */

const inYi = ['--workspace', 'yi'];
let firms: Firms;
/** Before anything was received. */
let sent: Firms;
/** Before any process ran: the clock of those goes on, and on a slow machine what is done here afterwards would be earlier than what they did. */
let received: Firms;
beforeAll(async () => {
  firms = await Firms.withDeal();
  await writeCustomers({ rows: 400, seed: 1, mess: false, out: firms.post('c.csv') });
  mkdirSync(firms.path('desk'));
  const exported = await firms.done('export', 'post/c.csv', '--deal', 'D-1', '--workspace', 'jia');
  sent = firms.copy();
  await firms.done('receive', exported.text('bundle.path'), ...inYi);
  received = firms.copy();
});
afterAll(() => {
  firms.remove();
  received.remove();
  sent.remove();
});

/** Every file below a folder. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true }).map(String).sort();

/** A command in a process of its own, on the day of these firms. */
function starting(
  own: Firms,
  argv: readonly string[],
  how: Pick<Starting, 'stop' | 'fail'>,
): Promise<ProcessEnd> {
  return startAndEnd(argv, { cwd: own.folder, env: { HANDOVER_CLOCK: own.time }, ...how });
}

/** A command in this process, where it is not about how a process ends: on the same day, and with an error of the system, `EIO@12`. */
function inside(own: Firms, argv: readonly string[], fail = ''): Promise<InsideEnd> {
  return runInside(argv, own.folder, fail, own.time);
}

const extract = (format: string) => [
  'extract',
  '--format',
  format,
  '--out',
  `desk/all.${format}`,
  '--yes',
  ...inYi,
];

describe.each(['csv', 'ndjson', 'sqlite'])('extract to %s', (format) => {
  test.each([
    ['SIGHUP', 143],
    ['SIGQUIT', 143],
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ended by %s leaves nothing', async (signal, exit) => {
    const ended = await starting(firms, extract(format), {
      stop: { signal, at: format === 'sqlite' ? 'mkdir .all' : 'open .all' },
    });
    // A signal that comes when all is written changes nothing any more.
    expect([exit, 0], ended.stderr).toContain(ended.exit);
    expect(readdirSync(firms.path('desk')).filter((name) => name.startsWith('.'))).toEqual([]);
    if (ended.exit === exit) expect(readdirSync(firms.path('desk'))).toEqual([]);
    else for (const name of readdirSync(firms.path('desk'))) expect(name).toBe(`all.${format}`);
    firms.clear('desk');
  });
});

describe('commands for many machines', () => {
  const BUNDLE = 'jia/exchange/D-1-1.handover.zip';
  const inJia = ['--workspace', 'jia'];
  const plan = ['bundle', 'plan', 'desk/lots', '--key', 'desk/lots.key', '--again', ...inJia];
  const split = ['bundle', 'split', BUNDLE, 'desk/opening', '--key', 'desk/opening.key', ...inYi];
  const reading = [
    'source',
    'plan',
    'post/c.csv',
    'desk/reading',
    '--key',
    'desk/reading.key',
    '--again',
    ...inJia,
  ];
  const readPart = ['source', 'read-part', 'desk/reading', '1', '--key', 'desk/reading.key'];
  const COMMANDS: readonly (readonly [
    name: string,
    before: readonly (readonly string[])[],
    argv: readonly string[],
    at: string,
  ])[] = [
    ['plan', [], plan, 'open .00001.age'],
    ['plan, at its key', [], plan, 'open .lots.key'],
    [
      'seal-part',
      [plan],
      ['bundle', 'seal-part', 'desk/lots', '1', '--key', 'desk/lots.key'],
      'open .00001.parts',
    ],
    [
      'assemble',
      [plan, ['bundle', 'seal-part', 'desk/lots', '1', '--key', 'desk/lots.key']],
      ['bundle', 'assemble', 'desk/lots', ...inJia],
      'open .D-1-2',
    ],
    ['split', [], split, 'open .job.age'],
    ['split, at its key', [], split, 'open .opening.key'],
    [
      'open-part',
      [split],
      ['bundle', 'open-part', 'desk/opening', '1', '--bundle', BUNDLE, '--key', 'desk/opening.key'],
      'open .00001.index',
    ],
    [
      'receive of opened parts',
      [split, ['bundle', 'open-part', 'desk/opening', '1', '--bundle', BUNDLE, '--key', 'desk/opening.key']],
      ['receive', BUNDLE, '--opened', 'desk/opening', ...inYi],
      'sql BEGIN',
    ],
    ['source plan', [], reading, 'open .job.age'],
    ['source plan, at its key', [], reading, 'open .reading.key'],
    ['source read-part', [reading], readPart, 'open .00001.age'],
    [
      'import of read parts',
      [reading, readPart],
      ['import', '--read', 'desk/reading', '--as', 'list', '--force', ...inJia],
      'sql INSERT INTO page',
    ],
  ];

  test.each(COMMANDS)(
    '%s: Ctrl-C leaves what was there, and it can be begun again',
    async (_, before, argv, at) => {
      const own = sent.copy();
      for (const each of before) await own.done(...each);
      const files = filesBelow(own.folder);
      const ended = await startAndEnd(argv, { cwd: own.folder, stop: { signal: 'SIGINT', at } });
      expect(
        ended.operations.some((name) => name.startsWith(at)),
        ended.operations.join(),
      ).toBe(true);
      expect(leftoversBelow(own.folder)).toEqual([]);
      // A signal that comes when all is written changes nothing any more.
      expect([130, 0], ended.stderr).toContain(ended.exit);
      if (ended.exit === 130) {
        expect(ended.stderr).toContain('CLI_INTERRUPTED');
        expect(filesBelow(own.folder)).toEqual(files);
        await own.done(...argv);
      }
      own.remove();
    },
  );

  test.each([
    ['bundle plan', plan, 'desk/lots', 'open .job.age'],
    ['bundle split', split, 'desk/opening', 'open .opening.key'],
    ['source plan', reading, 'desk/reading', 'open .ranges.json'],
  ])(
    '%s: a kill leaves no folder under its name, and the same command does its work',
    async (_, argv, folder, at) => {
      const own = sent.copy();
      const ended = await startAndEnd(argv, { cwd: own.folder, stop: { signal: 'SIGKILL', at } });
      expect(ended.signal, ended.operations.join()).toBe('SIGKILL');
      expect(existsSync(own.path(folder))).toBe(false);
      await own.done(...argv);
      expect(existsSync(own.path(folder))).toBe(true);
      expect(leftoversBelow(own.folder)).toEqual([]);
      own.remove();
    },
  );
});

test('a draft that a kill left elsewhere is swept by the next command, and doctor finds nothing', async () => {
  const whole = firms.copy();
  const { operations } = await inside(whole, extract('csv'));
  whole.remove();
  // Right behind the operation that makes the draft.
  const at = operations.findIndex((name) => name.startsWith('open .all')) + 2;
  const killed = await starting(firms, extract('csv'), { stop: { signal: 'SIGKILL', at } });
  expect(killed.signal, operations.join()).toBe('SIGKILL');
  expect(readdirSync(firms.path('desk')).filter((name) => name.endsWith('.part'))).toHaveLength(1);
  const looked = await firms.run('doctor', ...inYi, '--json');
  expect(looked.stdout, shown(looked)).toContain('"check": "drafts",\n      "state": "good"');
  expect(readdirSync(firms.path('desk'))).toEqual([]);
  expect(readdirSync(firms.path('yi'))).not.toContain('drafts');
});

test('a draft in clear that cannot be removed is named by doctor, in the plan of a purge and in its certificate', async () => {
  const own = firms.copy();
  const customer = await someone(own);
  const draft = own.path('desk', '.all.csv.9999999999-0123456789abcdef.part');
  // A folder of the user's that nobody may change: what lies there stays.
  writeFileSync(draft, '张三,13800000001');
  mkdirSync(own.path('yi', 'drafts'), { mode: 0o700 });
  writeFileSync(own.path('yi', 'drafts', '0123456789abcdef'), draft, { mode: 0o600 });
  const fail = 'EPERM@rm .all.csv*';
  const erase = ['subject', 'erase', customer, '--requester', 'self', '--verified', 'callback'];
  const looked = await inside(own, ['doctor', ...inYi], fail);
  expect(looked.stdout.replace(/\s+/g, '')).toContain('9999999999-0123456789abcdef.part');
  const ended = await inside(own, [...erase, '--yes', '--json', ...inYi], fail);
  expect(ended.exit, ended.stderr).toBe(0);
  const shown = await inside(own, ['purge', 'show', '--json', ...inYi], fail);
  expect(shown.stdout).toContain('"code": "DRAFTS_LEFT"');
  expect(JSON.parse(shown.stdout).outcome).toBe('erased-with-limits');
  expect(existsSync(draft)).toBe(true);
  // Where it can be removed it is, by whatever command comes next, and nothing speaks of it.
  const free = await inside(own, ['purge', 'plan', '--dry-run', ...inYi]);
  expect(free.stdout).not.toContain('.part');
  expect(existsSync(draft)).toBe(false);
  own.remove();
});

/** The number of somebody whom the buyer has. */
async function someone(at: Firms): Promise<string> {
  await at.done('extract', '--format', 'csv', '--out', 'post/someone.csv', '--yes', ...inYi);
  const [, line = ''] = readFileSync(at.post('someone.csv'), 'utf8').split('\n');
  return line.split(',')[0] ?? '';
}

describe('a file that was overwritten and whose name stays', () => {
  test.each(['EPERM', 'EIO'])(
    '%s: the certificate says so, and nothing was called shredded',
    async (errno) => {
      const own = firms.copy();
      await someone(own);
      own.time = `${Number(own.time.slice(0, 4)) + 4}${own.time.slice(4)}`;
      await own.done('purge', 'plan', '--clock-is-right', ...inYi);
      const run = ['purge', 'run', '--shred', '--clock-is-right', '--yes', '--json', ...inYi];
      const ended = await inside(own, run, `${errno}@unlink .handover-shred*`);
      expect(ended.exit, ended.stderr).toBe(0);
      const { certificate, outcome } = JSON.parse(ended.stdout);
      expect(outcome).toBe('erased-with-limits');
      const results = certificate.files.map(({ result }: { result: string }) => result);
      expect(results).toContain('not-removed');
      expect(results).not.toContain('shredded');
      expect(JSON.stringify(certificate.limits)).toContain('"why":"not-removed"');
      const shown = await own.run('purge', 'show', '--lang', 'zh', ...inYi);
      expect(shown.stdout.replace(/\s+/g, '')).toContain('内容已经覆盖，但文件名删不掉');
      own.remove();
    },
  );
});

describe('a disk that fails as the command ends', () => {
  test.each([
    ['card export', ['card', 'export', ...inYi]],
    [
      'subject erase',
      ['subject', 'erase', 'SOMEONE', '--requester', 'self', '--verified', 'callback', '--yes', ...inYi],
    ],
  ])('%s tells it, and the next command empties the log of the database', async (_, argv) => {
    const own = received.copy();
    const customer = await someone(own);
    const words = argv.map((word) => (word === 'SOMEONE' ? customer : word));
    const count = own.copy();
    const { operations } = await inside(count, words);
    count.remove();
    const at = operations.findLastIndex((operation) => operation.startsWith('sql PRAGMA wal_checkpoint')) + 1;
    const ended = await starting(own, words, { fail: { errno: 'EIO', at } });
    expect([ended.exit, ended.stderr]).toEqual([75, expect.stringContaining('DISK_FAULT')]);
    // The clock of the process went on.
    own.time = new Date(Date.parse(own.time) + 3_600_000).toISOString();
    expect((await own.run('audit', 'verify', ...inYi)).exit).toBe(0);
    const wal = own.path('yi', 'handover.db-wal');
    expect(existsSync(wal) ? statSync(wal).size : 0).toBe(0);
    own.remove();
  });

  test('a database that no file can be added to says why: no room, and not a missing permission', async () => {
    const own = received.copy();
    const wal = own.path('yi', 'handover.db-wal');
    rmSync(wal, { force: true });
    // SQLite cannot open its log, and says no more than that.
    mkdirSync(wal, { mode: 0o700 });
    for (const [errno, exit, code] of [
      ['ENOSPC', 75, 'DISK_FULL'],
      ['EROFS', 75, 'DISK_READ_ONLY'],
      ['EACCES', 75, 'FILE_PERMISSION'],
    ] as const) {
      const ended = await inside(own, ['status', ...inYi], `${errno}@open .handover.db*`);
      expect([ended.exit, ended.stderr]).toEqual([exit, expect.stringContaining(code)]);
    }
    own.remove();
  });
});

test('Ctrl-C in the first moment is heard: one line, and the number of an interruption', async () => {
  const early =
    'data:text/javascript,' +
    encodeURIComponent(
      `const on = process.on; process.on = function (name, heard) { const done = on.call(this, name, heard); ` +
        `if (name === 'unhandledRejection') process.kill(process.pid, process.env.EARLY); return done; };`,
    );
  for (const [signal, exit, code] of [
    ['SIGINT', 130, 'CLI_INTERRUPTED'],
    ['SIGTERM', 143, 'CLI_TERMINATED'],
    ['SIGHUP', 143, 'CLI_TERMINATED'],
  ] as const) {
    const ended = spawnSync(
      process.execPath,
      ['--import', early, 'bin/handover.js', 'status', '--workspace', firms.path('jia')],
      {
        cwd: new URL('..', import.meta.url).pathname,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], EARLY: signal },
      },
    );
    expect([ended.status, ended.signal, ended.stdout]).toEqual([exit, null, '']);
    expect(ended.stderr).toMatch(new RegExp(`^\\S.*${code}\\n$`));
  }
});

test('Ctrl-C while Node still starts leaves nothing behind and shows no stack, whenever it comes', async () => {
  mkdirSync(firms.path('early'));
  const before = filesIn(firms.path('yi'));
  for (let wait = 0; wait <= 60; wait += 5) {
    const argv = ['extract', '--format', 'csv', '--out', firms.path('early', 'all.csv'), '--yes', ...inYi];
    const program = spawn(
      process.execPath,
      [new URL('../bin/handover.js', import.meta.url).pathname, ...argv],
      {
        cwd: firms.folder,
        env: { PATH: process.env['PATH'], HANDOVER_OPERATOR: 'x' },
      },
    );
    let said = '';
    for (const stream of [program.stdout, program.stderr]) stream.on('data', (bytes) => (said += bytes));
    const ended = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) =>
      program.once('close', (code, signal) => resolve([code, signal])),
    );
    await new Promise((resolve) => setTimeout(resolve, wait));
    program.kill('SIGINT');
    const [code, signal] = await ended;
    // Before the program listens, the system ends it; on a quick machine it may be done already.
    expect([130, 0, null], said).toContain(code);
    if (code === null) expect([signal, said]).toEqual(['SIGINT', '']);
    // A command that began may have said something already.
    if (code === 130) expect(said).toContain('CLI_INTERRUPTED');
    expect(said).not.toMatch(/^\s+at /m);
    expect(readdirSync(firms.path('early'))).toEqual(code === 0 ? ['all.csv'] : []);
    firms.clear('early');
  }
  expect(filesIn(firms.path('yi'))).toEqual(before);
}, 60_000);

test('a full disk for the output is told, with an exit of the table', async () => {
  writeFileSync(firms.path('x'), '');
  if (!existsSync('/dev/full')) return;
  const full = openSync('/dev/full', 'w');
  const ended = spawnSync(process.execPath, ['bin/handover.js', 'status', '--workspace', firms.path('jia')], {
    cwd: new URL('..', import.meta.url).pathname,
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  expect([ended.status, ended.stderr]).toEqual([75, expect.stringContaining('DISK_FULL')]);
  expect(endOf(await firms.run('status', '--workspace', 'jia'))).toBe('0');
});
