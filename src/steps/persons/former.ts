import { type EventDraft, FIRST_SEQ } from '../../audit/event.js';
import { isDistinctive } from '../../retention/spellings.js';
import type { Pattern, ScanResult } from '../../store/remnants.js';
import { knownCopies, patternOfPage, patternsOf, patternsOfValues } from '../purge/marks.js';
import type { Keys, Session } from '../session/session.js';
import { unusedDataKeys } from '../session/unused-keys.js';

/** So many replaced pages are searched for; more would find no other fault. */
const PAGES = 200;

/** What was replaced, for the search afterwards. It is held in memory only. */
export class Former {
  readonly #values = new Set<string>();
  readonly #pages: Pattern[] = [];

  addCells(before: readonly string[], after: readonly string[]): void {
    for (const [i, cell] of before.entries())
      if (cell !== after[i] && isDistinctive(cell)) this.#values.add(cell);
  }

  addPage(sealed: Uint8Array): void {
    if (this.#pages.length < PAGES) this.#pages.push(patternOfPage(sealed));
  }

  /** What to search for, and how many values are left out because a text that is kept has them. */
  marks(session: Session) {
    const values = patternsOfValues(session, this.#values);
    return {
      patterns: [...this.#pages, ...values.patterns],
      sample: this.#values.size,
      inClear: values.inClear,
    };
  }
}

/** What became of what was replaced: its keys are destroyed, and every file of the workspace was searched for it. */
export interface FormerEnded {
  /** The number of the event that says it. */
  readonly event: number;
  readonly keys: number;
  readonly files: number;
  readonly bytes: number;
  readonly patterns: number;
  /** Of values, keys and sealed pages, how many were found all the same. */
  readonly found: number;
  /** Values that were not searched for, because a text that is kept has them. */
  readonly inClear: number;
}

/**
 * Ends what was replaced as a purge ends what it erases: destroys the keys that nothing needs any more, looks for what they sealed, and
 * says in the log what was seen.
 *
 * @param objects of the event that says what was changed
 */
export function endFormer(
  session: Session,
  { vault }: Keys,
  former: Former,
  objects: EventDraft['objects'],
): FormerEnded {
  const marks = former.marks(session);
  const doomed = unusedDataKeys(session, vault);
  const patterns = patternsOf(
    marks,
    doomed.map((id) => vault.get(id)),
  );
  vault.destroyKeys(doomed);
  session.workspace.compact();
  const { files, bytes, hits } = session.workspace.scan(patterns, knownCopies(session), () => {});
  const inClear = marks.inClear;
  const found = { ...hits };
  session.record(
    {
      action: 'former-ended',
      objects,
      details: { keys: doomed.length, files, bytes, patterns: patterns.count, found, in_clear: inClear },
    },
    () => {},
  );
  return {
    event: FIRST_SEQ + session.workspace.read.log.eventCount() - 1,
    keys: doomed.length,
    files,
    bytes,
    patterns: patterns.count,
    found: foundIn(hits),
    inClear,
  };
}

function foundIn({ values, keys, ciphertext }: ScanResult['hits']): number {
  return values + keys + ciphertext;
}
