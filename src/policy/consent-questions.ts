import { leavingFields, leavingPurposes } from '../deal/terms.js';
import type { JudgeBasis } from './basis.js';
import type { Entries, Entry } from './entries.js';
import { isNewPurpose } from './purposes.js';
import { type Ask, notAsked, type Sink } from './question.js';
import { reasonSet, type ReasonSet } from './reasons.js';
import { purposeBit } from './stays.js';

/**
 * The questions about a person's will, asked of each purpose for which something leaves, over the file's columns and the ledger together:
 * 1. a no (refusal, withdrawal, objection) counts even if its recipient or purpose is vague, and is undone only by a later yes that is good
 *    by itself; at the same time the no wins (PIPL-15, NDSR-22);
 * 2. a yes is good if it is explicit, evidenced, dated, not before the notice, and names this buyer and this purpose (law.md §1.3);
 * 3. silence and reminders never undo anything; words that nobody knows, said after a yes, are no longer a yes: the person is asked;
 * 4. words elsewhere in the record that may be a no make doubtful whatever the same file says; an answer that came another way is known to be
 *    the person's own, and settles it.
 *
 * So an added yes never makes a verdict worse and an added no never makes it better. Cells are attacker-controlled text.
 *
 * A person goes for the purposes agreed to and for no other: what serves only the others stays. The customer number leaves for one purpose,
 * without which nothing else can go.
 */

/** One purpose for which something leaves, and from when the entries at hand speak about it. */
interface Purpose {
  readonly id: string;
  readonly bit: number;
  /** Whether the row itself leaves for it, because the customer number does. */
  readonly carries: boolean;
  /** Whether a yes is needed, by the kind of deal or because the purpose is new. */
  readonly isAsked: boolean;
  /** Whether what is wrong with it holds the record back, or only what leaves for it. */
  decides: boolean;
  /** Time of the latest no, or ''. */
  no: string;
  /** Time of the latest end of a consent, or ''. */
  end: string;
  isRefused: boolean;
}

type Test = (entry: Entry, purpose: Purpose) => boolean;

const isAbout: Test = (entry, { bit }) => (entry.purposes & bit) !== 0;
const isNo: Test = (entry, purpose) => entry.meaning === 'no' && isAbout(entry, purpose);
const isEnd: Test = (entry, purpose) => entry.meaning === 'end' && isAbout(entry, purpose);
const isYes: Test = ({ meaning }) => meaning === 'yes';
/** A yes to this buyer and this purpose, whatever else is wrong with it. */
const isNear: Test = (entry, purpose) =>
  isYes(entry, purpose) && isAbout(entry, purpose) && (entry.reasons & OTHER_RECIPIENT) === 0;
const isGood: Test = (entry, purpose) =>
  isYes(entry, purpose) &&
  entry.reasons === 0 &&
  isAbout(entry, purpose) &&
  (purpose.no === '' || entry.time > purpose.no);
const isCurrent: Test = (entry, purpose) =>
  isGood(entry, purpose) && !entry.lapsed && (purpose.end === '' || entry.time > purpose.end);

const OTHER_RECIPIENT = reasonSet('CONSENT_OTHER_RECIPIENT', 'CONSENT_NO_RECIPIENT');
const OTHER_PURPOSE = reasonSet('CONSENT_OTHER_PURPOSE');

/** An answer that some entries give about a purpose. */
interface Answer {
  /** The entries that give it. */
  readonly test: Test;
  /** Whether only the latest of them do. */
  readonly latest: boolean;
  /** The reasons; of null those of the entry itself. */
  readonly reasons: ReasonSet | null;
}

/** The latest no answers. */
const REFUSED: Answer = { test: isNo, latest: true, reasons: null };

