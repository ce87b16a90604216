import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { todayInShanghai } from '../fixtures/customers/days.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { median } from './measure.js';
import { PROGRAMS, runPipeline } from './pipeline.js';
import { BIN } from './parties.js';
import { helpTimes, runProduct } from './product.js';
import { bytesText, printTable, secondsText } from './table.js';

/** @import { Cost } from './measure.js' */

/** @typedef {{ side: 'seller' | 'buyer', stage: string, cost: Cost }} Stage */

const HELP = `Measures a whole handover against the shell pipeline that a careful engineer would use, on the same file, in the same run.

  npm run bench [-- OPTIONS]

  --rows N      customers                                    (1000000)
  --repeat K    runs of each side, taken in turns; medians are shown (3)
  --memory      also the product at twice the rows, for its peak memory
  --keep        keep the work folder (bench/out/) for inspection
  --json FILE   also write the numbers to a file
`;

const OUT = fileURLToPath(new URL('./out/', import.meta.url));
const HELP_RUNS = 10;

/**
 * Programs that the comparison needs and that are not there.
 *
 * @returns {string[]}
 */
function missingPrograms() {
  return PROGRAMS.filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
}

/**
 * The median of each stage over the runs, in the order of the first run.
 *
 * @param {readonly (readonly Stage[])[]} runs
 * @returns {{ side: 'seller' | 'buyer', stage: string, wall: number, cpu: number, peak: number }[]}
 */
function medians(runs) {
  return (runs[0] ?? []).map(({ side, stage }, i) => {
    /** @param {'wall' | 'cpu' | 'peak'} what */
    const of = (what) => median(runs.map((run) => run[i]?.cost[what] ?? Number.NaN));
    return { side, stage, wall: of('wall'), cpu: of('cpu'), peak: of('peak') };
  });
}

/**
 * The median over the runs of the sum of some stages: sums first, so that one slow stage is not hidden by another's luck.
 *
 * @param {readonly (readonly Stage[])[]} runs
 * @param {(stage: Stage) => boolean} counts
 * @returns {number} seconds
 */
function total(runs, counts) {
  return median(
    runs.map((run) => run.reduce((sum, stage) => sum + (counts(stage) ? stage.cost.wall : 0), 0)),
  );
}

/**
 * @param {{ rows: number, repeat: number, memory: boolean, keep: boolean, work: string }} options
 */
async function bench({ rows, repeat, memory, keep, work }) {
  // Consents grow old, so they are dated from the day of the measurement.
  const today = todayInShanghai();
  const file = join(work, 'customers.csv');
  await writeCustomers({ rows, seed: 1, profile: 'bench', today, out: file });
  const size = statSync(file).size;
  console.error(
    `${rows.toLocaleString('en')} rows, ${bytesText(size)}, ${cpus().length} cores, Node ${process.version}`,
  );

  /** @type {Stage[][]} */
  const pipeline = [];
  /** @type {Stage[][]} */
  const separate = [];
  /** @type {Stage[][]} */
  const fused = [];
  let rowsSent = 0;
  let bundle = 0;
  for (let run = 1; run <= repeat; run++) {
    console.error(`run ${run} of ${repeat}: pipeline`);
    const shell = await inFolder(work, keep, (folder) => runPipeline({ folder, file }));
    pipeline.push(shell.stages);
    rowsSent = shell.rows;
    console.error(`run ${run} of ${repeat}: handover`);
    const product = await inFolder(work, keep, (folder) =>
      runProduct({ folder, file, way: 'separate', today }),
    );
    separate.push(product.stages);
    bundle = product.bundle;
    if (product.rows !== rowsSent)
      throw new Error(`the pipeline sent ${rowsSent} customers, handover ${product.rows}: not the same job`);
    fused.push(
      (await inFolder(work, keep, (folder) => runProduct({ folder, file, way: 'fused', today }))).stages,
    );
  }
  const helps = await helpTimes(HELP_RUNS, work);

  const pipelineSeller = total(pipeline, (s) => s.side === 'seller');
  const pipelineBuyer = total(pipeline, (s) => s.side === 'buyer');
  const ratios = {
    seller_separate: total(separate, (s) => s.side === 'seller') / pipelineSeller,
    seller_fused: total(fused, (s) => s.side === 'seller') / pipelineSeller,
    buyer_receive: total(separate, (s) => s.stage === 'receive') / pipelineBuyer,
    buyer_verify_and_receive: total(separate, (s) => s.side === 'buyer') / pipelineBuyer,
  };
  const twice = memory ? await atTwice({ rows, keep, work }) : null;
  return {
    format: 'handover.bench/1',
    machine: {
      cpu: cpus()[0]?.model ?? '',
      cores: cpus().length,
      memory_gib: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    },
    rows,
    bytes: size,
    rows_sent: rowsSent,
    bundle_bytes: bundle,
    repeat,
    pipeline: medians(pipeline),
    handover: medians(separate),
    handover_fused: medians(fused),
    totals: { pipeline_seller: pipelineSeller, pipeline_buyer: pipelineBuyer },
    ratios,
    help_seconds: median(helps),
    twice,
  };
}

