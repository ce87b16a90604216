import { sendingName } from '../../../bundle/sending.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { sendLateNotices } from '../../../steps/persons/late-notices.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { pendingFacts, pendingJson } from '../../show/notices.js';

/** `handover notice send`: tells the buyers what was learned of customers after the handover. */
export const run: Run<'notice send'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = noticeWords[lang];
  const { pending, sent } = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    sendLateNotices(session, { deal: options.deal ?? null, dryRun }),
  );
  return {
    json: {
      pending: pending.map(pendingJson),
      notices: sent.map(({ id, number, deal, buyer, kind, path, digest, due }) => ({
        id,
        number,
        deal,
        buyer,
        kind,
        path,
        sha256: digest,
        due,
      })),
    },
    screen: (screen) => {
      if (pending.length === 0) {
        screen.say(words.nothingPending);
        return;
      }
      if (dryRun) screen.say(words.wouldSend);
      else screen.good(words.sent);
      screen.facts(pendingFacts(pending, lang));
      if (sent.length > 0)
        screen.facts([
          [
            words.file,
            ...sent.map(
              ({ path, buyer, due }) => `${context.shown(sendingName(path))}  ${words.noticeTo(buyer, due)}`,
            ),
          ],
        ]);
    },
    next:
      sent.length === 0
        ? []
        : [{ say: words.sendNotice, command: `handover receive ${words.completionFile}` }],
  };
};
