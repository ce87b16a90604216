import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { EXIT } from '../src/messages/exit.js';
import type { Ended } from './cli/world.js';
import { endOf, Firms, type Moment, shown } from './kit/firms.js';
import { runInside } from './kit/inside.js';
import { startAndEnd } from './kit/process.js';

/*
 * A machine that fails: an error of the system in the place of each operation that writes, one at a time. Every end is a problem with an exit
 * of the table, the workspace is whole afterwards, nothing half-written lies about, and the same command does its work when it is run again.
 */

const ERRORS = ['EIO', 'ENOSPC', 'EROFS', 'EACCES'];
const isSlow = process.env['SLOW'] === '1';
const inJia = ['--workspace', 'jia'];
const inYi = ['--workspace', 'yi'];

let start: Firms;
let sent = '';
let customer = '';
let received: Firms;
/** Everything is settled, and nothing was sent yet. */
let checked: Firms;
beforeAll(async () => {
  start = await Firms.withDeal();
  await writeCustomers({ rows: 60, seed: 1, mess: false, out: start.post('c.csv') });
  received = start.copy();
  checked = start.copy();
  await checked.done('import', 'post/c.csv', ...inJia);
  await checked.done('check', ...inJia);
  customer = await someoneHandedOver(start);
  const bundle = await received.done('export', 'post/c.csv', '--deal', 'D-1', ...inJia);
  sent = bundle.text('bundle.path').slice(received.folder.length + 1);
  await received.done('receive', sent, ...inYi);
  await received.done('receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', ...inJia);
  received.time = `${Number(received.time.slice(0, 4)) + 4}${received.time.slice(4)}`;
});
afterAll(() => {
  start.remove();
  received.remove();
  checked.remove();
});

/** The number of a customer who goes to the buyer. */
async function someoneHandedOver(firms: Firms): Promise<string> {
  const trial = firms.copy();
  await trial.done('export', 'post/c.csv', '--deal', 'D-1', ...inJia);
  await trial.done('receive', 'jia/exchange/D-1-1.handover.zip', ...inYi);
  await trial.done('extract', '--format', 'csv', '--out', 'post/all.csv', '--yes', ...inYi);
  const [, line = ''] = readFileSync(trial.post('all.csv'), 'utf8').split('\n');
  trial.remove();
  return line.split(',')[0] ?? '';
}

interface Case {
  /** What is done before in each folder, without any fault. */
  readonly first?: readonly (readonly string[])[];
  /** How it may end when it is run again after its work was done. */
  readonly done?: readonly string[];
  readonly argv: readonly string[];
  readonly firm: 'jia' | 'yi';
  readonly from: () => Firms;
}

const reading = ['source', 'plan', 'post/c.csv', 'post/reading', '--key', 'post/reading.key', ...inJia];
const readPart = ['source', 'read-part', 'post/reading', '1', '--key', 'post/reading.key'];
const lots = ['bundle', 'plan', 'post/lots', '--key', 'post/lots.key', ...inJia];
const sealPart = ['bundle', 'seal-part', 'post/lots', '1', '--key', 'post/lots.key'];

const CASES: Readonly<Record<string, Case>> = {
  import: { argv: ['import', 'post/c.csv', ...inJia], firm: 'jia', from: () => start },
  export: { argv: ['export', 'post/c.csv', '--deal', 'D-1', ...inJia], firm: 'jia', from: () => start },
  extract: {
    argv: ['extract', '--format', 'csv', '--out', 'post/all.csv', '--yes', ...inYi],
    firm: 'yi',
    from: () => received,
  },
  'source plan': { argv: reading, firm: 'jia', from: () => start, done: ['2 LOTS_TAKEN'] },
  'source read-part': { first: [reading], argv: readPart, firm: 'jia', from: () => start },
  'import of read parts': {
    first: [reading, readPart],
    argv: ['import', '--read', 'post/reading', ...inJia],
    firm: 'jia',
    from: () => start,
    done: ['2 FILE_NOT_FOUND'],
  },
  'bundle plan': { argv: lots, firm: 'jia', from: () => checked, done: ['2 LOTS_TAKEN'] },
  'bundle seal-part': { first: [lots], argv: sealPart, firm: 'jia', from: () => checked },
  'bundle assemble': {
    first: [lots, sealPart],
    argv: ['bundle', 'assemble', 'post/lots', ...inJia],
    firm: 'jia',
    from: () => checked,
    done: ['2 FILE_NOT_FOUND'],
  },
};

