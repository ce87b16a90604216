import { TAG_BYTES } from '../../base/tagger.js';
import type { DecidedPairs } from '../../policy/decided-pairs.js';
import { type Alike, type Refusers, tagAt } from '../../policy/spelled.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import { decidedPairs } from '../session/decided.js';
import type { Session } from '../session/session.js';
import { OutsideNoes, Settling, storedRefusers } from '../session/spelled.js';

/** What compares a customer file with the persons who told the firm that they say no; null where nobody did. */
export async function newcomers(session: Session): Promise<Newcomers | null> {
  const refusers = await storedRefusers(session);
  return refusers.spellings.length === 0 ? null : new Newcomers(session, refusers);
}

/** Finds who of a file may be somebody who said no, while it is read. The check decides; here it is only said. */
export class Newcomers {
  readonly #session: Session;
  readonly #pairs: DecidedPairs;
  readonly #refusers = new Map<number, string[]>();
  readonly #wanted = new TagReasons();
  /** The persons who said no and are in the file themselves. */
  readonly #here = new Set<string>();
  readonly #found = new Map<string, Pick<Alike, 'tag' | 'others'>>();

  constructor(session: Session, { spellings, tags }: Refusers) {
    this.#session = session;
    this.#pairs = decidedPairs(session.workspace.read);
    this.#wanted.add(tags, 1);
    for (const [i, print] of spellings.entries())
      this.#refusers.set(print, [...(this.#refusers.get(print) ?? []), tagAt(tags, i)]);
  }

  /** Takes the records of a page. @param tags packed */
  add(spellings: Float64Array, tags: Uint8Array): void {
    for (const [at, print] of spellings.entries()) {
      if (this.#wanted.of(tags, at * TAG_BYTES) !== 0) this.#here.add(tagAt(tags, at));
      const theirs = this.#refusers.get(print);
      if (theirs === undefined) continue;
      const tag = tagAt(tags, at);
      const others = theirs.filter((other) => other !== tag);
      if (others.length > 0) this.#found.set(tag, { tag, others });
    }
  }

  /** How many persons of the file ask the question. */
  count(): number {
    const found = [...this.#found.values()];
    if (found.length === 0) return 0;
    const settling = new Settling(this.#session, found, this.#pairs, new OutsideNoes(this.#session));
    return found.filter(({ tag, others }) =>
      others.some((other) => !this.#here.has(other) && settling.isOpen(tag, other)),
    ).length;
  }
}
