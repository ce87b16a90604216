import { type CalendarDate, readDate } from '../../../base/time.js';
import { fail } from '../../../messages/error.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import type { RequestKind } from '../../../policy/request-lists.js';
import { openRequestFor } from '../../../steps/persons/open-request.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { requestOriginOf, kindWords, shortId } from '../../show/subject.js';

/** What answers a request. A complaint is answered by a person, and closed with what came of it. */
const COMMANDS: Readonly<Record<Exclude<RequestKind, 'complaint'>, string>> = {
  access: 'show',
  copy: 'export',
  correction: 'correct',
  withdrawal: 'withdraw',
  objection: 'object',
  erasure: 'erase',
};

/** `handover request open`: taken in now, answered later; the clock runs from the day on which it came. */
export const run: Run<'request open'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const { kind } = options;
  const input = {
    subject: args.id,
    kind,
    ...requestOriginOf(options),
    received: dateOf(options.received, '--received'),
    due: dateOf(options.due, '--due'),
    dryRun,
  };
  const given = (option: 'requester' | 'verified'): readonly string[] =>
    options[option] === undefined ? [] : [`--${option} ${options[option]}`];
  const opened = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    openRequestFor(session, input),
  );
  return {
    json: { request: opened.request, kind, due: opened.due },
    screen: (screen) => {
      screen.good(dryRun ? words.wouldOpen : words.opened);
      screen.facts([
        ...(opened.request === null ? [] : [[words.id, shortId(opened.request)] as const]),
        [words.kind, kindWords[lang][kind]],
        [words.due, opened.due],
      ]);
      if (opened.isMinor) screen.warn(words.child);
    },
    next: dryRun
      ? []
      : kind === 'complaint'
        ? [
            {
              say: words.answerComplaint,
              command: `handover request close ${shortId(opened.request ?? '')} --outcome …`,
            },
          ]
        : [
            {
              say: words.act,
              command: [
                'handover subject',
                COMMANDS[kind],
                words.number,
                ...given('requester'),
                ...given('verified'),
              ].join(' '),
            },
          ],
  };
};

function dateOf(given: string | undefined, option: string): CalendarDate | null {
  if (given === undefined) return null;
  return readDate(given) ?? fail({ code: 'TIME_INVALID', document: option });
}
