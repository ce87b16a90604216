import { createReadStream, statSync } from 'node:fs';
import { sep } from 'node:path';
import { fail } from '../messages/error.js';
import type { Lang } from '../messages/lang.js';
import { frameWords } from '../messages/screens/frame.js';
import type { Prompts } from './system.js';

/** Longer is not a passphrase but a wrong file. */
const SOURCE_LIMIT = 4096;

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

/**
 * A function that gives a passphrase, from a file, a descriptor or the person, asking at most once a run for each owner. Arguments and
 * environment are no source: other programs can read them.
 *
 * @throws HandoverError KEY_NO_PASSPHRASE, KEY_PASSPHRASE_SOURCE, KEY_PASSPHRASE_DIFFERS, KEY_PASSPHRASE_SHORT
 */
export function passphrasesFrom(
  setting: PassphraseSetting,
): (creating?: boolean, whose?: PassphraseOwner) => Promise<string> {
  const known = new Map<PassphraseOwner, Promise<string>>();
  return (creating = false, whose = 'workspace') => {
    const asked = known.get(whose) ?? obtain(setting, whose, creating);
    known.set(whose, asked);
    return asked;
  };
}

async function obtain(
  setting: PassphraseSetting,
  whose: PassphraseOwner,
  creating: boolean,
): Promise<string> {
  const { file, fileOption, fd } = setting.sources[whose];
  const { prompts } = setting;
  const words = frameWords[setting.lang].passphrase[whose];
  // Loaded late: it brings age with it.
  const least = creating ? (await import('../identity/sealed-identity.js')).MIN_PASSPHRASE : 0;
  if (file !== undefined && isOpenToOthers(file)) setting.warn(frameWords[setting.lang].openFile(fileOption));
  if (file !== undefined) return longEnough(await firstLine(file, undefined, fileOption), least);
  if (fd !== undefined) return longEnough(await firstLine('', fd, '--passphrase-fd'), least);
  if (prompts === null) return fail({ code: 'KEY_NO_PASSPHRASE', option: fileOption });
  if (!creating) return normalised(await prompts.hidden(words.known));
  const first = longEnough(normalised(await prompts.hidden(words.fresh(least))), least);
  const second = normalised(await prompts.hidden(words.again));
  return first === second ? first : fail({ code: 'KEY_PASSPHRASE_DIFFERS' });
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

async function firstLine(path: string, fd: number | undefined, option: string): Promise<string> {
  let text: string;
  try {
    text = await readStart(path, fd);
  } catch {
    return fail({ code: 'KEY_PASSPHRASE_SOURCE', option });
  }
  const line = normalised((text.split(/\r?\n/, 1)[0] ?? '').replace(/^\ufeff/, ''));
  return line === '' ? fail({ code: 'KEY_PASSPHRASE_SOURCE', option }) : line;
}

/** The first bytes of a file or descriptor as fatal UTF-8. A descriptor may be a pipe that is still being written. */
async function readStart(path: string, fd: number | undefined): Promise<string> {
  const stream = createReadStream(path, fd === undefined ? {} : { fd, autoClose: false });
  const blocks: Buffer[] = [];
  let size = 0;
  for await (const block of stream) {
    if (!Buffer.isBuffer(block)) continue;
    blocks.push(block);
    size += block.length;
    if (block.includes(10)) break;
    if (size > SOURCE_LIMIT) throw new Error('too long');
  }
  const bytes = Buffer.concat(blocks);
  const end = bytes.indexOf(10);
  return new TextDecoder('utf-8', { fatal: true }).decode(end < 0 ? bytes : bytes.subarray(0, end + 1));
}
