import { lotsWords } from '../../../messages/screens/lots.js';
import { grouped } from '../../../report/numbers.js';
import { openPartFor } from '../../../steps/receive/open-part.js';
import type { Run } from '../../context.js';
import { partNumber } from '../../show/job.js';

/** `handover bundle open-part`: one part of a bundle, on whatever machine. */
export const run: Run<'bundle open-part'> = async (context, { arguments: args, options }) => {
  const words = lotsWords[context.lang];
  const made = await openPartFor({
    folder: context.path(args.folder),
    bundle: context.path(options.bundle),
    part: partNumber(args.part),
    key: context.path(options.key),
    signal: context.signal,
  });
  return {
    json: { ...made },
    screen: (screen) => {
      screen.good(words.opened(made.part, made.of, grouped(made.rows)));
    },
  };
};
