import type { Sha256 } from '../base/crypto.js';
import { canonicalJson } from '../base/json.js';
import type { Instant } from '../base/time.js';
import type { Database, Value } from './database.js';
import type {
  AuditRound,
  StoredFeedback,
  StoredFinding,
  StoredFollowup,
  StoredPaper,
  StoredPerson,
} from './house-rows.js';
import type {
  AnswerWord,
  AskedTags,
  Attestation,
  BundleState,
  CheckPage,
  CardState,
  Counts,
  Dataset,
  DealEnd,
  ErasedTags,
  HandedOverTags,
  Erasure,
  IncidentNote,
  LogSegment,
  PurgeState,
  RememberedFile,
  Restraint,
  Statistic,
  StoredApproval,
  StoredBatch,
  StoredBundle,
  StoredCheck,
  StoredDeal,
  StoredIncident,
  StoredBuyerNotice,
  StoredPage,
  StoredPurge,
  StoredReceipt,
  StoredRequest,
  StoredText,
  StoredTimestamp,
  LateWord,
  SubjectMark,
} from './rows.js';

/** What {@link Writer.addDataset} is given: an import names no bundle, and only a customer file relates to others. */
export type NewDataset = Omit<Dataset, 'bundle' | 'state' | 'relation' | 'relatesTo'> &
  Partial<Pick<Dataset, 'bundle' | 'relation' | 'relatesTo'>>;

/** What {@link Writer.rememberFile} is given. */
export type NewFile = Omit<RememberedFile, 'dataset' | 'gone'> & { readonly dataset?: string | null };

/** What {@link Writer.addRestraint} is given: not every hold is a named case. */
export type NewRestraint = Omit<
  Restraint,
  'released' | 'releasedBy' | 'releaseReason' | 'title' | 'since' | 'persons'
> &
  Partial<Pick<Restraint, 'title' | 'since' | 'persons'>>;

/** What {@link Writer.addBundle} is given: a bundle that came in carries out no check of ours. */
export type NewBundle = Omit<StoredBundle, 'check' | 'manifestSignature'> &
  Partial<Pick<StoredBundle, 'check' | 'manifestSignature'>>;

/**
 * The half of the store that changes it. It exists only inside Workspace.record and Workspace.recording, where the change is named by an
 * event and is kept with that event or not at all. Kept for later it refuses.
 */
export class Writer {
  readonly #db: Database;
  #state: 'open' | 'failed' | 'closed' = 'open';

  /** Only Workspace makes one. */
  constructor(db: Database) {
    this.#db = db;
  }

  /** Whether everything that was asked for was written. */
  get isSound(): boolean {
    return this.#state === 'open' && this.#db.inTransaction;
  }

  /** Ends the writer's life. Only Workspace calls it. */
  close(): void {
    this.#state = 'closed';
  }

