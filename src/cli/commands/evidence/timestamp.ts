import { fail } from '../../../messages/error.js';
import { proofWords } from '../../../messages/screens/proof.js';
import { grouped } from '../../../report/numbers.js';
import { localTime } from '../../../report/times.js';
import { acceptTimestamp, requestTimestamp } from '../../../steps/evidence/timestamp.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, CommandResult, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';

/** `handover audit timestamp`: asks an authority to stamp the log, by a file, and takes in its answer. */
export const run: Run<'audit timestamp'> = async (context, { options }) => {
  const { accept, ca } = options;
  if (accept === undefined && ca !== undefined)
    fail({ code: 'CLI_OPTION_MISSING', option: '--accept', command: 'audit timestamp' });
  return accept === undefined ? request(context, options) : take(context, accept, ca);
};

async function request(
  context: CommandContext,
  { out, force }: CommandInput<'audit timestamp'>['options'],
): Promise<CommandResult> {
  const words = proofWords[context.lang];
  const dir = context.workspaceFolder();
  const asked = await withSession(dir, context.runtime, (session) =>
    requestTimestamp(session, (size) => context.path(out ?? `${words.requestFile(size)}.tsq`), {
      force,
      dryRun: context.dryRun,
    }),
  );
  const accept = `handover audit timestamp --accept ${words.response} --ca ${words.root}`;
  return {
    json: { path: asked.path, sha256: asked.sha256, size: asked.size },
    screen: (screen) => {
      screen.good(words.requested(grouped(asked.size), context.shown(asked.path)));
      if (asked.sha256 !== null) screen.facts([[words.digest, asked.sha256]]);
    },
    next: [{ say: words.bring, command: accept }],
  };
}

async function take(context: CommandContext, accept: string, ca: string | undefined): Promise<CommandResult> {
  const { lang, dryRun } = context;
  const words = proofWords[lang];
  if (ca === undefined)
    return fail({ code: 'CLI_OPTION_MISSING', option: '--ca', command: 'audit timestamp' });
  const input = { path: context.path(accept), ca: context.path(ca), dryRun };
  const kept = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    acceptTimestamp(session, input),
  );
  return {
    json: { ...kept },
    screen: (screen) => {
      const said = dryRun && !kept.again ? words.wouldAccept : words.accepted;
      screen.good(said(grouped(kept.size), localTime(kept.time)));
      screen.facts([
        [words.authority, kept.authority],
        [words.digest, kept.sha256],
      ]);
      if (kept.again) screen.say(words.acceptedAgain);
    },
    next: [{ say: '', command: 'handover audit verify' }],
  };
}
