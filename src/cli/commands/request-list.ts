import { dayOf } from '../../base/time.js';
import { subjectWords } from '../../messages/screens/subject.js';
import { grouped } from '../../report/numbers.js';
import { REQUESTERS, VERIFICATIONS } from '../../policy/rights.js';
import { inHouse } from '../../steps/house.js';
import { kindOfRequest, listRequests } from '../../steps/requests.js';
import type { Run } from '../context.js';
import {
  kindWords,
  requesterWords,
  requestJson,
  requestStateWords,
  shortId,
  verificationWords,
} from './subject.js';

/** `handover request list`: the register (PIPL-50). Needs no passphrase: it opens no record. */
export const run: Run<'request list'> = async (context, { options }) => {
  const { lang } = context;
  const words = subjectWords[lang];
  const every = await inHouse(context.workspaceFolder(), context.around, async (house) =>
    listRequests(house),
  );
  const shown = options.all ? every : every.filter(({ request }) => request.closed === null);
  const overdue = every.filter(({ state }) => state === 'overdue').length;
  return {
    json: { overdue, requests: shown.map(requestJson) },
    page: (page) => {
      if (shown.length === 0) {
        page.say(every.length === 0 ? words.noneAtAll : words.noRequests);
        return;
      }
      page.table(
        [
          { title: words.id },
          { title: words.kind },
          { title: words.who },
          { title: words.verified },
          { title: words.received },
          { title: words.due },
          { title: words.state },
        ],
        shown.map((view) => {
          const { request, state } = view;
          const requester = REQUESTERS.find((known) => known === request.requester);
          const verified = VERIFICATIONS.find((known) => known === request.verified);
          return [
            shortId(request.id),
            kindWords[lang][kindOfRequest(request)],
            requester === undefined ? '' : requesterWords[lang][requester],
            verified === undefined ? '' : verificationWords[lang][verified],
            dayOf(request.received),
            request.due,
            requestStateWords[lang][state],
          ];
        }),
      );
      if (overdue > 0) page.warn(words.overdue(grouped(overdue)));
    },
  };
};