/** Names that are temporary: of whole files, of shredded ones, of a workspace that is being made, of the vault. */
const isDraft = (name: string): boolean => /\.part$|^\.handover|\.handover-init$|^\.vault\.keys\./.test(name);

function draftsIn(firms: Firms): readonly string[] {
  return readdirSync(firms.folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    isDraft(path.split('/').at(-1) ?? ''),
  );
}

/** The last that a command does, when its work is done: the log of the database is emptied. */
const CLOSING = 'PRAGMA wal_checkpoint(TRUNCATE)';

/** What has to hold after a command that ended, however it did. */
async function expectWhole(ended: Ended, firms: Firms, firm: string, what: string): Promise<void> {
  const exits: readonly number[] = Object.values(EXIT).filter((exit) => exit !== EXIT.fault);
  expect(exits, `${what}: ${ended.stderr}`).toContain(ended.exit);
  if (ended.exit !== 0) expect(ended.stderr, what).toMatch(/[A-Z]+_[A-Z_]+/);
  expect(ended.stdout + ended.stderr, what).not.toMatch(/injected|\bat .*\.js:/);
  const verified = await firms.run('audit', 'verify', '--workspace', firm);
  expect(verified.exit, `${what}\n${shown(verified)}`).toBe(0);
  expect(draftsIn(firms), what).toEqual([]);
}

describe.each(Object.entries(CASES))('%s', (name, { first: before = [], argv, firm, from, done = [] }) => {
  let operations: readonly string[] = [];
  let firms: Firms;
  let moment: Moment;
  beforeAll(async () => {
    firms = from().copy();
    for (const each of before) await firms.done(...each);
    moment = firms.moment();
    const whole = await runInside(argv, firms.folder, '');
    expect(whole.exit, whole.stderr).toBe(0);
    operations = whole.operations;
    expect(operations.length).toBeGreaterThan(before.length === 1 ? 8 : 20);
  });
  afterAll(() => {
    firms.remove();
    moment.forget();
  });

  test.each(ERRORS)(
    'with %s at each operation',
    async (errno) => {
      // A different share for each error, so that together they meet most operations.
      const step = isSlow ? 1 : Math.ceil(operations.length / 5);
      const first = isSlow ? 1 : 1 + Math.floor((step * ERRORS.indexOf(errno)) / ERRORS.length);
      const exits = new Set<number>();
      for (let at = first; at <= operations.length; at += step) {
        moment.takeBack();
        const ended = await runInside(argv, firms.folder, `${errno}@${at}`);
        const what = `${name}, ${errno} at ${at}: ${operations[at - 1]}`;
        exits.add(ended.exit);
        await expectWhole(ended, firms, firm, what);
        if (ended.exit !== 0) {
          const again = await firms.run(...argv);
          // What was done before the error stays done; a file that was written is not written over.
          const isWritten =
            again.stderr.includes('FILE_EXISTS') && (operations[at - 1] ?? '').includes(CLOSING);
          if (done.includes(endOf(again))) expect(isNearEnd(operations, at), what).toBe(true);
          else expect(isWritten ? [2] : [0, 4], `${what}, again: ${shown(again)}`).toContain(again.exit);
        }
      }
      expect([...exits].some((exit) => exit !== 0)).toBe(true);
    },
    600_000,
  );
});

/** Whether an operation is behind the last that gives or takes a name, or is one of the last few: then the work is done. */
function isNearEnd(operations: readonly string[], at: number): boolean {
  return at > operations.length - 30;
}

