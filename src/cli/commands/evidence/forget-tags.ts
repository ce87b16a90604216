import { auditWords } from '../../../messages/screens/audit.js';
import { grouped } from '../../../report/numbers.js';
import { forgetTags, tagKeys } from '../../../steps/evidence/forget-tags.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';

/** `handover audit forget-tags`: destroys the keys by which tags stand for persons, after saying what that ends. */
export const run: Run<'audit forget-tags'> = async (context) => {
  const { lang, dryRun } = context;
  const words = auditWords[lang];
  const done = await inHouse(context.workspaceFolder(), context.around, async (house) => {
    const found = await tagKeys(house);
    if (dryRun) return found;
    context.say((page) => {
      page.warn(words.forgetBefore);
      if (found.erased) page.warn(words.forgetLedger);
      page.warn(words.forgetRequests);
    });
    await context.confirm(words.forgetQuestion(grouped(found.keys.length)));
    return forgetTags(house);
  });
  const count = grouped(done.keys.length);
  return {
    json: { keys: [...done.keys], ledger: done.erased, requests: done.requests },
    page: (page) => {
      if (dryRun) {
        page.good(words.wouldForget(count));
        page.warn(words.forgetBefore);
        if (done.erased) page.warn(words.forgetLedger);
        page.warn(words.forgetRequests);
      } else page.good(words.forgotten(count));
      page.facts([[words.keyNames, ...done.keys]]);
    },
  };
};
