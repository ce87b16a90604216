import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BIN, Handover, spreadUnderParallel } from '../test/cluster/handover.js';
import { missingPackages, startHosts, workerScript } from '../test/cluster/hosts.js';
import { NODE_FLAGS } from '../exe/node-flags.js';
import { measure } from './measure.js';
import { printTable } from './table.js';

/** @import { Cost } from './measure.js' */

const HELP = `Measures a handover whose parts are read, sealed and opened one by one, and how many parts a minute workers seal under GNU parallel.

  npm run bench:cluster [-- OPTIONS]

  --rows N      customers                                    (1000000)
  --workers L   how many workers at once, one after another  (1,2,3)
`;

const OUT = fileURLToPath(new URL('./out/cluster/', import.meta.url));
const ENV = { HANDOVER_OPERATOR: 'bench' };

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(args, cwd) {
  return measure([process.execPath, ...NODE_FLAGS, BIN, ...args, '--yes', '--no-input', '--quiet'], {
    cwd,
    env: ENV,
  });
}

/**
 * The bytes of a file, or of all in a folder.
 *
 * @param {string} path
 * @returns {number}
 */
function bytesOf(path) {
  const there = statSync(path);
  if (!there.isDirectory()) return there.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

/** @param {string} folder of parts */
function countIn(folder) {
  return readdirSync(folder).length;
}

/**
 * The sum of what commands cost one after another.
 *
 * @param {number} count
 * @param {(n: number) => readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<Cost>}
 */
async function each(count, args, cwd) {
  const sum = { wall: 0, cpu: 0, peak: 0, stdout: '' };
  for (let n = 1; n <= count; n++) {
    const cost = await run(args(n), cwd);
    sum.wall += cost.wall;
    sum.cpu += cost.cpu;
    sum.peak = Math.max(sum.peak, cost.peak);
  }
  return sum;
}

/**
 * A file that is read part by part, beside the same file on one machine.
 *
 * @param {number} rows
 */
async function reading(rows) {
  const work = join(OUT, 'work');
  mkdirSync(work);
  const firms = await Handover.prepare(work, rows, false);
  const file = join(work, 'customers.csv');
  const [ranges, key] = [join(work, 'reading'), join(work, 'reading.key')];
  const plan = await run(['source', 'plan', file, ranges, '--key', key, '--json'], firms.seller);
  const parts = Number(JSON.parse(plan.stdout).parts);
  const read = (/** @type {number} */ n) => ['source', 'read-part', ranges, String(n), '--key', key];
  const all = await each(parts, read, work);
  const sizes = [{ what: 'read/', bytes: bytesOf(join(ranges, 'read')), of: rows }];
  const home = await run(['import', '--read', ranges], firms.seller);
  sizes.push({ what: 'store after import', bytes: bytesOf(join(firms.seller, 'handover.db')), of: rows });
  const beside = join(work, 'beside');
  mkdirSync(beside);
  const others = await Handover.prepare(beside, rows, false);
  const whole = await run(['import', join(beside, 'customers.csv')], others.seller);
  rmSync(work, { recursive: true });
  /** @type {[string, Cost, number][]} */
  const costs = [
    ['source plan', plan, 1],
    ['source read-part, all', all, parts],
    ['import --read', home, 1],
    ['import FILE, beside it', whole, 1],
  ];
  return { costs, sizes };
}

/** @param {number} rows */
async function alone(rows) {
  const read = await reading(rows);
  const firms = await Handover.prepare(OUT, rows);
  const [lots, key] = [join(OUT, 'lots'), join(OUT, 'lots.key')];
  const [opening, other] = [join(OUT, 'opening'), join(OUT, 'opening.key')];
  const costs = [...read.costs];
  costs.push(['bundle plan', await run(['bundle', 'plan', lots, '--key', key], firms.seller), 1]);
  const parts = countIn(join(lots, 'lots'));
  const sizes = [
    ...read.sizes,
    { what: 'store after check', bytes: bytesOf(join(firms.seller, 'handover.db')), of: rows },
    { what: 'lots/', bytes: bytesOf(join(lots, 'lots')), of: rows },
  ];
  const seal = (/** @type {number} */ n) => ['bundle', 'seal-part', lots, String(n), '--key', key];
  costs.push(['bundle seal-part, all', await each(parts, seal, OUT), parts]);
  sizes.push({ what: 'sealed/', bytes: bytesOf(join(lots, 'sealed')), of: rows });
  costs.push(['bundle assemble', await run(['bundle', 'assemble', lots], firms.seller), 1]);
  const bundle = firms.bundle(1);
  const split = await run(['bundle', 'split', bundle, opening, '--key', other, '--json'], firms.buyer);
  costs.push(['bundle split', split, 1]);
  const entries = Number(JSON.parse(split.stdout).parts);
  const open = (/** @type {number} */ n) => [
    'bundle',
    'open-part',
    opening,
    String(n),
    '--bundle',
    bundle,
    '--key',
    other,
  ];
  costs.push(['bundle open-part, all', await each(entries, open, OUT), entries]);
  const sealed = Number(JSON.parse(split.stdout).rows);
  sizes.push({ what: 'bundle', bytes: bytesOf(bundle), of: sealed });
  sizes.push({ what: 'opened/', bytes: bytesOf(join(opening, 'opened')), of: sealed });
  costs.push(['receive --opened', await run(['receive', bundle, '--opened', opening], firms.buyer), 1]);
  return { firms, costs, sizes, sealed };
}

/**
 * Parts a minute, by how many are sealed at once.
 *
 * @param {Handover} firms
 * @param {readonly number[]} workers
 */
async function curve(firms, workers) {
  const cluster = await startHosts(join(OUT, 'hosts'), ['one']);
  const rows = [];
  try {
    for (const jobs of workers) {
      const { folder, parts, command } = firms.sealing(48, `lots-${jobs}`);
      const words = [process.execPath, ...NODE_FLAGS, BIN, ...command, '--quiet'];
      const worker = workerScript(join(OUT, 'hosts'), words);
      const log = join(OUT, `joblog-${jobs}`);
      const { seconds } = await spreadUnderParallel({
        worker,
        ssh: cluster.ssh,
        hosts: cluster.hosts,
        jobs,
        parts,
        log,
      });
      rows.push([String(jobs), String(parts), seconds.toFixed(1), ((60 * parts) / seconds).toFixed(0)]);
      rmSync(folder, { recursive: true });
    }
  } finally {
    await cluster.stop();
  }
  return rows;
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    workers: { type: 'string', default: '1,2,3' },
    help: { type: 'boolean', default: false },
  },
});
const missing = missingPackages();
if (values.help || missing.length > 0) {
  process.stdout.write(values.help ? HELP : `missing: ${missing.join(', ')}\n`);
  process.exit(values.help ? 0 : 2);
}
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
try {
  const { firms, costs, sizes, sealed } = await alone(Number(values.rows));
  printTable(
    ['command', 'parts', 'CPU', 'peak memory'],
    costs.map(([name, { cpu, peak }, parts]) => [
      name,
      String(parts),
      `${cpu.toFixed(1)} s`,
      `${peak.toFixed(0)} MiB`,
    ]),
  );
  process.stdout.write(`${sealed} customers went\n\n`);
  printTable(
    ['what lies where', 'bytes a customer'],
    sizes.map(({ what, bytes, of }) => [what, (bytes / of).toFixed(1)]),
  );
  process.stdout.write('\n');
  printTable(
    ['workers', 'parts', 'wall', 'parts a minute'],
    await curve(firms, values.workers.split(',').map(Number)),
  );
} finally {
  rmSync(OUT, { recursive: true, force: true });
}
