import { bundleWords } from '../../../messages/screens/bundle.js';
import { acceptReceipt, viewAcceptable } from '../../../steps/receive/receipt.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawReceipt, receiptJson } from '../../show/receipt.js';

/** `handover receipt accept`: the seller's proof that the bundle arrived. */
export const run: Run<'receipt accept'> = async (context, { arguments: args }) => {
  const { lang, dryRun } = context;
  const words = bundleWords[lang];
  const path = context.path(args.receipt);
  const view = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    dryRun ? viewAcceptable(session, path) : acceptReceipt(session, path),
  );
  const refused = view.receipt.disposition === 'refused';
  return {
    json: receiptJson(view),
    screen: (screen) => {
      if (!refused)
        screen.good(dryRun ? words.wouldAccept : view.again ? words.acceptedBefore : words.acceptedReceipt);
      drawReceipt(screen, view, lang);
    },
    next: [
      refused
        ? { say: words.makeAgain, command: `handover export --deal ${view.receipt.deal.id}` }
        : { say: words.overview, command: 'handover status' },
    ],
  };
};
