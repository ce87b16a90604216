import { canonicalJson } from '../base/json.js';
import type { Door } from './door.js';
import type {
  AuditRound,
  StoredFeedback,
  StoredFinding,
  StoredFollowup,
  StoredPaper,
  StoredPerson,
} from './house-rows.js';

/** What a house keeps of itself, as it is changed: its papers, people, feedback and tasks, and what its audits found. */
export class HouseWriter {
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  addPaper(paper: StoredPaper, sealed: Uint8Array): void {
    const { id, kind, file, sha256, bytes, signed, signer, deal, time } = paper;
    this.#door.run(
      `INSERT INTO paper (id, kind, file, sha256, bytes, signed, signer, deal, sealed, time)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      kind,
      file,
      sha256,
      bytes,
      signed,
      signer,
      deal,
      sealed,
      time,
    );
  }

  addPerson({ id, name, role, facts, since, gone }: StoredPerson): void {
    this.#door.run(
      'INSERT INTO people (id, name, role, facts, since, gone) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      name,
      role,
      canonicalJson(facts),
      since,
      gone,
    );
  }

  /** Says what is known of a person from now on. */
  setPerson({ id, facts, gone }: Pick<StoredPerson, 'id' | 'facts' | 'gone'>): void {
    const text = canonicalJson(facts);
    this.#door.changeOne('UPDATE people SET facts = ?, gone = ? WHERE id = ?', text, gone, id);
  }

  addFeedback({ id, kind, file, sha256, counts, time }: StoredFeedback): void {
    this.#door.run(
      'INSERT INTO feedback (id, kind, file, sha256, counts, time) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      kind,
      file,
      sha256,
      canonicalJson(counts),
      time,
    );
  }

  /** Adds a task, or says anew what it is about; who does it and until when stays as it was set. */
  putFollowup({ id, deal, kind, counts, owner, due }: Omit<StoredFollowup, 'done' | 'note'>): void {
    this.#door.run(
      `INSERT INTO followup (id, deal, kind, counts, owner, due) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (deal, kind) DO UPDATE SET counts = excluded.counts`,
      id,
      deal,
      kind,
      canonicalJson(counts),
      owner,
      due,
    );
  }

  setFollowup({ id, owner, due, done, note }: Omit<StoredFollowup, 'deal' | 'kind' | 'counts'>): void {
    this.#door.changeOne(
      'UPDATE followup SET owner = ?, due = ?, done = ?, note = ? WHERE id = ?',
      owner,
      due,
      done,
      note,
      id,
    );
  }

  addAuditRound({ time, counts }: AuditRound): void {
    this.#door.run('INSERT INTO audit_round (time, counts) VALUES (?, ?)', time, canonicalJson(counts));
  }

  addFinding(finding: StoredFinding): void {
    const { id, source, about, owner, due, found, seen, closed, how } = finding;
    this.#door.run(
      `INSERT INTO finding (id, source, about, owner, due, found, seen, closed, how)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      source,
      about,
      owner,
      due,
      found,
      seen,
      closed,
      how,
    );
  }

  setFinding(finding: Pick<StoredFinding, 'id' | 'owner' | 'due' | 'seen' | 'closed' | 'how'>): void {
    const { id, owner, due, seen, closed, how } = finding;
    this.#door.changeOne(
      'UPDATE finding SET owner = ?, due = ?, seen = ?, closed = ?, how = ? WHERE id = ?',
      owner,
      due,
      seen,
      closed,
      how,
      id,
    );
  }
}
