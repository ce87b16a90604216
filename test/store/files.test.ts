import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/base/crypto.js';
import { HandoverError } from '../../src/messages/error.js';
import {
  eraseFile,
  fileDigest,
  openWhole,
  readBlocks,
  readLimited,
  readOwn,
  readSent,
  sweepLeftovers,
  translateErrno,
  writeNew,
  writeWhole,
} from '../../src/store/files.js';
import { codeOf, freshFolder, runLimited, startProgram } from './folders.js';

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('the first half');
  throw new HandoverError({ code: 'PAGE_DAMAGED', dataset: 'd', page: 1 });
}

describe('writeWhole', () => {
  it.each([
    ['text', '名单', '名单'],
    ['bytes', Buffer.from('abc'), 'abc'],
    ['nothing', '', ''],
    ['pieces', pieces('one ', 'two ', '', 'three'), 'one two three'],
  ] as const)('writes %s with its digest, for its owner only', async (_, content, expected) => {
    const folder = freshFolder();
    const path = join(folder, '回执.json');
    const written = await writeWhole(path, content);
    expect(readFileSync(path, 'utf8')).toBe(expected);
    expect(written).toEqual({ bytes: Buffer.byteLength(expected), sha256: sha256(Buffer.from(expected)) });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['回执.json']);
  });

  it('does not overwrite, and does with force', async () => {
    const path = join(freshFolder(), 'out.csv');
    await writeWhole(path, 'old');
    expect(await codeOf(() => writeWhole(path, 'new'))).toBe('FILE_EXISTS');
    expect(readFileSync(path, 'utf8')).toBe('old');
    await writeWhole(path, 'new', { force: true });
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('does not overwrite a file that appears while it writes', async () => {
    const folder = freshFolder();
    const path = join(folder, 'out.csv');
    const file = await openWhole(path);
    await file.write(Buffer.from('mine'));
    writeFileSync(path, 'theirs');
    expect(await codeOf(() => file.commit())).toBe('FILE_EXISTS');
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('does not follow a dangling link to somewhere else', async () => {
    const folder = freshFolder();
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'out.csv'));
    expect(await codeOf(() => writeWhole(join(folder, 'out.csv'), 'x'))).toBe('FILE_EXISTS');
    await writeWhole(join(folder, 'out.csv'), 'x', { force: true });
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });

  it('leaves nothing behind when its content fails, and passes the failure on', async () => {
    const folder = freshFolder();
    expect(await codeOf(() => writeWhole(join(folder, 'out.csv'), failing()))).toBe('PAGE_DAMAGED');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing behind when it is abandoned', async () => {
    const folder = freshFolder();
    const file = await openWhole(join(folder, 'out.csv'));
    await file.write(Buffer.from('x'));
    expect(readdirSync(folder)).not.toContain('out.csv');
    await file.abandon();
    await file.abandon();
    expect(readdirSync(folder)).toEqual([]);
    await expect(file.write(Buffer.from('y'))).rejects.toThrow('no more bytes');
  });

  it('keeps the order of writes that are not waited for', async () => {
    const path = join(freshFolder(), 'out');
    const file = await openWhole(path);
    await Promise.all(Array.from({ length: 50 }, (_, i) => file.write(Buffer.from(`${i};`))));
    const { sha256: digest } = await file.commit();
    expect(readFileSync(path, 'utf8')).toBe(Array.from({ length: 50 }, (_, i) => `${i};`).join(''));
    expect(digest).toBe((await fileDigest(path)).sha256);
  });

  it.each([
    ['a folder that does not exist', 'FILE_FOLDER_MISSING', (f: string) => join(f, 'no', 'out')],
    ['a folder', 'FILE_IS_FOLDER', (f: string) => f],
    ['a device', 'FILE_NOT_PLAIN', () => '/dev/null'],
    ['too long a name', 'FILE_NAME_TOO_LONG', (f: string) => join(f, '名'.repeat(200))],
  ])('refuses %s, with force too', async (_, code, path) => {
    expect(await codeOf(() => writeWhole(path(freshFolder()), 'x', { force: true }))).toBe(code);
  });

  it('takes a name as long as the file system does', async () => {
    const folder = freshFolder();
    const name = '名'.repeat(85);
    await writeWhole(join(folder, name), 'x');
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('leaves no final name when the process is killed, and its leftover is swept', async () => {
    const folder = freshFolder();
    const other = await startProgram('half-written.ts', join(folder, 'extract.csv'));
    const [left] = readdirSync(folder);
    expect(left).toMatch(/^\.extract\.csv\.\d+-[0-9a-f]{16}\.part$/);
    expect(sweepLeftovers(folder)).toEqual([]); // it still runs
    await other.kill();
    expect(readdirSync(folder)).toEqual([left]);
    writeFileSync(join(folder, 'notes.part'), 'not ours');
    expect(sweepLeftovers(folder)).toEqual([left]);
    expect(readdirSync(folder)).toEqual(['notes.part']);
  });

  it('leaves its own files under way alone when sweeping, and takes those of an earlier process of its number', async () => {
    const folder = freshFolder();
    const file = await openWhole(join(folder, 'a'));
    const earlier = `.a.${process.pid}-0123456789abcdef.part`;
    writeFileSync(join(folder, earlier), '');
    expect(sweepLeftovers(folder)).toEqual([earlier]);
    await file.commit();
    expect(readdirSync(folder)).toEqual(['a']);
    expect(sweepLeftovers(join(folder, 'none'))).toEqual([]);
  });

  it('says so when a file is larger than the system allows', () => {
    const folder = freshFolder();
    expect(runLimited(512, 'too-large.ts', join(folder, 'big'))).toContain('DISK_LIMIT');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a full disk', () => {
  const mounted = freshFolder();
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mounted]);
  const canMount = mount.status === 0;
  if (!canMount) process.stderr.write('skipped: a full disk (no permission to mount a small tmpfs)\n');
  afterAll(() => {
    if (canMount) spawnSync('umount', [mounted]);
  });

  it.skipIf(!canMount)('stops the writing, keeps what was there and leaves room again', async () => {
    await writeWhole(join(mounted, 'kept'), 'kept');
    const big = Buffer.alloc(2 * 1024 * 1024, 1);
    expect(await codeOf(() => writeWhole(join(mounted, 'out'), big))).toBe('DISK_FULL');
    expect(await codeOf(() => writeWhole(join(mounted, 'kept'), big, { force: true }))).toBe('DISK_FULL');
    expect(readdirSync(mounted)).toEqual(['kept']);
    expect(readFileSync(join(mounted, 'kept'), 'utf8')).toBe('kept');
    await writeWhole(join(mounted, 'out'), big.subarray(0, 500_000));
  });
});

describe('reading', () => {
  it('reads a small file whole', () => {
    const path = join(freshFolder(), 'card.json');
    writeFileSync(path, 'abc');
    expect(Buffer.from(readLimited(path, 3, 'card')).toString()).toBe('abc');
    writeFileSync(path, '');
    expect(readLimited(path, 3, 'card')).toHaveLength(0);
  });

  it.each([
    ['a file that is not there', 'FILE_NOT_FOUND', 'none'],
    ['a file below a file', 'FILE_NOT_FOUND', 'large/none'],
    ['a folder', 'FILE_IS_FOLDER', 'folder'],
    ['a file over the limit', 'FILE_TOO_LARGE', 'large'],
  ])('refuses %s', async (_, code, name) => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'large'), Buffer.alloc(1001));
    expect(await codeOf(() => readLimited(join(folder, name), 1000, 'deal'))).toBe(code);
  });

  it.each([
    ['what a person chose', 'FILE_TOO_LARGE', readLimited],
    ['what somebody sent', 'DOCUMENT_TOO_LARGE', readSent],
    ['what lies in the workspace', 'WORKSPACE_DAMAGED', readOwn],
  ])('says of a file over the limit what it is: %s', async (_, code, read) => {
    const path = join(freshFolder(), 'large');
    writeFileSync(path, Buffer.alloc(1001));
    expect(await codeOf(() => read(path, 1000, 'receipt'))).toBe(code);
  });

  it('holds no more than the limit of a file that never ends', async () => {
    expect(await codeOf(() => readLimited('/dev/zero', 100_000, 'deal'))).toBe('FILE_TOO_LARGE');
  });

  it.skipIf(process.getuid?.() === 0)('names a missing permission', async () => {
    const path = join(freshFolder(), 'x');
    writeFileSync(path, 'x');
    chmodSync(path, 0);
    expect(await codeOf(() => readLimited(path, 10, 'x'))).toBe('FILE_PERMISSION');
  });

  it('gives full blocks whose sum is the file, for every size', async () => {
    const path = join(freshFolder(), 'x');
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 100 }),
        fc.integer({ min: 1, max: 40 }),
        async (bytes, size) => {
          writeFileSync(path, bytes);
          const blocks: Uint8Array[] = [];
          // A block's memory is used again: a copy is what a caller keeps.
          for await (const block of readBlocks(path, size)) blocks.push(new Uint8Array(block));
          expect(Buffer.concat(blocks)).toEqual(Buffer.from(bytes));
          for (const block of blocks.slice(0, -1)) expect(block).toHaveLength(size);
          expect(await fileDigest(path)).toEqual({ bytes: bytes.length, sha256: sha256(bytes) });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuses to read what is not there or is a folder', async () => {
    const folder = freshFolder();
    expect(await codeOf(() => fileDigest(join(folder, 'none')))).toBe('FILE_NOT_FOUND');
    expect(await codeOf(() => fileDigest(folder))).toBe('FILE_IS_FOLDER');
  });
});

