import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { todayInShanghai } from '../fixtures/customers/days.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { chart } from './chart.js';
import { median } from './measure.js';
import { runProduct } from './product.js';
import { printTable, secondsText } from './table.js';

const HELP = `Measures how time and memory of a handover follow the rows and the cores: the seller's \`export FILE\` and the buyer's \`receive\`, each held to
one core, two, and all there are. Needs taskset (util-linux).

  npm run bench:curve [-- OPTIONS]

  --rows LIST   customers                 (100000,300000,1000000,3000000,10000000)
  --repeat K    runs of each, medians are shown; above three million rows one (3)
  --svg FILE    also draw the chart
  --json FILE   also write the numbers to a file
`;

const OUT = fileURLToPath(new URL('./out/', import.meta.url));

/** Above so many rows one run is enough: what varies from run to run is little beside it. */
const MANY = 3_000_000;

/** @typedef {{ rows: number, cores: number, stage: string, wall: number, cpu: number, peak: number }} Point */

/** One, two and all cores. */
function coreCounts() {
  return [...new Set([1, 2, availableParallelism()])].filter((cores) => cores <= availableParallelism());
}

/**
 * @param {{ rows: readonly number[], repeat: number, work: string }} options
 * @returns {Promise<Point[]>}
 */
async function measureCurve({ rows: sizes, repeat, work }) {
  const today = todayInShanghai();
  const points = [];
  for (const rows of sizes) {
    const file = join(work, 'customers.csv');
    await writeCustomers({ rows, seed: 1, profile: 'bench', today, out: file });
    /** @type {Map<string, Point[]>} */
    const runs = new Map();
    for (let run = 0; run < (rows > MANY ? 1 : repeat); run++)
      for (const cores of coreCounts()) {
        console.error(`${rows.toLocaleString('en')} rows, ${cores} of ${availableParallelism()} cores`);
        const folder = mkdtempSync(join(work, 'run-'));
        const before = ['taskset', '-c', cores === 1 ? '0' : `0-${cores - 1}`];
        const { stages } = await runProduct({ folder, file, way: 'there', today, before });
        rmSync(folder, { recursive: true, force: true });
        for (const { stage, cost } of stages) {
          const key = `${stage} ${cores}`;
          const { wall, cpu, peak } = cost;
          runs.set(key, [...(runs.get(key) ?? []), { rows, cores, stage, wall, cpu, peak }]);
        }
      }
    for (const same of runs.values()) points.push(middleOf(same));
    rmSync(file);
  }
  return points.sort((a, b) => a.stage.localeCompare(b.stage) || a.cores - b.cores || a.rows - b.rows);
}

/**
 * @param {readonly Point[]} same
 * @returns {Point}
 */
function middleOf(same) {
  const [{ rows, cores, stage } = { rows: 0, cores: 0, stage: '' }] = same;
  /** @param {'wall' | 'cpu' | 'peak'} what */
  const of = (what) => median(same.map((point) => point[what]));
  return { rows, cores, stage, wall: of('wall'), cpu: of('cpu'), peak: of('peak') };
}

/** @param {readonly Point[]} points */
function print(points) {
  printTable(
    ['command', 'cores', 'rows', 'wall', 'CPU', 'peak', 'rows/s'],
    points.map(({ stage, cores, rows, wall, cpu, peak }) => [
      stage,
      String(cores),
      rows.toLocaleString('en'),
      secondsText(wall),
      secondsText(cpu),
      `${Math.round(peak)} MiB`,
      `${Math.round(rows / wall / 1000)} k`,
    ]),
  );
}

/**
 * Two pictures beside each other: seconds by millions of rows, and memory by millions of rows.
 *
 * @param {readonly Point[]} points
 */
function drawn(points) {
  const names = [...new Set(points.map(({ stage, cores }) => `${stage}, ${coresText(cores)}`))];
  /** @param {'wall' | 'peak'} what */
  const series = (what) =>
    names.map((name) => ({
      name,
      points: points
        .filter(({ stage, cores }) => `${stage}, ${coresText(cores)}` === name)
        .map((point) => /** @type {const} */ ([point.rows / 1e6, point[what]])),
    }));
  const all = availableParallelism();
  return chart({
    title: `A handover on 1 to ${all} cores, by rows`,
    across: 'million rows',
    panels: [
      { title: 'seconds', series: series('wall') },
      { title: 'peak memory, MiB', series: series('peak'), limit: 256 },
    ],
  });
}

/** @param {number} cores */
function coresText(cores) {
  return cores === 1 ? '1 core' : `${cores} cores`;
}

/** @param {readonly string[]} argv */
async function main(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rows: { type: 'string', default: '100000,300000,1000000,3000000,10000000' },
      repeat: { type: 'string', default: '3' },
      svg: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const rows = values.rows.split(',').map(Number);
  const repeat = Number(values.repeat);
  if (values.help || rows.some((count) => !Number.isSafeInteger(count) || count < 1) || !(repeat >= 1)) {
    console.error(HELP);
    return values.help ? 0 : 2;
  }
  mkdirSync(OUT, { recursive: true });
  const work = mkdtempSync(join(OUT, 'work-'));
  try {
    const points = await measureCurve({ rows, repeat, work });
    console.log(`${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores, Node ${process.version}\n`);
    print(points);
    if (values.svg !== undefined) writeFileSync(resolve(values.svg), drawn(points));
    if (values.json !== undefined)
      writeFileSync(resolve(values.json), `${JSON.stringify(points, null, 2)}\n`);
    return 0;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
