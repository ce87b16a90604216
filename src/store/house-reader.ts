import {
  type AuditRound,
  HOUSE_ROW,
  type StoredFeedback,
  type StoredFinding,
  type StoredFollowup,
  type StoredPaper,
  type StoredPerson,
} from './house-rows.js';
import type { Query } from './query.js';

const PAPER = 'SELECT id, kind, file, sha256, bytes, signed, signer, deal, time FROM paper';

/** What a house keeps of itself: its papers, people, feedback and tasks, and what its audits found. */
export class HouseReader {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /** Signed papers without their bytes, oldest first. */
  papers(): StoredPaper[] {
    return this.#query.all(HOUSE_ROW.paper, `${PAPER} ORDER BY ordinal`);
  }

  /** The sealed bytes of a paper. */
  sealedPaper(id: string): Uint8Array | undefined {
    return this.#query.one(HOUSE_ROW.sealed, 'SELECT sealed FROM paper WHERE id = ?', id)?.sealed;
  }

  /** Oldest first, those who left included. */
  people(): StoredPerson[] {
    return this.#query.all(
      HOUSE_ROW.people,
      'SELECT id, name, role, facts, since, gone FROM people ORDER BY ordinal',
    );
  }

  /** Oldest first. */
  feedback(): StoredFeedback[] {
    return this.#query.all(
      HOUSE_ROW.feedback,
      'SELECT id, kind, file, sha256, counts, time FROM feedback ORDER BY ordinal',
    );
  }

  /** By the day on which they are due. */
  followups(): StoredFollowup[] {
    return this.#query.all(
      HOUSE_ROW.followup,
      'SELECT id, deal, kind, counts, owner, due, done, note FROM followup ORDER BY due, ordinal',
    );
  }

  /** Oldest first. */
  auditRounds(): AuditRound[] {
    return this.#query.all(HOUSE_ROW.round, 'SELECT time, counts FROM audit_round ORDER BY ordinal');
  }

  /** Oldest first, closed ones included. */
  findings(): StoredFinding[] {
    return this.#query.all(
      HOUSE_ROW.finding,
      'SELECT id, source, about, owner, due, found, seen, closed, how FROM finding ORDER BY ordinal',
    );
  }
}
