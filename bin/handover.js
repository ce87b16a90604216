#!/usr/bin/env -S node --max-semi-space-size=4
/**
 * Gives run() the real process: streams, environment, clock, signals. Nothing else of the program knows that there is a process.
 *
 * The flag above keeps the young generation small: a chunk of records is soon garbage, and garbage is most of the memory of a large file.
 */
import { randomBytes } from 'node:crypto';
import { terminalPrompts } from '../dist/program/prompts.js';
import { run } from '../dist/program/run.js';

/** The reader of our output went away (`handover status | head`): that is its right and no fault of ours. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    process.exit(1);
  });
}

/** A fault that escaped every promise. Its message may hold a customer's values, so it is not printed. */
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, () => {
    process.stderr.write('handover: 意外错误,已停止 / unexpected fault, stopped.  CLI_FAULT\n');
    process.exit(1);
  });
}

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
    return Intl.DateTimeFormat().resolvedOptions().locale;
  },
  node: process.versions.node,
  now: () => new Date(),
  random: (length) => new Uint8Array(randomBytes(length)),
  onSignal(handler) {
    let count = 0;
    /** @param {NodeJS.Signals} signal */
    const listener = (signal) => {
      count += 1;
      // Who asks twice does not want to wait for the cleaning up; the next run sweeps.
      if (count > 1) {
        // A progress bar hides the cursor.
        if (process.stderr.isTTY) process.stderr.write('\u001b[?25h');
        process.exit(signal === 'SIGTERM' ? 143 : 130);
      }
      handler(signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
    };
    process.on('SIGINT', listener);
    process.on('SIGTERM', listener);
    return () => {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    };
  },
});
