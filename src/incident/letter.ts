import type { Blank, BlankMarks } from '../messages/drafts/blocks.js';

/** A line of a letter: texts and blanks, one after another. */
export type LetterLine = readonly (string | Blank)[];

/** A letter without its looks: what is written, to whom, in which parts. */
export interface Letter {
  readonly title: string;
  /** Above the salutation: that this is a draft, and what to do before it is sent. */
  readonly draft: string;
  readonly salutation: LetterLine;
  readonly opening: LetterLine;
  readonly parts: readonly { readonly heading: string; readonly lines: readonly LetterLine[] }[];
  readonly closing: LetterLine;
  /** Name of the sender, then the date. */
  readonly signature: readonly LetterLine[];
}

/** A line as text, its blanks in brackets. */
export function lineText(line: LetterLine, { open, close }: BlankMarks): string {
  return line.map((piece) => (typeof piece === 'string' ? piece : `${open}${piece.blank}${close}`)).join('');
}

/** How many blanks a letter has. */
export function letterBlanks(letter: Letter): number {
  return linesOf(letter)
    .flat()
    .filter((piece) => typeof piece !== 'string').length;
}

function linesOf({ salutation, opening, parts, closing, signature }: Letter): readonly LetterLine[] {
  return [salutation, opening, ...parts.flatMap((part) => part.lines), closing, ...signature];
}

/** The letter as Markdown (CommonMark), ended by a newline. */
export function letterMarkdown(letter: Letter, marks: BlankMarks): string {
  const text = (line: LetterLine): string => escaped(lineText(line, marks));
  return `${[
    `# ${escaped(letter.title)}`,
    `> ${escaped(letter.draft)}`,
    text(letter.salutation),
    text(letter.opening),
    ...letter.parts.flatMap((part) => [`## ${escaped(part.heading)}`, ...part.lines.map(text)]),
    text(letter.closing),
    letter.signature.map(text).join('  \n'),
  ].join('\n\n')}\n`;
}

/** Characters that Markdown would take for its own. Square brackets stay, for blanks are in them, but never begin a link. */
function escaped(text: string): string {
  return text.replace(/[\\`*_<>#|]/g, (c) => `\\${c}`).replaceAll('](', ']\\(');
}
