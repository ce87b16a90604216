import { canonicalJson } from '../base/json.js';
import type { Instant } from '../base/time.js';
import type { Door } from './door.js';
import type {
  Attestation,
  ErasedTags,
  Erasure,
  PurgeState,
  Restraint,
  Statistic,
  StoredPurge,
} from './retention-rows.js';

/** What {@link RetentionWriter.addRestraint} is given: not every hold is a named case. */
export type NewRestraint = Omit<
  Restraint,
  'released' | 'releasedBy' | 'releaseReason' | 'title' | 'since' | 'persons'
> &
  Partial<Pick<Restraint, 'title' | 'since' | 'persons'>>;

/** How records end, as it is changed: restraints, purges, the erasure ledger, and what is attested and counted. */
export class RetentionWriter {
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Places a hold or a freeze. @param tags of the persons that it covers, for the scope `subjects` */
  addRestraint(restraint: NewRestraint, tags: readonly Uint8Array[]): void {
    const { id, kind, scope, dataset, basis, until, title, since, persons, reason, opened, openedBy } =
      restraint;
    this.#door.run(
      `INSERT INTO restraint (id, kind, scope, dataset, basis, until, title, since, persons, reason, opened, opened_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      kind,
      scope,
      dataset,
      basis,
      until,
      title ?? null,
      since ?? null,
      persons ?? null,
      reason,
      opened,
      openedBy,
    );
    for (const tag of tags)
      this.#door.run('INSERT OR IGNORE INTO restraint_subject (restraint, tag) VALUES (?, ?)', id, tag);
  }

  releaseRestraint(id: string, released: Instant, person: string, reason: string): void {
    this.#door.changeOne(
      'UPDATE restraint SET released = ?, released_by = ?, release_reason = ? WHERE id = ? AND released IS NULL',
      released,
      person,
      reason,
      id,
    );
  }

  addPurge(purge: Pick<StoredPurge, 'id' | 'planDigest' | 'plan' | 'time'>): void {
    const { id, planDigest, plan, time } = purge;
    this.#door.run(
      `INSERT INTO purge (id, state, plan_digest, plan, time) VALUES (?, 'planned', ?, ?, ?)`,
      id,
      planDigest,
      plan,
      time,
    );
  }

  /** Moves a purge on; what is known of it by then is told with it. */
  setPurgeState(
    id: string,
    state: PurgeState,
    known: Partial<Pick<StoredPurge, 'freshKeys' | 'certificate' | 'certificateSignature' | 'outcome'>> = {},
  ): void {
    this.#door.changeOne(
      `UPDATE purge SET state = ?, fresh_keys = coalesce(?, fresh_keys), certificate = coalesce(?, certificate),
       certificate_signature = coalesce(?, certificate_signature), outcome = coalesce(?, outcome) WHERE id = ?`,
      state,
      known.freshKeys === undefined ? null : canonicalJson(known.freshKeys),
      known.certificate ?? null,
      known.certificateSignature ?? null,
      known.outcome ?? null,
      id,
    );
  }

  /** Keeps for whom a purge was planned. @param tags sorted, 16 bytes each */
  addPurgeSubjects(purge: string, tags: Uint8Array): void {
    this.#door.run('INSERT INTO purge_subject (purge, tags) VALUES (?, ?)', purge, tags);
  }

  /** Forgets for whom a purge was planned: it is done or void. */
  removePurgeSubjects(purge: string): void {
    this.#door.run('DELETE FROM purge_subject WHERE purge = ?', purge);
  }

  /** Says that the ledger of a purge that this copy of the workspace does not know was taken in from its file. */
  addErasure({ purge, time }: Erasure, taken: Instant): void {
    this.#door.run('INSERT INTO erased_ledger (purge, planned, taken) VALUES (?, ?, ?)', purge, time, taken);
  }

  /** Adds a page of sorted tags to the erasure ledger. */
  addErased(purge: string, page: ErasedTags): void {
    this.#door.runOf(
      purge,
      'INSERT INTO erased (purge, number, tags) VALUES (?, ?, ?)',
      purge,
      page.number,
      page.tags,
    );
  }

  addAttestation({ place, state, person, time }: Attestation): void {
    this.#door.run(
      'INSERT INTO attestation (place, state, person, time) VALUES (?, ?, ?, ?)',
      place,
      state,
      person,
      time,
    );
  }

  addStatistic({ purge, dataset, counts }: Statistic): void {
    this.#door.run(
      'INSERT INTO statistic (purge, dataset, counts) VALUES (?, ?, ?)',
      purge,
      dataset,
      canonicalJson(counts),
    );
  }
}
