import { VERSION } from '../base/version.js';
import { EXIT } from '../messages/exit.js';
import type { Lang } from '../messages/lang.js';
import { helpEn } from '../messages/screens/help-en.js';
import { helpZh } from '../messages/screens/help-zh.js';
import { type HelpWords, optionNote, optionText, OVERVIEW, usageOf } from './help.js';
import { GLOBALS, type OptionShape, SHAPES, type CommandShape } from './shapes.js';

const HELP: Readonly<Record<Lang, HelpWords>> = { zh: helpZh, en: helpEn };

/** The manual page of a language, as roff (man(7)). The build puts it into the package; it says what the help says. */
export function manPage(lang: Lang): string {
  const words = HELP[lang];
  return [
    `.TH HANDOVER 1 "" "handover ${VERSION}" "handover"`,
    ...section('NAME', [`handover \\- ${escaped(words.tagline)}`]),
    ...section('SYNOPSIS', [`.B handover`, escaped(`${words.usage.command} [${words.usage.options}]`)]),
    ...section(
      words.headings.examples.toUpperCase(),
      words.example.flatMap(([about, line]) => [
        ...(about === '' ? [] : ['.PP', escaped(about)]),
        ...code(line),
      ]),
    ),
    ...OVERVIEW.flatMap(([name, commands]) =>
      section(
        words.sections[name].toUpperCase(),
        commands.flatMap((command) => commandLines(command, words, lang)),
      ),
    ),
    ...section(words.headings.everywhere.toUpperCase(), options(GLOBALS, words.globals, words, lang)),
    ...section(words.headings.exits.toUpperCase(), [
      escaped(words.exits),
      ...Object.entries(EXIT).flatMap(([name, number]) => ['.TP', `.B ${number}`, escaped(name)]),
    ]),
    '',
  ].join('\n');
}

function commandLines(name: keyof typeof SHAPES, words: HelpWords, lang: Lang): readonly string[] {
  const shape: CommandShape = SHAPES[name];
  const own: {
    readonly summary: string;
    readonly about?: string;
    readonly examples: readonly string[];
    readonly options: Readonly<Record<string, string>>;
  } = words.commands[name];
  return [
    `.SS ${escaped(`handover ${name}`)}`,
    escaped(own.summary),
    ...(own.about === undefined ? [] : ['.PP', escaped(own.about)]),
    ...code(usageOf(name, words, lang)),
    ...own.examples.flatMap(code),
    ...options(shape.options, own.options, words, lang),
  ];
}

function options(
  shapes: Readonly<Record<string, OptionShape>>,
  sentences: Readonly<Record<string, string>>,
  words: HelpWords,
  lang: Lang,
): readonly string[] {
  return Object.entries(shapes).flatMap(([key, shape]) => [
    '.TP',
    `.B ${escaped(optionText(key, shape, lang))}`,
    escaped(optionNote(shape, sentences[key] ?? '', words)),
  ]);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`.SH ${escaped(title)}`, ...lines];
}

function code(line: string): readonly string[] {
  return ['.PP', '.EX', escaped(line), '.EE'];
}

/** A text that roff prints unchanged: no line of it is a request, no backslash begins an escape, a hyphen is one that can be searched for. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}
