import type { Lang } from '../messages/lang.js';
import { placeholders } from '../messages/screens/placeholders.js';
import { Page, type PageSetting } from '../report/page.js';
import {
  COMMAND_NAMES,
  type CommandName,
  flagOf,
  GLOBALS,
  type OptionShape,
  type Placeholder,
  SHAPES,
  type Shape,
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

/** Where the words of each language are: each is loaded only where it is shown. */
const WORDS: Readonly<Record<Lang, () => Promise<HelpWords>>> = {
  zh: async () => (await import('../messages/screens/help-zh.js')).helpZh,
  en: async () => (await import('../messages/screens/help-en.js')).helpEn,
};

export function helpWords(lang: Lang): Promise<HelpWords> {
  return WORDS[lang]();
}

const PLACEHOLDER_WORDS: Readonly<Record<Lang, Readonly<Record<Placeholder, string>>>> = placeholders;

type Section = 'start' | 'deal' | 'seller' | 'buyer' | 'persons' | 'end' | 'officer' | 'incident';

/** Commands as the overview lists them. */
export const SECTIONS: readonly (readonly [Section, readonly CommandName[]])[] = [
  ['start', ['init', 'card show', 'card export', 'trust add', 'trust list', 'trust replace', 'trust remove']],
  ['deal', ['deal init', 'deal check', 'deal sign', 'deal show', 'deal abort']],
  ['seller', ['import', 'check', 'approve', 'export', 'receipt accept', 'receipt show']],
  ['buyer', ['verify', 'receive', 'extract']],
  [
    'persons',
    [
      'subject show',
      'subject withdraw',
      'subject object',
      'subject erase',
      'subject correct',
      'subject export',
      'subject duplicates',
      'subject history',
      'request open',
      'request list',
      'request refuse',
      'notice list',
      'notice apply',
      'notice accept',
    ],
  ],
  [
    'end',
    [
      'retention list',
      'hold add',
      'hold release',
      'hold list',
      'freeze add',
      'freeze end',
      'freeze list',
      'purge plan',
      'purge run',
      'purge show',
      'purge replay',
      'purge attest',
    ],
  ],
  [
    'officer',
    [
      'status',
      'audit report',
      'audit verify',
      'audit log',
      'audit prove',
      'audit check-proof',
      'audit form',
      'audit pack',
      'audit timestamp',
      'audit prune',
      'audit forget-tags',
      'doctor',
      'laws',
    ],
  ],
  [
    'incident',
    [
      'incident open',
      'incident update',
      'incident draft',
      'incident close',
      'incident list',
      'incident show',
    ],
  ],
];

/** The help of the program (`''`), of a group (`card`) or of a command (`card show`). */
export async function helpText(of: string, lang: Lang, setting: PageSetting): Promise<string> {
  const words = await helpWords(lang);
  const page = new Page(setting);
  const name = COMMAND_NAMES.find((known) => known === of);
  if (name !== undefined) commandHelp(page, name, words, lang);
  else overview(page, of, words, lang);
  return page.text();
}

function overview(page: Page, group: string, words: HelpWords, lang: Lang): void {
  const members = COMMAND_NAMES.filter((name) => group === '' || name.startsWith(`${group} `));
  if (group === '') {
    page.say(`handover  ${words.tagline}`).gap();
    page.heading(words.headings.examples);
    for (const [about, line] of words.example) {
      if (about !== '') page.under(about);
      page.command(line, 4);
    }
  } else {
    page.say(`handover ${group}  ${words.groups[group as Groups] ?? ''}`).gap();
    page.heading(words.headings.examples);
    for (const name of members) page.command(words.commands[name].examples[0]);
  }
  page.gap();
  page.heading(words.headings.usage);
  page.command(
    group === ''
      ? `handover ${words.usage.command} [${words.usage.options}]`
      : `handover ${group} ${words.usage.verb} [${words.usage.options}]`,
  );
  page.gap();
  const listed = (name: CommandName): readonly [string, string] => [
    `  ${name}`,
    words.commands[name].summary,
  ];
  if (group === '') {
    for (const [section, names] of SECTIONS)
      page.heading(words.sections[section]).facts(names.map(listed), 18);
    page.gap().heading(words.headings.exits).under(words.exits);
  } else {
    page.heading(words.headings.commands).facts(members.map(listed));
  }
  page
    .gap()
    .heading(words.headings.everywhere)
    .facts(optionFacts(GLOBALS, words.globals, words, lang))
    .gap();
  page.say(words.more);
}

function commandHelp(page: Page, name: CommandName, words: HelpWords, lang: Lang): void {
  const shape: Shape = SHAPES[name];
  const own: {
    readonly summary: string;
    readonly about?: string;
    readonly examples: readonly string[];
    readonly arguments: Readonly<Record<string, string>>;
    readonly options: Readonly<Record<string, string>>;
  } = words.commands[name];
  page.say(`handover ${name}  ${own.summary}`);
  if (own.about !== undefined) page.gap().paragraph(own.about);
  page.gap().heading(words.headings.examples);
  for (const example of own.examples) page.command(example);
  page
    .gap()
    .heading(words.headings.usage)
    .command(usageOf(name, words, lang));
  for (const alias of shape.aliases ?? []) page.command(usageOf(name, words, lang).replace(name, alias));
  if (Object.keys(shape.arguments).length > 0) {
    page.gap().heading(words.headings.arguments);
    page.facts(
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
    page.gap().heading(words.headings.options);
    page.facts(optionFacts(options, { ...own.options, dryRun: words.dryRun }, words, lang));
  }
  page
    .gap()
    .heading(words.headings.everywhere)
    .facts(optionFacts(GLOBALS, words.globals, words, lang));
}

/** The line that shows how a command is put together. */
export function usageOf(name: CommandName, words: HelpWords, lang: Lang): string {
  const shape: Shape = SHAPES[name];
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
    case 'texts':
      return `${flag} ${PLACEHOLDER_WORDS[lang][option.value]}…`;
    default:
      return `${flag} ${PLACEHOLDER_WORDS[lang][option.value]}`;
  }
}

/** What stands beside an option: its sentence and, for a choice among several, the values. */
export function optionNote(option: OptionShape, sentence: string, words: HelpWords): string {
  if (option.kind !== 'choice' || option.of.length <= 2) return sentence;
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
