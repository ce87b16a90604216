import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { newest } from '../fixtures/demo/agreement.js';
import { measure } from './measure.js';
import { agreed, BIN } from './parties.js';

/** @import { Cost } from './measure.js' */

const DEAL = 'BENCH-001';

/**
 * Who runs what in a measured handover, in order. `{file}` is the customer file, `{bundle}` the newest bundle of the seller.
 *
 * @type {Readonly<Record<'separate' | 'fused' | 'there', readonly (readonly [who: 'seller' | 'buyer', args: readonly string[]])[]>>}
 */
const MEASURED = {
  separate: [
    ['seller', ['import', '{file}']],
    ['seller', ['check', '--deal', DEAL]],
    ['seller', ['export', '--deal', DEAL]],
    ['buyer', ['verify', '{bundle}', '--card', '{card}']],
    ['buyer', ['receive', '{bundle}']],
  ],
  fused: [['seller', ['export', '{file}', '--deal', DEAL]]],
  there: [
    ['seller', ['export', '{file}', '--deal', DEAL]],
    ['buyer', ['receive', '{bundle}']],
  ],
};

/**
 * Sets two parties up (not measured), then measures each command.
 *
 * @param {{ folder: string, file: string, way: 'separate' | 'fused' | 'there', today: string, before?: readonly string[] }} options
 *   `before`: what is put before each command that is measured, such as `taskset`
 * @returns {Promise<{ stages: { side: 'seller' | 'buyer', stage: string, cost: Cost }[], bundle: number, rows: number }>}
 *   the bundle's size in bytes, and its customers
 */
export async function runProduct({ folder, file, way, today, before = [] }) {
  const { parties, env, unattended } = await agreed(folder, { deal: DEAL, today });
  const stages = [];
  for (const [side, args] of MEASURED[way]) {
    const cwd = parties[side];
    const filled = args.map((word) => {
      if (word === '{file}') return file;
      if (word === '{card}') return parties.cards.seller;
      return word === '{bundle}' ? newest(join(parties.seller, 'exchange'), '.handover.zip') : word;
    });
    const cost = await measure([...before, BIN, ...filled, ...unattended, '--quiet'], { cwd, env });
    stages.push({
      side,
      stage: args.includes('{file}') && args[0] === 'export' ? 'export FILE' : (args[0] ?? ''),
      cost,
    });
  }
  const bundle = newest(join(parties.seller, 'exchange'), '.handover.zip');
  return { stages, bundle: statSync(bundle).size, rows: rowsIn(bundle) };
}

/**
 * How many customers a bundle holds, by its manifest.
 *
 * @param {string} bundle
 * @returns {number}
 */
function rowsIn(bundle) {
  const manifest = JSON.parse(execFileSync('unzip', ['-p', bundle, 'manifest.json'], { encoding: 'utf8' }));
  return manifest.resources[0].rows;
}

/**
 * The time of `handover --help`, again and again.
 *
 * @param {number} times
 * @param {string} cwd
 * @returns {Promise<number[]>} seconds
 */
export async function helpTimes(times, cwd) {
  const walls = [];
  for (let i = 0; i < times; i++)
    walls.push((await measure([process.execPath, BIN, '--help'], { cwd })).wall);
  return walls;
}
