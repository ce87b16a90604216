import { subjectWords } from '../../../messages/screens/subject.js';
import { kindOfRequest, refuseRequest } from '../../../steps/persons/requests.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { kindWords, requestJson, shortId } from '../../show/subject.js';

/** `handover request refuse`: with its reason, which the person is told (PIPL-50, MIN-34). */
export const run: Run<'request refuse'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const input = { request: args.id, reason: options.reason, dryRun };
  const view = await inHouse(context.workspaceFolder(), context.around, (house) =>
    refuseRequest(house, input),
  );
  const { request } = view;
  return {
    json: { request: requestJson(view) },
    page: (page) => {
      if (dryRun) page.say(words.wouldRefuse);
      else page.good(words.refused);
      page.facts([
        [words.id, shortId(request.id)],
        [words.kind, kindWords[lang][kindOfRequest(request)]],
        [words.reason, request.reason ?? options.reason],
      ]);
    },
  };
};
