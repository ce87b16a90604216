import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { todayInShanghai } from '../fixtures/customers/days.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { NODE_FLAGS } from '../exe/node-flags.js';
import { agree } from '../fixtures/demo/agreement.js';
import { measure } from './measure.js';
import { BIN } from './product.js';
import { printTable, secondsText } from './table.js';

const HELP = `Measures a campaign: nobody has agreed yet, everybody is asked by short message, four in five answer in words that are known, the others in
words that nobody knows, and those are reminded.

  npm run bench:campaign [-- OPTIONS]

  --rows N      customers                                    (100000)
  --keep        keep the work folder (bench/out/) for inspection
`;

const OUT = fileURLToPath(new URL('./out/', import.meta.url));
const LATER = new URL('./later.js', import.meta.url).href;
const DEAL = 'BENCH-003';

/** What people answer; the last is no answer. */
const ANSWERS = ['1', '同意', '好的', '2', '我再想想，过几天再说'];

/** @param {{ rows: number, work: string }} options */
async function bench({ rows, work }) {
  const today = todayInShanghai();
  const file = join(work, 'customers.csv');
  await writeCustomers({ rows, seed: 1, profile: 'bench', consenting: 0, today, out: file });
  const env = { HANDOVER_OPERATOR: 'bench' };
  const passphrase = join(work, 'passphrase.txt');
  writeFileSync(passphrase, 'bench passphrase', { mode: 0o600 });
  const unattended = ['--yes', '--no-input', '--passphrase-file', passphrase];
  const { seller } = await agree({
    folder: work,
    papersFolder: work,
    deal: DEAL,
    today,
    approvals: 0,
    activity: false,
    address: 'keep',
    asks: true,
    protection: [],
    run: async (_who, args, cwd) => (await measure([BIN, ...args, ...unattended], { cwd, env })).stdout,
  });
  const unasked = join(work, 'unasked.csv');
  await withoutAnswers(file, unasked);
  /** @type {{ name: string, cost: import('./measure.js').Cost }[]} */
  const lines = [];
  /**
   * @param {string} name
   * @param {readonly string[]} args
   * @param {readonly string[]} node
   */
  const run = async (name, args, node = []) => {
    const command = [process.execPath, ...NODE_FLAGS, ...node, BIN, ...args, ...unattended];
    lines.push({ name, cost: await measure([...command, '--quiet'], { cwd: seller, env }) });
  };
  await run('import', ['import', unasked]);
  // That nobody may go is an end of its own.
  await run('check', ['check']).catch(() => undefined);
  await run('campaign draft', ['campaign', 'draft', '--deal', DEAL]);
  const sheet = join(work, 'sms.csv');
  await run('campaign batch, a CSV file', ['campaign', 'batch', '--channel', 'sms', '--out', sheet]);
  const answers = join(work, 'answers.csv');
  await writeAnswers(sheet, answers, today);
  const later = ['--import', LATER];
  await run('campaign import', ['campaign', 'import', answers, '--channel', 'sms'], later);
  await run('campaign status', ['campaign', 'status'], later);
  const reminders = join(work, 'reminders.xlsx');
  await run('check, of the answers', ['check'], later);
  const remind = ['campaign', 'batch', '--channel', 'sms', '--remind', '--out', reminders];
  await run('campaign batch, a workbook of reminders', remind, later);
  printTable(
    ['command', 'wall', 'CPU', 'peak'],
    lines.map(({ name, cost }) => [
      name,
      secondsText(cost.wall),
      secondsText(cost.cpu),
      `${Math.round(cost.peak)} MiB`,
    ]),
  );
}

/**
 * The list without its columns of consent: nobody was asked.
 *
 * @param {string} from
 * @param {string} to
 */
async function withoutAnswers(from, to) {
  const out = createWriteStream(to);
  let dropped = -1;
  for await (const line of createInterface({ input: createReadStream(from) })) {
    const cells = line.split(',');
    // From the right, because an address may have commas in quotes.
    if (dropped < 0) dropped = cells.length - cells.findIndex((cell) => cell.includes('同意'));
    if (!out.write(`${cells.slice(0, -dropped).join(',')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/**
 * An answer of everybody in the sheet, as a platform for short messages writes it.
 *
 * @param {string} sheet
 * @param {string} to
 * @param {string} today
 */
async function writeAnswers(sheet, to, today) {
  const out = createWriteStream(to);
  out.write('手机号,回复内容,上行时间\n');
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(sheet) })) {
    const mobile = /1[3-9]\d{9}/.exec(line)?.[0];
    if (mobile === undefined) continue;
    const answer = ANSWERS[number++ % ANSWERS.length];
    if (!out.write(`${mobile},${answer},${today} 23:59:00\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
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
  const work = mkdtempSync(join(OUT, 'campaign-'));
  try {
    await bench({ rows, work });
  } finally {
    if (!values.keep) rmSync(work, { recursive: true, force: true });
  }
}
