/**
 * Loaded before the program (`node --import`), or by a test that runs the program in its own process ({@link failing}): counts the operations that write, and stops the process before the one it is told, as a
 * power cut would, or only sends it a signal. A write that is stopped is half done. In the environment:
 *
 * HANDOVER_STOP=SIGKILL@12  the signal, and the number of the operation, from 1, or how the name of the first such one begins
 * HANDOVER_FAIL=EIO@12      an error of the system in the place of that operation; `EPERM@link*` of every one whose name begins so
 * HANDOVER_LOSE_THREAD=4     the thread that gets the n-th message of all is lost before it does
 * HANDOVER_CLOCK=INSTANT     what the clock shows as the process begins
 * HANDOVER_NO_MODES=1       whatever is made can be read by everybody, as on a stick with exFAT
 * HANDOVER_OPERATIONS=FILE  where to put what was counted, as JSON, when the process ends by itself
 */
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { isMainThread, Worker } from 'node:worker_threads';

/** @typedef {(...args: any[]) => any} Callable */

const [signal = '', at = ''] = (process.env['HANDOVER_STOP'] ?? '').split('@');
let [errno = '', where = ''] = (process.env['HANDOVER_FAIL'] ?? '').split('@');
const hasNoModes = process.env['HANDOVER_NO_MODES'] !== undefined;
const report = process.env['HANDOVER_OPERATIONS'];
const { writeFileSync, writeSync } = fs;
/** @type {string[]} */
let operations = [];
let isStopped = false;
let hasFailed = false;
/** Nothing is counted between the commands of a test's own process. */
let isCounting = report !== undefined || signal !== '' || errno !== '' || hasNoModes;

/** @param {string} name */
function isAtFault(name) {
  if (errno === '' || (hasFailed && !where.endsWith('*'))) return false;
  const begins = where.replace(/\*$/, '');
  return /^\d+$/.test(begins) ? operations.length === Number(begins) : name.startsWith(begins);
}

/**
 * The error that is to come in the place of the operation that was just counted; null for none.
 *
 * @param {string} name
 */
function fault(name) {
  if (!isAtFault(name)) return null;
  hasFailed = true;
  return Object.assign(new Error(`${errno}: injected, ${name}`), { code: errno, errno: -5, syscall: name });
}

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
 * @param {boolean} [isPromised]  whether it gives a promise, which an error then rejects
 */
function watch(owner, method, nameOf, halfWrite, isPromised = owner === fs.promises) {
  /** @type {Callable} */
  const real = owner[method];
  owner[method] = /** @this {any} @param {any[]} args */ function (...args) {
    const name = isCounting ? nameOf(args) : null;
    if (name !== null) {
      count(name, () => halfWrite?.(this, args));
      const error = fault(name);
      if (error !== null) {
        if (isPromised) return Promise.reject(error);
        throw error;
      }
    }
    return real.apply(this, hasNoModes ? withoutModes(method, args) : args);
  };
}

/** @param {unknown} path */
const kind = (path) =>
  String(path)
    .replace(/.*[\\/]/, '')
    .replace(/[0-9]+-[0-9a-f]{16}/, '#');
/** @param {unknown} flags */
const writes = (flags) => flags !== undefined && flags !== 'r';

/** Most memory of this process itself, in KiB: what the system counts otherwise begins with that of whoever started it. */
function highWater() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1]) || null;
  } catch {
    return null;
  }
}

/** What the program's SQLite is made of: the package, or Node's own where the package does not load. */
function sqlite() {
  const require = createRequire(import.meta.url);
  try {
    if (process.env['HANDOVER_SQLITE'] === 'builtin') throw new Error('not wanted');
    const Sqlite = require('better-sqlite3');
    const memory = new Sqlite(':memory:');
    const statement = Object.getPrototypeOf(memory.prepare('SELECT 1'));
    memory.close();
    return {
      connection: Sqlite.prototype,
      statement,
      sourceOf: (/** @type {any} */ each) => each.source,
      faultOf: (/** @type {string} */ code) => new Sqlite.SqliteError('injected', code),
    };
  } catch {
    /** @type {any} */
    const { DatabaseSync, StatementSync } = require(['node', 'sqlite'].join(':'));
    const sourceOf = (/** @type {any} */ each) => each.sourceSQL;
    const numbers = { SQLITE_FULL: 13, SQLITE_IOERR_WRITE: 778, SQLITE_READONLY: 8, SQLITE_CANTOPEN: 14 };
    const faultOf = (/** @type {string} */ code) =>
      Object.assign(new Error('injected'), { code: 'ERR_SQLITE_ERROR', errcode: Reflect.get(numbers, code) });
    return { connection: DatabaseSync.prototype, statement: StatementSync.prototype, sourceOf, faultOf };
  }
}

