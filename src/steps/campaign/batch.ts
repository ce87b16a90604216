import { type Sha256, uuidv7 } from '../../base/crypto.js';
import { codesFor } from '../../campaign/codes.js';
import type { CampaignText } from '../../campaign/text.js';
import { TAG_BYTES, tagText } from '../../base/tagger.js';
import { dayOf, type Instant } from '../../base/time.js';
import { type FieldName, fieldOf } from '../../dataset/fields.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import type { Channel, LeftOutReason } from '../../messages/channels.js';
import { fail } from '../../messages/error.js';
import { isHolding, movingHoldings } from '../../policy/limits.js';
import { type LetterRecipient, letterPages } from '../../report/campaign-page.js';
import { type TableFormat, tableBytes } from '../../report/table-file.js';
import { requireWritable, writeWhole, type Written } from '../../store/files.js';
import { standingPlan } from '../check/approve.js';
import { judgedFiles, type JudgedFile, type JudgedRecord, judgedRecords } from '../check/judged-records.js';
import type { Session } from '../session/session.js';
import { AskedBook, timesAsked } from './book.js';
import { requireText } from './campaign.js';
import { leftOutReason, reachOn } from './choice.js';
import { type AskedPerson, sheetOf } from './sheets.js';

export interface BatchInput {
  readonly terms: Terms;
  readonly channel: Channel;
  /** Whether those are reminded who were asked once and are silent. */
  readonly remind: boolean;
  readonly path: string;
  /** Of a sheet; on paper there are letters. */
  readonly format: TableFormat | 'html';
  readonly force: boolean;
  readonly dryRun: boolean;
}

export interface Batch {
  readonly id: string;
  readonly text: Sha256;
  readonly channel: Channel;
  readonly persons: number;
  /** Of these, those who were asked before. */
  readonly reminded: number;
  readonly leftOut: Readonly<Partial<Record<LeftOutReason, number>>>;
  readonly written: Written | null;
}

/**
 * Chooses whom to ask by a channel, writes the sheet or the letters for them, and remembers, by tag, who was sent which text. Nobody is
 * asked twice unasked for, nobody a third time, and whoever said no never again (NDSR-22).
 *
 * @throws HandoverError CAMPAIGN_…, PLAN_NONE, PLAN_STALE if the customers have to be judged first
 */
export async function drawBatch(session: Session, input: BatchInput): Promise<Batch> {
  const { terms, channel, dryRun } = input;
  const text = requireText(session, terms);
  if (dayOf(session.now) < terms.notice.sent) fail({ code: 'CAMPAIGN_EARLY', date: terms.notice.sent });
  if (!dryRun) session.requireOperator();
  const { check } = standingPlan(session, terms);
  const choosing = new Choosing(input, text, await AskedBook.of(session, terms.id));
  const files = judgedFiles(session.workspace.read, check);
  const chosen = await choose(session, files, choosing);
  if (chosen === 0) fail({ code: 'CAMPAIGN_NOBODY', channel });
  const id = uuidv7(Date.parse(session.now), session.runtime.random);
  const facts = {
    id,
    text: text.digest,
    channel,
    persons: chosen,
    reminded: choosing.reminded,
    leftOut: choosing.leftOut,
  };
  requireWritable(input.path, input);
  if (dryRun) return { ...facts, written: null };
  const codes = codesFor(await session.keyFor('subject-tags'), text.digest);
  const recipients = recipientsOf(session, files, choosing, codes);
  const announce = (written: Written): void =>
    remember(session, input, { ...facts, written }, { wording: text, files, tags: choosing.tags });
  const written = await writeWhole(input.path, bytesOf(session, input, text, recipients), {
    force: input.force,
    announce,
  });
  return { ...facts, written };
}

/** Decides about one record after another, and counts. */
class Choosing {
  readonly #input: BatchInput;
  readonly #text: CampaignText;
  readonly #book: AskedBook;
  readonly #holdings: readonly FieldName[];
  readonly leftOut: Partial<Record<LeftOutReason, number>> = {};
  readonly tags: string[] = [];
  reminded = 0;

  constructor(input: BatchInput, text: CampaignText, book: AskedBook) {
    this.#input = input;
    this.#text = text;
    this.#book = book;
    this.#holdings = movingHoldings(input.terms).flatMap((name) => fieldOf(name)?.name ?? []);
  }

