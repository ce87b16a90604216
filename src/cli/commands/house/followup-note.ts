import { closingWords } from '../../../messages/screens/closing.js';
import { dayOf } from '../../../base/time.js';
import { noteClosing } from '../../../steps/house/closing.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { closingJson, drawClosing } from '../../show/closing.js';
import { dayGiven } from '../../show/house.js';

/** `handover followup note`: from which day a deadline of the closing counts, or that it is met. */
export const run: Run<'followup note'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = closingWords[lang];
  const input = {
    task: args.clock,
    deal: args.deal ?? null,
    on: dayGiven(options.on, '--on'),
    done: options.done ?? null,
    dryRun,
  };
  const found = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    noteClosing(session, input),
  );
  return {
    json: { deal: found.deal, clocks: found.clocks.map(closingJson) },
    screen: (screen) => {
      screen.good(dryRun ? words.wouldNote : words.noted);
      if (!dryRun) drawClosing(screen, [found], { today: dayOf(context.runtime.now()), all: true }, lang);
    },
    next: dryRun ? [] : [{ say: words.list, command: 'handover followup list' }],
  };
};
