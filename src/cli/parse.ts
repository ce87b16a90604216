import { Command, CommanderError, Option } from 'commander';
import type { Lang } from '../messages/lang.js';
import type { Problem } from '../messages/problem.js';
import { placeholders } from '../messages/screens/placeholders.js';
import {
  COMMAND_NAMES,
  type CommandName,
  flagOf,
  GLOBALS,
  type Globals,
  type CommandInput,
  type OptionShape,
  SHAPES,
  type CommandShape,
} from './shapes.js';
import { nearestOf } from './suggestion.js';

/** What a command line means. */
export type Parsed =
  /** No command at all: a guide where somebody can be asked. */
  | { readonly kind: 'bare' }
  | { readonly kind: 'help'; readonly of: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly problem: Problem }
  | Invocation<CommandName>;

export interface Invocation<N extends CommandName> {
  readonly kind: 'command';
  readonly name: N;
  readonly input: CommandInput<N>;
  readonly globals: Globals;
  readonly dryRun: boolean;
}

/** Leaves commander's parser from inside with what was found. */
class Found extends Error {
  readonly parsed: Parsed;
  constructor(parsed: Parsed) {
    super('found');
    this.parsed = parsed;
  }
}

/**
 * commander, with its English sentences cut out: wherever it would print or complain it hands back a {@link Parsed} instead.
 * The names of the overridden methods are commander's own; test/cli/parse.test.ts notices if one of them is renamed.
 */
class Parser extends Command {
  override createCommand(name?: string): Parser {
    return new Parser(name);
  }

  /** The name as typed after `handover`: `card show`, or empty for the program. */
  get path(): string {
    const names: string[] = [];
    for (let at: Command | null = this; at?.parent; at = at.parent) names.unshift(at.name());
    return names.join(' ');
  }

  override help(): never {
    if (this.path === '') throw new Found({ kind: 'bare' });
    const verbs = this.commands.map((command) => command.name());
    throw wrong({ code: 'CLI_COMMAND_MISSING', group: this.path, verbs });
  }

  override outputHelp(): never {
    throw new Found({ kind: 'help', of: this.path });
  }

  unknownCommand(): never {
    const names =
      this.path === ''
        ? COMMAND_NAMES.flatMap(firstWordsOf)
        : this.commands.flatMap((command) => [command.name(), ...command.aliases()]);
    const given = this.args[0] ?? '';
    // A verb without its group ("handover accept") is answered with the whole command.
    const verb = COMMAND_NAMES.find((name) => name.split(' ')[1] === given);
    const nearest = nearestOf(given, names) || (this.path === '' ? (verb ?? '') : '');
    const within =
      nearest === '' || nearest === verb || this.path === '' ? nearest : `${this.path} ${nearest}`;
    throw wrong({ code: 'CLI_UNKNOWN_COMMAND', given: [this.path, given].join(' ').trim(), nearest: within });
  }

  unknownOption(flag: string): never {
    const given = flag.split('=', 1)[0] ?? flag;
    const known = [...this.options, ...(this.parent === null ? [] : rootOf(this).options)];
    const nearest = nearestOf(given, known.map((option) => option.long ?? '').filter(Boolean));
    throw wrong({ code: 'CLI_UNKNOWN_OPTION', given, nearest, command: this.path });
  }

  optionMissingArgument(option: Option): never {
    throw wrong({ code: 'CLI_OPTION_VALUE_MISSING', option: option.long ?? option.flags });
  }
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}

function wrong(problem: Problem): Found {
  return new Found({ kind: 'wrong', problem });
}

/**
 * Understands a command line. Never prints and never throws: a mistake is a {@link Parsed} of kind `wrong`.
 * @param lang only decides the word with which a missing argument is named
 */
export function parseCommandLine(argv: readonly string[], lang: Lang): Parsed {
  // `handover help card show` is `handover card show --help`.
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv];
  let invoked: { readonly name: CommandName; readonly command: Command } | undefined;
  const program = tree(new Set(words), (name, command) => {
    invoked = { name, command };
  });
  try {
    program.parse(words, { from: 'user' });
    if (invoked === undefined) return { kind: 'bare' };
    return understood(invoked.name, invoked.command, program, lang);
  } catch (error) {
    if (error instanceof Found) return error.parsed;
    if (error instanceof CommanderError && error.code === 'commander.version') return { kind: 'version' };
    throw error;
  }
}

/** With which words the name of a command may begin. */
function firstWordsOf(name: CommandName): readonly string[] {
  const { aliases = [] }: CommandShape = SHAPES[name];
  const [first = '', verb] = name.split(' ');
  return verb === undefined ? [first, ...aliases] : [first];
}

/**
 * The commands of which the first word was typed, the others cannot be meant, with the options of those of which the second was as well:
 * ninety commands have hundreds of options. All commands where no word is one.
 */