describe('translateErrno', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EFBIG', 'DISK_LIMIT'],
    ['EROFS', 'DISK_READ_ONLY'],
    ['EIO', 'DISK_FAULT'],
    ['EACCES', 'FILE_PERMISSION'],
    ['EPERM', 'FILE_PERMISSION'],
    ['EISDIR', 'FILE_IS_FOLDER'],
    ['ENOENT', 'FILE_NOT_FOUND'],
    ['EBUSY', 'FILE_BUSY'],
    ['EMFILE', 'FILE_FAULT'],
  ])('%s is %s, and the original is dropped', (code, expected) => {
    const original = Object.assign(new Error('open /home/x/secret'), { code });
    const { problem, message, cause } = translateErrno(original, 'a.csv');
    expect(problem).toMatchObject({ code: expected, name: 'a.csv' });
    expect(message + String(cause)).not.toContain('secret');
  });

  it('passes on what is no error of the file system', () => {
    const bug = new TypeError('x is not a function');
    expect(() => translateErrno(bug, 'a')).toThrow(bug);
    const problem = new HandoverError({ code: 'DISK_FULL', name: 'b' });
    expect(translateErrno(problem, 'a')).toBe(problem);
  });
});

describe('eraseFile', () => {
  it('overwrites the blocks before it removes the name', () => {
    const folder = freshFolder();
    const path = join(folder, 'key');
    writeNew(path, Buffer.from('a secret'));
    spawnSync('ln', [path, join(folder, 'same blocks')]);
    eraseFile(path);
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(join(folder, 'same blocks'))).toEqual(Buffer.alloc(8));
  });
});
