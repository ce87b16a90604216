/**
 * A line of text that is being typed, and how each key changes it. An input method or a paste sends several characters in one piece; some
 * versions of Node put such a piece into the middle of a line in the wrong order, so it is spliced here.
 */
export interface EditedLine {
  readonly text: string;
  /** Where the next character goes, in characters as a person counts them. */
  readonly at: number;
}

export const EMPTY_LINE: EditedLine = { text: '', at: 0 };

/** What Node tells of a key. */
export interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
  /** What the terminal sent. */
  readonly sequence?: string | undefined;
}

/** An answer is a line; more is a file that was pasted. In characters. */
const LONGEST = 1000;

/** The line after a key. A key that means nothing here leaves it as it is. */
export function edited({ text, at }: EditedLine, key: Key): EditedLine {
  const characters = charactersOf(text);
  const put = (before: readonly string[], after: readonly string[]): EditedLine => ({
    text: [...before, ...after].join(''),
    at: before.length,
  });
  const before = characters.slice(0, at);
  const after = characters.slice(at);
  switch (commandOf(key)) {
    case 'left':
      return { text, at: Math.max(0, at - 1) };
    case 'right':
      return { text, at: Math.min(characters.length, at + 1) };
    case 'home':
      return { text, at: 0 };
    case 'end':
      return { text, at: characters.length };
    case 'backspace':
      return put(before.slice(0, -1), after);
    case 'delete':
      return put(before, after.slice(1));
    case 'clear':
      return put([], after);
    case 'cut':
      return put(before, []);
    case 'none':
      return { text, at };
    case 'type':
      return put([...before, ...charactersOf(printable(key.sequence ?? ''))].slice(0, LONGEST), after);
  }
}

type Command = 'left' | 'right' | 'home' | 'end' | 'backspace' | 'delete' | 'clear' | 'cut' | 'type' | 'none';

const WITH_CONTROL: ReadonlyMap<string, Command> = new Map([
  ['b', 'left'],
  ['f', 'right'],
  ['a', 'home'],
  ['e', 'end'],
  ['h', 'backspace'],
  ['u', 'clear'],
  ['k', 'cut'],
]);
const NAMED: ReadonlyMap<string, Command> = new Map([
  ['left', 'left'],
  ['right', 'right'],
  ['home', 'home'],
  ['end', 'end'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
]);

function commandOf({ name = '', ctrl, meta, sequence = '' }: Key): Command {
  if (ctrl === true) return WITH_CONTROL.get(name) ?? 'none';
  const named = NAMED.get(name);
  if (named !== undefined) return named;
  return meta !== true && printable(sequence) !== '' ? 'type' : 'none';
}

/** What a key types, without control characters: an arrow key is a sequence that begins with one. */
export function printable(sequence: string): string {
  return /^\u001b/.test(sequence) ? '' : sequence.replace(/[\p{Cc}]/gu, '');
}

/** Made for the first key: it takes 8 ms, which a command that asks nothing would wait as well. */
let segments: Intl.Segmenter | undefined;

function charactersOf(text: string): readonly string[] {
  segments ??= new Intl.Segmenter();
  return Array.from(segments.segment(text), ({ segment }) => segment);
}

/** The text before and after the cursor. */
export function halvesOf({ text, at }: EditedLine): readonly [string, string] {
  const characters = charactersOf(text);
  return [characters.slice(0, at).join(''), characters.slice(at).join('')];
}
