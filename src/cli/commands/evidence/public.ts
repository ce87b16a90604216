import { publicWords } from '../../../messages/screens/public-page.js';
import { publicCounts, publicFacts, publicHtml } from '../../../report/public-page.js';
import { ownCard } from '../../../steps/session/cards.js';
import { auditReport, writeReport } from '../../../steps/evidence/report.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover audit public`: whole counts for everybody. */
export const run: Run<'audit public'> = async (context, { options }) => {
  const { lang } = context;
  const words = publicWords[lang];
  const path = options.html === undefined ? null : context.path(options.html);
  const counts = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const { phone } = ownCard(session.workspace.info).card.contact;
    const found = publicCounts(auditReport(session, { deal: null }), phone);
    if (path !== null)
      await writeReport(session, path, publicHtml(found, lang), { deal: null, force: options.force });
    return found;
  });
  return {
    json: { ...counts, path },
    screen: (screen) => {
      screen.heading(words.title(counts.firm)).say(words.until(counts.day));
      screen.facts(publicFacts(counts, lang));
      if (path !== null) screen.good(words.written(context.shown(path)));
    },
    next:
      path === null ? [{ say: words.write, command: `handover audit public --html ${words.example}` }] : [],
  };
};
