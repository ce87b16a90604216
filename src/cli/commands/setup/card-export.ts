import { basename } from 'node:path';
import { sendingName } from '../../../bundle/sending.js';
import { partyWords } from '../../../messages/screens/party.js';
import { withSession } from '../../../steps/session/session.js';
import { exportCard } from '../../../steps/setup/card.js';
import type { Run } from '../../context.js';
import { cardFacts, cardJson } from '../../show/card.js';

/** `handover card export`: one's own card as files for the other party. */
export const run: Run<'card export'> = async (context, { options }) => {
  const words = partyWords[context.lang];
  const dir = context.workspaceFolder();
  const out = context.path(options.out ?? `${basename(dir)}.card.json`);
  const view = await withSession(dir, context.runtime, (session) => exportCard(session, out, options.force));
  return {
    json: {
      path: view.path,
      signature: `${view.path}.minisig`,
      sending: sendingName(view.path),
      card: cardJson(view),
    },
    screen: (screen) => {
      screen.good(words.written(context.shown(sendingName(view.path))));
      screen.facts(cardFacts(view, context.lang));
    },
    next: [{ say: words.sendCard, command: `handover trust add ${words.theirCard}` }],
  };
};
