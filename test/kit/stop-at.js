/**
 * Loaded before the program (`node --import`): counts the operations that write, and stops the process before the one it is told, as a
 * power cut would, or only sends it a signal. A write that is stopped is half done. In the environment:
 *
 * HANDOVER_STOP=SIGKILL@12  the signal, and the number of the operation, from 1, or how the name of the first such one begins
 * HANDOVER_OPERATIONS=FILE  where to put what was counted, as JSON, when the process ends by itself
 */
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

/** @typedef {(...args: any[]) => any} Callable */

const [signal = '', at = ''] = (process.env['HANDOVER_STOP'] ?? '').split('@');
const report = process.env['HANDOVER_OPERATIONS'];
const { writeFileSync, writeSync } = fs;
/** @type {string[]} */
const operations = [];
let isStopped = false;

/**
 * @param {string} name
 * @param {() => void} [halfWrite]
 */
function count(name, halfWrite) {
  operations.push(name);
  if (
    signal === '' ||
    isStopped ||
    (/^\d+$/.test(at) ? operations.length !== Number(at) : !name.startsWith(at))
  )
    return;
  isStopped = true;
  if (signal === 'SIGKILL') halfWrite?.();
  process.kill(process.pid, signal);
}

/**
 * Puts a counted function in the place of one.
 *
 * @param {any} owner
 * @param {string} method
 * @param {(args: any[]) => string | null} nameOf  what the operation is called, or null if it writes nothing
 * @param {(self: any, args: any[]) => void} [halfWrite]
 */
function watch(owner, method, nameOf, halfWrite) {
  /** @type {Callable} */
  const real = owner[method];
  owner[method] = /** @this {any} @param {any[]} args */ function (...args) {
    const name = nameOf(args);
    if (name !== null) count(name, () => halfWrite?.(this, args));
    return real.apply(this, args);
  };
}

/** @param {unknown} path */
const kind = (path) =>
  String(path)
    .replace(/.*[\\/]/, '')
    .replace(/[0-9]+-[0-9a-f]{16}/, '#');
/** @param {unknown} flags */
const writes = (flags) => flags !== undefined && flags !== 'r';

/** What the program's SQLite is made of: the package, or Node's own where the package does not load. */
function sqlite() {
  const require = createRequire(import.meta.url);
  try {
    if (process.env['HANDOVER_SQLITE'] === 'builtin') throw new Error('not wanted');
    const Sqlite = require('better-sqlite3');
    const memory = new Sqlite(':memory:');
    const statement = Object.getPrototypeOf(memory.prepare('SELECT 1'));
    memory.close();
    return { connection: Sqlite.prototype, statement, sourceOf: (/** @type {any} */ each) => each.source };
  } catch {
    /** @type {any} */
    const { DatabaseSync, StatementSync } = require(['node', 'sqlite'].join(':'));
    const sourceOf = (/** @type {any} */ each) => each.sourceSQL;
    return { connection: DatabaseSync.prototype, statement: StatementSync.prototype, sourceOf };
  }
}

if (isMainThread && (signal !== '' || report !== undefined)) {
  for (const owner of [fs, fs.promises]) {
    const sync = owner === fs ? 'Sync' : '';
    watch(owner, `open${sync}`, ([path, flags]) => (writes(flags) ? `open ${kind(path)}` : null));
    for (const name of ['rename', 'link'])
      watch(owner, `${name}${sync}`, ([, path]) => `${name} ${kind(path)}`);
    for (const name of ['unlink', 'mkdir', 'mkdtemp', 'rm', 'chmod'])
      watch(owner, `${name}${sync}`, ([path]) => `${name} ${kind(path)}`);
  }
  watch(
    fs,
    'writeSync',
    () => 'write',
    (_, [file, bytes, from = 0, length = bytes.length, position = null]) =>
      writeSync(file, bytes, from, Math.floor(length / 2), position),
  );
  watch(fs, 'fsyncSync', () => 'fsync');

  const file = await fs.promises.open(process.execPath, 'r');
  const handle = Object.getPrototypeOf(file);
  await file.close();
  watch(
    handle,
    'write',
    () => 'write',
    (self, [bytes, from = 0, length = bytes.length, position = null]) =>
      writeSync(self.fd, bytes, from, Math.floor(length / 2), position),
  );
  watch(handle, 'sync', () => 'fsync');
  syncBuiltinESMExports();

  const { connection, statement, sourceOf } = sqlite();
  watch(connection, 'exec', ([sql]) => {
    const text = String(sql);
    return text.startsWith('PRAGMA') && !text.includes('checkpoint') ? null : `sql ${text.slice(0, 40)}`;
  });
  /** @type {Callable} */
  const run = statement.run;
  statement.run = /** @this {any} @param {any[]} args */ function (...args) {
    count(`sql ${sourceOf(this).slice(0, 40)}`);
    return run.apply(this, args);
  };

  if (report !== undefined)
    process.on('exit', () => {
      const peak = process.resourceUsage().maxRSS;
      writeFileSync(report, JSON.stringify({ operations, peak }));
    });
}
