import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printTable, secondsText } from './table.js';

const OUT = fileURLToPath(new URL('./out/', import.meta.url));

/**
 * Runs one measurement in a work folder of its own, as its options say.
 *
 * @param {string} name begins the folder's
 * @param {string} help printed for --help and for options that cannot be
 * @param {number} usual rows, where --rows does not say how many
 * @param {(options: { rows: number, work: string }) => Promise<void>} bench
 */
export async function inWorkFolder(name, help, usual, bench) {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: String(usual) },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const rows = Number(values.rows);
  if (values.help || !Number.isSafeInteger(rows) || rows < 1) {
    console.error(help);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  mkdirSync(OUT, { recursive: true });
  const work = mkdtempSync(join(OUT, `${name}-`));
  try {
    await bench({ rows, work });
  } finally {
    if (!values.keep) rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Prints what commands cost.
 *
 * @param {readonly { name: string, cost: import('./measure.js').Cost }[]} lines
 */
export function printCosts(lines) {
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
