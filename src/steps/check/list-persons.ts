import type { Sha256 } from '../../base/crypto.js';
import { type CalendarDate, startOf } from '../../base/time.js';
import { fieldOf, type FieldName } from '../../dataset/fields.js';
import { maskValue } from '../../dataset/mask.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { type Help, helpNames } from '../../messages/helps.js';
import type { Lang } from '../../messages/lang.js';
import { type ReasonCode, reasonWords } from '../../messages/reasons.js';
import { listedWords } from '../../messages/screens/listed.js';
import { type Staying, stayingWords } from '../../messages/stays.js';
import { compileDelivery } from '../../policy/entries.js';
import { helpsFor } from '../../policy/help.js';
import { objectionUntil } from '../../policy/limits.js';
import { policyOf, ruleOf } from '../../policy/pack.js';
import { type ListedVerdict, type ReasonSet, reasonsOf } from '../../policy/reasons.js';
import { stayings } from '../../policy/stays.js';
import { isHandedOver, isReplaced, verdictOf } from '../../policy/verdict.js';
import { type TableFormat, tableBytes } from '../../report/table-file.js';
import { writeWhole, type Written } from '../../store/files.js';
import type { Session } from '../session/session.js';
import { loadConsentLedger } from './consent-ledger.js';
import { type JudgedFile, type JudgedRecord, judgedRecords } from './judged-records.js';

/** One customer of a verdict: who, why, and what would help. */
export interface ListedPerson {
  /** Number, name and mobile number, masked where they are to be shown. */
  readonly customerNo: string;
  readonly name: string;
  readonly mobile: string;
  /** The reasons of the verdict, in the order of the law. */
  readonly reasons: readonly ReasonCode[];
  /** What stays of a customer who goes. */
  readonly stays: readonly Staying[];
  readonly helps: readonly Help[];
  /** Where customers are told and not asked: the last day on which this one may object; else null. */
  readonly objectionUntil: CalendarDate | null;
}

/** What is listed: the verdicts under a deal, that a plan is made of. */
export interface Listed {
  readonly terms: Terms;
  readonly plan: Sha256;
  readonly files: readonly JudgedFile[];
  readonly verdict: ListedVerdict;
}

/** The customers of a verdict with masked values, page by page. */
export async function* maskedPersons(
  session: Session,
  listed: Listed,
): AsyncGenerator<readonly ListedPerson[], void, undefined> {
  const clock = await clockOf(session, listed);
  for await (const records of recordsOf(session, listed))
    yield records.map((record) => personOf(record, listed, masked, clock));
}

/** How many customers have a verdict. */
export function countListed({ files, verdict }: Pick<Listed, 'files' | 'verdict'>): number {
  let count = 0;
  for (const { pages } of files)
    for (const { reasonSets } of pages)
      for (let i = 0; i < reasonSets.length; i++) if (isOf(verdict, reasonSets.at(i) ?? 0)) count++;
  return count;
}

/** Where a list goes in the clear, and what for. */
export interface ListFile {
  readonly path: string;
  readonly format: TableFormat;
  /** In a person's own words, which speak of no customer. */
  readonly purpose: string;
  readonly force: boolean;
}

/**
 * Writes the customers of a verdict in the clear, for a purpose that somebody names. The log knows of the file before anybody can see it, and
 * a purge names it.
 *
 * @throws HandoverError FILE_EXISTS
 */
export async function writeList(
  session: Session,
  listed: Listed,
  { path, format, purpose, force }: ListFile,
): Promise<Written> {
  const { lang } = session.runtime;
  const words = listedWords[lang];
  const columns = [
    { heading: words.customerNo, width: 16 },
    { heading: words.name, width: 12 },
    { heading: words.mobile, width: 14 },
    { heading: words.reason, width: 40 },
    { heading: words.help, width: 32 },
    ...(isTimed(listed.terms) ? [{ heading: words.objection, width: 14 }] : []),
  ];
  const announce = (written: Written): void => remember(session, listed, { path, format, purpose, written });
  const bytes = tableBytes(format, words.sheet, columns, rowsOf(session, listed, lang));
  return writeWhole(path, bytes, { force, announce });
}

