import type { Json } from '../../../base/json.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { grouped } from '../../../report/numbers.js';
import {
  listNotices,
  missingNotices,
  type NoticeState,
  type NoticeView,
} from '../../../steps/persons/notice-list.js';
import type { Screen } from '../../../report/screen.js';
import { heardSince } from '../../../steps/check/since-handover.js';
import { pendingNotices } from '../../../steps/persons/late-notices.js';
import { withSession } from '../../../steps/session/session.js';
import type { Next, Run } from '../../context.js';
import { afterPending, noticeKindWords, pendingFacts, pendingJson } from '../../show/notices.js';
import { nextWords, sinceFacts } from '../../show/status.js';

const stateWords: Readonly<Record<Lang, Readonly<Record<NoticeState, string>>>> = eachLang(
  (lang) => noticeWords[lang].states,
);

/** `handover notice list`: what the buyer was told, and what is still to be done. */
export const run: Run<'notice list'> = async (context) => {
  const { lang } = context;
  const words = noticeWords[lang];
  const { notices, pending, since, missing } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => ({
      notices: listNotices(session),
      pending: pendingNotices(session),
      since: heardSince(session),
      missing: missingNotices(session),
    }),
  );
  const overdue = notices.filter(({ state }) => state === 'overdue').length;
  return {
    json: {
      overdue,
      pending: pending.map(pendingJson),
      since_handover: since.map(sinceJson),
      missing: missing.map((each) => ({ deal: each.deal, numbers: [...each.numbers] })),
      notices: notices.map(noticeViewJson),
    },
    screen: (screen) => {
      screen.facts([...pendingFacts(pending, lang), ...since.flatMap((each) => sinceFacts(each, lang))]);
      if (notices.length === 0) {
        if (pending.length + since.length === 0) screen.say(words.none);
        return;
      }
      if (pending.length + since.length > 0) screen.gap();
      drawNotices(screen, notices, lang);
      for (const { deal, numbers } of missing) screen.warn(words.missing(deal, numbers.join(', ')));
      if (overdue > 0) screen.warn(words.overdue(grouped(overdue)));
    },
    next: [...afterPending(pending, lang), ...since.map((each) => afterHeard(each, lang))],
  };
};

function drawNotices(screen: Screen, notices: readonly NoticeView[], lang: Lang): void {
  const words = noticeWords[lang];
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
}

type HeardSince = ReturnType<typeof heardSince>[number];

/** What to do about words that were heard since a handover and that no notice tells of. */
function afterHeard({ deal, unmatched, isUnheard }: HeardSince, lang: Lang): Next {
  const words = nextWords[lang];
  return isUnheard || unmatched > 0
    ? { say: words[isUnheard ? 'check' : 'settle-unmatched'], command: `handover check --deal ${deal}` }
    : { say: words['settle-late'], command: `handover check --deal ${deal} --list ask` };
}

function sinceJson({ deal, unclear, unmatched, isUnheard }: HeardSince): Json {
  return { deal, unclear, unmatched, unheard: isUnheard };
}

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
