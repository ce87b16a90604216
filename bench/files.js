import { cpSync, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeWorkbook } from '../dist/report/workbook.js';
import { measure } from './measure.js';
import { BIN } from './parties.js';
import { printTable, secondsText } from './table.js';

/**
 * Files as they are, and as they should not be: a clean list, the same list with every row wrong, the list as a workbook, and a small workbook
 * that unpacks to a large one. Each goes into a fresh workspace: whoever has a list already compares the next one with it, rejected rows or not.
 */

const HEADER = [
  '客户编号',
  '姓名',
  '手机号',
  '服务地址',
  '服务项目',
  '剩余次数',
  '最近服务',
  '同意状态',
  '同意时间',
  '备注',
];
/** Exit for a file with findings. */
const FINDINGS = 3;
/** Exit for what may be meant to do harm. */
const REFUSED = 10;
/** What each is meant to stay below: times as long as the clean file, seconds, MiB. */
const LIMITS = { wrong: 2, workbook: 6, bomb: 1, memory: 256 };
/** Rows of the bomb, each of one cell of as many equal letters. */
const BOMB = { rows: 4000, letters: 32_000 };

/** @param {number} i */
function customer(i) {
  const digits = String(i).padStart(8, '0');
  return [
    `C${digits}`,
    `张${String.fromCharCode(0x4e00 + (i % 5000))}`,
    `138${digits}`,
    `上海市浦东新区和平路${i % 900}号${i % 30}室`,
    i % 3 === 0 ? '保洁' : '擦窗',
    String(i % 20),
    `2026-0${1 + (i % 9)}-1${i % 10}`,
    i % 4 === 0 ? '不同意' : '同意',
    '2026-10-05',
    '老客户',
  ];
}

/**
 * @param {string} path
 * @param {number} rows
 * @param {(cells: string[]) => string[]} change
 */
async function writeList(path, rows, change) {
  const out = createWriteStream(path);
  out.write(`${HEADER.join(',')}\n`);
  for (let i = 1; i <= rows; i++)
    if (!out.write(`${change(customer(i)).join(',')}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
}

/**
 * @param {string} path
 * @param {readonly string[]} headings
 * @param {AsyncGenerator<string[][]>} batches
 */
async function writeBook(path, headings, batches) {
  const out = createWriteStream(path);
  const columns = headings.map((heading) => ({ heading, width: 12 }));
  for await (const block of writeWorkbook('客户', columns, batches))
    if (!out.write(block)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
}

/** @param {number} rows */
async function* customers(rows) {
  for (let i = 1; i <= rows; i += 1000)
    yield Array.from({ length: Math.min(1000, rows - i + 1) }, (_, j) => customer(i + j));
}

async function* equalCells() {
  for (let i = 0; i < BOMB.rows; i += 100)
    yield Array.from({ length: 100 }, () => ['x'.repeat(BOMB.letters)]);
}

/**
 * @param {string} folder
 * @param {number} rows
 * @param {number} times
 */
async function run(folder, rows, times) {
  const at = (/** @type {string} */ name) => join(folder, name);
  await writeList(at('clean.csv'), rows, (cells) => cells);
  await writeList(at('numberless.csv'), rows, ([, ...cells]) => ['', ...cells]);
  await writeList(at('wide.csv'), rows, (cells) => [...cells.slice(0, 4), '1', ...cells.slice(4)]);
  await writeBook(at('list.xlsx'), HEADER, customers(rows));
  await writeBook(at('bomb.xlsx'), ['客户编号'], equalCells());
  const env = { HANDOVER_OPERATOR: 'bench' };
  const init = [
    'init',
    'jia',
    '--role',
    'seller',
    '--name',
    '甲家政',
    '--phone',
    '021-55550100',
    '--unprotected',
  ];
  await measure([BIN, ...init, '--no-input', '--quiet'], { cwd: folder, env });
  /** @type {Map<string, import('./measure.js').Cost[]>} */
  const costs = new Map();
  for (let i = 0; i < times; i++)
    for (const [name, exit] of /** @type {const} */ ([
      ['clean.csv', 0],
      ['numberless.csv', FINDINGS],
      ['wide.csv', FINDINGS],
      ['list.xlsx', 0],
      ['bomb.xlsx', REFUSED],
    ])) {
      cpSync(at('jia'), at('fresh'), { recursive: true });
      const command = [BIN, 'import', at(name), '--workspace', 'fresh', '--no-input', '--quiet', '--force'];
      const cost = await measure(command, { cwd: folder, env, exit });
      rmSync(at('fresh'), { recursive: true });
      costs.set(name, [...(costs.get(name) ?? []), cost]);
    }
  return costs;
}

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, times: { type: 'string', default: '3' } },
});
const rows = Number(values.rows);
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'handover-files-'));
try {
  const costs = await run(folder, rows, Math.max(1, Number(values.times)));
  const best = (/** @type {string} */ name, /** @type {'wall' | 'cpu' | 'peak'} */ what) =>
    Math.min(...(costs.get(name) ?? []).map((cost) => cost[what]));
  console.log(`${rows.toLocaleString('en')} rows of ${HEADER.length} columns, best of ${values.times}\n`);
  printTable(
    ['file', 'wall', 'CPU', 'peak', 'of clean', 'meant to be below'],
    /** @type {const} */ ([
      ['clean.csv', ''],
      ['numberless.csv', `${LIMITS.wrong} x clean`],
      ['wide.csv', `${LIMITS.wrong} x clean`],
      ['list.xlsx', `${LIMITS.workbook} s, ${LIMITS.memory} MiB`],
      ['bomb.xlsx', `${LIMITS.bomb} s`],
    ]).map(([name, limit]) => [
      name,
      secondsText(best(name, 'wall')),
      secondsText(best(name, 'cpu')),
      `${best(name, 'peak').toFixed(0)} MiB`,
      (best(name, 'cpu') / best('clean.csv', 'cpu')).toFixed(2),
      limit,
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
