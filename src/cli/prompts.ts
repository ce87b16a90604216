import { printable } from './line-edit.js';
import type { Choice, ChosenOrTyped, Prompts } from './system.js';

/** A list that is longer than this scrolls: with the lines above it, it has to fit on a screen of 24. */
const PAGE = 12;

/**
 * Questions on a real terminal, drawn on standard error so that standard output stays clean. The prompt library is loaded when the first
 * question is asked.
 */
export function terminalPrompts(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Prompts {
  const asking = <T>(ask: (around: Around) => Promise<T>): Promise<T> => leavable(input, output, ask);
  return {
    hidden: (question) =>
      asking(async (around) => {
        const { password } = await import('@inquirer/prompts');
        return password({ message: question.trimEnd(), mask: '*' }, around);
      }),
    line: (question, usual = '', begun = '') =>
      asking(async (around) => {
        const { linePrompt } = await import('./line-prompt.js');
        return linePrompt({ message: question.trimEnd(), usual, begun }, around);
      }),
    yesNo: (question) =>
      asking(async (around) => {
        const { confirm } = await import('@inquirer/prompts');
        return confirm(
          { message: question, default: false, transformer: (answer) => (answer ? 'y' : 'N') },
          around,
        );
      }),
    choose: (question, choices, hint) => asking(async (around) => chosen(question, choices, hint, around)),
    chooseOrType: (question, choices, hint) =>
      asking((around) => typedOver(around, async (within) => chosen(question, choices, hint, within))),
    several: (question, choices, hint, between) =>
      asking(async (around) => {
        const { checkbox } = await import('@inquirer/prompts');
        return checkbox(
          {
            message: question,
            choices: choices.map((choice) => ({ ...choiceOf(choice), checked: choice.chosen === true })),
            pageSize: PAGE,
            loop: false,
            theme: {
              style: {
                keysHelpTip: () => hint,
                renderSelectedChoices: (taken: readonly { readonly short: string }[]) =>
                  taken.map(({ short }) => short).join(between),
              },
            },
          },
          around,
        );
      }),
  };
}

/** A list of which one is taken. */
async function chosen(
  question: string,
  choices: readonly Choice[],
  hint: string,
  around: Around,
): Promise<string> {
  const { select } = await import('@inquirer/prompts');
  const begin = choices.find((choice) => choice.chosen === true);
  return select(
    {
      message: question,
      choices: choices.map(choiceOf),
      pageSize: PAGE,
      loop: false,
      theme: { style: { keysHelpTip: () => hint } },
      ...(begin === undefined ? {} : { default: begin.value }),
    },
    around,
  );
}

/** How long a key is waited for after another, in milliseconds: what is dropped onto a window comes as keys in one piece. */
const PIECE = 60;

/**
 * A list over which one may type. The list would take letters for the beginning of a choice, and Enter for the choice: whoever drops a file
 * onto the window would get another one.
 */
async function typedOver(
  { input, output, signal }: Around,
  choose: (within: Around) => Promise<string>,
): Promise<ChosenOrTyped> {
  const list = new AbortController();
  let typed = '';
  let timer: NodeJS.Timeout | undefined;
  const onKey = (_text: string | undefined, key: { readonly sequence?: string } | undefined): void => {
    const piece = printable(key?.sequence ?? '');
    if (typed === '' && piece.trim() === '') return;
    typed += piece;
    clearTimeout(timer);
    timer = setTimeout(() => list.abort(), PIECE);
  };
  input.on('keypress', onKey);
  try {
    const value = await choose({ input, output, signal: AbortSignal.any([signal, list.signal]) });
    return typed === '' ? { chosen: value } : { typed };
  } catch (error) {
    if (list.signal.aborted && !signal.aborted) return { typed };
    throw error;
  } finally {
    clearTimeout(timer);
    input.off('keypress', onKey);
  }
}

function choiceOf({ value, name, note, barred }: Choice) {
  return {
    value,
    name,
    short: name,
    ...(note === undefined ? {} : { description: note }),
    disabled: barred ?? false,
  };
}

interface Around {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** A question that Esc leaves, as Ctrl-C does. */
async function leavable<T>(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  ask: (around: Around) => Promise<T>,
): Promise<T> {
  const left = new AbortController();
  const onKey = (_text: string | undefined, key: { readonly name?: string } | undefined): void => {
    if (key?.name === 'escape') left.abort();
  };
  input.on('keypress', onKey);
  try {
    return await ask({ input, output, signal: left.signal });
  } finally {
    input.off('keypress', onKey);
  }
}

/** Whether an error means that the person left a question: Ctrl-C, Ctrl-D, Esc. */
export function isPromptAborted(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');
}