async function* rowsOf(
  session: Session,
  listed: Listed,
  lang: Lang,
): AsyncGenerator<readonly (readonly string[])[], void, undefined> {
  const clock = await clockOf(session, listed);
  for await (const records of recordsOf(session, listed))
    yield records.map((record) => {
      const person = personOf(record, listed, (_, value) => value, clock);
      const why = whyOf(person, lang);
      const until = isTimed(listed.terms) ? [person.objectionUntil ?? ''] : [];
      return [person.customerNo, person.name, person.mobile, why, listedHelp(person.helps, lang), ...until];
    });
}

/** The reasons in a few words each; of a customer who goes, what stays. */
export function whyOf({ reasons, stays }: ListedPerson, lang: Lang): string {
  const names: Readonly<Record<string, string>> = stayingWords[lang];
  const staying = stays.map((what) => listedWords[lang].stays(names[what] ?? what.replace('purpose:', '')));
  return [...reasons.map((code) => reasonWords[lang][code].short), ...staying].join(listedWords[lang].and);
}

/** What would help a person, in words. */
export function listedHelp(helps: readonly Help[], lang: Lang): string {
  return helps.map((help) => helpNames[lang][help]).join(listedWords[lang].and);
}

function recordsOf(session: Session, { files, verdict }: Listed) {
  return judgedRecords(session, files, (set) => isOf(verdict, set));
}

function isOf(verdict: ListedVerdict, set: ReasonSet): boolean {
  return !isReplaced(set) && !isHandedOver(set) && verdictOf(set) === verdict;
}

/** Says of a record until when its person may object. */
type ObjectionClock = (record: JudgedRecord) => CalendarDate | null;

/** Whether each person has days to object, counted from when that person was told (PIPL-22). */
function isTimed(terms: Terms): boolean {
  return terms.notice.objection !== undefined && ruleOf(policyOf(terms), terms).notice === 'delivered';
}

/** The clock runs from what the file says of the delivery, or from the first report of it, as the verdict itself is given. */
async function clockOf(session: Session, { terms, files }: Listed): Promise<ObjectionClock> {
  if (!isTimed(terms)) return () => null;
  const judged = files.map(({ dataset }) => dataset.id);
  const { index } = await loadConsentLedger(session, terms, judged);
  const deliveryIn = compileDelivery({ terms });
  return ({ cell, tag }) => {
    const told = cell('notice_delivered_at') || deliveryIn(index.of(tag, 0));
    return told === '' || told < startOf(terms.notice.sent) ? null : objectionUntil(terms, told);
  };
}

function personOf(
  record: JudgedRecord,
  { terms, verdict }: Listed,
  shown: (field: FieldName, value: string) => string,
  clock: ObjectionClock,
): ListedPerson {
  const { reasons, stays, cell } = record;
  const own = (field: FieldName): string => shown(field, cell(field));
  return {
    customerNo: own('customer_no'),
    name: own('name'),
    mobile: own('mobile'),
    reasons: reasonsOf(reasons)
      .filter((reason) => reason.verdict === verdict)
      .map(({ code }) => code),
    stays: reasons === 0 ? stayings(stays, terms) : [],
    helps: helpsFor(reasons),
    objectionUntil: clock(record),
  };
}

function masked(field: FieldName, value: string): string {
  return maskValue(fieldOf(field)?.kind ?? 'text', value);
}

function remember(
  session: Session,
  { terms, plan, files, verdict }: Listed,
  file: {
    readonly path: string;
    readonly format: TableFormat;
    readonly purpose: string;
    readonly written: Written;
  },
): void {
  const { path, format, purpose, written } = file;
  const persons = countListed({ files, verdict });
  session.record(
    {
      action: 'persons-listed',
      objects: { deal: dealDigest(terms), plan, file: written.sha256 },
      details: { verdict, persons, format, purpose },
    },
    (write) => {
      for (const { dataset } of files)
        write.rememberFile({ ...written, path, kind: 'extract', time: session.now, dataset: dataset.id });
    },
  );
}
