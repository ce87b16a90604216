import { noticeWords } from '../../../messages/screens/notice.js';
import { sendLateNotices } from '../../../steps/persons/late.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { pendingFacts, pendingJson } from '../../show/notices.js';

/** `handover notice send`: tells the buyers what was learned of customers after the handover. */
export const run: Run<'notice send'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = noticeWords[lang];
  const { pending, sent } = await inHouse(context.workspaceFolder(), context.around, (house) =>
    sendLateNotices(house, { deal: options.deal ?? null, dryRun }),
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
    page: (page) => {
      if (pending.length === 0) {
        page.say(words.nothingPending);
        return;
      }
      if (dryRun) page.say(words.wouldSend);
      else page.good(words.sent);
      page.facts(pendingFacts(pending, lang));
      if (sent.length > 0)
        page.facts([
          [
            words.file,
            ...sent.map(({ path, buyer, due }) => `${context.shown(path)}  ${words.noticeTo(buyer, due)}`),
          ],
        ]);
    },
    next:
      sent.length === 0
        ? []
        : [{ say: words.sendNotice, command: `handover notice accept ${words.completionFile}` }],
  };
};
