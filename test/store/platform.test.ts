import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eraseFile, openWhole, syncFolder, writeWhole } from '../../src/store/files.js';
import { overwriteFile, removeOverwritten } from '../../src/store/erase.js';
import { accessFinding } from '../../src/steps/setup/doctor.js';
import { mediumOf, servicesNamed } from '../../src/store/medium.js';
import {
  isReservedName,
  longPath,
  renameHeld,
  settingsFolder,
  unlinkHeld,
  WAITS,
} from '../../src/store/platform.js';
import { sha256 } from '../../src/base/crypto.js';

/*
 * Windows as far as it can be played on another system: the name of the platform, and refusals as it gives them while a spreadsheet or a virus
 * scanner has a file. Each act is refused a number of times, and then allowed.
 */

const played = vi.hoisted(() => {
  // What the setup of the tests has loaded already knows the real system.
  vi.resetModules();
  return {
    platform: 'win32',
    /** How often the next acts are refused, and how. */
    refusals: 0,
    code: 'EPERM',
    acts: 0,
    folderSyncs: 0,
  };
});

function refuse(): void {
  played.acts += 1;
  if (played.refusals === 0) return;
  played.refusals -= 1;
  throw Object.assign(new Error('held'), { code: played.code, errno: -1 });
}

vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  platform: () => played.platform,
}));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  return {
    ...real,
    renameSync: (from: string, to: string) => {
      refuse();
      real.renameSync(from, to);
    },
    unlinkSync: (path: string) => {
      refuse();
      real.unlinkSync(path);
    },
    openSync: (path: string, ...rest: [string, number?]) => {
      if (real.statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) played.folderSyncs += 1;
      return real.openSync(path, ...rest);
    },
  };
});
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    rename: async (from: string, to: string) => {
      refuse();
      await real.rename(from, to);
    },
  };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-platform-'));
  Object.assign(played, { platform: 'win32', refusals: 0, code: 'EPERM', acts: 0, folderSyncs: 0 });
});
afterEach(() => {
  played.refusals = 0;
  rmSync(folder, { recursive: true, force: true });
});

const problem = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) });

describe('a file that another program has open', () => {
  it.each(['EPERM', 'EBUSY', 'EACCES'])('is renamed once it is let go (%s)', (code) => {
    writeFileSync(join(folder, 'a'), 'x');
    Object.assign(played, { refusals: 3, code });
    renameHeld(join(folder, 'a'), join(folder, 'b'));
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('x');
    expect(played.acts).toBe(4);
  });

  it('is said to be in use after a little more than a second, and not tried for ever', () => {
    writeFileSync(join(folder, 'a'), 'x');
    played.refusals = 1000;
    expect(() => unlinkHeld(join(folder, 'a'))).toThrow(problem('FILE_BUSY'));
    expect(played.acts).toBe(WAITS.length + 1);
    expect(WAITS.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(2000);
    expect(existsSync(join(folder, 'a'))).toBe(true);
  });

  it('fails at once for any other reason, and at once elsewhere than on Windows', () => {
    Object.assign(played, { refusals: 1, code: 'ENOSPC' });
    expect(() => renameHeld(join(folder, 'a'), join(folder, 'b'))).toThrow(
      expect.objectContaining({ code: 'ENOSPC' }),
    );
    Object.assign(played, { platform: 'linux', refusals: 1, code: 'EPERM', acts: 0 });
    expect(() => renameHeld(join(folder, 'a'), join(folder, 'b'))).toThrow(
      expect.objectContaining({ code: 'EPERM' }),
    );
    expect(played.acts).toBe(1);
  });

  it('is written whole, and replaced whole', async () => {
    const path = join(folder, '客户.csv');
    await writeWhole(path, 'one');
    played.refusals = 4;
    await writeWhole(path, 'two', { force: true });
    expect(readFileSync(path, 'utf8')).toBe('two');
  });

  it('keeps what it had where it is never let go, and no draft stays beside it', async () => {
    const path = join(folder, 'a.csv');
    await writeWhole(path, 'one');
    played.refusals = WAITS.length + 1;
    await expect(writeWhole(path, 'two', { force: true })).rejects.toThrow(problem('FILE_BUSY'));
    expect(readFileSync(path, 'utf8')).toBe('one');
  });

  it('is overwritten and removed, or left and said so', () => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'clear');
    const doomed = { path, sha256: sha256(Buffer.from('clear')) };
    played.refusals = 1000;
    expect(overwriteFile(doomed)).toBe('permission');
    expect(readFileSync(path, 'utf8')).toBe('clear');
    played.refusals = 2;
    expect(overwriteFile(doomed)).toBe('overwritten');
    played.refusals = 2;
    expect(removeOverwritten(doomed)).toBe(true);
    writeFileSync(path, 'again');
    played.refusals = 2;
    eraseFile(path);
    expect(existsSync(path)).toBe(false);
  });
});

