import { subjectWords } from '../../../messages/screens/subject.js';
import { answerComplaint, kindOfRequest } from '../../../steps/persons/requests.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { kindWords, requestJson, shortId } from '../../show/subject.js';

/** `handover request close`: a complaint, with what came of it. */
export const run: Run<'request close'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const input = { request: args.request, outcome: options.outcome, dryRun };
  const view = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    answerComplaint(session, input),
  );
  const { request } = view;
  return {
    json: { request: requestJson(view) },
    screen: (screen) => {
      screen.good(dryRun ? words.wouldCloseComplaint : words.complaintClosed);
      screen.facts([
        [words.id, shortId(request.id)],
        [words.kind, kindWords[lang][kindOfRequest(request)]],
        [words.outcome, request.reason ?? options.outcome],
      ]);
    },
  };
};
