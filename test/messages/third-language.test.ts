import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGS } from '../../src/messages/lang.js';
import { MIGRATIONS } from '../../src/store/schema.js';
import { readSources } from '../kit/sources.js';

// The sources are compiled with a third language in the list: whatever still compiles would speak another language to its reader.

const TWO = "export const LANGS = ['zh', 'en'] as const;";
const THREE = "export const LANGS = ['zh', 'en', 'xx'] as const;";

/** Files that name a language and may compile, each with its reason. */
const SILENT: Readonly<Record<string, string>> = {
  'messages/screens/help-zh.ts': 'one language; screens/help.ts holds them together and does not compile',
  'messages/screens/help-en.ts': 'one language',
  'messages/campaign-text-zh.ts': 'one language; campaign/text.ts holds them together and does not compile',
  'messages/campaign-text-en.ts': 'one language',
  'messages/drafts/deal-zh.ts': 'one language; drafts/drafts.ts holds them together and does not compile',
  'messages/drafts/house-zh.ts': 'one language',
  'messages/drafts/facts.ts': 'an example of a citation',
  'deal/terms.ts': 'the format of a deal has two names for a purpose; whoever reads a third does not compile',
  'store/schema.ts': 'a migration is never edited; the test below asks for the next one',
};

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'third-language-'));
/** The sources below src/ without comments, by path. */
const sources = new Map(readSources().map(({ file, code }) => [file, code]));
/** What the compiler says of each file. */
const errors = new Map<string, readonly string[]>();

function compile(): Promise<string> {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', folder, '--pretty', 'false'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_, stdout) => resolve(stdout));
  });
}

beforeAll(async () => {
  cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));

  const list = join(folder, 'src', 'messages', 'lang.ts');
  writeFileSync(list, readFileSync(list, 'utf8').replace(TWO, THREE));

  for (const [, path = '', error = ''] of (await compile()).matchAll(
    /^src\/(\S+)\(\d+,\d+\): error (.*(?:\n .*)*)$/gm,
  ))
    errors.set(path, [...(errors.get(path) ?? []), error]);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files that match and compile nevertheless. */
function silent(where: string, what: RegExp): readonly string[] {
  return [...sources]
    .filter(([path, code]) => path.startsWith(where) && what.test(code) && !errors.has(path))
    .map(([path]) => path)
    .filter((path) => !Object.hasOwn(SILENT, path));
}

describe('a third language', () => {
  it('is what the compiler complains of, and nothing else', () => {
    expect(sources.get('messages/lang.ts')).toContain(TWO);
    expect(errors.get('messages/lang.ts')).toBeDefined();
    const strange = [...errors].flatMap(([path, found]) =>
      found.filter((error) => !/\bxx\b|TS2554: Expected 3 arguments/.test(error)).map((e) => `${path} ${e}`),
    );
    expect(strange).toEqual([]);
  });

  it('does not compile in any file of messages/ that has words', () => {
    expect(silent('messages/', /\p{Script=Han}|\bscreen\(|\bLang\b.*=/u)).toEqual([]);
  });

  it('does not compile in any file that names a language', () => {
    expect(silent('', /\b(?:zh|en)\b(?!-)/)).toEqual([]);
  });

  it('is excused only where it has to be', () => {
    for (const path of Object.keys(SILENT)) {
      expect(sources.get(path), path).toMatch(
        /\b(?:zh|en)\b|(?:help|nda|poster|texts)(?:Zh|En)\b|DraftFacts/,
      );
      expect(errors.has(path), `${path} does not compile: it needs no excuse`).toBe(false);
    }
  });
});

it('the database takes every language, and a new one asks for a migration', () => {
  const taken = MIGRATIONS.join('\n').match(/\blang TEXT NOT NULL CHECK \(lang IN \(([^)]*)\)\)/g);
  expect(taken).toEqual([
    `lang TEXT NOT NULL CHECK (lang IN (${LANGS.map((lang) => `'${lang}'`).join(', ')}))`,
  ]);
});
