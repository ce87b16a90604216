#!/usr/bin/env -S node --max-semi-space-size=4 --min-semi-space-size=4 --heap-growing-percent=100
/**
 * Gives run() the real process: streams, environment, clock, signals. Nothing else of the program knows that there is a process.
 *
 * The flags above keep the young generation small: a chunk of records is soon garbage, and garbage is most of the memory of a large file. It has
 * that size from the beginning, or a start would be spent on growing it. What lives longer is looked through whenever it has doubled:
 * left to itself V8 waits the longer the quicker the machine is, and the same file then takes 50 MiB more on a better laptop.
 */
import { randomBytes } from 'node:crypto';
import module from 'node:module';
import { join } from 'node:path';

/** Signals that end a command: asked for, terminated, the window closed, the terminal's other way to ask. Windows has SIGBREAK. */
const ENDING =
  process.platform === 'win32'
    ? ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']
    : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** @type {((signal: 'SIGINT' | 'SIGTERM') => void) | null} */
let handler = null;
let signals = 0;
let hasEnded = false;
for (const signal of ENDING) {
  process.on(signal, () => {
    signals += 1;
    // What came too late to stop anything stops nothing.
    if (hasEnded && signals === 1) return;
    // Before a command runs there is nothing to clean up. Who asks twice does not want to wait for it; the next run sweeps.
    if (handler === null || signals > 1) {
      // A progress bar hides the cursor.
      if (process.stderr.isTTY) process.stderr.write('\u001b[?25h');
      if (handler === null)
        process.stderr.write(
          signal === 'SIGINT'
            ? 'handover: 已中断 / interrupted.  CLI_INTERRUPTED\n'
            : 'handover: 已终止 / terminated.  CLI_TERMINATED\n',
        );
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }
    handler(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
  });
}

/**
 * The reader of our output went away (`handover status | head`): that is its right and no fault of ours. A full disk is told where it still
 * can be. Nobody reads the talk any more where a window was closed, and the command has to clean up all the same.
 */
process.stdout.on('error', (error) => {
  const code = 'code' in error ? error.code : '';
  if (code === 'EPIPE') process.exit(process.exitCode ?? 0);
  if (code === 'EIO') return;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    process.stderr.write(
      'handover: 磁盘已满，输出没有写完 / the disk is full, the output is cut short.  DISK_FULL\n',
    );
    process.exit(75);
  }
  process.stderr.write('handover: 输出写不出去 / the output cannot be written.  DISK_FAULT\n');
  process.exit(75);
});
process.stderr.on('error', () => undefined);

/** A fault that escaped every promise. Its message may hold a customer's values, so it is not printed. */
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, () => {
    process.stderr.write('handover: 意外错误,已停止 / unexpected fault, stopped.  CLI_FAULT\n');
    process.exit(1);
  });
}

/**
 * From Node 22 on the program is compiled once and kept in a folder of this person's, not in one that everybody may write. A program of one file
 * was compiled when it was made.
 */
const { LOCALAPPDATA, XDG_CACHE_HOME, HOME } = process.env;
const caches = LOCALAPPDATA || XDG_CACHE_HOME || (HOME ? join(HOME, '.cache') : '');
if (
  'enableCompileCache' in module &&
  typeof module.enableCompileCache === 'function' &&
  caches !== '' &&
  process.argv[1] !== process.execPath
)
  module.enableCompileCache(join(caches, 'handover'));

// Loaded once signals are heard: it takes a moment.
const [{ terminalPrompts }, { run }] = await Promise.all([
  import('../dist/program/prompts.js'),
  import('../dist/program/run.js'),
]);

// Where everything was at hand at once, a signal that came meanwhile is heard only now: nothing begins for somebody who wants to stop.
await new Promise((heard) => setImmediate(heard));

/** @param {NodeJS.WriteStream} stream */
const output = (stream) => ({
  /** @param {string} text */
  write: (text) => void stream.write(text),
  isTTY: stream.isTTY === true,
  get columns() {
    return stream.columns;
  },
});

const canAsk = process.stdin.isTTY === true && process.stderr.isTTY === true;

process.exitCode = await run(process.argv.slice(2), {
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  prompts: canAsk ? terminalPrompts(process.stdin, process.stderr) : null,
  env: process.env,
  cwd: process.cwd(),
  get locale() {
    // Elsewhere the environment alone says it, and Intl invents one.
    const isSaid = process.platform === 'win32' || process.platform === 'darwin';
    return isSaid ? Intl.DateTimeFormat().resolvedOptions().locale : '';
  },
  platform: process.platform,
  node: process.versions.node,
  now: () => new Date(),
  elapsed: () => performance.now(),
  random: (length) => new Uint8Array(randomBytes(length)),
  onSignal(listener) {
    // In a guide one command follows another.
    signals = 0;
    hasEnded = false;
    handler = listener;
    return () => {
      handler = null;
      hasEnded = true;
    };
  },
});
