import { lotsWords } from '../../../messages/screens/lots.js';
import { grouped } from '../../../report/numbers.js';
import { sealLot } from '../../../steps/export/seal-lot.js';
import type { Run } from '../../context.js';
import { partNumber } from '../../show/job.js';

/** `handover bundle seal-part`: one lot, on whatever machine. */
export const run: Run<'bundle seal-part'> = async (context, { arguments: args, options }) => {
  const words = lotsWords[context.lang];
  const made = await sealLot({
    folder: context.path(args.folder),
    lot: partNumber(args.part),
    key: context.path(options.key),
    signal: context.signal,
  });
  const { bundle, lot, of, resource, rows, bytes } = made;
  return {
    json: { bundle, part: lot, of, resource, rows, bytes },
    screen: (screen) => {
      screen.good(words.sealed(lot, of, grouped(rows)));
    },
  };
};
