import { subjectWords } from '../../../messages/screens/subject.js';
import { grouped } from '../../../report/numbers.js';
import { exportSubject } from '../../../steps/persons/export.js';
import { inHouse } from '../../../steps/session/house.js';
import type { Run } from '../../context.js';
import { askingOf } from '../../show/subject.js';

/** `handover subject export`: a person's copy, in a file that was asked for by name. */
export const run: Run<'subject export'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = subjectWords[lang];
  const path = context.path(options.out);
  const { format, force } = options;
  const done = await inHouse(context.workspaceFolder(), context.around, (house) =>
    exportSubject(house, { subject: args.id, path, format, force, ...askingOf(options), dryRun }),
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
    page: (page) => {
      const shown = context.shown(path);
      page.good(dryRun ? words.wouldCopy(shown) : words.copied(shown));
      page.facts([
        [
          words.records,
          `${words.recordCount(grouped(done.records))} · ${words.values(grouped(done.values))}`,
        ],
      ]);
      if (!dryRun) page.warn(words.clear);
    },
  };
};
