import { basename } from 'node:path';
import { type CalendarDate, dayOf } from '../../../base/time.js';
import type { Lang } from '../../../messages/lang.js';
import { reviewScope } from '../../../policy/scope.js';
import type { ReceivedPage } from '../../../report/received-page.js';
import type { Screen } from '../../../report/screen.js';
import { writeWhole } from '../../../store/whole-file.js';
import { bundleTableFacts } from '../../show/tables.js';
import { sendingName } from '../../../bundle/sending.js';
import { bundleWords } from '../../../messages/screens/bundle.js';
import { grouped } from '../../../report/numbers.js';
import { receive, type ReceiveResult } from '../../../steps/receive/receive.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, CommandResult, Run } from '../../context.js';
import { fieldList } from '../../show/accounting.js';
import { stepsList } from '../../show/verification.js';
import { emptyWithdrawn } from '../../../steps/persons/withdrawn-purposes.js';

/** `handover receive`: verifies, opens and stores a bundle, and signs the receipt. */
export const run: Run<'receive'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const { out, opened } = options;
  const input = {
    path: context.path(args.bundle),
    out: out === undefined ? null : context.path(out),
    outOfOrder: options.outOfOrder,
    opened: opened === undefined ? null : context.path(opened),
    dryRun,
  };
  const got = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const received = await receive(session, input);
    if (!dryRun) await emptyWithdrawn(session, received.bundle);
    return received;
  });
  const page = options.html === undefined || dryRun ? null : context.path(options.html);
  if (page !== null && got.issued !== null) {
    const { receivedPage } = await import('../../../report/received-page.js');
    const text = receivedPage(pageOf(got, dayOf(got.issued), lang), lang);
    await writeWhole(page, text, { force: options.force });
  }
  return {
    json: receivedJson(got, page, dryRun),
    screen: (screen) => {
      drawReceived(screen, got, context);
      if (page !== null) screen.good(bundleWords[lang].page.written(context.shown(page)));
    },
    next: dryRun
      ? []
      : [
          { say: bundleWords[lang].sendReceipt },
          { say: bundleWords[lang].extract, command: `handover campaign draft --deal ${got.deal}` },
        ],
  };
};

/** @param page where the page for people was written, if it was */
function receivedJson(got: ReceiveResult, page: string | null, dryRun: boolean): CommandResult['json'] {
  const { receiptPath, receiptDigest } = got;
  return {
    bundle: got.bundle,
    deal: got.deal,
    seller: got.seller,
    number: got.number,
    again: got.again,
    out_of_order: got.outOfOrder,
    received: got.received,
    stored: got.stored,
    present: got.present,
    fields: [...got.fields],
    ...(got.tables.length === 0 ? {} : { tables: got.tables.map((table) => ({ ...table })) }),
    purposes: got.purposes.map((purpose) => ({ ...purpose })),
    retention_until: got.retentionUntil,
    dataset: got.dataset,
    receipt: dryRun ? null : { path: receiptPath, sending: sendingName(receiptPath), sha256: receiptDigest },
    steps: [...got.steps],
    page,
  };
}

/** What was verified, what came and is stored, and what the buyer now has to do. */
function drawReceived(screen: Screen, got: ReceiveResult, { lang, dryRun, shown }: CommandContext): void {
  const words = bundleWords[lang];
  const counts = [grouped(got.stored), grouped(got.present)] as const;
  const purposes = got.purposes.map((purpose) => purpose[lang]).join(words.and);
  screen.facts([
    [
      words.checked,
      stepsList(got.steps, lang, [
        words.addressed,
        got.outOfOrder ? words.outOfOrder : words.inOrder,
        ...(dryRun ? [] : [words.rowsAsSigned]),
      ]),
    ],
    [words.fields, fieldList(got.fields, lang)],
    ...bundleTableFacts(got.tables, lang),
    [words.stored, dryRun ? words.wouldStore(...counts) : words.storedText(...counts)],
    ...(dryRun ? [] : [[words.receipt, shown(sendingName(got.receiptPath)), words.sendBack] as const]),
    [
      words.duty,
      (dryRun ? words.wouldHandle : words.handler)(purposes),
      ...(got.retentionUntil === null ? [] : [words.keepUntil(got.retentionUntil)]),
    ],
  ]);
  if (got.again) screen.warn(words.again);
}

/** What the page shows of a bundle that was stored. */
function pageOf(got: ReceiveResult, day: CalendarDate, lang: Lang): ReceivedPage {
  const words = bundleWords[lang].page;
  const { terms, deal, seller, number, stored, present, stayed, retentionUntil } = got;
  return {
    terms,
    seller,
    number,
    day,
    stored,
    present,
    stayed,
    scope: reviewScope(terms).rows.filter(({ field }) => got.fields.includes(field)),
    tables: bundleTableFacts(got.tables, lang),
    until: retentionUntil,
    next: [
      { say: words.send(basename(sendingName(got.receiptPath))) },
      { say: words.tell, command: `handover campaign draft --deal ${deal}` },
      { say: words.write, command: 'handover extract --format csv' },
      { say: words.requests, command: 'handover request open' },
      { say: words.purge, command: 'handover purge plan' },
    ],
  };
}
