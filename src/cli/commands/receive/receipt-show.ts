import { bundleWords } from '../../../messages/screens/bundle.js';
import { viewReceipt } from '../../../steps/receive/receipt.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawReceipt, receiptJson } from '../../show/receipt.js';

/** `handover receipt show`: a receipt, verified against the bundle that it answers. */
export const run: Run<'receipt show'> = async (context, { arguments: args }) => {
  const words = bundleWords[context.lang];
  const path = context.path(args.receipt);
  const view = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    viewReceipt(session, path),
  );
  return {
    json: receiptJson(view),
    screen: (screen) => drawReceipt(screen, view, context.lang),
    next: view.again
      ? []
      : [{ say: words.accept, command: `handover receipt accept ${context.typed(path)}` }],
  };
};
