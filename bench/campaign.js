import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { todayInShanghai } from '../fixtures/customers/days.js';
import { writeCustomers } from '../fixtures/customers/generate.js';
import { NODE_FLAGS } from '../exe/node-flags.js';
import { measure } from './measure.js';
import { agreed, BIN } from './parties.js';
import { printCosts, inWorkFolder } from './work-folder.js';

const HELP = `Measures a campaign: nobody has agreed yet, everybody is asked by short message, four in five answer in words that are known, the others in
words that nobody knows, and those are reminded.

  npm run bench:campaign [-- OPTIONS]

  --rows N      customers                                    (100000)
  --keep        keep the work folder (bench/out/) for inspection
`;

const LATER = new URL('./later.js', import.meta.url).href;
const DEAL = 'BENCH-003';

/** What people answer; the last is no answer. */
const ANSWERS = ['1', '同意', '好的', '2', '我再想想，过几天再说'];

/** @param {{ rows: number, work: string }} options */
async function bench({ rows, work }) {
  const today = todayInShanghai();
  const file = join(work, 'customers.csv');
  await writeCustomers({ rows, seed: 1, profile: 'bench', consenting: 0, today, out: file });
  const { parties, env, unattended } = await agreed(work, { deal: DEAL, today, asks: true });
  const { seller } = parties;
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
  printCosts(lines);
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

await inWorkFolder('campaign', HELP, 100_000, bench);
