import { channelWords, LEFT_OUT, leftOutWords } from '../../../messages/channels.js';
import { fail } from '../../../messages/error.js';
import { campaignWords } from '../../../messages/screens/campaign.js';
import { grouped } from '../../../report/numbers.js';
import { TABLE_FORMATS, tableFormatOf } from '../../../report/table-file.js';
import { type BatchInput, drawBatch } from '../../../steps/campaign/batch.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover campaign batch`: whom to ask by a channel, as a sheet or as letters, after a question. */
export const run: Run<'campaign batch'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = campaignWords[lang];
  const { channel, remind, force } = options;
  const { batch, terms, path } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const terms = findDeal(session, options.deal ?? null);
      const number = session.workspace.read.campaign.batches(terms.id).length + 1;
      const usual = `${words.batchName}-${terms.id}-${number}.${channel === 'paper' ? 'html' : 'xlsx'}`;
      const path = context.path(options.out ?? usual);
      const input: BatchInput = {
        terms,
        channel,
        remind,
        path,
        format: formatOf(path, channel),
        force,
        dryRun,
      };
      const planned = await drawBatch(session, { ...input, dryRun: true });
      if (dryRun) return { batch: planned, terms, path };
      await context.confirm(
        words.question(grouped(planned.persons), channelWords[lang][channel], context.shown(path)),
      );
      return { batch: await drawBatch(session, input), terms, path };
    },
  );
  const leftOut = LEFT_OUT.filter((reason) => (batch.leftOut[reason] ?? 0) > 0);
  return {
    json: {
      deal: terms.id,
      batch: dryRun ? null : batch.id,
      text: batch.text,
      channel,
      persons: batch.persons,
      reminded: batch.reminded,
      left_out: Object.fromEntries(leftOut.map((reason) => [reason, batch.leftOut[reason] ?? 0])),
      path,
      sha256: batch.written?.sha256 ?? null,
    },
    screen: (screen) => {
      const [count, shown] = [grouped(batch.persons), context.shown(path)];
      screen.good((dryRun ? words.would : words.written)(count, shown));
      if (batch.reminded > 0) screen.under(words.reminded(grouped(batch.reminded)));
      screen.facts([
        [words.kind, channelWords[lang][channel]],
        [words.digest, batch.text],
        ...(leftOut.length === 0
          ? []
          : [
              [
                words.leftOut,
                ...leftOut.map((why) => `${grouped(batch.leftOut[why] ?? 0)}  ${leftOutWords[lang][why]}`),
              ] as const,
            ]),
      ]);
      if (!dryRun) screen.warn(words.clear);
    },
    next: dryRun
      ? []
      : [
          {
            say: words.afterSend,
            command: `handover campaign import ${words.importCommand[channel]} --deal ${terms.id}`,
          },
        ],
  };
};

/** By the name of the file. @throws HandoverError CLI_OPTION_VALUE */
function formatOf(path: string, channel: BatchInput['channel']): BatchInput['format'] {
  const isPage = /\.html?$/i.test(path);
  if (channel === 'paper')
    return isPage ? 'html' : fail({ code: 'CLI_OPTION_VALUE', option: '--out', allowed: ['*.html'] });
  const allowed = TABLE_FORMATS.map((format) => `*.${format}`);
  return tableFormatOf(path) ?? fail({ code: 'CLI_OPTION_VALUE', option: '--out', allowed });
}
