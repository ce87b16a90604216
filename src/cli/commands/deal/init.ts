import { dealWords } from '../../../messages/screens/deal.js';
import { draftDeal } from '../../../steps/deal/deal.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover deal init`: a commented deal.yaml. */
export const run: Run<'deal init'> = async (context, { arguments: args, options }) => {
  const words = dealWords[context.lang];
  const input = {
    path: context.path(args.file ?? 'deal.yaml'),
    id: options.id ?? null,
    force: options.force,
  };
  const draft = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    draftDeal(session, input),
  );
  return {
    json: { path: draft.path, deal: draft.id, seller: draft.seller, buyer: draft.buyer },
    screen: (screen) => {
      screen.good(words.drafted(context.shown(draft.path)));
      screen.facts([
        [`  ${words.deal}`, draft.id],
        [`  ${words.seller}`, draft.seller],
        [`  ${words.buyer}`, draft.buyer],
      ]);
    },
    next: [{ say: words.fillIn, command: `handover deal check ${context.typed(draft.path)}` }],
  };
};