/** What becomes of a consent that was not refused: the first answer that any entry gives. */
const CONSENTS: readonly Answer[] = [
  { test: isCurrent, latest: false, reasons: 0 },
  { test: isGood, latest: false, reasons: reasonSet('CONSENT_EXPIRED') },
  // Without a good yes: what the nearest one lacks.
  { test: isNear, latest: true, reasons: null },
  { test: isYes, latest: true, reasons: null },
  { test: isEnd, latest: false, reasons: reasonSet('CONSENT_EXPIRED') },
  { test: ({ meaning }) => meaning === 'pending', latest: false, reasons: reasonSet('CONSENT_PENDING') },
  { test: ({ meaning }) => meaning === 'unclear', latest: false, reasons: reasonSet('CONSENT_UNKNOWN') },
];
const MISSING = reasonSet('CONSENT_MISSING');
const UNKNOWN = reasonSet('CONSENT_UNKNOWN');

/** Both questions about a person's will. The second is put after the first, about the same person. */
export function willQuestions(basis: JudgeBasis): {
  readonly refusal: Ask<Entries>;
  readonly consent: Ask<Entries>;
} {
  const purposes = purposesOf(basis);
  return { refusal: refusal(purposes), consent: consent(purposes, basis) };
}

function purposesOf({ terms, rule }: JudgeBasis): readonly Purpose[] {
  const carrier = leavingFields(terms).find(({ name }) => name === 'customer_no')?.purpose;
  return leavingPurposes(terms).map((purpose, i) => ({
    id: purpose.id,
    bit: purposeBit(i),
    carries: carrier === undefined || carrier === purpose.id,
    isAsked: rule.consent === 'separate' || isNewPurpose(purpose),
    decides: true,
    no: '',
    end: '',
    isRefused: false,
  }));
}

/** Has the customer refused, withdrawn or objected? */
function refusal(purposes: readonly Purpose[]): Ask<Entries> {
  const laws = ['PIPL-15', 'NDSR-22'];
  return (entries, sink) => {
    sink.turnTo('refusal', laws);
    let isOpen = false;
    for (const purpose of purposes) {
      purpose.isRefused = isRefused(entries, purpose);
      if (purpose.carries && !purpose.isRefused) isOpen = true;
    }
    for (const purpose of purposes) {
      const isDenied = (entries.denied & purpose.bit) !== 0;
      if (isDenied) tellLost(purpose.isRefused ? isYes : isNo, entries, purpose, sink);
      if (purpose.isRefused) {
        purpose.decides = !isOpen;
        isAnswered(REFUSED, entries, purpose, sink);
      } else if (!purpose.isAsked && entries.doubt !== null && !isSettled(entries, purpose)) {
        purpose.decides = purpose.carries;
        sink.entry(entries.doubt, purpose.id);
        tell(sink, purpose, UNKNOWN);
      }
    }
  };
}

/** Whether a good yes came another way than with the file. */
function isSettled({ list }: Entries, purpose: Purpose): boolean {
  return list.some((entry) => entry.source !== 'column' && isGood(entry, purpose));
}

/** If it is consent: does it count? Of a purpose that was refused, the refusal has been told. */
function consent(purposes: readonly Purpose[], { rule }: JudgeBasis): Ask<Entries> {
  if (!purposes.some(({ isAsked }) => isAsked)) return notAsked('consent', rule.laws, 'kind');
  const laws = ['PIPL-14', 'PIPL-23', 'NDSR-62-7'];
  const trial = new Trial();
  const lacks = (entries: Entries, purpose: Purpose): boolean => {
    trial.isFaulty = false;
    purpose.decides = true;
    answerConsent(entries, purpose, trial);
    return trial.isFaulty;
  };
  return (entries, sink) => {
    sink.turnTo('consent', laws);
    // With one purpose there is nothing to weigh.
    const isCarried =
      purposes.length > 1 &&
      purposes.some((one) => one.carries && !one.isRefused && (!one.isAsked || !lacks(entries, one)));
    for (const purpose of purposes) {
      if (purpose.isRefused || !purpose.isAsked) continue;
      purpose.decides = purpose.carries && !isCarried;
      answerConsent(entries, purpose, sink);
    }
  };
}

