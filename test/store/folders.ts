import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { HandoverError } from '../../src/messages/error.js';
import type { ProblemCode } from '../../src/messages/problem.js';

const made: string[] = [];

/** A fresh folder that is removed after the tests of the file. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handover-store-'));
  made.push(folder);
  return folder;
}

const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Runs `work` and gives the code of the problem it throws. */
export async function codeOf(work: () => unknown): Promise<ProblemCode | 'nothing thrown'> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HandoverError)) throw error;
    expect(error.cause).toBeUndefined();
    return error.problem.code;
  }
  return 'nothing thrown';
}

/** Paths of all files below a folder, relative to it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

/** Files below a folder in which some bytes stand. */
export function filesWith(folder: string, needle: string | Uint8Array): string[] {
  const bytes = Buffer.concat([typeof needle === 'string' ? Buffer.from(needle) : needle]);
  return filesBelow(folder).filter((name) => readFileSync(join(folder, name)).includes(bytes));
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Command line of a node process that runs the default export of a TypeScript file of this folder with `args`. */
function program(file: string, args: readonly string[]): string[] {
  const [start = '', path = ''] = ['start.js', file].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  return [start, path, ...args];
}

/** Starts another process and waits until it prints `ready`. */
export async function startProgram(file: string, ...args: string[]) {
  const child = spawn(process.execPath, program(file, args), {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => data.includes('ready') && resolve());
    child.once('exit', () => reject(new Error(`${file} ended early`)));
  });
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs another process, with a limit on the size of the files it writes, and gives what it printed. */
export function runLimited(kibibytes: number, file: string, ...args: string[]): string {
  const shell = 'ulimit -f "$1"; shift; exec "$@"';
  const command = ['-c', shell, 'bash', String(kibibytes), process.execPath, ...program(file, args)];
  const { stdout, stderr } = spawnSync('bash', command, { cwd: root, encoding: 'utf8' });
  return stdout + stderr;
}
