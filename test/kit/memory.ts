import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A file system in memory, on most Linux machines. */
const MEMORY = '/dev/shm';
const NAME = 'handover-tests-';
/** The most that two workers and what they start have there at a time is below 1 GiB. */
const ROOM = 4 * 2 ** 30;

/**
 * Lets the tests have their temporary files in memory, where there is room and nobody said otherwise by TMPDIR: every command ends with
 * several writes that wait for the disk. What is tested is what the program asks of the disk, which is the same, and not what the disk does.
 * Wherever they are, they have a folder of their own, which goes in the end: processes of tests are ended before they can tidy up.
 */
export function useMemory(): void {
  const own = `${NAME}${process.pid}-`;
  // The settings are read once for all projects and once more for each; a folder in a folder is too long a path for the sockets of a browser.
  if (basename(tmpdir()).startsWith(own)) return;
  const place = process.env['TMPDIR'] === undefined && hasRoom() ? MEMORY : tmpdir();
  sweep(place);
  const folder = mkdtempSync(join(place, own));
  process.env['TMPDIR'] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/**
 * What glibc asks the system for and gives back, as its environment says it (mallopt(3)): in the processes of the tests it keeps what it was given,
 * 16 MiB at a time. In a virtual machine it costs a sixth of the tests' time to be given the same pages again and again.
 */
const KEPT: Readonly<Record<string, string>> = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 32),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 33),
  MALLOC_TOP_PAD_: String(2 ** 24),
};

/** Lets the processes of the tests keep the memory that they were given, unless somebody said otherwise. */
export function keepMemory(): void {
  for (const [name, value] of Object.entries(KEPT)) process.env[name] ??= value;
}

/** The environment for a program whose memory is measured: it gives back what it does not need, as at its users'. */
export function withoutKeeping(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !Object.hasOwn(KEPT, name)));
}

function hasRoom(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM;
  } catch {
    return false;
  }
}

/** What a run left that was killed. */
function sweep(place: string): void {
  for (const name of readdirSync(place)) {
    const [, pid] = /^handover-tests-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(place, name), { recursive: true, force: true });
    } catch {
      // Something is still mounted there. No test has to wait for somebody to look after it.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
