import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What one process cost. CPU counts all its threads and the children it waited for; the peak is that of its largest process.
 *
 * @typedef {object} Cost
 * @property {number} wall  seconds
 * @property {number} cpu  seconds, user and system; NaN where it cannot be told
 * @property {number} peak  MiB of resident memory
 * @property {string} stdout
 */

const TIME = '/usr/bin/time';
/** How often the memory of a process is read where there is no /usr/bin/time, in milliseconds. */
const POLL = 10;

/**
 * Runs a command and measures it. With GNU time in between, so that the peak is the kernel's own number and does not count the
 * memory of this process, which a direct child would inherit before it starts the command.
 *
 * @param {readonly string[]} command  program and arguments
 * @param {{ cwd: string, env?: Record<string, string>, exit?: number }} place  where it runs, and how it is to end (0)
 * @returns {Promise<Cost>}
 */
export async function measure(command, { cwd, env, exit = 0 }) {
  const timed = existsSync(TIME);
  const folder = mkdtempSync(join(tmpdir(), 'handover-bench-'));
  const report = join(folder, 'time');
  const [program = '', ...rest] = timed ? [TIME, '-o', report, '-f', '%U %S %M', ...command] : command;
  try {
    const began = process.hrtime.bigint();
    const child = spawn(program, rest, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr = (stderr + text).slice(-4000);
    });
    let polled = 0;
    const timer = setInterval(() => {
      if (!timed && child.pid !== undefined) polled = Math.max(polled, residentPeak(child.pid));
    }, POLL);
    const [code] = await once(child, 'close');
    const wall = Number(process.hrtime.bigint() - began) / 1e9;
    clearInterval(timer);
    if (code !== exit)
      throw new Error(`${command.join(' ')}\nended with ${code}\n${stdout.slice(-2000)}${stderr}`);
    if (!timed) return { wall, cpu: Number.NaN, peak: polled, stdout };
    // Of a command that ended in another way a line before it says so.
    const line = readFileSync(report, 'utf8').trim().split('\n').at(-1) ?? '';
    const [user = 0, system = 0, kib = 0] = line.split(/\s+/).map(Number);
    return { wall, cpu: user + system, peak: kib / 1024, stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The peak resident memory of a running process in MiB, or 0 when it has just ended.
 *
 * @param {number} pid
 */
function residentPeak(pid) {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(found?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/**
 * @param {readonly number[]} numbers
 * @returns {number}
 */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
