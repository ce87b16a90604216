import { bundleWords } from '../../../messages/screens/bundle.js';
import { viewReceipt } from '../../../steps/receive/receipt.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { drawReceipt, receiptJson } from '../../show/receipt.js';

/** `handover receipt show`: a receipt, verified against the bundle that it answers. */
export const run: Run<'receipt show'> = async (context, { arguments: args }) => {
  const words = bundleWords[context.lang];
  const path = context.path(args.receipt);
  const view = await inHouse(context.workspaceFolder(), context.around, async (house) =>
    viewReceipt(house, path),
  );
  return {
    json: receiptJson(view),
    page: (page) => drawReceipt(page, view, context.lang),
    next: view.again
      ? []
      : [{ say: words.accept, command: `handover receipt accept ${context.typed(path)}` }],
  };
};
