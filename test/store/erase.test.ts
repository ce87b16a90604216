import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { geteuid } from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../src/base/crypto.js';
import { overwriteFile, removeOverwritten } from '../../src/store/erase.js';

const CONTENT = Buffer.from('C001,张三,13800000001\n'.repeat(80_000));
let folder: string;
let file: { readonly path: string; readonly sha256: ReturnType<typeof sha256> };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-erase-'));
  file = { path: join(folder, '客户资料.csv'), sha256: sha256(CONTENT) };
  writeFileSync(file.path, CONTENT);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The only file of the folder, whatever its name. */
const only = () => {
  const [name = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name);
};

test('the file is overwritten whole, in place and under a neutral name, then removed', () => {
  let told = 0;
  const advance = (bytes: number): void => {
    told += bytes;
  };
  expect(overwriteFile(file, advance)).toBe('overwritten');
  expect(told).toBe(CONTENT.length);
  expect(only()).not.toContain('客户');
  const left = readFileSync(only());
  expect(left).toHaveLength(CONTENT.length);
  expect(left.includes('13800000001')).toBe(false);
  removeOverwritten(file);
  expect(readdirSync(folder)).toEqual([]);
  removeOverwritten(file);
  expect(overwriteFile(file)).toBe('missing');
});

test('what a killed run left half overwritten is finished, though its digest is another by then', () => {
  expect(overwriteFile(file)).toBe('overwritten');
  const doomed = only();
  writeFileSync(doomed, Buffer.concat([Buffer.alloc(1000), CONTENT.subarray(1000)]));
  expect(overwriteFile(file)).toBe('overwritten');
  expect(readFileSync(doomed).includes('13800000001')).toBe(false);
});

test('anything but the very file is left as it is', () => {
  const changed = Buffer.concat([CONTENT, Buffer.from('\n')]);
  writeFileSync(file.path, changed);
  expect(overwriteFile(file)).toBe('changed');
  expect(readFileSync(file.path).equals(changed)).toBe(true);

  writeFileSync(file.path, CONTENT);
  linkSync(file.path, join(folder, 'second name'));
  expect(overwriteFile(file)).toBe('linked');
  expect(readFileSync(join(folder, 'second name')).equals(CONTENT)).toBe(true);

  renameSync(file.path, join(folder, 'target'));
  symlinkSync('target', file.path);
  expect(overwriteFile(file)).toBe('symlink');
  expect(readFileSync(join(folder, 'target')).equals(CONTENT)).toBe(true);

  rmSync(file.path);
  mkdirSync(file.path);
  expect(overwriteFile(file)).toBe('changed');
  expect(overwriteFile({ ...file, path: join(folder, 'target', 'below') })).toBe('missing');
});

test.skipIf(geteuid?.() === 0)('without permission it says so', () => {
  chmodSync(file.path, 0o400);
  expect(overwriteFile(file)).toBe('permission');
});
