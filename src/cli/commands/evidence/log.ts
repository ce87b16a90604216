import { EVENT_ACTIONS, type EventAction, FIRST_SEQ } from '../../../audit/event.js';
import { type Instant, readDate, startOf } from '../../../base/time.js';
import { fail } from '../../../messages/error.js';
import { auditWords } from '../../../messages/screens/audit.js';
import { localTime } from '../../../report/times.js';
import { auditLog, firstEvent } from '../../../steps/evidence/audit.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { actionText, eventJson } from '../../show/events.js';

/** `handover audit log`: the events, oldest first. */
export const run: Run<'audit log'> = async (context, { options }) => {
  const { lang } = context;
  const words = auditWords[lang];
  const filter = {
    action: actionOf(options.action),
    object: options.object ?? null,
    since: sinceOf(options.since),
    last: options.last ?? null,
  };
  const { events, first } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => ({
      events: auditLog(session, filter),
      first: firstEvent(session),
    }),
  );
  return {
    json: {
      first,
      events: events.map(eventJson),
    },
    screen: (screen) => {
      if (first > FIRST_SEQ) screen.say(words.logBegins(first));
      if (events.length === 0) screen.say(words.none);
      else {
        screen.table(
          [
            { title: words.number, right: true },
            { title: words.time },
            { title: words.who },
            { title: words.what },
            { title: words.objects },
          ],
          events.map(({ seq, time, actor, action, objects }) => [
            String(seq),
            localTime(time),
            actor.operator,
            actionText(action, lang),
            Object.entries(objects)
              .map(([kind, id]) => `${kind} ${shortId(id)}`)
              .join(', '),
          ]),
        );
      }
    },
  };
};

/** A piece of an id that tells it from others and that --object finds again: of a UUIDv7 the random end, of a digest the beginning. */
function shortId(id: string): string {
  if (id.length <= 16) return id;
  return /^[0-9a-f]{8}-/.test(id) ? `…${id.slice(-12)}` : `${id.slice(0, 12)}…`;
}

function actionOf(given: string | undefined): EventAction | null {
  if (given === undefined) return null;
  return (
    EVENT_ACTIONS.find((action) => action === given) ??
    fail({ code: 'CLI_OPTION_VALUE', option: '--action', allowed: EVENT_ACTIONS })
  );
}

function sinceOf(given: string | undefined): Instant | null {
  if (given === undefined) return null;
  const day = readDate(given) ?? fail({ code: 'TIME_INVALID', document: '--since' });
  return startOf(day);
}
