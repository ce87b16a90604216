import { subjectWords } from '../../../messages/screens/subject.js';
import { grouped } from '../../../report/numbers.js';
import type { Ended } from '../../../steps/persons/ending.js';
import { type EraseResult, eraseSubject, recordsToEnd } from '../../../steps/persons/erase.js';
import { pendingNotices } from '../../../steps/persons/late-notices.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { afterPending } from '../../show/notices.js';
import {
  afterEnding,
  afterNotices,
  certificateTexts,
  endedJson,
  noticeJson,
  noticesFact,
  otherNumbersFact,
  requestOriginOf,
} from '../../show/subject.js';

/** `handover subject erase`: a person's records end, with a certificate, after a question. */
export const run: Run<'subject erase'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const input = { subject: args.id, shred: options.shred, ...requestOriginOf(options) };
  const { done, pending } = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    if (dryRun) return { done: await eraseSubject(session, { ...input, dryRun }), pending: [] };
    const records = await recordsToEnd(session, args.id);
    if (records > 0) {
      // What is wrong is said before anybody is asked.
      await eraseSubject(session, { ...input, dryRun: true });
      await context.confirm(words.endQuestion(grouped(records)));
    }
    const done = await eraseSubject(session, { ...input, dryRun: false });
    return { done, pending: pendingNotices(session) };
  });
  const ended = endedOf(done);
  return {
    json: {
      request: done.request,
      records: done.records,
      others: done.others,
      ended: endedJson(ended),
      deals: [...done.deals],
      notices: done.notices.map(noticeJson),
    },
    screen: (screen) => {
      if (ended?.state === 'waits') screen.warn(words.waits(ended.given, ended.needed));
      else screen.good(dryRun ? words.wouldErase : words.erasedNow);
      screen.facts([
        [words.records, words.recordCount(grouped(done.records))],
        ...otherNumbersFact(context, done.others),
        ...(ended?.state === 'done' ? [[words.certificate, ...certificateTexts(ended, lang)] as const] : []),
        noticesFact(context, done.notices, done.deals),
      ]);
    },
    next: dryRun
      ? []
      : [
          ...afterEnding(context, ended),
          ...afterNotices(context, done.notices),
          ...afterPending(pending, lang),
          ...(done.others === 0 ? [] : [{ say: words.endOthers, command: 'handover subject duplicates' }]),
        ],
  };
};

function endedOf({ waits, certificate, digest }: EraseResult): Ended | null {
  if (waits !== null) return waits;
  return certificate === null || digest === null ? null : { state: 'done', certificate, digest };
}
