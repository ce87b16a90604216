import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { todayInShanghai } from '../../fixtures/customers/days.js';
import { writeCustomers } from '../../fixtures/customers/generate.js';
import { agree } from '../../fixtures/demo/agreement.js';
import { killGroup, workersOn } from './hosts.js';

/** @import { Host } from './hosts.js' */

export const BIN = fileURLToPath(new URL('../../bin/handover.js', import.meta.url));

const DEAL = 'CLUSTER-001';

/**
 * Work that is spread over machines part by part.
 *
 * @typedef {object} Job
 * @property {string} folder
 * @property {string} key
 * @property {number} parts
 * @property {readonly string[]} command  words that do a part, of which `{}` is its number
 * @property {string} outputs  folder of what comes of the parts
 * @property {'READING' | 'LOTS' | 'OPENED'} codes  how problems of it begin
 */

/** A seller with a checked list, and a buyer, who run the program as people do. */
export class Handover {
  /**
   * @param {string} folder
   * @param {{ seller: string, buyer: string }} parties
   */
  constructor(folder, parties) {
    this.folder = folder;
    this.seller = parties.seller;
    this.buyer = parties.buyer;
  }

  /**
   * @param {string} folder  empty
   * @param {number} rows
   * @param {boolean} isChecked  whether the list is imported and checked
   */
  static async prepare(folder, rows, isChecked = true) {
    const today = todayInShanghai();
    await writeCustomers({ rows, seed: 1, profile: 'bench', today, out: join(folder, 'customers.csv') });
    const parties = await agree({
      ...{ folder, papersFolder: folder, deal: DEAL, today, approvals: 0, activity: false, address: 'keep' },
      protection: ['--unprotected'],
      run: async (_who, args, cwd) => handover(cwd, [...args, '--yes', '--no-input']).stdout,
    });
    const made = new Handover(folder, parties);
    if (!isChecked) return made;
    made.at('seller', 'import', made.file);
    made.at('seller', 'check', '--deal', DEAL);
    return made;
  }

  /**
   * Runs a command that has to end well.
   *
   * @param {'seller' | 'buyer'} who
   * @param {readonly string[]} args
   */
  at(who, ...args) {
    const ended = this.end(who, ...args);
    if (ended.exit !== 0 && ended.exit !== 3)
      throw new Error(`handover ${args.join(' ')}\nended with ${ended.exit}\n${ended.stderr}`);
    return ended;
  }

  /**
   * @param {'seller' | 'buyer'} who
   * @param {readonly string[]} args
   */
  end(who, ...args) {
    return handover(this[who], [...args, '--yes', '--no-input', '--quiet']);
  }

  /**
   * The same firms in folders of their own, with a customer file of their own.
   *
   * @param {string} name  of the folder
   */
  copy(name) {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    const parties = { seller: join(folder, 'seller'), buyer: join(folder, 'buyer') };
    for (const who of /** @type {const} */ (['seller', 'buyer']))
      cpSync(this[who], parties[who], { recursive: true });
    linkSync(this.file, join(folder, basename(this.file)));
    return new Handover(folder, parties);
  }

  /**
   * Cuts the customer file into parts to be read.
   *
   * @param {number} parts
   * @returns {Job}
   */
  reading(parts) {
    const job = this.#plan('seller', 'reading', ['source', 'plan', this.file], parts);
    const command = ['source', 'read-part', job.folder, '{}', '--key', job.key];
    return { ...job, command, outputs: join(job.folder, 'read'), codes: 'READING' };
  }

  /**
   * Cuts what goes into parts to be sealed.
   *
   * @param {number} parts
   * @param {string} [name]  of their folder
   * @returns {Job}
   */
  sealing(parts, name = 'parts') {
    const job = this.#plan('seller', name, ['bundle', 'plan', '--again'], parts);
    const command = ['bundle', 'seal-part', job.folder, '{}', '--key', job.key];
    return { ...job, command, outputs: join(job.folder, 'sealed'), codes: 'LOTS' };
  }

