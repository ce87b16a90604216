import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** A file system in memory, on most Linux machines. */
const MEMORY = '/dev/shm';
const NAME = 'handover-tests-';
/** The most that two workers and what they start have there at a time is below 1 GiB. */
const ROOM = 4 * 2 ** 30;

/**
 * Lets the tests have their temporary files in memory, where there is room and nobody said otherwise by TMPDIR: every command ends with
 * several writes that wait for the disk. What is tested is what the program asks of the disk, which is the same, and not what the disk does.
 */
export function useMemory(): void {
  if (process.env['TMPDIR'] !== undefined || !hasRoom()) return;
  sweep();
  const folder = mkdtempSync(join(MEMORY, `${NAME}${process.pid}-`));
  process.env['TMPDIR'] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
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
function sweep(): void {
  for (const name of readdirSync(MEMORY)) {
    const [, pid] = /^handover-tests-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(MEMORY, name), { recursive: true, force: true });
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
