import { fail } from '../../../messages/error.js';
import { completionScript, SHELLS } from '../../completion.js';
import type { Run } from '../../context.js';

/** `handover completion`: the script with which a shell completes commands and options. */
export const run: Run<'completion'> = async (_context, { arguments: { shell } }) => {
  const known =
    SHELLS.find((name) => name === shell) ??
    fail({ code: 'CLI_OPTION_VALUE', option: 'SHELL', allowed: SHELLS });
  const script = completionScript(known);
  return { json: { shell: known, script }, screen: () => undefined, raw: script };
};
