import type { Lang } from '../messages/lang.js';
import type { Problem } from '../messages/problem.js';
import { askWords } from '../messages/screens/ask.js';
import { wordFor } from '../report/labels.js';
import { type HelpWords, helpWords } from './help.js';
import { type Asking, askFile, askOne } from './questions.js';
import {
  COMMAND_NAMES,
  type CommandName,
  flagOf,
  type OptionShape,
  type Placeholder,
  SHAPES,
  type Shape,
} from './shapes.js';

/** How the names of files end that stand in the place of a word of the usage. Everything fits an empty end. */
const ENDS: Readonly<Partial<Record<Placeholder, readonly string[]>>> = {
  CARD: ['.card.json', '.html', '.htm'],
  BUNDLE: ['.zip', '.html', '.htm', '.json'],
  DEAL: ['.yaml', '.yml', '.deal.json', '.html', '.htm'],
  FILE: [''],
};

/** The same for commands that take one kind of file only. */
const ENDS_OF: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  import: ['.csv', '.xlsx', '.xls', '.txt', '.tsv'],
  export: ['.csv', '.xlsx', '.txt', '.tsv'],
  'receipt accept': ['.receipt.json', '.html', '.htm'],
  'receipt show': ['.receipt.json', '.html', '.htm'],
  'notice apply': ['.notice.json', '.html', '.htm'],
  'notice accept': ['.completion.json', '.html', '.htm'],
  'audit check-proof': ['.proof.json'],
};

/** An argument or an option that a command line lacks. */
export interface Lacking {
  readonly command: CommandName;
  /** Its key in the shape. */
  readonly key: string;
}

/** What a command line lacks, if a person could be asked for it; null for every other mistake. */
export function lackingIn(problem: Problem): Lacking | null {
  if (problem.code !== 'CLI_OPTION_MISSING' && problem.code !== 'CLI_MISSING_ARGUMENT') return null;
  const command = COMMAND_NAMES.find((name) => name === problem.command);
  if (command === undefined) return null;
  const shape: Shape = SHAPES[command];
  const key =
    problem.code === 'CLI_OPTION_MISSING'
      ? Object.keys(shape.options).find((each) => flagOf(each) === problem.option)
      : Object.keys(shape.arguments).find((each) => shape.arguments[each]?.needed === true);
  return key === undefined ? null : { command, key };
}

/** Asks for what is lacking; gives the words to put at the end of the command line. */
export async function askLacking(asking: Asking, { command, key }: Lacking): Promise<readonly string[]> {
  const shape: Shape = SHAPES[command];
  const words = await helpWords(asking.lang);
  const argument = shape.arguments[key];
  if (argument !== undefined)
    return [await askArgument(asking, command, argument.value, sentence(words, command, key))];
  const option = shape.options[key];
  if (option === undefined || option.kind === 'flag') return [flagOf(key)];
  const value = await askOption(asking, command, option, sentence(words, command, key));
  return value === '' ? [] : value.startsWith('-') ? [`${flagOf(key)}=${value}`] : [flagOf(key), value];
}

/** What the help says of it is the question. */
function sentence(words: HelpWords, command: CommandName, key: string): string {
  const own: {
    readonly arguments: Readonly<Record<string, string>>;
    readonly options: Readonly<Record<string, string>>;
  } = words.commands[command];
  return own.arguments[key] ?? own.options[key] ?? key;
}

async function askArgument(
  asking: Asking,
  command: CommandName,
  value: Placeholder,
  about: string,
): Promise<string> {
  const ends = (value === 'FILE' ? ENDS_OF[command] : undefined) ?? ENDS[value];
  if (ends === undefined) return asking.prompts.line(question(about, asking.lang));
  const path = await askFile(asking, { question: question(about, asking.lang), ends, optional: false });
  return path === null ? '' : asking.shown(path);
}

async function askOption(
  asking: Asking,
  command: CommandName,
  option: Exclude<OptionShape, { readonly kind: 'flag' }>,
  about: string,
): Promise<string> {
  if (option.kind === 'choice' || option.kind === 'choices') {
    const values = askWords[asking.lang].values;
    const choices = option.of.map((value) => ({ value, name: wordFor(values, value) }));
    return askOne(asking, question(about, asking.lang), choices);
  }
  return option.value === 'FILE' || option.value === 'BUNDLE'
    ? askArgument(asking, command, option.value, about)
    : asking.prompts.line(question(about, asking.lang));
}

function question(about: string, lang: Lang): string {
  return askWords[lang].question(about);
}
