import { fail } from '../../../messages/error.js';
import { rangesWords } from '../../../messages/screens/ranges.js';
import { grouped } from '../../../report/numbers.js';
import { planRanges } from '../../../steps/import/plan-ranges.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { jobPlaces } from '../../show/job.js';
import { columnAsker } from '../../show/column.js';
import { archiveOrder, ownOptions } from '../../show/import-options.js';

/** `handover source plan`: a customer file, cut into ranges for many machines. */
export const run: Run<'source plan'> = async (context, { arguments: args, options }) => {
  const { dryRun } = context;
  const { consents, again, fix, archive: statute, from } = options;
  const words = rangesWords[context.lang];
  const archive = archiveOrder({ archive: statute, from }, 'source plan');
  if (archive !== null && consents)
    fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--archive', other: '--consents' });
  const kind = archive !== null ? 'archive' : consents ? 'consents' : 'customers';
  const made = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    planRanges(session, {
      file: {
        ...ownOptions(context, options),
        path: context.path(args.file),
        kind,
        ...(archive === null ? {} : { archive }),
        ...{ fixes: fix, again, force: false, dryRun, relation: null, ask: null },
        askColumn: columnAsker(context, kind),
      },
      folder: context.path(args.folder),
      key: context.path(options.key),
      ranges: options.parts ?? null,
    }),
  );
  const { dataset, file, bytes, sha256, ranges, encoding, folder, key, columns } = made;
  const fields = columns.flatMap(({ field }) => field ?? []).length;
  const typed = context.typed(folder);
  return {
    json: { dataset, file, bytes, sha256, encoding, fields, parts: ranges, folder, key },
    screen: (screen) => {
      screen.facts([
        [
          words.ranges,
          dryRun ? words.wouldPlan(grouped(ranges)) : words.planned(grouped(ranges)),
          words.read(encoding, fields),
        ],
        ...jobPlaces(context, { folder, key }, words),
      ]);
    },
    next: dryRun
      ? []
      : [
          {
            say: words.readEach,
            command: `handover source read-part ${typed} 1 --key ${context.typed(key)}`,
          },
          { say: words.takeIn, command: `handover import --read ${typed}` },
        ],
  };
};
