import { EXIT } from '../messages/exit.js';
import { exitOf, PROBLEM_CODES } from '../messages/problem.js';
import { FIELDS } from '../dataset/fields.js';
import type { Lang } from '../messages/lang.js';
import { helpEn } from '../messages/screens/help-en.js';
import { helpZh } from '../messages/screens/help-zh.js';
import { type HelpWords, optionNote, optionText, OVERVIEW, usageOf } from './help.js';
import { type CommandName, GLOBALS, type OptionShape, SHAPES, type CommandShape } from './shapes.js';

const HELP: Readonly<Record<Lang, HelpWords>> = { zh: helpZh, en: helpEn };

/**
 * docs/cli.md, generated from what the program knows of itself: commands, options, exit codes, problem codes, fields. A test holds the
 * file to this text; `npm run docs:cli` writes it.
 */
export function referenceText(): string {
  return [
    ...head(),
    ...OVERVIEW.flatMap(([section, names]) => [
      `## ${HELP.en.sections[section]} / ${HELP.zh.sections[section]}`,
      '',
      ...names.flatMap(commandPart),
    ]),
    ...globalsPart(),
    ...outputPart(),
    ...exitsPart(),
    ...problemsPart(),
    ...fieldsPart(),
  ].join('\n');
}

function head(): readonly string[] {
  return [
    '# The command line',
    '',
    `${HELP.en.tagline} ${HELP.zh.tagline}`,
    '',
    'This page is generated from the command tree (`npm run docs:cli`); do not edit it. The same in either language on screen:',
    '`handover --help`, `handover COMMAND --help`, with `--lang zh` or `--lang en`.',
    '',
  ];
}

function commandPart(name: CommandName): readonly string[] {
  const shape: CommandShape = SHAPES[name];
  const en: Words = HELP.en.commands[name];
  const zh: Words = HELP.zh.commands[name];
  const aliases = (shape.aliases ?? []).map((alias) => `\`handover ${alias}\``);
  const options = { ...shape.options, ...(shape.dryRun === true ? { dryRun: FLAG } : {}) };
  return [
    `### handover ${name}`,
    '',
    `${sentence(en.summary)} ${zh.summary}。`,
    ...(en.about === undefined ? [] : ['', `${en.about} ${zh.about ?? ''}`]),
    ...(aliases.length === 0 ? [] : ['', `Also ${aliases.join(', ')}.`]),
    '',
    '```console',
    ...en.examples.map((example) => `$ ${example}`),
    '```',
    '',
    `\`${usageOf(name, HELP.en, 'en')}\``,
    '',
    ...Object.entries(shape.arguments).map(
      ([key, argument]) => `- \`${argument.value}\` ${en.arguments[key]} · ${zh.arguments[key]}`,
    ),
    ...optionItems(
      options,
      { ...en.options, dryRun: HELP.en.dryRun },
      { ...zh.options, dryRun: HELP.zh.dryRun },
    ),
    '',
  ];
}

const FLAG = { kind: 'flag' } as const;

interface Words {
  readonly summary: string;
  readonly about?: string;
  readonly examples: readonly string[];
  readonly arguments: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
}

function optionItems(
  options: Readonly<Record<string, OptionShape>>,
  en: Readonly<Record<string, string>>,
  zh: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(options).map(
    ([key, option]) =>
      `- \`${optionText(key, option, 'en')}\` ${optionNote(option, en[key] ?? '', HELP.en)} · ${zh[key] ?? ''}`,
  );
}

function globalsPart(): readonly string[] {
  return [
    '## With every command / 每个命令都可以用',
    '',
    'Before or after the command.',
    '',
    ...optionItems(GLOBALS, HELP.en.globals, HELP.zh.globals),
    '',
    'Without `--lang` the language is that of the settings, then of `LC_ALL`, `LC_MESSAGES` or `LANG` (Chinese for `zh…`, otherwise English); where',
    'none of them is set, that of the system; where the system has none (`C`, `POSIX`), the one in which the workspace was made. `NO_COLOR` turns',
    'colour off. Secrets are never read from arguments or the environment.',
    '',
    'What is the same every time can stand in a file of settings, a line each, all of them optional: `operator: NAME`, `lang: zh`, `workspace: FOLDER`. It is',
    '`handover/settings.txt` below `%APPDATA%` on Windows, else below `$XDG_CONFIG_HOME` or `~/.config`; `HANDOVER_SETTINGS` names another, or none when empty.',
    'An option comes first, then the environment (`HANDOVER_OPERATOR`) or a workspace in the current folder or above it, then the settings.',
    '',
    '`--help --json` prints the help as a document, `handover.help/1`: commands, arguments, options.',
    '',
  ];
}

function outputPart(): readonly string[] {
  return [
    '## Output',
    '',
    'Results go to standard output; progress, questions and problems go to standard error.',
    '',
    'With `--json`, standard output is one JSON document, also for a failure. `format` names it, and keys may be added within a version:',
    '',
    '- `handover.result.<command>/1` (`handover.result.deal-sign/1`): `exit`, `dry_run` if it was a rehearsal, the result, and `next`, the',
    '  command lines that may follow.',
    '- `handover.error/1`: `code` (below), `exit`, `problem` (the code with its parameters), and `what` and `fix`, the two sentences in the',
    '  language of the run.',
    '',
    'What this version prints is in [schema/results/](schema/results/), a JSON Schema for each command and one for failures. Whoever reads the',
    'documents of other versions passes over keys that it does not know.',
    '',
  ];
}

function exitsPart(): readonly string[] {
  return [
    '## Exit codes / 退出码',
    '',
    '| number | name |',
    '|---|---|',
    ...Object.entries(EXIT).map(([name, number]) => `| ${number} | ${name} |`),
    '',
    HELP.en.exits,
    '',
    HELP.zh.exits,
    '',
  ];
}

function problemsPart(): readonly string[] {
  return [
    '## Problem codes / 问题代码',
    '',
    'A code is never renamed or reused. What it means and what to do is said on screen, in either language.',
    '',
    '| code | exit |',
    '|---|---|',
    ...PROBLEM_CODES.map((code) => `| \`${code}\` | ${exitOf(code)} |`),
    '',
  ];
}

function fieldsPart(): readonly string[] {
  return [
    '## Fields / 字段目录',
    '',
    'The names for deals and mapping files. `leaves`: `default` may be named by a deal, `justified` only with its necessity, `never` not at all.',
    '',
    '| name | 中文 | English | class | leaves |',
    '|---|---|---|---|---|',
    ...FIELDS.map(
      (field) => `| \`${field.name}\` | ${field.zh} | ${field.en} | ${field.class} | ${field.leaves} |`,
    ),
    '',
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
