import { auditWords } from '../../../messages/screens/audit.js';
import { grouped } from '../../../report/numbers.js';
import { forgetTags, tagKeys } from '../../../steps/evidence/forget-tags.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover audit forget-tags`: destroys the keys that tie tags to persons, after saying what that ends. */
export const run: Run<'audit forget-tags'> = async (context) => {
  const { lang, dryRun } = context;
  const words = auditWords[lang];
  const done = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const found = await tagKeys(session);
    if (dryRun) return found;
    context.say((screen) => {
      screen.warn(words.forgetBefore);
      if (found.erased) screen.warn(words.forgetLedger);
      screen.warn(words.forgetRequests);
    });
    await context.confirm(words.forgetQuestion(grouped(found.keys.length)));
    return forgetTags(session);
  });
  const count = grouped(done.keys.length);
  return {
    json: { keys: [...done.keys], ledger: done.erased, requests: done.requests },
    screen: (screen) => {
      if (dryRun) {
        screen.good(words.wouldForget(count));
        screen.warn(words.forgetBefore);
        if (done.erased) screen.warn(words.forgetLedger);
        screen.warn(words.forgetRequests);
      } else screen.good(words.forgotten(count));
      screen.facts([[words.keyNames, ...done.keys]]);
    },
  };
};
