import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { completionScript, SHELLS } from '../../src/cli/completion.js';
import { COMMAND_NAMES, SHAPES } from '../../src/cli/shapes.js';
import { runIn } from './world.js';

const folder = mkdtempSync(join(tmpdir(), 'handover-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const shell of SHELLS) writeFileSync(join(folder, `script.${shell}`), completionScript(shell));
writeFileSync(join(folder, '客户 2026.csv'), '');

const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** What the shell itself offers behind a line that was typed up to its end. */
const asked: Readonly<Record<string, (line: string) => readonly string[]>> = {
  bash: (line) => {
    const words = line.split(' ');
    const script = `source script.bash; COMP_WORDS=(${words.map((word) => `"${word}"`).join(' ')}); COMP_CWORD=${words.length - 1}; _handover; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return lines('bash', ['--norc', '-c', script]);
  },
  zsh: (line) => {
    // compadd and _files work inside the line editor only: here they say what they were given.
    const words = line.split(' ');
    const script = `compdef() { :; }; source ./script.zsh; compadd() { shift; print -l -- \${(M)@:#$PREFIX*}; }; _files() { print -l -- *.csv; }; words=(${words.map((word) => `"${word}"`).join(' ')}); CURRENT=${words.length}; PREFIX="\${words[CURRENT]}"; _handover`;
    return lines('zsh', ['-f', '-c', script]);
  },
  fish: (line) =>
    lines('fish', ['--no-config', '-c', `source script.fish; complete -C '${line}'`]).map(
      (each) => each.split('\t')[0] ?? '',
    ),
};

function lines(shell: string, argv: readonly string[]): readonly string[] {
  const { stdout, stderr, status } = spawnSync(shell, argv, { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

describe.each(Object.keys(asked))('%s', (shell) => {
  it.skipIf(!has(shell)).each([
    ['handover ca', ['card'], ['import']],
    ['handover card ', ['show', 'export'], ['import']],
    ['handover --lang zh card ', ['show', 'export'], ['import']],
    ['handover card export --o', ['--out', '--operator'], ['--role']],
    ['handover init --role ', ['seller', 'buyer'], ['zh']],
    ['handover status --lang ', ['zh', 'en'], ['seller']],
    ['handover completion ', ['bash', 'zsh', 'fish', 'powershell'], ['card']],
    ['handover import ', ['客户 2026.csv'], ['show']],
    ['handover init --name ', [], ['seller', 'card']],
  ])('%s', (line, offers, keeps) => {
    const found = (asked[shell] ?? (() => []))(line).map((each) => each.replaceAll('\\', ''));
    expect(found).toEqual(expect.arrayContaining(offers));
    for (const word of keeps) expect(found).not.toContain(word);
  });
});

it.each(SHELLS)(
  'the script for %s knows every command and every option, and is of plain letters',
  (shell) => {
    const script = completionScript(shell);
    expect(script).toMatch(/^[\t\n -~]+$/);
    for (const name of COMMAND_NAMES) {
      expect(script).toContain(name);
      for (const key of Object.keys(SHAPES[name].options))
        expect(script).toContain(key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    }
  },
);

it('prints the script as it is, and says which shells there are', async () => {
  expect(await runIn({ cwd: folder }, 'completion', 'fish')).toEqual({
    exit: 0,
    stdout: completionScript('fish'),
    stderr: '',
  });
  const wrong = await runIn({ cwd: folder }, 'completion', 'tcsh');
  expect([wrong.exit, wrong.stderr]).toEqual([2, expect.stringContaining('bash, zsh, fish, powershell')]);
});
