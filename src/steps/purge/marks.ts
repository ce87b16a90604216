import { fieldBehind } from '../../dataset/consent-columns.js';
import { DISPOSITIONS } from '../../retention/disposition.js';
import type { PurgePlan } from '../../retention/purge-plan.js';
import { DISTINCTIVE, isDistinctive, spellingsOf, spellingsOfKey } from '../../retention/spellings.js';
import { type Pattern, Patterns } from '../../store/remnants.js';
import { dispositions } from '../retention/dispositions.js';
import type { Session } from '../session/session.js';
import { openRecords } from '../session/stored-records.js';
import { purgeSelectionOf } from './draw-up.js';

/** Of so many records values are searched for afterwards; more would find no other fault. */
const SAMPLE = 200;
/** Records of the sample that one page gives at least, so that few pages have to be opened. */
const PER_PAGE = 10;
/** Bytes of a sealed page by which it is known again: its nonce and a little more. */
const BEGINNING = 32;

/** What will be searched for once the records are gone. It is held in memory only. */
export interface Marks {
  readonly patterns: readonly Pattern[];
  /** Records whose values are among the patterns. */
  readonly sample: number;
  /** Values that were left out because they are in texts that are kept. */
  readonly inClear: number;
}

/** No values: what is left to search for when they are gone already. */
export const NO_MARKS: Marks = { patterns: [], sample: 0, inClear: 0 };

/**
 * Takes marks from records that will be purged, evenly spread over all of them: what points at one person, in every spelling. Besides, the
 * beginnings of the sealed pages that will be replaced.
 */
export async function takeMarks(session: Session, plan: PurgePlan): Promise<Marks> {
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const asking = purgeSelectionOf(session, plan.scope, read.retention.purgeSubjects(plan.purge));
  const total = plan.datasets.flatMap(({ shares }) => shares).reduce((sum, { purge }) => sum + purge, 0);
  const every = Math.max(1, Math.floor((total * PER_PAGE) / SAMPLE));
  const values = new Set<string>();
  const patterns: Pattern[] = [];
  let seen = 0;
  let next = 0;
  let sample = 0;
  for (const { dataset: id, shares } of plan.datasets) {
    const dataset = read.dataset(id);
    if (dataset === undefined || shares.every(({ purge }) => purge === 0)) continue;
    const key = vault.get(dataset.keyId);
    const columns = [...dataset.columns.entries()].filter(([, name]) =>
      DISTINCTIVE.includes(fieldBehind(dataset.kind, name)),
    );
    for (const page of dispositions(read, dataset, asking, plan.day)) {
      const doomed = Array.from(page.dispositions.keys()).filter((i) => page.dispositions[i] === PURGE);
      seen += doomed.length;
      if (doomed.length === 0 || seen <= next) continue;
      next += every;
      const stored = read.page(id, page.number);
      if (stored === undefined) continue;
      patterns.push(patternOfPage(stored.sealed));
      const records = openRecords(dataset, stored, key);
      const share = Math.max(PER_PAGE, Math.ceil((SAMPLE * doomed.length) / total));
      const step = Math.max(1, Math.floor(doomed.length / share));
      for (const i of doomed.filter((_, n) => n % step === 0).slice(0, share)) {
        sample++;
        for (const [at] of columns) {
          const value = records[i]?.cells[at] ?? '';
          if (isDistinctive(value)) values.add(value);
        }
      }
    }
  }
  const searched = patternsOfValues(session, values);
  return {
    patterns: [...patterns, ...searched.patterns],
    sample,
    inClear: searched.inClear,
  };
}

/** What is searched for of values that are gone: those that point at somebody, in every spelling, unless a text that is kept has them. */
export function patternsOfValues(
  session: Session,
  values: ReadonlySet<string>,
): Pick<Marks, 'patterns' | 'inClear'> {
  const kept = keptTexts(session);
  const searched = [...values].filter((value) => !kept.some((text) => text.includes(value)));
  const patterns = searched.flatMap((value) =>
    spellingsOf(value).map((bytes): Pattern => ({ kind: 'values', bytes })),
  );
  return { patterns, inClear: values.size - searched.length };
}

/** A sealed page as it is known again: its nonce and a little more. */
export function patternOfPage(sealed: Uint8Array): Pattern {
  return { kind: 'ciphertext', bytes: sealed.slice(0, BEGINNING) };
}

/** Files in clear that the workspace knows of and that are reported by themselves. */
export function knownCopies(session: Session): ReadonlySet<string> {
  const files = session.workspace.read.files().filter(({ gone }) => gone === null);
  return new Set(files.map(({ path }) => path));
}

/** The patterns of marks and of keys that are about to be destroyed. */
export function patternsOf(marks: Marks, keys: readonly Uint8Array[]): Patterns {
  const ofKeys = keys.flatMap((key) =>
    spellingsOfKey(key.slice()).map((bytes): Pattern => ({ kind: 'keys', bytes })),
  );
  return new Patterns([...marks.patterns, ...ofKeys]);
}

const PURGE = DISPOSITIONS.indexOf('purge');

/**
 * The texts in which a customer's value may be by design or by somebody's choice: file names, mappings, deals, cards, reasons. A value
 * that is there would be found again, and would prove nothing about the records.
 */
function keptTexts(session: Session): readonly string[] {
  const { read, info } = session.workspace;
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  return [
    ...read.datasets().flatMap(({ file, mapping }) => [file, mapping]),
    ...read.files().map(({ path }) => path),
    ...read.bundles().map(({ path }) => path),
    ...read.deals().flatMap(({ id }) => read.wordings(id).map(({ bytes }) => text(bytes))),
    ...read.cards().map(({ bytes }) => text(bytes)),
    text(info.card),
    ...read.retention.restraints().map(({ reason }) => reason),
    ...read.retention.purges().map(({ plan }) => text(plan)),
  ];
}
