/**
 * Runs one command after the other in a process that a test has started (kit/served.ts), and tells of each how it ended, how long processors
 * worked for it and how much memory was resident at most. Between two of them nothing is kept.
 */
import fs from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [, , program = ''] = process.argv;
const { run } = await import(pathToFileURL(program).href);

/** Most memory of this process since it was last asked, in bytes. */
function highWater() {
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]) * 1024;
}

/** @param {{ argv: readonly string[], cwd: string, env: Record<string, string> }} asked */
async function answer({ argv, cwd, env }) {
  globalThis.gc?.();
  // Makes the high-water mark the present level (proc(5)).
  fs.writeFileSync('/proc/self/clear_refs', '5');
  const text = { stdout: '', stderr: '' };
  /** @param {'stdout' | 'stderr'} name */
  const output = (name) => ({
    /** @param {string} more */
    write: (more) => {
      text[name] += more;
    },
    isTTY: false,
    columns: undefined,
  });
  const before = process.cpuUsage();
  const exit = await run(argv, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    prompts: null,
    env,
    cwd,
    locale: '',
    platform: process.platform,
    node: process.versions.node,
    now: () => new Date(),
    elapsed: () => 0,
    /** @param {number} length */
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    onSignal: () => () => undefined,
  });
  const { user, system } = process.cpuUsage(before);
  process.send?.({ exit, ...text, peak: highWater(), cpu: (user + system) / 1000 });
}

process.on('message', (/** @type {any} */ asked) => void answer(asked));
process.send?.('ready');
