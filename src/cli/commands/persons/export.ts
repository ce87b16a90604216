import { subjectWords } from '../../../messages/screens/subject.js';
import { grouped } from '../../../report/numbers.js';
import { exportSubject } from '../../../steps/persons/export.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { requestOriginOf } from '../../show/subject.js';

/** `handover subject export`: a person's copy, in a file that was asked for by name. */
export const run: Run<'subject export'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const path = context.path(options.out);
  const { format, force } = options;
  const done = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    exportSubject(session, { subject: args.id, path, format, force, ...requestOriginOf(options), dryRun }),
  );
  return {
    json: {
      request: done.request,
      path: done.path,
      file_format: done.format,
      records: done.records,
      values: done.values,
      bytes: done.bytes,
      sha256: done.sha256,
    },
    screen: (screen) => {
      const shown = context.shown(path);
      screen.good(dryRun ? words.wouldCopy(shown) : words.copied(shown));
      screen.facts([
        [
          words.records,
          `${words.recordCount(grouped(done.records))} · ${words.values(grouped(done.values))}`,
        ],
      ]);
      if (!dryRun) screen.warn(words.clear);
    },
  };
};
