import { readDate } from '../../../base/time.js';
import { fail } from '../../../messages/error.js';
import { auditWords } from '../../../messages/screens/audit.js';
import { grouped } from '../../../report/numbers.js';
import { type PruneResult, planPruning, pruneLog } from '../../../steps/evidence/prune-log.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover audit prune`: removes the beginning of the log, after a question. */
export const run: Run<'audit prune'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = auditWords[lang];
  const { archive: given, withoutArchive, force } = options;
  const before = readDate(options.before) ?? fail({ code: 'TIME_INVALID', document: '--before' });
  if (given !== undefined && withoutArchive)
    fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--archive', other: '--without-archive' });
  const archive = withoutArchive
    ? null
    : (first: number, last: number) => context.path(given ?? `${words.archiveFile(first, last)}.ndjson`);
  const done = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session): Promise<PruneResult> => {
      const plan = planPruning(session, before);
      if (dryRun) return { ...plan, archive: null };
      const count = grouped(plan.upto - plan.first);
      await context.confirm(archive === null ? words.pruneQuestionGone(count) : words.pruneQuestion(count));
      return pruneLog(session, { before, archive, force });
    },
  );
  const count = grouped(done.upto - done.first);
  return {
    json: {
      first: done.first,
      upto: done.upto,
      events: done.upto - done.first,
      needed: done.needed?.seq ?? null,
      archive: done.archive === null ? null : { ...done.archive },
    },
    screen: (screen) => {
      screen.good(dryRun ? words.wouldPrune(count) : words.prunedGood(count));
      screen.facts([
        [words.firstLeft, words.eventNo(done.upto)],
        ...(done.needed === null ? [] : [[words.needed, words.neededText(done.needed.seq)] as const]),
        ...(dryRun
          ? []
          : [
              [
                words.archive,
                done.archive === null
                  ? words.noArchive
                  : words.archiveText(context.shown(done.archive.path), count),
              ] as const,
            ]),
      ]);
      if (done.archive !== null) screen.say(words.keepArchive);
    },
    next: dryRun ? [] : [{ say: '', command: 'handover audit verify' }],
  };
};
