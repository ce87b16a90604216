import { resolve } from 'node:path';
import type { SendingKind } from '../bundle/sending.js';
import { kindOfFile } from '../steps/session/came-document.js';
import type { Invocation } from './parse.js';
import { type CommandName, SHAPES } from './shapes.js';

/** The command that takes in a document of each kind. */
const TAKERS: Readonly<Record<SendingKind, CommandName>> = {
  card: 'trust add',
  deal: 'deal sign',
  receipt: 'receipt accept',
  notice: 'notice apply',
  completion: 'notice accept',
};

/**
 * `receive` knows what a file is by what is in it: what is no bundle goes to the command that takes it in. The command line with that
 * command, or null where it stays as it is.
 */
export function receivingAs(
  argv: readonly string[],
  { input, name }: Invocation<CommandName>,
  cwd: string,
): readonly string[] | null {
  const given: object = input.arguments;
  if (name !== 'receive' || !('bundle' in given) || typeof given.bundle !== 'string') return null;
  const kind = kindOfFile(resolve(cwd, given.bundle));
  const at = argv.findIndex(
    (word) => word === 'receive' || SHAPES.receive.aliases.some((alias) => alias === word),
  );
  if (kind === null || at < 0) return null;
  return [...argv.slice(0, at), ...TAKERS[kind].split(' '), ...argv.slice(at + 1)];
}
