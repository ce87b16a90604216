import type { Query } from './query.js';
import {
  type Attestation,
  type ErasedTags,
  type Erasure,
  type Restraint,
  RETENTION_ROW,
  type Statistic,
  type StoredPurge,
} from './retention-rows.js';
import type { LargeTables } from './sealed-tables.js';

const RESTRAINT = `SELECT id, kind, scope, dataset, basis, until, title, since, persons, reason, opened, opened_by AS openedBy, released,
  released_by AS releasedBy, release_reason AS releaseReason FROM restraint`;

const PURGE = `SELECT id, state, plan_digest AS planDigest, plan, fresh_keys AS freshKeys, certificate,
  certificate_signature AS certificateSignature, outcome, time FROM purge`;

/** How records end: restraints, purges, the erasure ledger, and what is attested and counted of what is gone. */
export class RetentionReader {
  readonly #query: Query;
  readonly #large: LargeTables;

  constructor(query: Query, large: LargeTables) {
    this.#query = query;
    this.#large = large;
  }

  /** Holds and freezes, released ones included, oldest first. */
  restraints(): Restraint[] {
    return this.#query.all(RETENTION_ROW.restraint, `${RESTRAINT} ORDER BY ordinal`);
  }

  restraint(id: string): Restraint | undefined {
    return this.#query.one(RETENTION_ROW.restraint, `${RESTRAINT} WHERE id = ?`, id);
  }

  /** Tags of the persons that a restraint of the scope `subjects` covers. */
  restraintTags(id: string): Uint8Array[] {
    const sql = 'SELECT tag FROM restraint_subject WHERE restraint = ? ORDER BY tag';
    return this.#query.all(RETENTION_ROW.tag, sql, id).map((row) => row.tag);
  }

  /** Oldest first. */
  purges(): StoredPurge[] {
    return this.#query.all(RETENTION_ROW.purge, `${PURGE} ORDER BY ordinal`);
  }

  purge(id: string): StoredPurge | undefined {
    return this.#query.one(RETENTION_ROW.purge, `${PURGE} WHERE id = ?`, id);
  }

  /** The sorted tags for which a purge was planned; none where it is not about persons, or is done. */
  purgeSubjects(purge: string): Uint8Array {
    const row = this.#query.one(
      RETENTION_ROW.purgeSubjects,
      'SELECT tags FROM purge_subject WHERE purge = ?',
      purge,
    );
    return row?.tags ?? new Uint8Array(0);
  }

  /** Every purge of the erasure ledger, oldest first: our own, and those that are known by their ledger file only. */
  erasures(): Erasure[] {
    return this.#query.all(
      RETENTION_ROW.erasure,
      `SELECT id AS purge, time FROM purge WHERE id IN (SELECT purge FROM erased)
       UNION SELECT purge, planned AS time FROM erased_ledger ORDER BY time, purge`,
    );
  }

  /** The erasure ledger of one purge, a page of sorted tags at a time. */
  *erased(purge: string): Generator<ErasedTags, void, undefined> {
    this.#large.require('erased');
    yield* this.#query.following(
      RETENTION_ROW.erased,
      'SELECT number, tags FROM erased WHERE purge = ? AND number > ? ORDER BY number LIMIT 1',
      purge,
    );
  }

  /** Oldest first. */
  attestations(): Attestation[] {
    return this.#query.all(
      RETENTION_ROW.attestation,
      'SELECT place, state, person, time FROM attestation ORDER BY ordinal',
    );
  }

  statistics(): Statistic[] {
    return this.#query.all(
      RETENTION_ROW.statistic,
      'SELECT purge, dataset, counts FROM statistic ORDER BY purge, dataset',
    );
  }
}
