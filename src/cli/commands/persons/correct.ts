import { fail } from '../../../messages/error.js';
import { subjectWords } from '../../../messages/screens/subject.js';
import type { Lang } from '../../../messages/lang.js';
import { fieldLabel } from '../../../report/labels.js';
import { grouped } from '../../../report/numbers.js';
import type { Fact } from '../../../report/screen.js';
import { openDeals } from '../../../steps/deal/standing.js';
import { correctSubject } from '../../../steps/persons/correct.js';
import type { FormerEnded } from '../../../steps/persons/former.js';
import { withSession } from '../../../steps/session/session.js';
import { readLimited } from '../../../store/files.js';
import type { CommandContext, Run } from '../../context.js';
import { afterNotices, requestOriginOf, noticeJson, noticesFact } from '../../show/subject.js';

/** A value is a cell; a longer file is a wrong one. */
const VALUE_LIMIT = 128 * 1024;

/** `handover subject correct`: the value comes from a question or a file, never from the command line, which other programs can read. */
export const run: Run<'subject correct'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const label = fieldLabel(options.field, lang);
  const input = { subject: args.id, field: options.field, ...requestOriginOf(options) };
  const { done, deals } = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    // What is wrong besides the value is said before anybody types one.
    const given = options.valueFile === undefined ? null : fromFile(context.path(options.valueFile));
    const rehearsed = await correctSubject(session, { ...input, value: given, dryRun: true });
    const deals = session.workspace.info.role === 'seller' ? openDeals(session.workspace.read) : [];
    if (dryRun && given === null && context.ask === null) fail({ code: 'SUBJECT_VALUE_SOURCE' });
    if (dryRun) return { done: rehearsed, deals };
    const value = given ?? (await fromPerson(context, words.newValue(label)));
    return { done: await correctSubject(session, { ...input, value, dryRun: false }), deals };
  });
  // Where the person went already there is nothing left to check.
  const deal = deals.find((id) => !done.deals.includes(id));
  return {
    json: {
      request: done.request,
      field: done.field,
      records: done.records,
      former: done.former === null ? null : formerJson(done.former),
      deals: [...done.deals],
      notices: done.notices.map(noticeJson),
    },
    screen: (screen) => {
      screen.good(dryRun ? words.wouldCorrect(label) : words.corrected(label));
      screen.facts([
        [words.records, words.recordCount(grouped(done.records))],
        ...(done.former === null ? [] : formerFacts(done.former, words)),
        noticesFact(context, done.notices, done.deals),
      ]);
      if (!dryRun) screen.under(words.formerFiles);
    },
    next: dryRun
      ? []
      : [
          ...afterNotices(context, done.notices),
          ...(done.former === null
            ? []
            : [{ say: words.formerProof, command: `handover audit prove --event ${done.former.event}` }]),
          ...(deal === undefined
            ? []
            : [{ say: words.checkAgain, command: `handover check --deal ${deal}` }]),
        ],
  };
};

function formerJson({ event, keys, files, bytes, patterns, found, inClear }: FormerEnded) {
  return { event, keys, files, bytes, patterns, found, in_clear: inClear };
}

function formerFacts(
  { found, files, inClear }: FormerEnded,
  words: (typeof subjectWords)[Lang],
): readonly Fact[] {
  const seen = found > 0 ? words.formerFound(grouped(found)) : words.formerGone(grouped(files));
  return [[words.former, inClear > 0 ? `${seen}; ${words.formerInClear}` : seen]];
}

function fromFile(path: string): string {
  const bytes = readLimited(path, VALUE_LIMIT, 'value');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.split(/\r?\n/, 1)[0] ?? '';
  } catch {
    return fail({ code: 'SUBJECT_VALUE_SOURCE' });
  }
}

async function fromPerson(context: CommandContext, question: string): Promise<string> {
  return context.ask === null ? fail({ code: 'SUBJECT_VALUE_SOURCE' }) : context.ask(question);
}
