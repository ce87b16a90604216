import { fail } from '../messages/error.js';
import type { Prompts } from './system.js';

/**
 * Asks whether to go on. `--yes` answers for the person; where nobody can be asked the answer is no, and said to be missing.
 * @throws HandoverError CLI_NEEDS_ANSWER, CLI_DECLINED
 */
export async function confirm(question: string, yes: boolean, prompts: Prompts | null): Promise<void> {
  if (yes) return;
  if (prompts === null) fail({ code: 'CLI_NEEDS_ANSWER', option: '--yes' });
  if (!(await prompts.yesNo(question))) fail({ code: 'CLI_DECLINED' });
}
