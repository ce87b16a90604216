import type { Json } from '../base/json.js';
import type { Lang } from '../messages/lang.js';
import { helpFiles } from '../messages/screens/help.js';
import { placeholders } from '../messages/screens/placeholders.js';
import { Screen, type ScreenSetting } from '../report/screen.js';
import {
  COMMAND_NAMES,
  type CommandName,
  flagOf,
  GLOBALS,
  type OptionShape,
  type Placeholder,
  SECTIONS,
  type Section,
  SHAPES,
  type CommandShape,
} from './shapes.js';

type Groups = { [N in CommandName]: N extends `${infer G} ${string}` ? G : never }[CommandName];

/** The words of the help. That both languages have all of them, for exactly the shapes that exist, is proved where they are loaded. */
export interface HelpWords {
  readonly tagline: string;
  readonly headings: Readonly<
    Record<'examples' | 'usage' | 'commands' | 'arguments' | 'options' | 'everywhere' | 'exits', string>
  >;
  readonly usage: Readonly<Record<'command' | 'verb' | 'options', string>>;
  readonly more: string;
  /** Leads to the whole list of commands. */
  readonly brief: string;
  readonly exits: string;
  readonly example: readonly (readonly [string, string])[];
  readonly sections: Readonly<Record<Section, string>>;
  readonly groups: Readonly<Record<Groups, string>>;
  readonly allowed: (values: string) => string;
  readonly default: string;
  readonly globals: Readonly<Record<keyof typeof GLOBALS, string>>;
  readonly dryRun: string;
  readonly commands: {
    readonly [N in CommandName]: {
      readonly summary: string;
      readonly about?: string;
      readonly examples: readonly [string, ...string[]];
      readonly arguments: Readonly<Record<keyof (typeof SHAPES)[N]['arguments'], string>>;
      readonly options: Readonly<Record<keyof (typeof SHAPES)[N]['options'], string>>;
    };
  };
}

/** The words of a command, whichever it is. */
interface CommandWords {
  readonly summary: string;
  readonly about?: string;
  readonly examples: readonly string[];
  readonly arguments: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
}

const WORDS: Readonly<Record<Lang, () => Promise<HelpWords>>> = helpFiles;

/** The words of the help, loaded when they are needed: most commands run without them. */
export function helpWords(lang: Lang): Promise<HelpWords> {
  return WORDS[lang]();
}

const PLACEHOLDER_WORDS: Readonly<Record<Lang, Readonly<Record<Placeholder, string>>>> = placeholders;

/** Commands as the overview lists them. */
export const OVERVIEW: readonly (readonly [Section, readonly CommandName[]])[] = SECTIONS.map((section) => [
  section,
  COMMAND_NAMES.filter((name) => SHAPES[name].section === section),
]);

/** The help of the program (`''`), of a group (`card`) or of a command (`card show`). */
export async function helpText(of: string, lang: Lang, setting: ScreenSetting): Promise<string> {
  const words = await helpWords(lang);
  const screen = new Screen(setting);
  const name = COMMAND_NAMES.find((known) => known === of);
  if (name !== undefined) commandHelp(screen, name, words, lang);
  else overview(screen, of, words, lang);
  return screen.text();
}

