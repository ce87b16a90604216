import { resolve } from 'node:path';
import { type Derive, derivingAhead, normalPassphrase, scryptStanzaOf } from '../identity/scrypt.js';
import { fail } from '../messages/error.js';
import type { Lang } from '../messages/lang.js';
import { findWorkspace } from '../store/find-workspace.js';
import { readIdentityFile } from '../store/identity-file.js';
import type { System } from './system.js';
import type { Invocation } from './parse.js';
import {
  passphrasesFrom,
  type PassphraseOwner,
  type PassphraseSetting,
  type Remembered,
} from './passphrase.js';
import { type CommandName, SHAPES, type CommandShape } from './shapes.js';

/** How a command comes by its keys. */
export interface Unlocking {
  /** Gives a passphrase, asking for it at most once. */
  passphrase(creating?: boolean, whose?: PassphraseOwner): Promise<string>;
  refused(whose?: PassphraseOwner): boolean;
  readonly derive: Derive;
}

/**
 * Where the global options say that passphrases come from.
 *
 * @throws HandoverError CLI_OPTIONS_CONFLICT
 */
export function unlockingOf(
  invocation: Invocation<CommandName>,
  system: System,
  lang: Lang,
  remembered?: Remembered,
): Unlocking {
  const { globals } = invocation;
  const optional = (given: string | undefined): string | undefined =>
    given === undefined ? undefined : resolve(system.cwd, given);
  if (globals.passphraseFile !== undefined && globals.passphraseFd !== undefined) {
    fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--passphrase-file', other: '--passphrase-fd' });
  }
  const setting: PassphraseSetting = {
    sources: {
      workspace: {
        file: optional(globals.passphraseFile),
        fileOption: '--passphrase-file',
        fd: globals.passphraseFd,
      },
      approver: {
        file: optional(approverFile(invocation)),
        fileOption: '--approver-passphrase-file',
        fd: undefined,
      },
    },
    prompts: globals.noInput ? null : system.prompts,
    lang,
    warn: (text) => system.stderr.write(`${text}\n`),
  };
  return { ...passphrasesFrom(setting, remembered), derive: derivingAhead() };
}

/**
 * Begins to derive the keys of a command that will need them, if nobody has to be asked for the passphrase: it takes another core half a
 * second, in which this one can load the command. Whatever is wrong is told when the keys are needed, in the order in which the command
 * finds its faults.
 */
export async function beginUnlocking(
  { name, globals }: Invocation<CommandName>,
  system: System,
  { passphrase, derive }: Unlocking,
): Promise<void> {
  const shape: CommandShape = SHAPES[name];
  if (
    shape.opensKeys !== true ||
    (globals.passphraseFile === undefined && globals.passphraseFd === undefined)
  )
    return;
  try {
    const dir =
      globals.workspace === undefined ? findWorkspace(system.cwd) : resolve(system.cwd, globals.workspace);
    const stanza = dir === null ? null : scryptStanzaOf(readIdentityFile(dir));
    if (stanza !== null) void derive(normalPassphrase(await passphrase()), stanza);
  } catch {}
}

/** Only `approve` has a second person. */
function approverFile({ input }: Invocation<CommandName>): string | undefined {
  const options: object = input.options;
  return 'approverPassphraseFile' in options && typeof options.approverPassphraseFile === 'string'
    ? options.approverPassphraseFile
    : undefined;
}
