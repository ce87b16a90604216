import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { todayInShanghai } from '../fixtures/customers/days.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { NODE_FLAGS } from '../exe/node-flags.js';
import { agree, newest } from '../fixtures/demo/agreement.js';
import { measure } from './measure.js';
import { BIN } from './product.js';
import { bytesText, printTable, secondsText } from './table.js';

const HELP = `Measures the purge of what a seller handed over: half of the customers are purged, the others stay, in the same pages.

  npm run bench:purge [-- OPTIONS]

  --rows N      customers                                    (2000000)
  --keep        keep the work folder (bench/out/) for inspection
`;

const OUT = fileURLToPath(new URL('./out/', import.meta.url));
const LATER = new URL('./later.js', import.meta.url).href;
const DEAL = 'BENCH-001';

/** @param {{ rows: number, work: string }} options */
async function bench({ rows, work }) {
  const today = todayInShanghai();
  const file = join(work, 'customers.csv');
  await writeCustomers({ rows, seed: 1, profile: 'bench', consenting: 50, today, out: file });
  const env = { HANDOVER_OPERATOR: 'bench' };
  const passphrase = join(work, 'passphrase.txt');
  writeFileSync(passphrase, 'bench passphrase', { mode: 0o600 });
  const unattended = ['--yes', '--no-input', '--passphrase-file', passphrase];
  /**
   * @param {readonly string[]} args
   * @param {string} cwd
   * @param {readonly string[]} node
   */
  const run = (args, cwd, node = []) =>
    measure([process.execPath, ...NODE_FLAGS, ...node, BIN, ...args, ...unattended, '--quiet'], {
      cwd,
      env,
    });
  const parties = await agree({
    folder: work,
    papersFolder: work,
    deal: DEAL,
    today,
    approvals: 0,
    activity: false,
    address: 'keep',
    protection: [],
    run: async (_who, args, cwd) => (await measure([BIN, ...args, ...unattended], { cwd, env })).stdout,
  });
  const { seller, buyer } = parties;
  await run(['import', file], seller);
  await run(['check', '--deal', DEAL], seller);
  await run(['export', '--deal', DEAL], seller);
  await run(['receive', newest(join(seller, 'exchange'), '.handover.zip')], buyer);
  await run(['receipt', 'accept', newest(join(buyer, 'exchange'), '.receipt.json')], seller);
  const before = statSync(join(seller, 'handover.db')).size;
  const lines = [];
  for (const args of [
    ['purge', 'plan'],
    ['purge', 'run', '--shred', '--json'],
  ]) {
    const cost = await run(args, seller, ['--import', LATER]);
    lines.push({ stage: args.slice(0, 2).join(' '), cost });
  }
  const { certificate } = JSON.parse(lines.at(-1)?.cost.stdout ?? '{}');
  console.log(
    `\n${rows.toLocaleString('en')} customers: ${certificate.totals.purge.toLocaleString('en')} purged, ${certificate.totals.stays.toLocaleString('en')} stay; database ${bytesText(before)} to ${bytesText(certificate.reclaimed.bytes_after)}; ${certificate.scan.patterns.toLocaleString('en')} patterns in ${bytesText(certificate.scan.bytes)}`,
  );
  printTable(
    ['command', 'wall', 'CPU', 'peak'],
    lines.map(({ stage, cost }) => [
      stage,
      secondsText(cost.wall),
      secondsText(cost.cpu),
      `${Math.round(cost.peak)} MiB`,
    ]),
  );
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '2000000' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const rows = Number(values.rows);
if (values.help || !Number.isSafeInteger(rows) || rows < 1) {
  console.error(HELP);
  process.exitCode = values.help ? 0 : 2;
} else {
  mkdirSync(OUT, { recursive: true });
  const work = mkdtempSync(join(OUT, 'purge-'));
  try {
    await bench({ rows, work });
  } finally {
    if (!values.keep) rmSync(work, { recursive: true, force: true });
  }
}
