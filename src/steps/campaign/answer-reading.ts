import type { Sha256 } from '../../base/crypto.js';
import { type CalendarDate, dayOf, type Instant, readInstant, startOf } from '../../base/time.js';
import type { Vocabulary } from '../../campaign/vocabulary.js';
import type { AnswerColumnName } from '../../dataset/answer-columns.js';
import { instantNormaliser } from '../../dataset/dates.js';
import type { RowProblem } from '../../messages/answer-rows.js';
import type { Matter, TextKind } from '../../messages/campaign-text.js';
import type { AnswerChannel } from '../../messages/channels.js';
import type { ConsentState } from '../../policy/consent.js';
import { isEvidence } from '../../policy/evidence.js';
import { METHOD_OF } from './answer-record.js';
import type { AskedBook, Heard, PersonBook } from './book.js';
import type { People, Whose } from './people.js';

/** What a row of answers amounts to: an event for each matter that was spoken of. */
export interface AnswerEvent {
  /** Of the person, as the book knows one. */
  readonly tag: string;
  /** Customer number, where the row names it or nothing else would; '' where the customer list does. */
  readonly number: string;
  readonly state: ConsentState;
  readonly what: Heard['what'];
  readonly matter: Matter;
  readonly at: Instant | '';
  readonly method: string;
  readonly evidence: string;
  readonly text: string;
}

/** A row, read: its events, or why there are none. A doubtful no is an event and a problem, because a person should look at it. */
export interface ReadRow {
  readonly events: readonly AnswerEvent[];
  readonly problem: RowProblem | null;
  readonly kind: 'answer' | 'later' | 'blank';
  /** Whether it says no to the handover, or seems to, and nobody knows who does. */
  readonly isUnreadNo: boolean;
}

/** What the reading of every row of a file rests on. */
export interface AnswerReading {
  readonly columns: ReadonlyMap<AnswerColumnName, number>;
  readonly channel: AnswerChannel;
  readonly kind: TextKind;
  readonly seller: string;
  readonly vocabulary: Vocabulary;
  readonly book: AskedBook;
  readonly people: People;
  readonly now: Instant;
  /** The day for rows without a time, where a person said it. */
  readonly received: CalendarDate | null;
  /** Digest of the file, by which its rows are named as evidence. */
  readonly file: Sha256;
}

/** What a row says, before it is known of whom. */
interface Said {
  readonly words: readonly (readonly [Matter, 'yes' | 'no'])[];
  readonly delivery: 'delivered' | 'unreached' | null;
  readonly problem: RowProblem | null;
  readonly isLater: boolean;
}

/** Compiles the reading of rows. */
export function compileAnswers(reading: AnswerReading): (cells: readonly string[], line: number) => ReadRow {
  const { columns, people, received, now } = reading;
  const cellOf = (cells: readonly string[], name: AnswerColumnName): string =>
    cleaned(cells[columns.get(name) ?? -1] ?? '');
  const timeOf = instantNormaliser({ today: dayOf(now), order: null });
  return (cells, line) => {
    const cell = (name: AnswerColumnName): string => cellOf(cells, name);
    const said = saidIn(reading, cell);
    if (said.words.length === 0 && said.delivery === null && said.problem === null)
      return { events: [], problem: null, kind: said.isLater ? 'later' : 'blank', isUnreadNo: false };
    const whose = people.find({ code: cell('code'), subject: cell('subject'), phone: cell('phone') });
    const written = readInstant(timeOf(cell('time'), () => undefined)) ?? '';
    const at = written === '' && received !== null ? startOf(received) : written;
    return placed(reading, { said, whose, at, line, evidence: cell('evidence') });
  };
}

interface RowFacts {
  readonly said: Said;
  readonly at: Instant | '';
  readonly line: number;
  readonly evidence: string;
}

function placed(reading: AnswerReading, row: RowFacts & { readonly whose: Whose }): ReadRow {
  const { said, whose } = row;
  const bad = (problem: RowProblem): ReadRow => ({
    events: [],
    problem,
    kind: 'answer',
    isUnreadNo: false,
  });
  if (whose.kind === 'none') {
    const isNo = said.words.some(([matter, word]) => matter === 'data' && word === 'no');
    return { ...bad(whose.why), isUnreadNo: isNo };
  }
  if (said.problem !== null && said.problem !== 'doubtful-no') return bad(said.problem);
  // Nobody knows who of them agreed; a no is everybody's.
  if (whose.kind === 'several' && said.words.some(([, word]) => word === 'yes')) return bad('several');
  const persons =
    whose.kind === 'several' ? whose.tags.map((tag) => ({ tag, byCode: null, number: '' })) : [whose];
  const events: AnswerEvent[] = [];
  for (const person of persons) {
    const own = eventsOf(reading, row, person);
    if ('problem' in own) return bad(own.problem);
    events.push(...own.events);
  }
  return { events, problem: said.problem, kind: 'answer', isUnreadNo: false };
}

