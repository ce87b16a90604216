import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { daysBefore, todayInShanghai } from '../fixtures/customers/days.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { measure } from './measure.js';
import { agreed, BIN, PASSPHRASE } from './parties.js';
import { printTable } from './table.js';

/** @import { Cost } from './measure.js' */

/**
 * What people do all day, on the list of a small firm: each command again and again, as its user starts it, with keys under a passphrase,
 * beside programs that derive a key from a passphrase as well.
 */

const ROWS = 2317;
const DEAL = 'BENCH-002';

/** What each is meant to stay below, in seconds. */
const LIMITS = { status: 0.3, import: 0.8, check: 0.6 };

/**
 * @param {string} folder
 * @param {number} times
 */
async function run(folder, times) {
  const today = todayInShanghai();
  const file = join(folder, 'customers.csv');
  await writeCustomers({ out: file, rows: ROWS, seed: 14, today: daysBefore(today, 3) });
  const { parties, env, unattended } = await agreed(folder, { deal: DEAL, today, activity: true });
  const { seller } = parties;
  const started = (/** @type {readonly string[]} */ args) => [BIN, ...args, ...unattended, '--quiet'];
  /** @type {[string, number | null, Cost[]][]} */
  const rows = [];
  /**
   * @param {string} name
   * @param {readonly string[]} command
   * @param {number | null} limit
   */
  const again = async (name, command, limit = null) => {
    /** @type {Cost[]} */
    const costs = [];
    for (let i = 0; i < times; i++) costs.push(await measure(command, { cwd: seller, env }));
    rows.push([name, limit, costs]);
  };
  await again('node, and nothing else', [process.execPath, '-e', '0']);
  await again('handover --version', [BIN, '--version']);
  await measure(started(['import', file, '--force']), { cwd: seller, env });
  await again('handover import', started(['import', file, '--again', '--force']), LIMITS.import);
  await again('handover check', started(['check', '--deal', DEAL]), LIMITS.check);
  await again('handover status', started(['status']), LIMITS.status);
  const age = ageWithPassphrase(folder, file);
  if (age !== null) await again('age -d, with a passphrase', age);
  const restic = resticSnapshots(folder, seller);
  if (restic !== null) await again('restic snapshots', restic);
  return rows;
}

/**
 * age asks a terminal for its passphrase, so it is given one.
 *
 * @param {string} folder
 * @param {string} file
 * @returns {readonly string[] | null}
 */
function ageWithPassphrase(folder, file) {
  if (spawnSync('age', ['--version']).error !== undefined || !existsSync('/usr/bin/script')) return null;
  const sealed = join(folder, 'customers.age');
  const answers = `${PASSPHRASE}\n${PASSPHRASE}\n`;
  execFileSync('script', ['-qec', `age -p -o ${sealed} ${file}`, '/dev/null'], {
    input: answers,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  return ['sh', '-c', `echo '${PASSPHRASE}' | script -qec 'age -d -o /dev/null ${sealed}' /dev/null`];
}

/**
 * @param {string} folder
 * @param {string} content
 * @returns {readonly string[] | null}
 */
function resticSnapshots(folder, content) {
  if (spawnSync('restic', ['version']).error !== undefined) return null;
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  const options = ['--quiet', '-r', repository, '--password-file', join(folder, 'passphrase.txt')];
  execFileSync('restic', [...options, 'init'], { stdio: 'ignore' });
  execFileSync('restic', [...options, 'backup', content], { stdio: 'ignore' });
  return ['restic', ...options, 'snapshots'];
}

/** @param {readonly number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
/** @param {number} seconds */
const hundredths = (seconds) => `${seconds.toFixed(2)} s`;

const { values } = parseArgs({ options: { times: { type: 'string', default: '7' } } });
const folder = mkdtempSync(join(tmpdir(), 'handover-small-'));
try {
  const rows = await run(folder, Math.max(1, Number(values.times)));
  console.log(
    `${ROWS.toLocaleString('en')} customers, Node ${process.versions.node}, ${values.times} times each\n`,
  );
  printTable(
    ['what', 'median', 'best', 'CPU', 'meant to be below'],
    rows.map(([name, limit, costs]) => [
      name,
      hundredths(median(costs.map(({ wall }) => wall))),
      hundredths(Math.min(...costs.map(({ wall }) => wall))),
      hundredths(median(costs.map(({ cpu }) => cpu))),
      limit === null ? '' : hundredths(limit),
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
