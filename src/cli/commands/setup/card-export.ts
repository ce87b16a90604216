import { basename } from 'node:path';
import { partyWords } from '../../../messages/screens/party.js';
import { inHouse } from '../../../steps/session/house.js';
import { exportCard } from '../../../steps/setup/card.js';
import type { Run } from '../../context.js';
import { cardFacts, cardJson } from '../../show/card.js';

/** `handover card export`: one's own card as files for the other party. */
export const run: Run<'card export'> = async (context, { options }) => {
  const words = partyWords[context.lang];
  const dir = context.workspaceFolder();
  const out = context.path(options.out ?? `${basename(dir)}.card.json`);
  const view = await inHouse(dir, context.around, (house) => exportCard(house, out, options.force));
  return {
    json: { path: view.path, signature: `${view.path}.minisig`, card: cardJson(view) },
    page: (page) => {
      page.good(words.written(context.shown(view.path)));
      page.facts(cardFacts(view, context.lang));
    },
    next: [{ say: words.sendCard, command: `handover trust add ${words.theirCard}` }],
  };
};
