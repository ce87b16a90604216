import { closeSync, fstatSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { Prompts } from '../../src/cli/system.js';
import { type PassphraseSource, passphrasesFrom, type Remembered } from '../../src/cli/passphrase.js';

const folder = mkdtempSync(join(tmpdir(), 'handover-pass-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode });
  return path;
}

function asking(...answers: string[]): Prompts & { asked: string[] } {
  const asked: string[] = [];
  const hidden = async (question: string): Promise<string> => {
    asked.push(question);
    return answers.shift() ?? '';
  };
  return {
    asked,
    hidden,
    line: hidden,
    yesNo: async () => false,
    choose: hidden,
    chooseOrType: async (question) => ({ chosen: await hidden(question) }),
    several: async () => [],
  };
}

const warned: string[] = [];

function passphrases(source: Partial<PassphraseSource>, prompts: Prompts | null, remembered?: Remembered) {
  const none = { file: undefined, fileOption: '--passphrase-file', fd: undefined } as const;
  return passphrasesFrom(
    {
      sources: {
        workspace: { ...none, ...source },
        approver: { ...none, fileOption: '--approver-passphrase-file' },
      },
      prompts,
      lang: 'en',
      warn: (text) => warned.push(text),
    },
    remembered,
  );
}

/** The way in which commands ask. */
function from(source: Partial<PassphraseSource>, prompts: Prompts | null = null) {
  return passphrases(source, prompts).passphrase;
}

describe('a passphrase', () => {
  test.each([
    ['one line', 'correct horse\n', 'correct horse'],
    ['no line end', 'correct horse', 'correct horse'],
    ['Windows line end, more lines', 'correct horse\r\nnote\r\n', 'correct horse'],
    ['byte order mark', '\ufeffcorrect horse\n', 'correct horse'],
    ['spaces belong to it', ' correct horse \n', ' correct horse '],
    ['composed', 'e\u0301clair\n', '\u00e9clair'],
  ])('from a file: %s', async (name, content, wanted) => {
    expect(await from({ file: file(name, content) })()).toBe(wanted);
  });

  test.each([
    ['empty', ''],
    ['empty line', '\nsecond\n'],
    ['not text', Uint8Array.of(0xff, 0xfe, 0x41, 10)],
    ['a huge file', 'x'.repeat(100_000)],
  ])('not from a file: %s', async (name, content) => {
    await expect(from({ file: file(name, content) })()).rejects.toMatchObject({
      problem: { code: 'KEY_PASSPHRASE_SOURCE', option: '--passphrase-file' },
    });
  });

  test('warns of a file that others can read', async () => {
    warned.length = 0;
    await from({ file: file('open', 'correct horse\n', 0o644) })();
    expect(warned).toHaveLength(1);
    await from({ file: file('closed', 'correct horse\n') })();
    expect(warned).toHaveLength(1);
  });

  test('from a descriptor, which stays open', async () => {
    const fd = openSync(file('fd', 'correct horse\nnext line\n'), 'r');
    expect(await from({ fd })()).toBe('correct horse');
    // A close under way would come before this read and the next one.
    await setImmediate();
    expect(fstatSync(fd).isFile()).toBe(true);
    closeSync(fd);
  });

  test('is asked once a run, and twice when it is new', async () => {
    const prompts = asking('correct horse', 'never');
    const passphrase = from({}, prompts);
    expect(await passphrase()).toBe('correct horse');
    expect(await passphrase()).toBe('correct horse');
    expect(prompts.asked).toHaveLength(1);
    const creating = asking('correct horse', 'correct horse');
    expect(await from({}, creating)(true)).toBe('correct horse');
    expect(creating.asked).toHaveLength(2);
  });

  test('of the approver is another one', async () => {
    const passphrase = from({ file: file('house', 'of the house\n') }, asking('of the person'));
    expect(await passphrase()).toBe('of the house');
    expect(await passphrase(false, 'approver')).toBe('of the person');
  });

  test('that is new is asked for again until it will do', async () => {
    warned.length = 0;
    const prompts = asking('short', 'correct horse', 'correct hose', 'correct horse', 'correct horse');
    expect(await from({}, prompts)(true)).toBe('correct horse');
    expect(warned).toHaveLength(2);
  });

  test('that was wrong is asked for twice more, where a person types it', async () => {
    warned.length = 0;
    const { passphrase, refused } = passphrases({}, asking('one', 'two', 'three'));
    expect(await passphrase()).toBe('one');
    expect(refused()).toBe(true);
    expect(await passphrase()).toBe('two');
    expect(refused()).toBe(true);
    expect(await passphrase()).toBe('three');
    expect(refused()).toBe(false);
    expect(warned).toHaveLength(2);
    expect(passphrases({ file: file('wrong', 'x\n') }, asking('y')).refused()).toBe(false);
  });

  test('of the workspace is remembered by a guide, and no other, and not if it was wrong', async () => {
    const remembered = new Map();
    const first = passphrases({}, asking('of the house', 'of the person'), remembered);
    await first.passphrase();
    await first.passphrase(false, 'approver');
    expect([...remembered]).toEqual([['workspace', 'of the house']]);
    const second = passphrases({}, asking('another'), remembered);
    expect(await second.passphrase()).toBe('of the house');
    expect(second.refused()).toBe(true);
    expect(await second.passphrase()).toBe('another');
  });

  test.each([
    [
      'differs',
      asking(...['correct horse', 'correct hose', 'a1234567', 'b1234567', 'c1234567', 'd1234567']),
      { code: 'KEY_PASSPHRASE_DIFFERS' },
    ],
    ['is too short', asking('short', 'short', 'short'), { code: 'KEY_PASSPHRASE_SHORT', least: 8 }],
    ['has nobody to give it', null, { code: 'KEY_NO_PASSPHRASE', option: '--passphrase-file' }],
  ])('that %s', async (_, prompts, problem) => {
    await expect(from({}, prompts)(true)).rejects.toMatchObject({ problem });
  });
});