  /** Pins another party's card. @param compared when its fingerprint was compared */
  putCard(digest: Sha256, bytes: Uint8Array, signature: string, compared: Instant): void {
    this.#run(
      `INSERT INTO card (digest, bytes, signature, compared) VALUES (?, ?, ?, ?)
       ON CONFLICT (digest) DO UPDATE SET signature = excluded.signature, compared = excluded.compared, state = 'trusted'`,
      digest,
      bytes,
      signature,
      compared,
    );
  }

  /** Says that a pinned card is trusted no longer. */
  setCardState(digest: Sha256, state: Exclude<CardState, 'trusted'>): void {
    this.#run('UPDATE card SET state = ? WHERE digest = ?', state, digest);
  }

  /** Keeps a wording of a deal, as the newest of its id. */
  putDeal({ id, digest, bytes, amends }: Omit<StoredDeal, 'signatures'>): void {
    this.#run(
      `INSERT INTO deal (ordinal, digest, id, bytes, amends) SELECT coalesce(max(ordinal), 0) + 1, ?, ?, ?, ? FROM deal WHERE true
       ON CONFLICT (digest) DO UPDATE SET ordinal = excluded.ordinal`,
      digest,
      id,
      bytes,
      amends,
    );
  }

  /** Keeps a party's signature under a wording; a party that signs it again replaces its own. */
  addDealSignature(deal: Sha256, role: 'seller' | 'buyer', signature: string, card: Sha256): void {
    this.#run(
      `INSERT INTO deal_signature (deal, role, signature, card) VALUES (?, ?, ?, ?)
       ON CONFLICT (deal, role) DO UPDATE SET signature = excluded.signature, card = excluded.card`,
      deal,
      role,
      signature,
      card,
    );
  }

  /** Its pages may come before it, in the same transaction. */
  addDataset(dataset: NewDataset): void {
    this.#run(
      `INSERT INTO dataset (id, kind, content, resource, bundle, file, sha256, bytes, encoding, delimiter, columns, key, counts, imported,
       mapping, relation, relates_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      dataset.id,
      dataset.kind,
      dataset.content,
      dataset.resource,
      dataset.bundle ?? null,
      dataset.file,
      dataset.sha256,
      dataset.bytes,
      dataset.encoding,
      dataset.delimiter,
      canonicalJson(dataset.columns),
      dataset.keyId,
      canonicalJson(dataset.counts),
      dataset.imported,
      dataset.mapping,
      dataset.relation ?? null,
      dataset.relatesTo ?? null,
    );
  }

  /** Keeps a sealed page. The bytes are copied: the caller may use its buffers again. */
  addPage(page: StoredPage & { readonly dataset: string }): void {
    const { dataset, number, records, sealed, tags } = page;
    this.#run('INSERT INTO page (dataset, number, sealed) VALUES (?, ?, ?)', dataset, number, sealed);
    this.#run(
      'INSERT INTO page_columns (dataset, number, records, tags) VALUES (?, ?, ?, ?)',
      dataset,
      number,
      records,
      tags,
    );
  }

  /** Keeps that a row of a customer file was rejected. @param code of its first error */
  addRejectedRow(row: { readonly dataset: string; readonly line: number; readonly code: string }): void {
    this.#run(
      'INSERT INTO rejected_row (dataset, line, code) VALUES (?, ?, ?)',
      row.dataset,
      row.line,
      row.code,
    );
  }

  /** Says that a dataset brought a rejected row back. A line that was not rejected, or came back before, changes nothing. */
  setRowCorrected(dataset: string, line: number, correctedBy: string): void {
    this.#run(
      'UPDATE rejected_row SET corrected_by = ? WHERE dataset = ? AND line = ? AND corrected_by IS NULL',
      correctedBy,
      dataset,
      line,
    );
  }

  addCheck(check: StoredCheck): void {
    this.#run(
      `INSERT INTO check_run (id, datasets, deal, time, pack, ledgers, counts, plan_digest, plan) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      check.id,
      canonicalJson(check.datasets),
      check.deal,
      check.time,
      check.pack,
      canonicalJson(check.ledgers),
      canonicalJson(check.counts),
      check.planDigest,
      check.plan,
    );
  }

  /** @param page of one of the check's datasets, and four bytes of reasons for each of its records, and of what stays */
  addCheckPage(page: CheckPage & { readonly check: string }): void {
    this.#run(
      'INSERT INTO check_page (check_run, dataset, number, reason_sets, stays) VALUES (?, ?, ?, ?, ?)',
      page.check,
      page.dataset,
      page.number,
      page.reasonSets,
      page.stays,
    );
  }

  /** Keeps an approval. @returns false, and the first one stays, if this approver already approved the plan */
  addApproval(
    planDigest: Sha256,
    bytes: Uint8Array,
    signature: string,
    approver: StoredApproval['approver'],
  ): boolean {
    return (
      this.#run(
        `INSERT INTO approval (plan_digest, approver, bytes, signature) VALUES (?, ?, ?, ?)
         ON CONFLICT (plan_digest, approver) DO NOTHING`,
        planDigest,
        approver,
        bytes,
        signature,
      ) === 1
    );
  }

  addBundle(bundle: NewBundle): void {
    this.#run(
      `INSERT INTO bundle (id, direction, deal, number, manifest_digest, manifest, path, sha256, state, time, check_run,
       manifest_signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      bundle.id,
      bundle.direction,
      bundle.deal,
      bundle.number,
      bundle.manifestDigest,
      bundle.manifest,
      bundle.path,
      bundle.sha256,
      bundle.state,
      bundle.time,
      bundle.check ?? null,
      bundle.manifestSignature ?? null,
    );
  }

  /** Moves a bundle on; what is known of it by then is told with it. */
  setBundleState(
    id: string,
    state: BundleState,
    known: Partial<Pick<StoredBundle, 'sha256' | 'manifestDigest' | 'manifest' | 'manifestSignature'>> = {},
  ): void {
    const changed = this.#run(
      `UPDATE bundle SET state = ?, sha256 = coalesce(?, sha256), manifest_digest = coalesce(?, manifest_digest),
       manifest = coalesce(?, manifest), manifest_signature = coalesce(?, manifest_signature) WHERE id = ?`,
      state,
      known.sha256 ?? null,
      known.manifestDigest ?? null,
      known.manifest ?? null,
      known.manifestSignature ?? null,
      id,
    );
    if (changed !== 1) throw new Error('there is no such bundle');
  }

  addReceipt(receipt: StoredReceipt): void {
    this.#run(
      'INSERT INTO receipt (bundle, bytes, signature, direction, time) VALUES (?, ?, ?, ?, ?)',
      receipt.bundle,
      receipt.bytes,
      receipt.signature,
      receipt.direction,
      receipt.time,
    );
  }

  /** Remembers a file outside the database that may hold personal data. */
  rememberFile(file: NewFile): void {
    this.#run(
      'INSERT INTO file (path, sha256, bytes, kind, time, dataset) VALUES (?, ?, ?, ?, ?, ?)',
      file.path,
      file.sha256,
      file.bytes,
      file.kind,
      file.time,
      file.dataset ?? null,
    );
  }

  /**
   * Replaces a page by what stays of it, sealed under a fresh key, together with the verdicts of every check of its dataset; a page of which
   * nothing stays is removed.
   */
  replacePage(
    page: StoredPage & { readonly dataset: string },
    verdicts: readonly (Pick<CheckPage, 'reasonSets' | 'stays'> & { readonly check: string })[],
  ): void {
    const { dataset, number, records } = page;
    this.#run('DELETE FROM page WHERE dataset = ? AND number = ?', dataset, number);
    if (records > 0) this.addPage(page);
    for (const { check, reasonSets, stays } of verdicts) {
      if (reasonSets.length > 0)
        this.#run(
          'UPDATE check_page SET reason_sets = ?, stays = ? WHERE check_run = ? AND dataset = ? AND number = ?',
          reasonSets,
          stays,
          check,
          dataset,
          number,
        );
      else
        this.#run(
          'DELETE FROM check_page WHERE check_run = ? AND dataset = ? AND number = ?',
          check,
          dataset,
          number,
        );
    }
  }

  /** Names the key under which a dataset's pages are sealed from now on, and whether records are left. */
  setDatasetKey(dataset: string, keyId: string, state: Dataset['state']): void {
    this.#changeOne('UPDATE dataset SET key = ?, state = ? WHERE id = ?', keyId, state, dataset);
  }

  /** Says anew what is counted of a dataset: its import's counts, with what was purged since. */
  setDatasetCounts(dataset: string, counts: Counts): void {
    this.#changeOne('UPDATE dataset SET counts = ? WHERE id = ?', canonicalJson(counts), dataset);
  }

  /** Says that a remembered file was shredded. */
  setFileGone(path: string, sha256: Sha256, gone: Instant): void {
    this.#run('UPDATE file SET gone = ? WHERE path = ? AND sha256 = ? AND gone IS NULL', gone, path, sha256);
  }

  /** Places a hold or a freeze. @param tags of the persons that it covers, for the scope `subjects` */
  addRestraint(restraint: NewRestraint, tags: readonly Uint8Array[]): void {
    const { id, kind, scope, dataset, basis, until, title, since, persons, reason, opened, openedBy } =
      restraint;
    this.#run(
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
      this.#run('INSERT OR IGNORE INTO restraint_subject (restraint, tag) VALUES (?, ?)', id, tag);
  }

  releaseRestraint(id: string, released: Instant, person: string, reason: string): void {
    this.#changeOne(
      'UPDATE restraint SET released = ?, released_by = ?, release_reason = ? WHERE id = ? AND released IS NULL',
      released,
      person,
      reason,
      id,
    );
  }

  addPurge(purge: Pick<StoredPurge, 'id' | 'planDigest' | 'plan' | 'time'>): void {
    const { id, planDigest, plan, time } = purge;
    this.#run(
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
    this.#changeOne(
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
    this.#run('INSERT INTO purge_subject (purge, tags) VALUES (?, ?)', purge, tags);
  }

  /** Forgets for whom a purge was planned: it is done or void. */
  removePurgeSubjects(purge: string): void {
    this.#run('DELETE FROM purge_subject WHERE purge = ?', purge);
  }

  /** Says that the ledger of a purge that this copy of the workspace does not know was taken in from its file. */
  addErasure({ purge, time }: Erasure, taken: Instant): void {
    this.#run('INSERT INTO erased_ledger (purge, planned, taken) VALUES (?, ?, ?)', purge, time, taken);
  }

  /** Keeps who goes in a bundle. */
  addHandedOver(bundle: string, { number, tags }: HandedOverTags): void {
    this.#run('INSERT INTO handed_over (bundle, number, tags) VALUES (?, ?, ?)', bundle, number, tags);
  }

  /** Forgets who was to go in a bundle that nobody got. */
  removeHandedOver(bundle: string): void {
    this.#run('DELETE FROM handed_over WHERE bundle = ?', bundle);
  }

  /** Adds a page of sorted tags to the erasure ledger. */
  addErased(purge: string, page: ErasedTags): void {
    this.#run('INSERT INTO erased (purge, number, tags) VALUES (?, ?, ?)', purge, page.number, page.tags);
  }

  addAttestation({ place, state, person, time }: Attestation): void {
    this.#run(
      'INSERT INTO attestation (place, state, person, time) VALUES (?, ?, ?, ?)',
      place,
      state,
      person,
      time,
    );
  }

  addStatistic({ purge, dataset, counts }: Statistic): void {
    this.#run(
      'INSERT INTO statistic (purge, dataset, counts) VALUES (?, ?, ?)',
      purge,
      dataset,
      canonicalJson(counts),
    );
  }

  addLateWord({ deal, subject, kind, found }: LateWord): void {
    this.#run(
      'INSERT INTO late_word (deal, subject, kind, found) VALUES (?, ?, ?, ?)',
      deal,
      subject,
      kind,
      found,
    );
  }

  addSubjectMark({ tag, kind, purpose, request, dataset, time }: SubjectMark): void {
    this.#run(
      'INSERT INTO subject_mark (tag, kind, purpose, request, dataset, time) VALUES (?, ?, ?, ?, ?, ?)',
      tag,
      kind,
      purpose,
      request,
      dataset ?? null,
      time,
    );
  }

  /** Forgets what files said that are purged. */
  removeMarksOfPurged(): void {
    this.#run("DELETE FROM subject_mark WHERE dataset IN (SELECT id FROM dataset WHERE state = 'purged')");
  }

  /** Keeps a text to customers; drafted again under another wording it is that wording's. */
  putText({ digest, deal, kind, bytes, time }: StoredText): void {
    this.#run(
      `INSERT INTO text (digest, deal, kind, bytes, time) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (digest) DO UPDATE SET deal = excluded.deal`,
      digest,
      deal,
      kind,
      bytes,
      time,
    );
  }

  addBatch({ id, deal, text, channel, persons, time }: StoredBatch): void {
    this.#run(
      'INSERT INTO batch (id, deal, text, channel, persons, time) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      deal,
      text,
      channel,
      persons,
      time,
    );
  }

  /** Keeps who is sent a text. */
  addAsked(batch: string, { number, tags }: AskedTags): void {
    this.#run('INSERT INTO asked (batch, number, tags) VALUES (?, ?, ?)', batch, number, tags);
  }

  /** Adds a word to the vocabulary, or says what it means from now on. */
  putAnswerWord({ word, meaning, person, time }: AnswerWord): void {
    this.#run(
      `INSERT INTO answer_word (word, meaning, person, time) VALUES (?, ?, ?, ?)
       ON CONFLICT (word) DO UPDATE SET meaning = excluded.meaning, person = excluded.person, time = excluded.time`,
      word,
      meaning,
      person,
      time,
    );
  }

  addRequest(request: Omit<StoredRequest, 'closed' | 'outcome' | 'reason' | 'notice'>): void {
    const { id, tag, kind, requester, verified, received, due } = request;
    this.#run(
      'INSERT INTO request (id, tag, kind, requester, verified, received, due) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      tag,
      kind,
      requester,
      verified,
      received,
      due,
    );
  }

  /** Says how a request ended, or that it was passed on in a notice. */
  setRequestOutcome(
    id: string,
    known: Pick<StoredRequest, 'closed' | 'outcome' | 'reason' | 'notice'>,
  ): void {
    const { closed, outcome, reason, notice } = known;
    this.#changeOne(
      'UPDATE request SET closed = ?, outcome = ?, reason = ?, notice = coalesce(?, notice) WHERE id = ?',
      closed,
      outcome,
      reason,
      notice,
      id,
    );
  }

  addNotice(notice: Omit<StoredBuyerNotice, 'completion' | 'completionSignature' | 'completed'>): void {
    const { id, direction, deal, kind, bytes, signature, due, time } = notice;
    this.#run(
      'INSERT INTO notice (id, direction, deal, kind, bytes, signature, due, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      direction,
      deal,
      kind,
      bytes,
      signature,
      due,
      time,
    );
  }

  /** Keeps the signed completion of a notice. */
  completeNotice(id: string, completion: Uint8Array, signature: string, completed: Instant): void {
    this.#changeOne(
      'UPDATE notice SET completion = ?, completion_signature = ?, completed = ? WHERE id = ?',
      completion,
      signature,
      completed,
      id,
    );
  }

  addDealEnd({ deal, kind, reason, notice, time }: DealEnd): void {
    this.#run(
      'INSERT INTO deal_end (deal, kind, reason, notice, time) VALUES (?, ?, ?, ?, ?)',
      deal,
      kind,
      reason,
      notice,
      time,
    );
  }

  addIncident({ id, facts, opened }: Omit<StoredIncident, 'closed'>): void {
    this.#run('INSERT INTO incident (id, facts, opened) VALUES (?, ?, ?)', id, canonicalJson(facts), opened);
  }

  addIncidentNote({ incident, facts, person, time }: IncidentNote): void {
    this.#run(
      'INSERT INTO incident_note (incident, facts, person, time) VALUES (?, ?, ?, ?)',
      incident,
      canonicalJson(facts),
      person,
      time,
    );
  }

  closeIncident(id: string, closed: Instant): void {
    this.#changeOne('UPDATE incident SET closed = ? WHERE id = ? AND closed IS NULL', closed, id);
  }

  addPaper(paper: StoredPaper, sealed: Uint8Array): void {
    const { id, kind, file, sha256, bytes, signed, signer, deal, time } = paper;
    this.#run(
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
    this.#run(
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
    this.#changeOne('UPDATE people SET facts = ?, gone = ? WHERE id = ?', text, gone, id);
  }

  addFeedback({ id, kind, file, sha256, counts, time }: StoredFeedback): void {
    this.#run(
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
    this.#run(
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
    this.#changeOne(
      'UPDATE followup SET owner = ?, due = ?, done = ?, note = ? WHERE id = ?',
      owner,
      due,
      done,
      note,
      id,
    );
  }

  addAuditRound({ time, counts }: AuditRound): void {
    this.#run('INSERT INTO audit_round (time, counts) VALUES (?, ?)', time, canonicalJson(counts));
  }

  addFinding(finding: StoredFinding): void {
    const { id, source, about, owner, due, found, seen, closed, how } = finding;
    this.#run(
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
    this.#changeOne(
      'UPDATE finding SET owner = ?, due = ?, seen = ?, closed = ?, how = ? WHERE id = ?',
      owner,
      due,
      seen,
      closed,
      how,
      id,
    );
  }

  addTimestamp(timestamp: Pick<StoredTimestamp, 'size' | 'note' | 'request' | 'time'>): void {
    const { size, note, request, time } = timestamp;
    this.#run(
      'INSERT INTO timestamp (size, note, request, time) VALUES (?, ?, ?, ?)',
      size,
      note,
      request,
      time,
    );
  }

  /** Keeps the answer to a request for a time stamp. */
  answerTimestamp(ordinal: number, response: Uint8Array, stamped: Instant, authority: string): void {
    this.#changeOne(
      'UPDATE timestamp SET response = ?, stamped = ?, authority = ? WHERE ordinal = ?',
      response,
      stamped,
      authority,
      ordinal,
    );
  }

  /** Removes the events below `upto`; the compact range replaces them from now on. */
  pruneLog({ upto, range, note, time }: LogSegment): void {
    this.#run(
      'INSERT INTO log_segment (upto, range, note, time) VALUES (?, ?, ?, ?)',
      upto,
      range,
      note,
      time,
    );
    this.#run('DELETE FROM event WHERE seq < ?', upto);
  }

  #changeOne(sql: string, ...values: Value[]): void {
    this.#guarded(() => {
      if (this.#db.run(sql, ...values) !== 1) throw new Error('there is no such row');
    });
  }

  #run(sql: string, ...values: Value[]): number {
    return this.#guarded(() => this.#db.run(sql, ...values));
  }

  /** After a failure nothing more is written: a change of which a part failed is not kept, even if its maker looks away. */
  #guarded<T>(write: () => T): T {
    if (!this.isSound) throw new Error('the store is written only inside record or recording');
    try {
      return write();
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
  }
}
