import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forOldConsole, isOldConsole, onOldConsole } from '../../src/cli/old-console.js';
import type { System } from '../../src/cli/system.js';

const SOURCES = join(import.meta.dirname, '..', '..', 'src');

/** Every character of GBK, as the platform decodes it. */
function gbk(): ReadonlySet<string> {
  const decoder = new TextDecoder('gbk');
  const known = new Set<string>();
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1)
      if (second !== 0x7f) known.add(decoder.decode(Uint8Array.of(first, second)));
  return known;
}

describe('a console of code page 936', () => {
  it('is Windows with nothing around it that says otherwise', () => {
    expect(isOldConsole({ platform: 'win32', env: {} })).toBe(true);
    expect(isOldConsole({ platform: 'win32', env: { WT_SESSION: 'x' } })).toBe(false);
    expect(isOldConsole({ platform: 'win32', env: { TERM_PROGRAM: 'vscode' } })).toBe(false);
    expect(isOldConsole({ platform: 'darwin', env: {} })).toBe(false);
  });

  it('has every sign that the words of our screens have, once they were exchanged', () => {
    const known = gbk();
    const lacking = new Set<string>();
    const folders = [
      'messages',
      'cli',
      join('cli', 'show'),
      join('cli', 'guide'),
      join('messages', 'screens'),
      join('messages', 'problems'),
    ];
    const files = folders.flatMap((folder) =>
      readdirSync(join(SOURCES, folder), { withFileTypes: true })
        // Words that customers answer with are read, and emoji among them.
        .filter((entry) => entry.isFile() && !['answer-words.ts', 'old-console.ts'].includes(entry.name))
        .map(({ name }) => join(SOURCES, folder, name)),
    );
    expect(files.length).toBeGreaterThan(100);
    for (const file of files)
      for (const character of forOldConsole(readFileSync(file, 'utf8')))
        if ((character.codePointAt(0) ?? 0) > 0x7f && !known.has(character)) lacking.add(character);
    expect([...lacking]).toEqual([]);
  });

  it('changes no Chinese', () => {
    expect(forOldConsole('协议双方已签 ✓，还没有批准 ✗')).toBe('协议双方已签 √，还没有批准 ×');
  });

  it('is written to as such, and a file or pipe is not', () => {
    const written: string[] = [];
    const output = (isTTY: boolean) => ({
      write: (text: string) => void written.push(text),
      isTTY,
      columns: 80,
    });
    const system = onOldConsole({ ...WORLD, stdout: output(true), stderr: output(false) });
    system.stdout.write('✓');
    system.stderr.write('✓');
    expect(written).toEqual(['√', '✓']);
    expect(system.stdout.columns).toBe(80);
  });
});

const WORLD: Omit<System, 'stdout' | 'stderr'> = {
  prompts: null,
  env: {},
  cwd: '/',
  locale: '',
  platform: 'win32',
  node: '',
  now: () => new Date(0),
  elapsed: () => 0,
  random: (length) => new Uint8Array(length),
  onSignal: () => () => undefined,
};
