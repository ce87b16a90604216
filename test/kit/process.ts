import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ended } from '../cli/world.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PRELOAD = new URL('./stop-at.js', import.meta.url).href;

/** A command in a process of its own: the built program as a user starts it. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessEnd>;
}

export interface ProcessEnd extends Ended {
  readonly argv: readonly string[];
  /** What ended the process, where it did not end by itself; `exit` is then -1. */
  readonly signal: NodeJS.Signals | null;
  /** The operations that write, in order; empty where the process did not end by itself. */
  readonly operations: readonly string[];
  /** Messages that were sent to threads. */
  readonly messages: number;
  /** Most memory that was resident, in bytes; 0 where the process did not end by itself. */
  readonly peak: number;
  readonly milliseconds: number;
  /** How long processors worked for it, in milliseconds: other programs do not change that much. */
  readonly cpu: number;
}

export interface Starting {
  readonly cwd: string;
  /** A signal at the n-th operation that writes, from 1, or at the first whose name begins so. */
  readonly stop?: { readonly signal: NodeJS.Signals; readonly at: number | string };
  /** An error of the system at the n-th operation that writes, at the first whose name begins so, or at all of those (`link*`). */
  readonly fail?: { readonly errno: string; readonly at: number | string };
  readonly env?: Readonly<Record<string, string>>;
}

let count = 0;
let program = '';

/** The built program, copied once in a process of tests: somebody may build it again while a long test goes on. */
export function builtProgram(): string {
  if (program !== '') return program;
  const folder = mkdtempSync(join(tmpdir(), 'handover-program-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const part of ['bin', 'dist/program', 'package.json'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  program = join(folder, 'bin', 'handover.js');
  return program;
}

/** @param argv the words after `handover` */
export function start(argv: readonly string[], { cwd, stop, fail, env }: Starting): Started {
  count += 1;
  const report = join(tmpdir(), `handover-operations-${process.pid}-${count}.json`);
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', PRELOAD, builtProgram(), ...argv], {
    cwd,
    env: {
      PATH: process.env['PATH'] ?? '',
      TMPDIR: tmpdir(),
      LANG: 'en_US.UTF-8',
      HANDOVER_OPERATOR: '李店长',
      HANDOVER_OPERATIONS: report,
      ...(stop === undefined ? {} : { HANDOVER_STOP: `${stop.signal}@${stop.at}` }),
      ...(fail === undefined ? {} : { HANDOVER_FAIL: `${fail.errno}@${fail.at}` }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text.stdout += more;
  });
  child.stderr.setEncoding('utf8').on('data', (more: string) => {
    text.stderr += more;
  });
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const counted: { operations: string[]; messages: number; peak: number; cpu: number } = existsSync(
        report,
      )
        ? JSON.parse(readFileSync(report, 'utf8'))
        : { operations: [], messages: 0, peak: 0, cpu: 0 };
      rmSync(report, { force: true });
      resolve({
        argv,
        exit: code ?? -1,
        signal,
        ...text,
        operations: counted.operations,
        messages: counted.messages,
        peak: counted.peak * 1024,
        cpu: counted.cpu,
        milliseconds: performance.now() - begun,
      });
    });
  });
  return { child, ended };
}

export function startAndEnd(argv: readonly string[], starting: Starting): Promise<ProcessEnd> {
  return start(argv, starting).ended;
}
