import { type Completion, KEPT_REASONS, type KeptReason } from '../../../bundle/completion.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { noticeWords } from '../../../messages/screens/notice.js';
import { grouped } from '../../../report/numbers.js';
import type { Fact } from '../../../report/screen.js';
import { acceptCompletion } from '../../../steps/persons/notice-list.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { shortId } from '../../show/subject.js';
import { noticeKindWords } from '../../show/notices.js';
import { noticeViewJson } from './notice-list.js';

const keptWords: Readonly<Record<Lang, Readonly<Record<KeptReason, string>>>> = eachLang(
  (lang) => noticeWords[lang].kept,
);

/** `handover notice accept`: the seller's proof that the buyer did what was asked. */
export const run: Run<'notice accept'> = async (context, { arguments: args }) => {
  const { lang, dryRun } = context;
  const words = noticeWords[lang];
  const path = context.path(args.completion);
  const done = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    acceptCompletion(session, { path, dryRun }),
  );
  const { notice, completion, closed, again } = done;
  return {
    json: {
      notice: noticeViewJson(notice),
      completion: completionJson(completion),
      sha256: done.digest,
      closed: [...closed],
      again,
    },
    screen: (screen) => {
      screen.good(dryRun ? words.wouldAccept : again ? words.acceptedBefore : words.accepted);
      screen.facts([
        [words.notice, `${notice.file}  ${noticeKindWords[lang][notice.kind]}`],
        ...completionFacts(completion, lang),
        ...(closed.length > 0 ? [[words.closed, ...closed.map(shortId)] as const] : []),
      ]);
    },
    next: [{ say: words.requests, command: 'handover request list --all' }],
  };
};

/** What became of the persons of a notice. */
export function completionFacts(completion: Completion, lang: Lang): readonly Fact[] {
  const words = noticeWords[lang];
  const { done, not_found: notFound, kept, reasons, certificate } = completion;
  const why = KEPT_REASONS.flatMap((reason) => {
    const count = reasons[reason] ?? 0;
    return count === 0 ? [] : [words.keptWhy(keptWords[lang][reason], grouped(count))];
  });
  return [
    [words.answer, words.counts(grouped(done), grouped(notFound), grouped(kept)), ...why],
    ...(certificate === null ? [] : [[words.certificate, certificate.digest] as const]),
  ];
}

/** A completion as the documents of --json have it. */
export function completionJson(completion: Completion) {
  const { notice, done, not_found: notFound, kept, reasons, certificate, bundles } = completion;
  return {
    notice,
    done,
    not_found: notFound,
    kept,
    reasons: { HOLD: reasons.HOLD ?? 0, FREEZE: reasons.FREEZE ?? 0 },
    certificate: certificate === null ? null : { ...certificate },
    bundles: [...bundles],
  };
}
