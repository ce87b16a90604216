import type { Lang } from '../messages/lang.js';
import type { Problem } from '../messages/problem.js';
import { PAPER_KINDS, paperName } from '../messages/papers.js';
import { askWords } from '../messages/screens/ask.js';
import { clean } from '../report/terminal.js';
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
  type CommandShape,
} from './shapes.js';

/** The endings of the file names that a word of the usage takes. An empty ending fits any name. */
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
  'campaign import': ['.csv', '.xlsx', '.xls', '.txt', '.tsv'],
  'papers add': ['.docx', '.doc', '.pdf', '.jpg', '.jpeg', '.png'],
  profile: ['.csv', '.xlsx', '.xls', '.txt', '.tsv'],
};

/** An argument or an option that a command line lacks. */
export interface Lacking {
  readonly command: CommandName;
  /** Its key in the shape. */
  readonly key: string;
  /** What may be answered, where the problem says so. */
  readonly among?: readonly string[];
}

/** By which word of the command line problems are settled that a command finds only in the files or the workspace. */
const SETTLED_BY: Readonly<Partial<Record<Problem['code'], string>>> = {
  ANSWERS_CHANNEL: 'channel',
  WORKBOOK_SHEET_WHICH: 'sheet',
  DEAL_WHICH: 'deal',
};

/**
 * What a command line lacks, if a person could be asked for it; null for every other mistake.
 *
 * @param running the command that found it, where it was whole by its usage
 */
export function lackingIn(problem: Problem, running?: CommandName): Lacking | null {
  const key = SETTLED_BY[problem.code];
  if (key !== undefined && running !== undefined) {
    const shape: CommandShape = SHAPES[running];
    const isKnown = shape.arguments[key] !== undefined || shape.options[key] !== undefined;
    return isKnown ? { command: running, key, ...amongIn(problem) } : null;
  }
  if (problem.code !== 'CLI_OPTION_MISSING' && problem.code !== 'CLI_MISSING_ARGUMENT') return null;
  const command = COMMAND_NAMES.find((name) => name === problem.command);
  if (command === undefined) return null;
  const shape: CommandShape = SHAPES[command];
  const missing =
    problem.code === 'CLI_OPTION_MISSING'
      ? Object.keys(shape.options).find((each) => flagOf(each) === problem.option)
      : Object.keys(shape.arguments)[problem.place];
  return missing === undefined ? null : { command, key: missing };
}

function amongIn(problem: Problem): Pick<Lacking, 'among'> {
  if (problem.code === 'DEAL_WHICH') return { among: problem.deals };
  return problem.code === 'WORKBOOK_SHEET_WHICH' ? { among: problem.names } : {};
}

/**
 * Asks for what is lacking; gives the words to put at the end of the command line.
 *
 * @param own the question, where the usual one does not fit
 */
export async function askLacking(
  asking: Asking,
  { command, key, among }: Lacking,
  own?: string,
): Promise<readonly string[]> {
  const shape: CommandShape = SHAPES[command];
  const question = own ?? questionOf(asking.lang, await helpWords(asking.lang), command, key);
  const argument = shape.arguments[key];
  if (among !== undefined) {
    const one = await askOne(
      asking,
      question,
      among.map((value) => ({ value, name: clean(value) })),
    );
    return argument === undefined ? [flagOf(key), one] : [one];
  }
  if (argument !== undefined) return [await askArgument(asking, command, argument.value, question)];
  const option = shape.options[key];
  if (option === undefined || option.kind === 'flag') return [flagOf(key)];
  const value = await askOption(asking, command, option, question);
  return value === '' ? [] : value.startsWith('-') ? [`${flagOf(key)}=${value}`] : [flagOf(key), value];
}

/** The question for it, in its own words where what the help says would not be one. */
function questionOf(lang: Lang, words: HelpWords, command: CommandName, key: string): string {
  const own: Readonly<Record<string, string>> = askWords[lang].questions;
  return own[`${command} ${key}`] ?? askWords[lang].question(sentence(words, command, key));
}

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
  question: string,
): Promise<string> {
  const ends = (value === 'FILE' ? ENDS_OF[command] : undefined) ?? ENDS[value];
  if (ends === undefined) return asking.prompts.line(question);
  const path = await askFile(asking, { question, ends, optional: false });
  return path === null ? '' : asking.shown(path);
}

async function askOption(
  asking: Asking,
  command: CommandName,
  option: Exclude<OptionShape, { readonly kind: 'flag' }>,
  question: string,
): Promise<string> {
  if (option.kind === 'choice' || option.kind === 'choices') {
    const values = askWords[asking.lang].values;
    const papers = PAPER_KINDS.map((kind) => [kind, paperName(kind, asking.lang)] as const);
    const names = option.of === PAPER_KINDS ? Object.fromEntries(papers) : values;
    const choices = option.of.map((value) => ({ value, name: wordFor(names, value) }));
    return askOne(asking, question, choices);
  }
  return option.value === 'FILE' || option.value === 'BUNDLE'
    ? askArgument(asking, command, option.value, question)
    : asking.prompts.line(question);
}
