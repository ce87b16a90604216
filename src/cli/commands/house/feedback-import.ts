import { followupWords } from '../../../messages/screens/followup.js';
import { punctuation } from '../../../messages/punctuation.js';
import { grouped } from '../../../report/numbers.js';
import { importFeedback } from '../../../steps/house/feedback.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { surveyFacts } from '../../show/feedback.js';

/** Lines that are shown; the rest is counted. */
const SHOWN = 20;

/** `handover feedback import`: complaints one by one, the survey as counts. */
export const run: Run<'feedback import'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = followupWords[lang].feedback;
  const input = {
    path: context.path(args.file),
    requester: options.requester ?? ('self' as const),
    verified: options.verified ?? null,
    dryRun,
  };
  const read = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    importFeedback(session, input),
  );
  const { kind, rows, taken, unknown, survey } = read;
  return {
    json: {
      kind,
      rows,
      taken,
      unknown: [...unknown],
      survey:
        survey === null
          ? null
          : {
              ...survey,
              served: { ...survey.served },
              satisfied: { ...survey.satisfied },
              stays: { ...survey.stays },
            },
    },
    screen: (screen) => {
      screen.good(dryRun ? words.would : words.imported);
      screen.say(
        kind === 'survey' ? words.survey(grouped(rows)) : words.complaints(grouped(taken), grouped(rows)),
      );
      if (survey !== null) screen.facts(surveyFacts(survey, lang));
      if (unknown.length > 0)
        screen.warn(
          words.unknown(grouped(unknown.length), unknown.slice(0, SHOWN).join(punctuation[lang].list)),
        );
    },
    next:
      kind === 'complaints' && taken > 0 && !dryRun
        ? [{ say: words.requests, command: 'handover request list' }]
        : [],
  };
};
