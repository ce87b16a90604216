import { Chalk, type ChalkInstance } from 'chalk';
import { eastAsianWidth } from 'get-east-asian-width';

/**
 * Text on a terminal: its width in cells, its colours, and what must never reach it. File names, party names and deal titles come
 * from the other side: an escape sequence in one could rewrite the screen, a bidirectional override could reverse a sentence.
 */

/** C0 and C1 controls, bidirectional controls, line and paragraph separators, the byte order mark, tags, and what is no character. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

/** `text` with everything that moves the cursor or the order of reading replaced by U+FFFD. */
export function clean(text: string): string {
  return text.replace(UNSAFE, '\ufffd');
}

/** Colour codes, as {@link paint} writes them. */
const COLOUR = /\u001b\[[\d;]*m/g;
/** What is drawn over the character before it, or not at all. */
const NO_CELL = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;

/**
 * Width in terminal cells (UAX #11): a Chinese character takes two, a combining mark none, colour codes none. An emoji made of several is
 * as wide as those together, as on terminals that do not join them.
 */
export function displayWidth(text: string): number {
  let cells = 0;
  for (const character of text.includes('\u001b') ? text.replace(COLOUR, '') : text) {
    const code = character.codePointAt(0) ?? 0;
    // Most of what is written needs no table.
    if (code >= 0x20 && code < 0x7f) cells += 1;
    else if (code >= 0x4e00 && code < 0xa000) cells += 2;
    else if (!NO_CELL.test(character)) cells += eastAsianWidth(code);
  }
  return cells;
}

/** Text filled up with spaces to `width` cells of the terminal. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Text moved to the right end of `width` cells of the terminal. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** `text` shortened to `width` cells, the end replaced by an ellipsis. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    const cells = displayWidth(character);
    if (used + cells > width - 1) break;
    kept += character;
    used += cells;
  }
  return `${kept}…`;
}

/** Punctuation that does not begin a line in Chinese or English. */
const NOT_FIRST =
  /^[,.;:!?%)\]}\u00b7\u00bb\u2014\u2019\u201d\u2026\u203a\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01\uff05\uff09\uff0c\uff1a\uff1b\uff1f]/u;
/** Punctuation that does not end a line. */
const NOT_LAST = /[([{\u00ab\u2018\u201c\u2039\u3008\u300a\u300c\u300e\u3010\u3014\uff08]$/u;
/** Runs of spaces, words (whatever is not Chinese, kana, hangul or full-width), and single wide characters. */
const TOKEN = /\s+|[^\s\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]+|./gsu;

/**
 * Lines of at most `width` cells. English breaks at spaces, Chinese between any two characters but never before closing or after
 * opening punctuation; a word longer than a line is cut. A line break in `text` stays one.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, Math.max(8, width)));
}

/** A list in lines of at most `width` cells, broken after a separator; an item longer than a line is wrapped. */
export function wrapList(items: readonly string[], between: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [i, item] of items.entries()) {
    const piece = i === items.length - 1 ? item : item + between;
    if (line !== '' && displayWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    if (line === '' && displayWidth(piece.trimEnd()) > width) {
      const parts = wrap(piece, width);
      lines.push(...parts.slice(0, -1));
      line = parts.at(-1) ?? '';
    } else line += piece;
  }
  lines.push(line.trimEnd());
  return lines;
}

function wrapParagraph(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const unit of units(text)) {
    if (line !== '' && used + displayWidth(unit.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    let rest = line === '' ? unit.trimStart() : unit;
    while (line === '' && displayWidth(rest.trimEnd()) > width) {
      const [head, tail] = cut(rest, width);
      lines.push(head);
      rest = tail;
    }
    used = (line === '' ? 0 : used) + displayWidth(rest);
    line += rest;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** Pieces between which a line may break. */
function units(text: string): string[] {
  const pieces: string[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const before = pieces.at(-1);
    const spaced = before !== undefined && /\s$/.test(before);
    // A middle dot between spaces separates items of a list and stays with the item before it.
    const joins =
      before !== undefined &&
      (token === '\u00b7' || (!spaced && (NOT_FIRST.test(token) || NOT_LAST.test(before))));
    if (before !== undefined && (joins || /^\s/.test(token))) pieces[pieces.length - 1] = before + token;
    else pieces.push(token);
  }
  return pieces;
}

function cut(text: string, width: number): [string, string] {
  let head = '';
  let used = 0;
  for (const character of text) {
    used += displayWidth(character);
    if (head !== '' && used > width) break;
    head += character;
  }
  return [head, text.slice(head.length)];
}

/** Colours by meaning. Each screen is complete without them. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly command: (text: string) => string;
}

/** @param color whether to colour; the caller knows about terminals, --no-color and NO_COLOR */
export function paint(color: boolean): Paint {
  const chalk: ChalkInstance = new Chalk({ level: color ? 1 : 0 });
  return {
    strong: chalk.bold,
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    quiet: chalk.dim,
    command: chalk.cyan,
  };
}
