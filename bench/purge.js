import { statSync } from 'node:fs';
import { join } from 'node:path';
import { todayInShanghai } from '../fixtures/customers/days.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { NODE_FLAGS } from '../exe/node-flags.js';
import { newest } from '../fixtures/demo/agreement.js';
import { measure } from './measure.js';
import { agreed, BIN } from './parties.js';
import { bytesText } from './table.js';
import { inWorkFolder, printCosts } from './work-folder.js';

const HELP = `Measures the purge of what a seller handed over: half of the customers are purged, the others stay, in the same pages.

  npm run bench:purge [-- OPTIONS]

  --rows N      customers                                    (2000000)
  --keep        keep the work folder (bench/out/) for inspection
`;

const LATER = new URL('./later.js', import.meta.url).href;
const DEAL = 'BENCH-001';

/** @param {{ rows: number, work: string }} options */
async function bench({ rows, work }) {
  const today = todayInShanghai();
  const file = join(work, 'customers.csv');
  await writeCustomers({ rows, seed: 1, profile: 'bench', consenting: 50, today, out: file });
  const { parties, env, unattended } = await agreed(work, { deal: DEAL, today });
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
    lines.push({ name: args.slice(0, 2).join(' '), cost });
  }
  const { certificate } = JSON.parse(lines.at(-1)?.cost.stdout ?? '{}');
  console.log(
    `\n${rows.toLocaleString('en')} customers: ${certificate.totals.purge.toLocaleString('en')} purged, ${certificate.totals.stays.toLocaleString('en')} stay; database ${bytesText(before)} to ${bytesText(certificate.reclaimed.bytes_after)}; ${certificate.scan.patterns.toLocaleString('en')} patterns in ${bytesText(certificate.scan.bytes)}`,
  );
  printCosts(lines);
}

await inWorkFolder('purge', HELP, 2_000_000, bench);
