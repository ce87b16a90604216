import type { Prompts } from './system.js';

/**
 * Questions on a real terminal, drawn on standard error so that standard output stays clean. The prompt library is loaded when the first
 * question is asked.
 */
export function terminalPrompts(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Prompts {
  const around = { input, output };
  return {
    hidden: async (question) => {
      const { password } = await import('@inquirer/prompts');
      return password({ message: question.trimEnd(), mask: '*' }, around);
    },
    line: async (question) => {
      const { input: text } = await import('@inquirer/prompts');
      return text({ message: question.trimEnd() }, around);
    },
    yesNo: async (question) => {
      const { confirm } = await import('@inquirer/prompts');
      return confirm(
        { message: question, default: false, transformer: (answer) => (answer ? 'y' : 'N') },
        around,
      );
    },
  };
}

/** Whether an error means that the person pressed Ctrl-C or Ctrl-D at a question. */
export function isPromptAborted(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');
}