  /**
   * Hands out the parts of a bundle to be opened.
   *
   * @param {string} bundle  its file
   * @returns {Job}
   */
  opening(bundle) {
    const job = this.#plan('buyer', 'opening', ['bundle', 'split', bundle]);
    const command = ['bundle', 'open-part', job.folder, '{}', '--bundle', bundle, '--key', job.key];
    return { ...job, command, outputs: join(job.folder, 'opened'), codes: 'OPENED' };
  }

  /**
   * @param {'seller' | 'buyer'} who
   * @param {string} name
   * @param {readonly string[]} words
   * @param {number} [parts]
   */
  #plan(who, name, words, parts) {
    const folder = join(this.folder, name);
    const key = join(this.folder, `${name}.key`);
    const wanted = parts === undefined ? [] : ['--parts', String(parts)];
    const { stdout } = this.at(who, ...words, folder, '--key', key, ...wanted, '--json');
    return { folder, key, parts: Number(JSON.parse(stdout).parts) };
  }

  /** The customer file. */
  get file() {
    return join(this.folder, 'customers.csv');
  }

  /** @param {number} number */
  bundle(number) {
    return join(this.seller, 'exchange', `${DEAL}-${number}.handover.zip`);
  }
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 */
function handover(cwd, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...process.env, HANDOVER_OPERATOR: 'bench' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { exit: status ?? -1, stdout, stderr };
}

/**
 * Does all parts under GNU parallel, on hosts over ssh.
 *
 * @param {object} options
 * @param {string} options.worker  script that does the part whose number it is given
 * @param {string} options.ssh  the client's command line
 * @param {readonly Host[]} options.hosts
 * @param {number} options.jobs  at once on each host
 * @param {number} options.parts
 * @param {string} options.log  where parallel writes which part was done where, when, and how that ended
 * @param {() => Promise<void>} [options.meanwhile]  what happens in the middle
 * @returns {Promise<{ seconds: number, exit: number, stderr: string }>}
 */
export async function spreadUnderParallel({ worker, ssh, hosts, jobs, parts, log, meanwhile }) {
  const home = join(log, '..', 'parallel-home');
  mkdirSync(home, { recursive: true });
  const began = process.hrtime.bigint();
  const engine = spawn(
    'parallel',
    [
      ...['--will-cite', '--no-notice', '--ssh', ssh, '--joblog', log, '--retries', '4', '--timeout', '300'],
      ...hosts.flatMap(({ name }) => ['-S', `${jobs}/${name}`]),
      ...[worker, '{}', ':::', ...Array.from({ length: parts }, (_, i) => String(i + 1))],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PARALLEL_HOME: home } },
  );
  let stderr = '';
  engine.stderr.setEncoding('utf8').on('data', (text) => {
    stderr = (stderr + text).slice(-4000);
  });
  const ended = once(engine, 'close');
  await meanwhile?.();
  const [exit] = await ended;
  return { seconds: Number(process.hrtime.bigint() - began) / 1e9, exit, stderr };
}

/**
 * Waits until some parts are done.
 *
 * @param {Job} job
 * @param {number} count
 */
export async function untilDone({ outputs }, count) {
  const done = () =>
    existsSync(outputs) ? readdirSync(outputs).filter((name) => /^\d{5}\.json$/.test(name)).length : 0;
  for (let tries = 0; done() < count; tries++) {
    if (tries > 30_000) throw new Error('no part is done');
    await pause(20);
  }
}

/**
 * Ends one worker of a host that is at work.
 *
 * @param {string} folder  of the hosts
 * @param {Host} host
 */
export async function killOneWorker(folder, host) {
  for (let tries = 0; tries < 60_000; tries++) {
    const last = workersOn(folder, host.port).at(-1);
    if (last !== undefined && killGroup(last)) return;
    await pause(5);
  }
  throw new Error('no worker ran long enough to be ended');
}

/** @param {string} path */
export function flip(path) {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/**
 * How often each part was tried, by the log of the engine.
 *
 * @param {string} log
 */
export function triesIn(log) {
  return readFileSync(log, 'utf8').trim().split('\n').length - 1;
}