/** What the cells say, in the words of the vocabulary. */
function saidIn({ vocabulary, seller }: AnswerReading, cell: (name: AnswerColumnName) => string): Said {
  const text = isOwnText(cell('answer'), seller) ? '' : cell('answer');
  const hasOwnColumn = cell('contract') !== '';
  const answer = vocabulary.read(text, hasOwnColumn ? 'data' : null);
  const contract = vocabulary.read(cell('contract'), 'contract');
  const status = vocabulary.read(cell('status'));
  const words: (readonly [Matter, 'yes' | 'no'])[] = [];
  for (const { said } of [answer, contract])
    for (const matter of ['data', 'contract'] as const) {
      const word = said[matter];
      if (word !== undefined && !words.some(([of]) => of === matter)) words.push([matter, word]);
    }
  const kinds = [answer.kind, contract.kind];
  const problem =
    (['conditional', 'unclear', 'doubtful-no'] as const).find((kind) => kinds.includes(kind)) ?? null;
  const reported = [answer.kind, status.kind].find((kind) => kind === 'delivered' || kind === 'unreached');
  const delivery = reported === 'delivered' || reported === 'unreached' ? reported : null;
  return { words, delivery: words.length > 0 ? null : delivery, problem, isLater: kinds.includes('later') };
}

/** The text that was sent, in a report of its delivery, is no answer. */
function isOwnText(text: string, seller: string): boolean {
  return text.startsWith('【') || (text.length > 30 && text.includes(seller));
}

/** The events of one person, or why there are none. */
function eventsOf(
  reading: AnswerReading,
  { said, at: stated, line, evidence }: RowFacts,
  { tag, byCode, number }: { readonly tag: string; readonly byCode: Sha256 | null; readonly number: string },
): { readonly events: readonly AnswerEvent[] } | { readonly problem: RowProblem } {
  const { channel, book, now, file, kind } = reading;
  const person = book.at(tag);
  const at = sameDay(stated, person);
  const isYes = said.words.some(([, word]) => word === 'yes');
  const text = byCode ?? textSeen(person, at === '' ? now : at);
  if (isYes && at === '') return { problem: 'undated' };
  if (isYes && at > now) return { problem: 'future' };
  if (isYes && text === '') return { problem: 'not-asked' };
  const recorded = channel !== 'phone' || isEvidence(evidence);
  const base = {
    tag,
    number,
    at: at !== '' && at > now ? now : at,
    method: recorded ? METHOD_OF[channel] : 'verbal',
    evidence: !recorded ? '' : evidence === '' ? `${channel}-${file.slice(0, 12)}-${line}` : evidence,
    text,
  };
  if (said.delivery !== null) {
    const state = said.delivery === 'delivered' ? 'delivered' : 'unreachable';
    const reported = {
      ...base,
      at: base.at === '' ? now : base.at,
      state,
      what: said.delivery,
      matter: 'data',
    } as const;
    return { events: [reported] };
  }
  const events = said.words.map(([matter, word]) => ({
    ...base,
    state: stateOf(word, matter, kind),
    what: word,
    matter,
  }));
  return { events };
}

/** Who is told and says no, objects; who is asked, refuses. */
function stateOf(word: 'yes' | 'no', matter: Matter, kind: TextKind): ConsentState {
  if (word === 'yes') return 'given';
  return kind === 'tell' && matter === 'data' ? 'objected' : 'refused';
}

/** A day without a time of day, on which the person was asked: the answer came after the question. */
function sameDay(at: Instant | '', { asked }: PersonBook): Instant | '' {
  if (at === '' || at !== startOf(dayOf(at))) return at;
  return asked.findLast((each) => dayOf(each.at) === dayOf(at))?.at ?? at;
}

/** The text that the person had been sent last when answering; '' for none. */
function textSeen({ asked }: PersonBook, at: Instant): Sha256 | '' {
  return asked.findLast((each) => each.at <= at)?.text ?? '';
}

/** A cell without what spreadsheets and reject files put around a text; a dash says nothing. */
function cleaned(cell: string): string {
  const bare = cell
    .trim()
    .replace(/^'/, '')
    .replace(/^="([^"]*)"$/, '$1')
    .trim();
  return /^[-—–―/／]+$/u.test(bare) ? '' : bare;
}