  /** Why the person is not asked now; null for one who is. */
  reasonFor(record: JudgedRecord): LeftOutReason | null {
    const { channel, remind } = this.#input;
    return leftOutReason(record, {
      channel,
      remind,
      person: this.#book.of(record.tag),
      text: this.#text.digest,
    });
  }

  get channel(): Channel {
    return this.#input.channel;
  }

  /** Whether the person has something prepaid, which moves only with a word of its own. */
  hasContract({ cell }: JudgedRecord): boolean {
    return this.#holdings.some((name) => isHolding(cell(name)));
  }

  isReminder(record: JudgedRecord): boolean {
    return timesAsked(this.#book.of(record.tag), this.#text.digest) > 0;
  }

  count(record: JudgedRecord): void {
    const reason = this.reasonFor(record);
    if (reason !== null) {
      this.leftOut[reason] = (this.leftOut[reason] ?? 0) + 1;
      return;
    }
    if (this.isReminder(record)) this.reminded++;
    this.tags.push(tagText(record.tag));
  }
}

/** Goes through everybody of whom a word is needed, or who said no. @returns how many are asked */
async function choose(session: Session, files: readonly JudgedFile[], choosing: Choosing): Promise<number> {
  for await (const records of judgedRecords(session, files, isOfInterest))
    for (const record of records) choosing.count(record);
  return choosing.tags.length;
}

/** Who goes anyway is not asked. */
function isOfInterest(reasons: number): boolean {
  return reasons !== 0 && reasons < 0x4000_0000;
}

async function* recipientsOf(
  session: Session,
  files: readonly JudgedFile[],
  choosing: Choosing,
  codes: (tags: readonly Uint8Array[]) => readonly string[],
): AsyncGenerator<readonly AskedPerson[], void, undefined> {
  for await (const records of judgedRecords(session, files, isOfInterest)) {
    const asked = records.filter((record) => choosing.reasonFor(record) === null);
    if (asked.length === 0) continue;
    const own = codes(asked.map(({ tag }) => tag));
    yield asked.map((record, i) => ({
      record,
      reach: reachOn(record, choosing.channel),
      code: own[i] ?? '',
      isReminder: choosing.isReminder(record),
      hasContract: choosing.hasContract(record),
    }));
  }
}

function bytesOf(
  { runtime: { lang } }: Session,
  { channel, format }: BatchInput,
  { forms }: CampaignText,
  recipients: AsyncIterable<readonly AskedPerson[]>,
): AsyncIterable<Uint8Array> {
  if (format === 'html') return letterPages(forms[lang], lang, addressees(recipients));
  const sheet = sheetOf(channel, forms[lang], lang);
  return tableBytes(format, sheet.name, sheet.columns, rowsOf(recipients, sheet.row));
}

async function* rowsOf(
  recipients: AsyncIterable<readonly AskedPerson[]>,
  row: (recipient: AskedPerson) => readonly string[],
): AsyncGenerator<readonly (readonly string[])[], void, undefined> {
  for await (const some of recipients) yield some.map(row);
}

async function* addressees(
  recipients: AsyncIterable<readonly AskedPerson[]>,
): AsyncGenerator<readonly LetterRecipient[], void, undefined> {
  for await (const some of recipients)
    yield some.map(({ record, reach, code, hasContract }) => ({
      name: record.cell('name'),
      address: reach,
      code,
      hasContract,
    }));
}

/** Logged before the file can be seen. */
function remember(
  session: Session,
  { terms, path }: BatchInput,
  { id, text, channel, persons, reminded, written }: Batch & { readonly written: Written },
  {
    wording,
    files,
    tags,
  }: {
    readonly wording: CampaignText;
    readonly files: readonly JudgedFile[];
    readonly tags: readonly string[];
  },
): void {
  const deal = dealDigest(terms);
  const time: Instant = session.now;
  session.record(
    {
      action: 'customers-asked',
      objects: { deal, text, batch: id, file: written.sha256 },
      details: { channel, persons, reminded },
    },
    (write) => {
      write.campaign.putText({ ...wording, deal, time });
      write.campaign.addBatch({ id, deal, text, channel, persons, time });
      for (let from = 0, number = 0; from < tags.length; from += PAGE, number++)
        write.campaign.addAsked(id, {
          number,
          tags: Buffer.from(tags.slice(from, from + PAGE).join(''), 'latin1'),
        });
      for (const { dataset } of files)
        write.rememberFile({ ...written, path, kind: 'extract', time, dataset: dataset.id });
    },
  );
}

/** Tags that are kept together: 16 bytes each. */
const PAGE = (64 * 1024) / TAG_BYTES;
