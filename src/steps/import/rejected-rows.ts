import { TAG_BYTES } from '../../base/tagger.js';
import { readInstant } from '../../base/time.js';
import type { Writer } from '../../store/workspace.js';
import { heardAt } from '../session/clock.js';
import { markKind } from '../session/known.js';
import type { Session } from '../session/session.js';
import type { Refused, SealedChunks } from '../workers/stages/import.js';
import type { RejectFile } from './reject-file.js';

/** The rows of a file that became no records: where they go, what their persons said in them, and which they bring back. */
export class RejectedRows {
  readonly #session: Session;
  readonly #dataset: string;
  readonly #file: RejectFile;
  readonly #broughtBack: number[] = [];
  #refusals = 0;
  #unreadNoes = 0;

  /** @param dataset id of the dataset that the other rows become */
  constructor(session: Session, dataset: string, file: RejectFile) {
    this.#session = session;
    this.#dataset = dataset;
    this.#file = file;
  }

  /** The lines of another file that rows of this one bring back. */
  get broughtBack(): readonly number[] {
    return this.#broughtBack;
  }

  /** No's in rejected rows that were kept for the persons whom they name. */
  get refusals(): number {
    return this.#refusals;
  }

  /** Rejected rows that may hold a no of somebody whom they do not name. */
  get unreadNoes(): number {
    return this.#unreadNoes;
  }

  /**
   * Adds those of a page. Without a writer they are only counted.
   *
   * @throws HandoverError DISK_FULL and the other problems of writing a file
   */
  async add(imported: SealedChunks['imported'], write: Writer | null): Promise<void> {
    const { rejected, rejects, rejectedRows, broughtBack } = imported;
    this.#file.count(rejected);
    if (rejects.length > 0 && write !== null) await this.#file.add(rejects);
    this.#broughtBack.push(...broughtBack);
    if (rejectedRows.length > 0) write?.addRejectedRows(this.#dataset, rejectedRows);
    for (const { isUnreadNo } of rejectedRows) if (isUnreadNo) this.#unreadNoes++;
  }

  /** A rejected row is no record, but what the person said in it is not to be forgotten with it. */
  hear({ tags, spellings, events }: Refused, write: Writer): void {
    write.persons.addSpellings(tags, spellings);
    for (const [i, { state, at }] of events.entries()) {
      const kind = markKind(state);
      if (kind === null) continue;
      const tag = tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES);
      const time = readInstant(at) ?? heardAt(this.#session);
      write.persons.addSubjectMark({ tag, kind, purpose: null, request: null, dataset: this.#dataset, time });
      this.#refusals++;
    }
  }
}
