import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSigned } from '../../src/store/signed-file.js';
import { HandoverError } from '../../src/messages/error.js';

async function codeOf(writing: Promise<unknown>): Promise<string> {
  const failed: unknown = await writing.catch((error: unknown) => error);
  return failed instanceof HandoverError ? failed.problem.code : 'none';
}

let folder: string;
const page = (): string => join(folder, 'report.html');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a document with its signature beside it', () => {
  it('is written, and known of before anybody sees it', async () => {
    const seen: boolean[] = [];
    await writeSigned(page(), 'page', 'signature', { announce: () => seen.push(existsSync(page())) });
    expect(seen).toEqual([false]);
    expect(readdirSync(folder).sort()).toEqual(['report.html', 'report.html.minisig']);
    expect(readFileSync(`${page()}.minisig`, 'utf8')).toBe('signature');
  });

  it('is not there, and nobody was told, where its signature cannot be written', async () => {
    mkdirSync(`${page()}.minisig`);
    const told: unknown[] = [];
    const failed = await codeOf(writeSigned(page(), 'page', 'signature', { announce: (w) => told.push(w) }));
    expect([failed, told]).toEqual(['FILE_IS_FOLDER', []]);
    expect(readdirSync(folder)).toEqual(['report.html.minisig']);
  });

  it('leaves no signature where the document cannot be kept', async () => {
    const announce = (): void => {
      throw new Error('the log took nothing');
    };
    await expect(writeSigned(page(), 'page', 'signature', { announce })).rejects.toThrow('nothing');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces the signature of a document that is gone, and both where that was asked for', async () => {
    writeFileSync(`${page()}.minisig`, 'old');
    await writeSigned(page(), 'page', 'new', {});
    expect(await codeOf(writeSigned(page(), 'other', 'newer', {}))).toBe('FILE_EXISTS');
    expect(readFileSync(`${page()}.minisig`, 'utf8')).toBe('new');
    await writeSigned(page(), 'other', 'newest', { force: true });
    expect([readFileSync(page(), 'utf8'), readFileSync(`${page()}.minisig`, 'utf8')]).toEqual([
      'other',
      'newest',
    ]);
  });
});
