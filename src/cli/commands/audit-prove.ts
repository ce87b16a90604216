import { basename } from 'node:path';
import { fail } from '../../messages/error.js';
import { proofWords } from '../../messages/screens/proof.js';
import { grouped } from '../../report/numbers.js';
import { inHouse } from '../../steps/house.js';
import { proveEvent } from '../../steps/prove-event.js';
import type { Run } from '../context.js';
import { eventJson, eventText } from './events.js';

/** `handover audit prove`: a proof that stands alone, of an event. */
export const run: Run<'audit prove'> = async (context, { options }) => {
  const { lang } = context;
  const words = proofWords[lang];
  const { event: seq, force } = options;
  if (seq === undefined)
    return fail({ code: 'CLI_OPTION_MISSING', option: '--event', command: 'audit prove' });
  const path = context.path(options.out ?? `${words.eventFile(seq)}.proof.json`);
  const proved = await inHouse(context.workspaceFolder(), context.around, (house) =>
    proveEvent(house, { event: seq, path, force }),
  );
  return {
    json: {
      proves: 'event',
      path,
      sha256: proved.sha256,
      event: eventJson(proved.event),
      log_size: proved.size,
    },
    page: (page) => {
      page.good(words.writtenEvent(seq, context.shown(path)));
      page.facts([
        [words.event, eventText(proved.event, lang)],
        [words.under, words.underText(grouped(proved.size))],
        [words.digest, proved.sha256],
      ]);
    },
    next: [
      {
        say: words.handOver,
        command: `handover audit check-proof ${context.typed(basename(path))} --card ${words.yourCard}`,
      },
    ],
  };
};
