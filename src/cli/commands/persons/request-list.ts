import { dayOf } from '../../../base/time.js';
import type { Lang } from '../../../messages/lang.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import { REQUESTERS, VERIFICATIONS } from '../../../policy/request-lists.js';
import { grouped } from '../../../report/numbers.js';
import { KEPT_BY_BUYER } from '../../../steps/persons/notice-list.js';
import { kindOfRequest, listRequests } from '../../../steps/persons/requests.js';
import { REFUSED_BY_FREEZE, REFUSED_BY_HOLD } from '../../../steps/persons/withdraw.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import {
  kindWords,
  requesterWords,
  requestJson,
  requestStateWords,
  shortId,
  verificationWords,
} from '../../show/subject.js';

/** `handover request list`: the register (PIPL-50). Needs no passphrase: it opens no record. */
export const run: Run<'request list'> = async (context, { options }) => {
  const { lang } = context;
  const words = subjectWords[lang];
  const every = await withSession(context.workspaceFolder(), context.runtime, async (session) =>
    listRequests(session),
  );
  const shown = options.all ? every : every.filter(({ request }) => request.closed === null);
  const overdue = every.filter(({ state }) => state === 'overdue').length;
  return {
    json: { overdue, requests: shown.map(requestJson) },
    screen: (screen) => {
      if (shown.length === 0) {
        screen.say(every.length === 0 ? words.noneAtAll : words.noRequests);
        return;
      }
      screen.table(
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
      for (const { request } of shown)
        if (request.reason !== null)
          screen.under(`${shortId(request.id)}  ${words.reason}  ${reasonText(request.reason, lang)}`);
      if (overdue > 0) screen.warn(words.overdue(grouped(overdue)));
    },
  };
};

/** A reason in a person's words as it is; one of the program's own in words. */
function reasonText(reason: string, lang: Lang): string {
  const { reasons } = subjectWords[lang];
  switch (reason) {
    case REFUSED_BY_HOLD:
      return reasons.HOLD;
    case REFUSED_BY_FREEZE:
      return reasons.FREEZE;
    case KEPT_BY_BUYER:
      return reasons.KEPT_BY_BUYER;
    default:
      return reason;
  }
}
