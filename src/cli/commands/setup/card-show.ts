import { partyWords } from '../../../messages/screens/party.js';
import { sheetWords } from '../../../messages/screens/sheet.js';
import { ownCard, cardViewOf } from '../../../steps/session/cards.js';
import { withSession } from '../../../steps/session/session.js';
import { viewCard } from '../../../steps/setup/card.js';
import { writeWhole } from '../../../store/whole-file.js';
import type { Run } from '../../context.js';
import { cardFacts, cardJson } from '../../show/card.js';

/** `handover card show`: one's own card, or what a file claims. */
export const run: Run<'card show'> = async (context, { arguments: args, options }) => {
  const words = partyWords[context.lang];
  const file = args.card;
  const view =
    file === undefined
      ? await withSession(context.workspaceFolder(), context.runtime, async (session) =>
          cardViewOf(ownCard(session.workspace.info)),
        )
      : viewCard(context.path(file));
  const sheet = options.sheet === undefined ? null : context.path(options.sheet);
  if (sheet !== null) {
    const { cardSheet } = await import('../../../report/card-sheet.js');
    await writeWhole(sheet, cardSheet(view.card, view.fingerprint, context.lang), { force: options.force });
  }
  return {
    json: { own: file === undefined, card: cardJson(view), sheet },
    screen: (screen) => {
      screen.facts(cardFacts(view, context.lang));
      if (file !== undefined) screen.say(words.claimed);
      if (sheet !== null) screen.good(sheetWords[context.lang].written(context.shown(sheet)));
    },
    next:
      file === undefined
        ? [{ say: words.sendCard, command: `handover trust add ${words.theirCard}` }]
        : [{ say: '', command: `handover trust add ${context.typed(context.path(file))}` }],
  };
};
