import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { endOf, Firms, shown } from './kit/firms.js';
import { startAndEnd } from './kit/process.js';

/*
 * Commands that write customers in clear, ended from outside: whatever the signal, nothing of theirs stays beside the file that was asked for,
 * and what a kill left there is swept by the next command, whichever it is.
 */

const inYi = ['--workspace', 'yi'];
let firms: Firms;
beforeAll(async () => {
  firms = await Firms.withDeal();
  await writeCustomers({ rows: 400, seed: 1, mess: false, out: firms.post('c.csv') });
  const sent = await firms.done('export', 'post/c.csv', '--deal', 'D-1', '--workspace', 'jia');
  await firms.done('receive', sent.text('bundle.path'), ...inYi);
  mkdirSync(firms.path('desk'));
});
afterAll(() => firms.remove());

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
    const ended = await startAndEnd(extract(format), {
      cwd: firms.folder,
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

test('a draft that a kill left elsewhere is swept by the next command, and doctor finds nothing', async () => {
  let left = 0;
  for (let at = 5; at < 60 && left === 0; at += 1) {
    await startAndEnd(extract('csv'), { cwd: firms.folder, stop: { signal: 'SIGKILL', at } });
    left = readdirSync(firms.path('desk')).filter((name) => name.endsWith('.part')).length;
    if (left === 0) firms.clear('desk');
  }
  expect(left).toBe(1);
  const looked = await firms.run('doctor', ...inYi, '--json');
  expect(looked.stdout, shown(looked)).toContain('"check": "drafts",\n      "state": "good"');
  expect(readdirSync(firms.path('desk'))).toEqual([]);
  expect(readdirSync(firms.path('yi'))).not.toContain('drafts');
});

test('a full disk for the output is told, with an exit of the table', async () => {
  writeFileSync(firms.path('x'), '');
  const { spawnSync } = await import('node:child_process');
  const { openSync, closeSync, existsSync } = await import('node:fs');
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
