import { dealWords } from '../../../messages/screens/deal.js';
import { draftAmendment } from '../../../steps/deal/amend.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover deal amend`: the version in force as a text to edit and to sign anew. */
export const run: Run<'deal amend'> = async (context, { arguments: args, options }) => {
  const words = dealWords[context.lang];
  const place = { path: context.path(args.file ?? 'amendment.yaml'), force: options.force };
  const draft = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    draftAmendment(session, args.deal ?? null, place),
  );
  return {
    json: { path: draft.path, deal: draft.deal, amends: draft.amends },
    screen: (screen) => {
      screen.good(words.amendmentDrafted(context.shown(draft.path)));
      screen.facts([
        [`  ${words.deal}`, draft.deal],
        [`  ${words.amends}`, draft.amends],
      ]);
    },
    next: [{ say: words.changeAndCheck, command: `handover deal check ${context.typed(draft.path)}` }],
  };
};