/** The same as a document: every command that is meant, with its arguments and options. */
export async function helpJson(of: string, lang: Lang): Promise<string> {
  const words = await helpWords(lang);
  const named = COMMAND_NAMES.filter((name) => of === '' || name === of || name.startsWith(`${of} `));
  const document = {
    format: 'handover.help/1',
    lang,
    commands: named.map((name) => commandJson(name, words, lang)),
    everywhere: optionsJson(GLOBALS, words.globals),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function commandJson(name: CommandName, words: HelpWords, lang: Lang): Json {
  const shape: CommandShape = SHAPES[name];
  const own: CommandWords = words.commands[name];
  const { section, aliases = [], dryRun = false } = shape;
  return {
    command: name,
    section,
    summary: own.summary,
    about: own.about ?? null,
    usage: usageOf(name, words, lang),
    aliases: [...aliases],
    examples: [...own.examples],
    arguments: Object.entries(shape.arguments).map(([key, { value, needed }]) => ({
      name: value,
      needed,
      about: own.arguments[key] ?? '',
    })),
    options: optionsJson(
      { ...shape.options, ...(dryRun ? { dryRun: { kind: 'flag' } as const } : {}) },
      { ...own.options, dryRun: words.dryRun },
    ),
  };
}

function optionsJson(
  shapes: Readonly<Record<string, OptionShape>>,
  sentences: Readonly<Record<string, string>>,
): { readonly [key: string]: Json }[] {
  return Object.entries(shapes).map(([key, shape]) => ({
    option: flagOf(key),
    kind: shape.kind,
    value: 'value' in shape ? shape.value : null,
    of: 'of' in shape ? [...shape.of] : null,
    needed: 'needed' in shape,
    about: sentences[key] ?? '',
  }));
}

/** One screen for whoever typed no command and cannot be asked: how it begins, and where the rest is. */
export async function briefText(lang: Lang, setting: ScreenSetting): Promise<string> {
  const words = await helpWords(lang);
  const screen = new Screen(setting);
  screen.say(`handover  ${words.tagline}`).gap();
  for (const [about, line] of words.example) {
    if (about !== '') screen.under(about);
    screen.command(line, 4);
  }
  return screen.gap().say(words.brief).command('handover --help').text();
}

function overview(screen: Screen, group: string, words: HelpWords, lang: Lang): void {
  const members = COMMAND_NAMES.filter((name) => group === '' || name.startsWith(`${group} `));
  if (group === '') {
    screen.say(`handover  ${words.tagline}`).gap();
    screen.heading(words.headings.examples);
    for (const [about, line] of words.example) {
      if (about !== '') screen.under(about);
      screen.command(line, 4);
    }
  } else {
    screen.say(`handover ${group}  ${words.groups[group as Groups] ?? ''}`).gap();
    screen.heading(words.headings.examples);
    for (const name of members) screen.command(words.commands[name].examples[0]);
  }
  screen.gap();
  screen.heading(words.headings.usage);
  screen.command(
    group === ''
      ? `handover ${words.usage.command} [${words.usage.options}]`
      : `handover ${group} ${words.usage.verb} [${words.usage.options}]`,
  );
  screen.gap();
  const listed = (name: CommandName): readonly [string, string] => [
    `  ${name}`,
    words.commands[name].summary,
  ];
  if (group === '') {
    for (const [section, names] of OVERVIEW)
      screen.heading(words.sections[section]).facts(names.map(listed), 18);
    screen.gap().heading(words.headings.exits).under(words.exits);
  } else {
    screen.heading(words.headings.commands).facts(members.map(listed));
  }
  screen
    .gap()
    .heading(words.headings.everywhere)
    .facts(optionFacts(GLOBALS, words.globals, words, lang))
    .gap();
  screen.say(words.more);
}

function commandHelp(screen: Screen, name: CommandName, words: HelpWords, lang: Lang): void {
  const shape: CommandShape = SHAPES[name];
  const own: CommandWords = words.commands[name];
  screen.say(`handover ${name}  ${own.summary}`);
  if (own.about !== undefined) screen.gap().paragraph(own.about);
  screen.gap().heading(words.headings.examples);
  for (const example of own.examples) screen.command(example);
  screen
    .gap()
    .heading(words.headings.usage)
    .command(usageOf(name, words, lang));
  for (const alias of shape.aliases ?? []) screen.command(usageOf(name, words, lang).replace(name, alias));
  if (Object.keys(shape.arguments).length > 0) {
    screen.gap().heading(words.headings.arguments);
    screen.facts(
      Object.entries(shape.arguments).map(([key, argument]) => [
        `  ${PLACEHOLDER_WORDS[lang][argument.value]}`,
        own.arguments[key] ?? '',
      ]),
    );
  }
  const options = {
    ...shape.options,
    ...(shape.dryRun === true ? { dryRun: { kind: 'flag' } as const } : {}),
  };
  if (Object.keys(options).length > 0) {
    screen.gap().heading(words.headings.options);
    screen.facts(optionFacts(options, { ...own.options, dryRun: words.dryRun }, words, lang));
  }
  screen
    .gap()
    .heading(words.headings.everywhere)
    .facts(optionFacts(GLOBALS, words.globals, words, lang));
}

/** The line that shows how a command is put together. */
export function usageOf(name: CommandName, words: HelpWords, lang: Lang): string {
  const shape: CommandShape = SHAPES[name];
  const placed = Object.values(shape.arguments).map((argument) => {
    const word = PLACEHOLDER_WORDS[lang][argument.value];
    return argument.needed ? word : `[${word}]`;
  });
  const needed = Object.entries(shape.options)
    .filter(([, option]) => 'needed' in option)
    .map(([key, option]) => optionText(key, option, lang));
  return ['handover', name, ...placed, ...needed, `[${words.usage.options}]`].join(' ');
}

/** An option with the word for its value: `--out FILE`. */
export function optionText(key: string, option: OptionShape, lang: Lang): string {
  const flag = flagOf(key);
  switch (option.kind) {
    case 'flag':
      return key === 'help' ? `-h, ${flag}` : flag;
    case 'choice':
      return `${flag} ${option.of.length <= 2 ? option.of.join('|') : PLACEHOLDER_WORDS[lang].NAME}`;
    case 'choices':
      return `${flag} ${PLACEHOLDER_WORDS[lang].NAME}…`;
    case 'texts':
      return `${flag} ${PLACEHOLDER_WORDS[lang][option.value]}…`;
    default:
      return `${flag} ${PLACEHOLDER_WORDS[lang][option.value]}`;
  }
}

/** What is beside an option: its sentence and, for a choice among several, the values. */
export function optionNote(option: OptionShape, sentence: string, words: HelpWords): string {
  const isListed = option.kind === 'choices' || (option.kind === 'choice' && option.of.length > 2);
  if (!isListed) return sentence;
  return `${sentence}${words.allowed(option.of.join(' '))}`;
}

function optionFacts(
  options: Readonly<Record<string, OptionShape>>,
  sentences: Readonly<Record<string, string>>,
  words: HelpWords,
  lang: Lang,
): (readonly [string, string])[] {
  return Object.entries(options).map(([key, option]) => [
    `  ${optionText(key, option, lang)}`,
    optionNote(option, sentences[key] ?? '', words),
  ]);
}