describe('a disk without hard links', () => {
  test('works from init to purge', async () => {
    const firms = start.copy();
    let links = 0;
    for (const argv of [
      [
        'init',
        'new',
        '--role',
        'seller',
        '--name',
        '丙',
        '--phone',
        '021-5550100',
        '--unprotected',
        '--classic',
      ],
      CASES['export']?.argv ?? [],
      ['receive', 'jia/exchange/D-1-1.handover.zip', ...inYi],
      ['receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', ...inJia],
      ['extract', '--format', 'csv', '--out', 'post/all.csv', '--yes', ...inYi],
      ['subject', 'erase', customer, '--requester', 'self', '--verified', 'callback', '--yes', ...inYi],
    ]) {
      const ended = await runInside(argv, firms.folder, 'EPERM@link*');
      expect(ended.exit, `${argv.join(' ')}: ${ended.stderr}`).toBe(0);
      links += ended.operations.filter((operation) => operation.startsWith('link')).length;
    }
    expect(links).toBeGreaterThan(5);
    expect(endOf(await firms.run('audit', 'verify', ...inJia))).toBe('0');
    expect(draftsIn(firms)).toEqual([]);
    firms.remove();
  }, 240_000);

  test('and the vault is whole wherever it is killed while it is written anew', async () => {
    const argv = CASES['import']?.argv ?? [];
    const count = start.copy();
    const env = { HANDOVER_FAIL: 'EPERM@link*' };
    const { operations } = await runInside(argv, count.folder, env.HANDOVER_FAIL);
    count.remove();
    const first = operations.findIndex(
      (operation) => operation.startsWith('link vault') || operation.startsWith('link .vault'),
    );
    expect(first).toBeGreaterThan(0);
    for (let at = first; at < first + 9; at += 1) {
      const firms = start.copy();
      const ended = await startAndEnd(argv, { cwd: firms.folder, env, stop: { signal: 'SIGKILL', at } });
      expect(ended.signal).toBe('SIGKILL');
      const again = await runInside(argv, firms.folder, env.HANDOVER_FAIL);
      expect(again.exit, `killed at ${operations[at - 1]}: ${again.stderr}`).toBe(0);
      expect(draftsIn(firms)).toEqual([]);
      expect(existsSync(firms.path('jia', 'keys', 'vault.keys'))).toBe(true);
      firms.remove();
    }
  }, 240_000);
});

test('a disk on which everybody can read everything is refused by init, which leaves nothing', async () => {
  const firms = await Firms.empty();
  const argv = (at: string) => [
    ...[
      'init',
      at,
      '--role',
      'seller',
      '--name',
      '甲',
      '--phone',
      '021-5550100',
      '--unprotected',
      '--classic',
    ],
  ];
  mkdirSync(firms.path('there'));
  for (const at of ['new', 'there']) {
    const ended = await startAndEnd(argv(at), { cwd: firms.folder, env: { HANDOVER_NO_MODES: '1' } });
    expect([ended.exit, ended.stderr]).toEqual([10, expect.stringContaining('WORKSPACE_NO_MODES')]);
    expect(readdirSync(firms.folder).sort()).toEqual(['post', 'there']);
    expect(readdirSync(firms.path('there'))).toEqual([]);
  }
  rmSync(firms.folder, { recursive: true });
});

describe('a thread that is lost', () => {
  let large: Firms;
  beforeAll(async () => {
    large = await Firms.withDeal();
    await writeCustomers({ rows: 24_000, seed: 2, mess: false, out: large.post('c.csv') });
  }, 240_000);
  afterAll(() => large.remove());

  /** One command after the other, each with threads lost at several moments, until it is let end well; 0 where none has work for threads. */
  test.each([
    ['import', 6, ['import', 'post/c.csv', ...inJia], 'jia'],
    ['check', 6, ['check', '--deal', 'D-1', ...inJia], 'jia'],
    ['export', 15, ['export', '--deal', 'D-1', ...inJia], 'jia'],
    ['receive', 16, ['receive', 'jia/exchange/D-1-1.handover.zip', ...inYi], 'yi'],
    ['extract', 0, ['extract', '--format', 'csv', '--out', 'post/all.csv', '--yes', ...inYi], 'yi'],
    [
      'subject erase',
      0,
      ['subject', 'erase', '1', '--requester', 'self', '--verified', 'callback', '--yes', ...inYi],
      'yi',
    ],
  ] as const)(
    'in %s: a problem, nothing half-written, and the next run does the work',
    async (name, middle, argv, firm) => {
      const words = argv.map((word) => (word === '1' ? customer : word));
      // From the beginning on: the second message, and one in the middle of them.
      for (const at of isSlow ? Array.from({ length: 1000 }, (_, i) => i + 1) : [2, middle]) {
        const env = { HANDOVER_LOSE_THREAD: String(at) };
        const ended = await startAndEnd(words, { cwd: large.folder, env });
        await expectWhole(ended, large, firm, `${name}, message ${at}`);
        // It has no threads, or nobody misses one that is lost after its last answer.
        if (ended.exit === 0 || ended.exit === 3) {
          expect(middle === 0 || at > middle, `${name} sends ${ended.messages} messages`).toBe(true);
          return;
        }
        expect(ended.stderr).toContain('WORKER_LOST');
      }
      // The built program: beside the sources there is no thread to start.
      const again = await runInside(words, large.folder, '');
      expect([0, 3], again.stderr).toContain(again.exit);
      expect(middle, 'is about the middle').toBeLessThan(again.messages - 2);
    },
    300_000,
  );
});