/**
 * The product once more at twice the rows: peak memory must not grow with the file.
 *
 * @param {{ rows: number, keep: boolean, work: string }} options
 */
async function atTwice({ rows, keep, work }) {
  const today = todayInShanghai();
  const file = join(work, 'customers-twice.csv');
  await writeCustomers({ rows: rows * 2, seed: 2, profile: 'bench', today, out: file });
  console.error('twice the rows: handover');
  const run = await inFolder(work, keep, (folder) => runProduct({ folder, file, way: 'separate', today }));
  const fused = await inFolder(work, keep, (folder) => runProduct({ folder, file, way: 'fused', today }));
  rmSync(file);
  return { rows: rows * 2, stages: medians([[...run.stages, ...fused.stages]]) };
}

/**
 * @template T
 * @param {string} work
 * @param {boolean} keep
 * @param {(folder: string) => Promise<T>} run
 * @returns {Promise<T>}
 */
async function inFolder(work, keep, run) {
  const folder = mkdtempSync(join(work, 'run-'));
  try {
    return await run(folder);
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Awaited<ReturnType<typeof bench>>} result */
function print(result) {
  const { rows, ratios, totals } = result;
  /**
   * @param {string} who
   * @param {{ side: string, stage: string, wall: number, cpu: number, peak: number }[]} stages
   */
  const lines = (who, stages) =>
    stages.map(({ side, stage, wall, cpu, peak }) => [
      who,
      side,
      stage,
      secondsText(wall),
      secondsText(cpu),
      `${Math.round(peak)} MiB`,
      `${Math.round(rows / wall / 1000).toLocaleString('en')} k`,
    ]);
  console.log(
    `\n${rows.toLocaleString('en')} customers, ${bytesText(result.bytes)}; ${result.rows_sent.toLocaleString('en')} go; median of ${result.repeat}`,
  );
  printTable(
    ['', 'side', 'command', 'wall', 'CPU', 'peak', 'rows/s'],
    [
      ...lines('pipeline', result.pipeline),
      ...lines('handover', result.handover),
      ...lines('handover, one step', result.handover_fused),
    ],
  );
  console.log('\nRatio to the pipeline (wall; below 1 is faster)');
  printTable(
    ['', 'pipeline', 'ratio'],
    [
      [
        'seller: import + check + export',
        secondsText(totals.pipeline_seller),
        ratios.seller_separate.toFixed(2),
      ],
      ['seller: export FILE', secondsText(totals.pipeline_seller), ratios.seller_fused.toFixed(2)],
      ['buyer: receive', secondsText(totals.pipeline_buyer), ratios.buyer_receive.toFixed(2)],
      [
        'buyer: verify + receive',
        secondsText(totals.pipeline_buyer),
        ratios.buyer_verify_and_receive.toFixed(2),
      ],
    ],
  );
  if (result.twice !== null) {
    console.log(
      `\nPeak memory at ${rows.toLocaleString('en')} and ${result.twice.rows.toLocaleString('en')} rows`,
    );
    const once = [...result.handover, ...result.handover_fused];
    printTable(
      ['command', 'peak', 'peak at twice', 'wall', 'wall at twice'],
      result.twice.stages.map(({ stage, wall, peak }, i) => [
        stage,
        `${Math.round(once[i]?.peak ?? Number.NaN)} MiB`,
        `${Math.round(peak)} MiB`,
        secondsText(once[i]?.wall ?? Number.NaN),
        secondsText(wall),
      ]),
    );
  }
  console.log(
    `\nhandover --help: ${Math.round(result.help_seconds * 1000)} ms (median of ${HELP_RUNS}); bundle ${bytesText(result.bundle_bytes)}`,
  );
}

/** @param {readonly string[]} argv */
async function main(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rows: { type: 'string', default: '1000000' },
      repeat: { type: 'string', default: '3' },
      memory: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const rows = Number(values.rows);
  const repeat = Number(values.repeat);
  if (values.help || !Number.isSafeInteger(rows) || rows < 1 || !Number.isSafeInteger(repeat) || repeat < 1) {
    console.error(HELP);
    return values.help ? 0 : 2;
  }
  const missing = missingPrograms();
  if (missing.length > 0) {
    console.error(
      `The comparison needs ${missing.join(', ')}. On Debian: apt-get install sqlite3 age minisign`,
    );
    return 2;
  }
  if (!existsSync(BIN)) {
    console.error(`${BIN} is not there.`);
    return 2;
  }
  mkdirSync(OUT, { recursive: true });
  const work = mkdtempSync(join(OUT, 'work-'));
  try {
    const result = await bench({ rows, repeat, memory: values.memory, keep: values.keep, work });
    print(result);
    if (values.json !== undefined)
      writeFileSync(resolve(values.json), `${JSON.stringify(result, null, 2)}\n`);
    return 0;
  } finally {
    if (values.keep) console.error(`kept: ${work}`);
    else rmSync(work, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