describe('folders', () => {
  it('are not synced on Windows, which has no such thing, and are elsewhere', () => {
    syncFolder(folder);
    expect(played.folderSyncs).toBe(0);
    played.platform = 'linux';
    syncFolder(folder);
    expect(played.folderSyncs).toBe(1);
  });

  it.each([
    ['C:\\Users\\wang\\OneDrive - 甲家政\\资料', ['onedrive']],
    ['C:\\Users\\wang\\我的坚果云\\资料', ['nutstore']],
    ['C:\\Users\\wang\\Nutstore\\1', ['nutstore']],
    ['D:/iCloudDrive/handover', ['icloud']],
    ['C:\\Users\\wang\\资料', []],
  ])('that a service copies are known by their names: %s', (path, services) => {
    expect(servicesNamed(path)).toEqual(services);
  });

  it('are looked at by modes, and on Windows a person is told to look at access lists', () => {
    expect(accessFinding()).toMatchObject({ check: 'access', state: 'note' });
    played.platform = 'linux';
    expect(accessFinding()).toMatchObject({ check: 'access', state: 'good' });
  });

  it('have the file system that the platform has', () => {
    expect(mediumOf(folder).fileSystem).toBe(null);
    played.platform = 'darwin';
    expect(mediumOf(folder).fileSystem).toBe('apfs');
  });
});

describe('names', () => {
  it.each([
    'CON',
    'con.txt',
    'NUL.deal.json',
    'aux',
    'COM1.csv',
    'lpt9',
    'COM¹',
    'conin$',
    'CON .txt',
    'a.',
    'a ',
    'a:b',
    'a?',
    'a|b',
    '<a>',
  ])('that Windows has not: %s', async (name) => {
    expect(isReservedName(name)).toBe(true);
    await expect(openWhole(join(folder, name))).rejects.toThrow(problem('FILE_NAME_RESERVED'));
  });

  it.each(['console.txt', '客户.csv', 'COM10.csv', 'nullable', 'D-1.deal.json', '.D-1.part', 'a b.csv'])(
    'that it has: %s',
    (name) => {
      expect(isReservedName(name)).toBe(false);
    },
  );

  it('of devices are ordinary elsewhere', async () => {
    played.platform = 'linux';
    await writeWhole(join(folder, 'NUL.txt'), 'x');
    expect(existsSync(join(folder, 'NUL.txt'))).toBe(true);
  });
});

describe('places', () => {
  it('long paths are marked for SQLite on Windows only', () => {
    const long = `C:\\${'很长的文件夹名\\'.repeat(40)}handover.db`;
    expect(longPath(long)).toBe(`\\\\?\\${long}`);
    expect(longPath('C:\\jia\\handover.db')).toBe('C:\\jia\\handover.db');
    played.platform = 'linux';
    expect(longPath(long)).toBe(long);
  });

  it('settings lie where the system has them', () => {
    expect(settingsFolder({ APPDATA: 'C:\\a', HOME: '/h' })).toEqual({
      folder: 'C:\\a',
      under: ['handover'],
    });
    expect(settingsFolder({ XDG_CONFIG_HOME: '/x', HOME: '/h' })).toEqual({
      folder: '/x',
      under: ['handover'],
    });
    expect(settingsFolder({ HOME: '/h' })).toEqual({ folder: '/h', under: ['.config', 'handover'] });
    expect(settingsFolder({})).toBe(null);
  });
});