/** Finds out whether there is a reason, and tells nobody. */
class Trial implements Sink {
  isFaulty = false;
  against(reasons: ReasonSet): void {
    if (reasons !== 0) this.isFaulty = true;
  }
  stay(): void {}
  turnTo(): void {}
  skip(): void {}
  column(): void {}
  entry(): void {}
  lost(): void {}
}

/** Tells what is wrong with the consent for a purpose. */
function tell(sink: Sink, { decides, bit }: Purpose, reasons: ReasonSet): void {
  if (decides) sink.against(reasons);
  else if (reasons !== 0) sink.stay(bit, 'PURPOSE_NOT_AGREED', reasons);
}

/** Tells what was said as well and does not count: a yes beside a no that counts, or a no that a later yes undid. */
function tellLost(test: Test, { list }: Entries, purpose: Purpose, sink: Sink): void {
  for (const entry of list) if (test(entry, purpose) && isAbout(entry, purpose)) sink.lost(entry, purpose.id);
}

/** Whether there is a no that no good yes undid. */
function isRefused(entries: Entries, purpose: Purpose): boolean {
  purpose.no = '';
  if ((entries.denied & purpose.bit) === 0) return false;
  purpose.no = latest(entries, isNo, purpose);
  for (const entry of entries.list) if (isGood(entry, purpose)) return false;
  return true;
}

/** The latest time of the entries that pass, or ''. */
function latest({ list }: Entries, test: Test, purpose: Purpose): string {
  let time = '';
  for (const entry of list) if (test(entry, purpose) && (time === '' || entry.time > time)) time = entry.time;
  return time;
}

/** What the consent for a purpose lacks: the first answer that any entry gives. */
function answerConsent(entries: Entries, purpose: Purpose, sink: Sink): void {
  purpose.end = (entries.ended & purpose.bit) === 0 ? '' : latest(entries, isEnd, purpose);
  if (isDoubted(entries, purpose, sink)) return;
  for (const answer of CONSENTS) if (isAnswered(answer, entries, purpose, sink)) return;
  tell(sink, purpose, MISSING);
}

/** Whether something that nobody understands was said after the latest good yes; of a ledger, also what has no time. */
function isDoubted(entries: Entries, purpose: Purpose, sink: Sink): boolean {
  if (entries.list.length < 2 && entries.doubt === null) return false;
  const agreed = latest(entries, isCurrent, purpose);
  if (agreed === '') return false;
  let doubted = false;
  if (entries.doubt !== null && !isSettled(entries, purpose)) {
    doubted = true;
    sink.entry(entries.doubt, purpose.id);
    tell(sink, purpose, UNKNOWN);
  }
  for (const entry of entries.list) {
    if (entry.meaning !== 'unclear') continue;
    if (entry.time === '' ? entry.source !== 'ledger' : entry.time < agreed) continue;
    doubted = true;
    sink.entry(entry, purpose.id);
    tell(sink, purpose, UNKNOWN);
  }
  return doubted;
}

/** Tells the answer, if there are entries that give it. */
function isAnswered(answer: Answer, entries: Entries, purpose: Purpose, sink: Sink): boolean {
  const from = answer.latest && entries.list.length > 1 ? latest(entries, answer.test, purpose) : '';
  let answered = false;
  for (const entry of entries.list) {
    if (!answer.test(entry, purpose) || (from !== '' && entry.time < from)) continue;
    answered = true;
    sink.entry(entry, purpose.id);
    tell(sink, purpose, answer.reasons ?? reasonsFor(entry, purpose));
  }
  return answered;
}

/** What an entry itself has against the record; for a yes, that it is for another purpose. */
function reasonsFor(entry: Entry, purpose: Purpose): ReasonSet {
  return isAbout(entry, purpose) ? entry.reasons : entry.reasons | OTHER_PURPOSE;
}
