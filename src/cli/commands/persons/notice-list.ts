import type { Json } from '../../../base/json.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { grouped } from '../../../report/numbers.js';
import { listNotices, type NoticeState, type NoticeView } from '../../../steps/persons/notice-list.js';
import { pendingNotices } from '../../../steps/persons/late.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { noticeKindWords, pendingFacts, pendingJson } from '../../show/notices.js';

const stateWords: Readonly<Record<Lang, Readonly<Record<NoticeState, string>>>> = eachLang(
  (lang) => noticeWords[lang].states,
);

/** `handover notice list`: what the buyer was told, and what is still to be done. */
export const run: Run<'notice list'> = async (context) => {
  const { lang } = context;
  const words = noticeWords[lang];
  const { notices, pending } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => ({
      notices: listNotices(session),
      pending: pendingNotices(session),
    }),
  );
  const overdue = notices.filter(({ state }) => state === 'overdue').length;
  return {
    json: { overdue, pending: pending.map(pendingJson), notices: notices.map(noticeViewJson) },
    screen: (screen) => {
      screen.facts(pendingFacts(pending, lang));
      if (notices.length === 0) {
        if (pending.length === 0) screen.say(words.none);
        return;
      }
      if (pending.length > 0) screen.gap();
      screen.table(
        [
          { title: words.number, right: true },
          { title: words.deal },
          { title: words.kind },
          { title: words.persons, right: true },
          { title: words.due },
          { title: words.state },
          { title: words.file },
        ],
        notices.map(({ number, deal, kind, persons, due, state, file }) => [
          String(number),
          deal,
          noticeKindWords[lang][kind],
          kind === 'abort' ? '' : grouped(persons),
          due,
          stateWords[lang][state],
          file,
        ]),
      );
      if (overdue > 0) screen.warn(words.overdue(grouped(overdue)));
    },
    next: pending.length === 0 ? [] : [{ say: words.pendingNext, command: 'handover notice send' }],
  };
};

/** A notice with its answer, as the documents of --json have it. */
export function noticeViewJson({ completion, ...view }: NoticeView): Json {
  return {
    ...view,
    completion:
      completion === null
        ? null
        : { done: completion.done, not_found: completion.not_found, kept: completion.kept },
  };
}
