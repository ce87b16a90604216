import type { Choice, Prompts } from './system.js';

/** A list that is longer than this scrolls: it has to fit on a screen of 24 lines with what stands above it. */
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
    line: (question, usual = '') =>
      asking(async (around) => {
        const { linePrompt } = await import('./line-prompt.js');
        return linePrompt({ message: question.trimEnd(), usual }, around);
      }),
    yesNo: (question) =>
      asking(async (around) => {
        const { confirm } = await import('@inquirer/prompts');
        return confirm(
          { message: question, default: false, transformer: (answer) => (answer ? 'y' : 'N') },
          around,
        );
      }),
    choose: (question, choices, hint) =>
      asking(async (around) => {
        const { select } = await import('@inquirer/prompts');
        const begin = choices.find(({ chosen }) => chosen === true);
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
      }),
    several: (question, choices, hint) =>
      asking(async (around) => {
        const { checkbox } = await import('@inquirer/prompts');
        return checkbox(
          {
            message: question,
            choices: choices.map((choice) => ({ ...choiceOf(choice), checked: choice.chosen === true })),
            pageSize: PAGE,
            loop: false,
            theme: { style: { keysHelpTip: () => hint } },
          },
          around,
        );
      }),
  };
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
