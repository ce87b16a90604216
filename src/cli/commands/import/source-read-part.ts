import { fail } from '../../../messages/error.js';
import { rangesWords } from '../../../messages/screens/ranges.js';
import { grouped } from '../../../report/numbers.js';
import { readRange } from '../../../steps/import/read-range.js';
import type { Run } from '../../context.js';
import { partNumber } from '../../show/job.js';

/** `handover source read-part`: one range, on whatever machine. */
export const run: Run<'source read-part'> = async (context, { arguments: args, options }) => {
  const words = rangesWords[context.lang];
  const { file, rows: only } = options;
  if (file !== undefined && only !== undefined)
    fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--file', other: '--rows' });
  const made = await readRange({
    folder: context.path(args.folder),
    range: partNumber(args.part),
    key: context.path(options.key),
    file: file === undefined ? null : context.path(file),
    rows: only === undefined ? null : context.path(only),
    signal: context.signal,
  });
  const { dataset, range, of, rows, records, rejected, blank, bytes } = made;
  return {
    json: { dataset, part: range, of, rows, records, rejected, blank, bytes },
    screen: (screen) => {
      screen.good(words.done(range, of, grouped(rows)));
    },
  };
};