function tree(words: ReadonlySet<string>, invoke: (name: CommandName, command: Command) => void): Parser {
  const program = quietly(new Parser('handover')).version('-', '-V, --version');
  for (const [key, shape] of Object.entries(GLOBALS)) {
    if (key !== 'help') program.addOption(optionOf(key, shape));
  }
  const groups = new Map<string, Command>();
  const typed = COMMAND_NAMES.filter((name) => firstWordsOf(name).some((word) => words.has(word)));
  for (const name of typed.length > 0 ? typed : COMMAND_NAMES) {
    const [first = '', verb] = name.split(' ');
    let parent: Command = program;
    if (verb !== undefined) {
      parent = groups.get(first) ?? quietly(program.command(first)).helpCommand(false);
      groups.set(first, parent);
    }
    const shape: CommandShape = SHAPES[name];
    const command = quietly(parent.command(verb ?? first)).aliases([...(shape.aliases ?? [])]);
    command.allowExcessArguments().action(() => invoke(name, command));
    if (![verb ?? first, ...(shape.aliases ?? [])].some((word) => words.has(word))) continue;
    for (const [key, option] of Object.entries(shape.options)) command.addOption(optionOf(key, option));
    if (shape.dryRun === true) command.addOption(new Option('--dry-run'));
  }
  return program;
}

function quietly<C extends Command>(command: C): C {
  command.exitOverride().helpCommand(false);
  command.configureOutput({ writeOut() {}, writeErr() {}, outputError() {} });
  return command;
}

function optionOf(key: string, shape: OptionShape): Option {
  const flag = flagOf(key);
  switch (shape.kind) {
    case 'flag':
      return new Option(flag);
    case 'texts':
    case 'choices':
      return new Option(`${flag} <value>`).argParser(
        (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
      );
    default:
      return new Option(`${flag} <value>`);
  }
}

/** Checks what commander collected against the shape, and types it. */
function understood(name: CommandName, command: Command, program: Command, lang: Lang): Parsed {
  const shape: CommandShape = SHAPES[name];
  const placed = Object.entries(shape.arguments);
  if (command.args.length > placed.length) {
    throw wrong({ code: 'CLI_EXCESS_ARGUMENTS', allowed: placed.length, command: name });
  }
  for (const [i, [, argument]] of placed.entries()) {
    if (argument.needed && (command.args[i] ?? '') === '') {
      const word = placeholders[lang][argument.value];
      throw wrong({ code: 'CLI_MISSING_ARGUMENT', argument: word, place: i, command: name });
    }
  }
  const args = Object.fromEntries(placed.map(([key], i) => [key, command.args[i]]));
  const own = command.opts();
  const options = valuesOf(shape.options, own, name);
  const globals = valuesOf(GLOBALS, program.opts(), name);
  // valuesOf has checked every value against the shape from which these types are derived.
  const input = { arguments: args, options } as unknown as CommandInput<CommandName>;
  return {
    kind: 'command',
    name,
    input,
    globals: globals as unknown as Globals,
    dryRun: own['dryRun'] === true,
  };
}

function valuesOf(
  shapes: Readonly<Record<string, OptionShape>>,
  given: Readonly<Record<string, unknown>>,
  command: string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shapes).map(([key, shape]) => [key, valueIn(key, shape, given, command)]),
  );
}

function valueIn(
  key: string,
  shape: OptionShape,
  given: Readonly<Record<string, unknown>>,
  command: string,
): unknown {
  const option = flagOf(key);
  // commander reads `--no-input` as the negation of `input`.
  if (shape.kind === 'flag') {
    const negated = /^no([A-Z])(.*)$/.exec(key);
    return negated === null
      ? given[key] === true
      : given[`${negated[1]?.toLowerCase()}${negated[2]}`] === false;
  }
  const value = given[key];
  if (shape.kind === 'texts') return Array.isArray(value) ? value : [];
  if (shape.kind === 'choices') {
    const values: readonly unknown[] = Array.isArray(value) ? value : [];
    if (values.some((each) => !shape.of.includes(String(each))))
      throw wrong({ code: 'CLI_OPTION_VALUE', option, allowed: shape.of });
    return shape.of.filter((each) => values.includes(each));
  }
  if (value === undefined) {
    if ('needed' in shape) throw wrong({ code: 'CLI_OPTION_MISSING', option, command });
    return undefined;
  }
  if (shape.kind === 'choice' && !shape.of.includes(String(value))) {
    const meant = shape.also?.get(String(value).trim().toLowerCase());
    if (meant !== undefined) return meant;
    throw wrong({ code: 'CLI_OPTION_VALUE', option, allowed: shape.of });
  }
  if (shape.kind === 'count') {
    if (!/^\d{1,9}$/.test(String(value))) throw wrong({ code: 'CLI_OPTION_NUMBER', option });
    return Number(value);
  }
  if (value === '') throw wrong({ code: 'CLI_OPTION_VALUE_MISSING', option });
  return value;
}