const lost = Number(process.env['HANDOVER_LOSE_THREAD'] ?? 0);
let messages = 0;

/** Counts from now on what is sent to threads. */
function watchThreads() {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = /** @this {Worker} @param {any} message @param {any} [more] */ function (
    message,
    more,
  ) {
    messages += 1;
    if (messages === lost) void this.terminate();
    postMessage.call(this, message, more);
  };
}

if (isMainThread && (lost > 0 || report !== undefined)) watchThreads();

/** @param {string} method @param {any[]} args */
function withoutModes(method, args) {
  if (/^open/.test(method)) return [args[0], args[1], 0o666];
  if (/^mkdir(?!temp)/.test(method)) return [args[0], { ...args[1], mode: 0o777 }];
  if (/^chmod/.test(method)) return [args[0], 0o777];
  return args;
}

const clock = process.env['HANDOVER_CLOCK'];
if (clock !== undefined) {
  const ahead = Date.parse(clock) - Date.now();
  const Real = Date;
  globalThis.Date = /** @type {any} */ (
    class extends Real {
      /** @param {any[]} args */
      constructor(...args) {
        if (args.length === 0) super(Real.now() + ahead);
        else super(.../** @type {[any]} */ (args));
      }
    }
  );
}

/** Counts from now on whatever writes. */
async function watchAll() {
  if (hasNoModes) process.umask(0);
  // Node loads what removes files when it is first asked to, and would take what it calls from among the watched: `rm` is one operation.
  await fs.promises.rm(`${process.execPath}.none`, { force: true });
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
    true,
  );
  watch(handle, 'sync', () => 'fsync', undefined, true);
  syncBuiltinESMExports();

  const { connection, statement, sourceOf, faultOf } = sqlite();
  /** @param {string} sql */
  const countSql = (sql) => {
    if (!isCounting) return;
    const name = `sql ${sql.slice(0, 40)}`;
    count(name);
    const codes = { ENOSPC: 'SQLITE_FULL', EIO: 'SQLITE_IOERR_WRITE', EROFS: 'SQLITE_READONLY' };
    if (fault(name) !== null) throw faultOf(Reflect.get(codes, errno) ?? 'SQLITE_CANTOPEN');
  };
  /** @type {Callable} */
  const exec = connection.exec;
  connection.exec = /** @this {any} @param {any[]} args */ function (...args) {
    const sql = String(args[0]);
    if (!sql.startsWith('PRAGMA') || sql.includes('checkpoint')) countSql(sql);
    return exec.apply(this, args);
  };
  /** @type {Callable} */
  const run = statement.run;
  statement.run = /** @this {any} @param {any[]} args */ function (...args) {
    countSql(sourceOf(this));
    return run.apply(this, args);
  };
}

if (isMainThread && isCounting) {
  await watchAll();
  if (report !== undefined)
    process.on('exit', () => {
      const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
      const peak = highWater() ?? maxRSS;
      const cpu = (userCPUTime + systemCPUTime) / 1000;
      writeFileSync(report, JSON.stringify({ operations, messages, peak, cpu }));
    });
}

let isWatched = false;

/**
 * Runs a command in this process with an error of the system at one of its operations, as HANDOVER_FAIL says it; '' for none.
 *
 * @template T
 * @param {string} fail
 * @param {() => Promise<T>} command
 * @returns {Promise<{ ended: T, operations: readonly string[], messages: number }>}
 */
export async function failing(fail, command) {
  if (!isWatched) {
    await watchAll();
    watchThreads();
  }
  isWatched = true;
  [errno = '', where = ''] = fail.split('@');
  operations = [];
  messages = 0;
  hasFailed = false;
  isCounting = true;
  try {
    const ended = await command();
    return { ended, operations, messages };
  } finally {
    isCounting = false;
    errno = '';
  }
}
