import { createPrompt, isEnterKey, makeTheme, useKeypress, usePrefix, useState } from '@inquirer/core';
import { type EditedLine, EMPTY_LINE, edited, halvesOf, type Key } from './line-edit.js';

interface LineQuestion {
  readonly message: string;
  /** The answer of Enter alone. */
  readonly usual?: string;
  /** What was typed before the question was there. */
  readonly begun?: string;
}

/** A question for a line of text. It edits the line itself (line-edit.ts), and puts the terminal's own cursor where one types. */
export const linePrompt = createPrompt<string, LineQuestion>(({ message, usual = '', begun = '' }, done) => {
  const theme = makeTheme({});
  const [status, setStatus] = useState<'idle' | 'done'>('idle');
  const [line, setLine] = useState<EditedLine>(edited(EMPTY_LINE, { sequence: begun }));
  const prefix = usePrefix({ status, theme });
  const answer = line.text.trim() === '' ? usual : line.text.trim();
  useKeypress((key, readline) => {
    if (status === 'done') return;
    if (isEnterKey(key)) {
      setStatus('done');
      done(answer);
      return;
    }
    const next = edited(line, keyOf(key));
    // Node's own line follows, because the cursor is placed by it.
    const [before] = halvesOf(next);
    readline.clearLine(0);
    readline.write(before);
    readline.line = next.text;
    setLine(next);
  });
  const shown = status === 'done' ? theme.style.answer(answer) : line.text;
  const usually =
    status === 'idle' && line.text === '' && usual !== '' ? theme.style.defaultAnswer(usual) : '';
  return [prefix, theme.style.message(message, status), usually, shown]
    .filter((part, i) => part !== '' || i === 3)
    .join(' ');
});

/** A key as Node tells it, with what the terminal sent. */
function keyOf(key: { readonly name: string; readonly ctrl: boolean }): Key {
  const sequence = 'sequence' in key && typeof key.sequence === 'string' ? key.sequence : '';
  const meta = 'meta' in key && key.meta === true;
  return { name: key.name, ctrl: key.ctrl, meta, sequence };
}
