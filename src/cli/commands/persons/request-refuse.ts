import { subjectWords } from '../../../messages/screens/subject.js';
import { kindOfRequest, refuseRequest } from '../../../steps/persons/requests.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { kindWords, requestJson, shortId } from '../../show/subject.js';

/** `handover request refuse`: with its reason, which the person is told (PIPL-50, MIN-34). */
export const run: Run<'request refuse'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const input = { request: args.id, reason: options.reason, dryRun };
  const view = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    refuseRequest(session, input),
  );
  const { request } = view;
  return {
    json: { request: requestJson(view) },
    screen: (screen) => {
      if (dryRun) screen.say(words.wouldRefuse);
      else screen.good(words.refused);
      screen.facts([
        [words.id, shortId(request.id)],
        [words.kind, kindWords[lang][kindOfRequest(request)]],
        [words.reason, request.reason ?? options.reason],
      ]);
    },
  };
};
