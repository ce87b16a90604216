import { read, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { sep } from 'node:path';
import { promisify } from 'node:util';
import { fail } from '../messages/error.js';
import type { Lang } from '../messages/lang.js';
import type { Problem } from '../messages/problem.js';
import { identitySentences } from '../messages/problems/identity.js';
import { frameWords } from '../messages/screens/frame.js';
import type { Prompts } from './system.js';

/** Longer is not a passphrase but a wrong file. */
const SOURCE_LIMIT = 4096;

const BLOCK = 1024;

const readFrom = promisify(read);

/** Whose passphrase: the workspace's, or that of the second person's own key. */
export type PassphraseOwner = 'workspace' | 'approver';

export interface PassphraseSource {
  /** Absolute path of the file, with the option that names it. */
  readonly file: string | undefined;
  readonly fileOption: '--passphrase-file' | '--approver-passphrase-file';
  /** Number of --passphrase-fd. */
  readonly fd: number | undefined;
}

export interface PassphraseSetting {
  readonly sources: Readonly<Record<PassphraseOwner, PassphraseSource>>;
  /** Null where nobody can be asked, or --no-input says not to. */
  readonly prompts: Prompts | null;
  readonly lang: Lang;
  /** Told when others can read the passphrase file. */
  readonly warn: (text: string) => void;
}

/** Passphrases that were typed before, for as long as a guide runs. */
export type Remembered = Map<PassphraseOwner, string>;

/** How often a person may type it. */
const ATTEMPTS = 3;

/** Gives passphrases, asking at most once a run for each owner, unless one turned out to be wrong. */
export interface Passphrases {
  passphrase(creating?: boolean, whose?: PassphraseOwner): Promise<string>;
  /** Told that the one that was given is wrong. Whether a person was asked, and may be asked again. */
  refused(whose?: PassphraseOwner): boolean;
}

/**
 * Gives a passphrase from a file, a descriptor or the person. Arguments and environment are no source: other programs can read them.
 *
 * @param remembered what was typed in the same guided session
 * @throws HandoverError KEY_NO_PASSPHRASE, KEY_PASSPHRASE_SOURCE, KEY_PASSPHRASE_DIFFERS, KEY_PASSPHRASE_SHORT
 */
export function passphrasesFrom(setting: PassphraseSetting, remembered: Remembered = new Map()): Passphrases {
  const known = new Map<PassphraseOwner, Promise<string>>();
  const refusals = new Map<PassphraseOwner, number>();
  return {
    passphrase: (creating = false, whose = 'workspace') => {
      const asked = known.get(whose) ?? obtain(setting, whose, creating, remembered);
      known.set(whose, asked);
      return asked;
    },
    refused: (whose = 'workspace') => {
      const { file, fd } = setting.sources[whose];
      const times = (refusals.get(whose) ?? 0) + 1;
      refusals.set(whose, times);
      known.delete(whose);
      remembered.delete(whose);
      if (file !== undefined || fd !== undefined || setting.prompts === null || times >= ATTEMPTS)
        return false;
      setting.warn(identitySentences[setting.lang].KEY_PASSPHRASE({ code: 'KEY_PASSPHRASE' }).what);
      return true;
    },
  };
}

async function obtain(
  setting: PassphraseSetting,
  whose: PassphraseOwner,
  creating: boolean,
  remembered: Remembered,
): Promise<string> {
  const { file, fileOption, fd } = setting.sources[whose];
  const { prompts } = setting;
  // Loaded late: it brings age with it.
  const least = creating ? (await import('../identity/sealed-identity.js')).MIN_PASSPHRASE : 0;
  if (file !== undefined && isOpenToOthers(file)) setting.warn(frameWords[setting.lang].openFile(fileOption));
  if (file !== undefined) return longEnough(await firstLine(file, fileOption), least);
  if (fd !== undefined) return longEnough(await firstLine(fd, '--passphrase-fd'), least);
  if (prompts === null) return fail({ code: 'KEY_NO_PASSPHRASE', option: fileOption });
  const before = remembered.get(whose);
  if (!creating && before !== undefined) return before;
  const given = creating
    ? await newPassphrase(setting, prompts, whose, least)
    : normalised(await prompts.hidden(frameWords[setting.lang].passphrase[whose].known));
  // What is the second person's own is not for whoever sits there next.
  if (whose === 'workspace') remembered.set(whose, given);
  return given;
}

/** A new passphrase, typed twice. What is too short, or not the same again, is said, and asked for once more. */
async function newPassphrase(
  { lang, warn }: PassphraseSetting,
  prompts: Prompts,
  whose: PassphraseOwner,
  least: number,
): Promise<string> {
  const words = frameWords[lang].passphrase[whose];
  for (let attempt = 1; ; attempt++) {
    const first = normalised(await prompts.hidden(words.fresh(least)));
    const isShort = [...first].length < least;
    if (!isShort && normalised(await prompts.hidden(words.again)) === first) return first;
    const problem: Problem = isShort
      ? { code: 'KEY_PASSPHRASE_SHORT', least }
      : { code: 'KEY_PASSPHRASE_DIFFERS' };
    if (attempt >= ATTEMPTS) fail(problem);
    // Loaded late: all that can be wrong is a great deal of text.
    const { sentenceOf } = await import('../messages/problem.js');
    warn(sentenceOf(problem, lang).what);
  }
}

function longEnough(passphrase: string, least: number): string {
  return [...passphrase].length < least ? fail({ code: 'KEY_PASSPHRASE_SHORT', least }) : passphrase;
}

/** Two keyboards may compose the same character differently; NFC makes them one passphrase. */
function normalised(text: string): string {
  return text.normalize('NFC');
}

function isOpenToOthers(file: string): boolean {
  // Windows invents the mode from the read-only attribute.
  if (sep !== '/') return false;
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true && (stat.mode & 0o077) !== 0;
}

async function firstLine(source: string | number, option: string): Promise<string> {
  let text: string;
  try {
    text = typeof source === 'number' ? await readStart(source) : await readFileStart(source);
  } catch {
    return fail({ code: 'KEY_PASSPHRASE_SOURCE', option });
  }
  const line = normalised((text.split(/\r?\n/, 1)[0] ?? '').replace(/^\ufeff/, ''));
  return line === '' ? fail({ code: 'KEY_PASSPHRASE_SOURCE', option }) : line;
}

async function readFileStart(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    return await readStart(file.fd);
  } finally {
    await file.close();
  }
}

/**
 * The first line of a descriptor, as fatal UTF-8. It may be a pipe that is still being written.
 * A descriptor that was handed to the program is not closed (a read stream would, whatever it is told): its number would go to the next file
 * that is opened, and whoever then speaks to standard input reads that file.
 */
async function readStart(fd: number): Promise<string> {
  const blocks: Buffer[] = [];
  for (let size = 0; size <= SOURCE_LIMIT; ) {
    const { bytesRead, buffer } = await readFrom(fd, Buffer.alloc(BLOCK), 0, BLOCK, null);
    const block = buffer.subarray(0, bytesRead);
    blocks.push(block);
    size += bytesRead;
    if (bytesRead === 0 || block.includes(10)) return decoded(Buffer.concat(blocks));
  }
  throw new Error('too long');
}

function decoded(bytes: Buffer): string {
  const end = bytes.indexOf(10);
  return new TextDecoder('utf-8', { fatal: true }).decode(end < 0 ? bytes : bytes.subarray(0, end + 1));
}
