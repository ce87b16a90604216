import type { Terms } from '../../../deal/terms.js';
import { channelWords, LEFT_OUT, type LeftOutReason, leftOutWords } from '../../../messages/channels.js';
import { fail } from '../../../messages/error.js';
import { campaignWords } from '../../../messages/screens/campaign.js';
import { grouped } from '../../../report/numbers.js';
import { TABLE_FORMATS, tableFormatOf } from '../../../report/table-file.js';
import type { Screen } from '../../../report/screen.js';
import { type Batch, type BatchInput, drawBatch } from '../../../steps/campaign/batch.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';

/** `handover campaign batch`: whom to ask by a channel, as a sheet or as letters, after a question. */
export const run: Run<'campaign batch'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = campaignWords[lang];
  const { channel } = options;
  const { batch, terms, path } = await askAndDraw(context, options);
  return {
    json: {
      deal: terms.id,
      batch: dryRun ? null : batch.id,
      text: batch.text,
      channel,
      persons: batch.persons,
      reminded: batch.reminded,
      left_out: Object.fromEntries(leftOutOf(batch)),
      path,
      sha256: batch.written?.sha256 ?? null,
    },
    screen: (screen) => drawOutcome(screen, batch, path, context),
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

/** Counts whom to ask, asks whether they are to be, and writes the sheet or the letters. */
function askAndDraw(
  context: CommandContext,
  { deal, channel, remind, out, force }: CommandInput<'campaign batch'>['options'],
): Promise<{ readonly batch: Batch; readonly terms: Terms; readonly path: string }> {
  const { lang, dryRun } = context;
  const words = campaignWords[lang];
  return withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const terms = findDeal(session, deal ?? null);
    const number = session.workspace.read.campaign.batches(terms.id).length + 1;
    const usual = `${words.batchName}-${terms.id}-${number}.${channel === 'paper' ? 'html' : 'xlsx'}`;
    const path = context.path(out ?? usual);
    const format = formatOf(path, channel);
    const input: BatchInput = { terms, channel, remind, path, format, force, dryRun };
    const planned = await drawBatch(session, { ...input, dryRun: true });
    if (dryRun) return { batch: planned, terms, path };
    await context.confirm(
      words.question(grouped(planned.persons), channelWords[lang][channel], context.shown(path)),
    );
    return { batch: await drawBatch(session, input), terms, path };
  });
}

/** Why and how many customers are not asked by this channel. */
function leftOutOf({ leftOut }: Batch): readonly (readonly [LeftOutReason, number])[] {
  return LEFT_OUT.flatMap((reason) => {
    const persons = leftOut[reason] ?? 0;
    return persons === 0 ? [] : [[reason, persons] as const];
  });
}

function drawOutcome(screen: Screen, batch: Batch, path: string, context: CommandContext): void {
  const { lang, dryRun } = context;
  const words = campaignWords[lang];
  const leftOut = leftOutOf(batch).map(
    ([reason, persons]) => `${grouped(persons)}  ${leftOutWords[lang][reason]}`,
  );
  screen.good((dryRun ? words.would : words.written)(grouped(batch.persons), context.shown(path)));
  if (batch.reminded > 0) screen.under(words.reminded(grouped(batch.reminded)));
  screen.facts([
    [words.kind, channelWords[lang][batch.channel]],
    [words.digest, batch.text],
    ...(leftOut.length === 0 ? [] : [[words.leftOut, ...leftOut] as const]),
  ]);
  if (!dryRun) screen.warn(words.clear);
}

/** By the name of the file. @throws HandoverError CLI_OPTION_VALUE */
function formatOf(path: string, channel: BatchInput['channel']): BatchInput['format'] {
  const isPage = /\.html?$/i.test(path);
  if (channel === 'paper')
    return isPage ? 'html' : fail({ code: 'CLI_OPTION_VALUE', option: '--out', allowed: ['*.html'] });
  const allowed = TABLE_FORMATS.map((format) => `*.${format}`);
  return tableFormatOf(path) ?? fail({ code: 'CLI_OPTION_VALUE', option: '--out', allowed });
}
