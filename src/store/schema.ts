import { FIRST_SEQ } from '../audit/event.js';

/** `handover.db` carries these four bytes ("hand") as SQLite's application id, so that no other database is taken for it. */
export const APPLICATION_ID = 0x68616e64;

/**
 * The schema as a list of migrations: a database of version n has the first n. A migration is never edited once released; the next one
 * changes what it made.
 *
 * Foreign keys are checked at commit, because a long change learns the counts of a dataset after its pages.
 *
 * The triggers on `event` and `checkpoint` prevent accidents, no more: whoever can write the file can drop them. Tampering is detected by
 * the Merkle tree over the events, and that the tail was not cut is proved only by a checkpoint that somebody else keeps.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE workspace (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('seller', 'buyer')),
    environment TEXT NOT NULL CHECK (environment IN ('production', 'test')),
    created TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    card_digest TEXT NOT NULL,
    card BLOB NOT NULL,
    card_signature TEXT NOT NULL
  ) STRICT;

  CREATE TABLE card (
    ordinal INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    bytes BLOB NOT NULL,
    signature TEXT NOT NULL,
    compared TEXT NOT NULL,
    -- What was signed with a card that is trusted no longer can still be verified.
    state TEXT NOT NULL DEFAULT 'trusted' CHECK (state IN ('trusted', 'replaced', 'removed'))
  ) STRICT;

  CREATE TABLE deal (
    ordinal INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL,
    bytes BLOB NOT NULL,
    -- The version that an amendment names.
    amends TEXT
  ) STRICT;
  CREATE INDEX deal_id ON deal (id);

  CREATE TABLE deal_signature (
    deal TEXT NOT NULL REFERENCES deal (digest) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL CHECK (role IN ('seller', 'buyer')),
    signature TEXT NOT NULL,
    card TEXT NOT NULL,
    PRIMARY KEY (deal, role)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE dataset (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('customers', 'consents')),
    content TEXT NOT NULL CHECK (content IN ('cells', 'ndjson-gz')),
    resource TEXT NOT NULL,
    bundle TEXT REFERENCES bundle (id) DEFERRABLE INITIALLY DEFERRED,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    delimiter TEXT NOT NULL,
    columns TEXT NOT NULL,
    key TEXT NOT NULL,
    counts TEXT NOT NULL,
    imported TEXT NOT NULL,
    mapping TEXT NOT NULL,
    -- How an imported customer file stands to those before it, and to which of them.
    relation TEXT CHECK (relation IN ('list', 'correction', 'addition', 'newer')),
    relates_to TEXT REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED
  ) STRICT;
  CREATE INDEX dataset_sha256 ON dataset (sha256);

  -- The rows of a customer file that were rejected, until a correction brings them back.
  CREATE TABLE rejected_row (
    dataset TEXT NOT NULL REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    line INTEGER NOT NULL,
    code TEXT NOT NULL,
    corrected_by TEXT REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (dataset, line)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE page (
    dataset TEXT NOT NULL REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (dataset, number)
  ) STRICT;

  -- Apart from the sealed pages, so that looking for a tag reads 16 bytes a record and not the records.
  CREATE TABLE page_columns (
    dataset TEXT NOT NULL,
    number INTEGER NOT NULL,
    records INTEGER NOT NULL CHECK (records >= 0),
    tags BLOB NOT NULL CHECK (length(tags) = 16 * records),
    PRIMARY KEY (dataset, number),
    FOREIGN KEY (dataset, number) REFERENCES page (dataset, number) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
  ) STRICT;

  CREATE TABLE check_run (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- The customer files that were judged together, in order.
    datasets TEXT NOT NULL,
    deal TEXT NOT NULL,
    time TEXT NOT NULL,
    pack TEXT NOT NULL,
    ledgers TEXT NOT NULL,
    counts TEXT NOT NULL,
    plan_digest TEXT NOT NULL,
    plan BLOB NOT NULL
  ) STRICT;
  CREATE INDEX check_run_deal ON check_run (deal);

  CREATE TABLE check_page (
    check_run TEXT NOT NULL REFERENCES check_run (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    dataset TEXT NOT NULL REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    reason_sets BLOB NOT NULL CHECK (length(reason_sets) % 4 = 0),
    -- What stays of each person who goes; empty if nothing does of anybody.
    stays BLOB NOT NULL CHECK (length(stays) IN (0, length(reason_sets))),
    PRIMARY KEY (check_run, dataset, number)
  ) STRICT;

  -- One signature an approver: the same person must not count twice.
  CREATE TABLE approval (
    ordinal INTEGER PRIMARY KEY,
    plan_digest TEXT NOT NULL,
    approver TEXT NOT NULL,
    bytes BLOB NOT NULL,
    signature TEXT NOT NULL,
    UNIQUE (plan_digest, approver)
  ) STRICT;

  CREATE TABLE bundle (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    deal TEXT NOT NULL,
    number INTEGER NOT NULL,
    manifest_digest TEXT NOT NULL,
    manifest BLOB NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,
    time TEXT NOT NULL
  ) STRICT;

  CREATE TABLE receipt (
    bundle TEXT PRIMARY KEY REFERENCES bundle (id) DEFERRABLE INITIALLY DEFERRED,
    bytes BLOB NOT NULL,
    signature TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    time TEXT NOT NULL
  ) STRICT;

  CREATE TABLE file (
    ordinal INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    kind TEXT NOT NULL,
    time TEXT NOT NULL,
    dataset TEXT
  ) STRICT;

  CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    card TEXT NOT NULL,
    operator TEXT NOT NULL,
    action TEXT NOT NULL,
    objects TEXT NOT NULL,
    details TEXT NOT NULL,
    leaf BLOB NOT NULL CHECK (length(leaf) = 32)
  ) STRICT;
  CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER event_not_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  -- Also stops INSERT OR REPLACE, which deletes without the trigger above where recursive_triggers is off.
  CREATE TRIGGER event_gapless BEFORE INSERT ON event
  WHEN new.seq IS NOT (SELECT coalesce(max(seq) + 1, ${FIRST_SEQ}) FROM event)
  BEGIN SELECT RAISE(ABORT, 'the log has no gaps'); END;

  CREATE TABLE checkpoint (
    ordinal INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    note TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER checkpoint_kept BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
  CREATE TRIGGER checkpoint_not_deleted BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
  CREATE TRIGGER checkpoint_next BEFORE INSERT ON checkpoint
  WHEN new.ordinal IS NOT (SELECT coalesce(max(ordinal) + 1, 1) FROM checkpoint)
    OR new.size < (SELECT coalesce(max(size), 0) FROM checkpoint)
    OR new.size > (SELECT count(*) FROM event)
  BEGIN SELECT RAISE(ABORT, 'a checkpoint covers the log as it stands'); END;
  `,
  `
  -- The end of the data: what forbids it, what was planned, what was done, and whom it ended for.

  -- A hold is a case that forbids purging until somebody releases it; a freeze is a statutory period that still runs. Either covers
  -- everything, one dataset, or the persons whose tags stand in restraint_subject.
  CREATE TABLE restraint (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('hold', 'freeze')),
    scope TEXT NOT NULL CHECK (scope IN ('all', 'dataset', 'subjects')),
    dataset TEXT REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED CHECK ((scope = 'dataset') = (dataset IS NOT NULL)),
    basis TEXT CHECK ((kind = 'freeze') = (basis IS NOT NULL)),
    until TEXT CHECK ((kind = 'freeze') = (until IS NOT NULL)),
    -- The case of a hold; the first day of a freeze's period; how many persons have their tags in restraint_subject.
    title TEXT,
    since TEXT,
    persons INTEGER,
    reason TEXT NOT NULL,
    opened TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    released TEXT,
    released_by TEXT,
    release_reason TEXT
  ) STRICT;
  CREATE TABLE restraint_subject (
    restraint TEXT NOT NULL REFERENCES restraint (id) DEFERRABLE INITIALLY DEFERRED,
    tag BLOB NOT NULL CHECK (length(tag) = 16),
    PRIMARY KEY (restraint, tag)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE purge (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('planned', 'began', 'erased', 'done', 'void')),
    plan_digest TEXT NOT NULL,
    plan BLOB NOT NULL,
    -- Fresh keys, as JSON from dataset to key id: known before the first destructive act, so that a killed run goes on with them.
    fresh_keys TEXT NOT NULL DEFAULT '{}',
    certificate BLOB,
    certificate_signature TEXT,
    outcome TEXT CHECK (outcome IN ('erased', 'erased-with-limits', 'failed')),
    time TEXT NOT NULL
  ) STRICT;

  -- Whom a purge was planned for, where it is about persons: sorted tags, until it is done.
  CREATE TABLE purge_subject (
    purge TEXT PRIMARY KEY REFERENCES purge (id) DEFERRABLE INITIALLY DEFERRED,
    tags BLOB NOT NULL CHECK (length(tags) % 16 = 0)
  ) STRICT;

  -- The erasure ledger: sorted tags of whoever was erased, 16 bytes each. It outlives the data. The purge is one of ours, or one that a
  -- workspace restored from an older copy knows only by the ledger file beside its certificate.
  CREATE TABLE erased (
    purge TEXT NOT NULL,
    number INTEGER NOT NULL,
    tags BLOB NOT NULL CHECK (length(tags) % 16 = 0),
    PRIMARY KEY (purge, number)
  ) STRICT;

  -- Whom a bundle took along, by tag: with the seller under the workspace's key, with the buyer under the deal's. Like the record of the
  -- provision it outlives the customers' records, so that each person is counted once and a later no finds whoever has to be told.
  CREATE TABLE handed_over (
    bundle TEXT NOT NULL REFERENCES bundle (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    tags BLOB NOT NULL CHECK (length(tags) % 16 = 0),
    PRIMARY KEY (bundle, number)
  ) STRICT;

  CREATE TABLE erased_ledger (
    purge TEXT PRIMARY KEY,
    planned TEXT NOT NULL,
    taken TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- What a person says of places that no program reaches: attested, not verified.
  CREATE TABLE attestation (
    ordinal INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('cleared', 'never-there', 'remains')),
    person TEXT NOT NULL,
    time TEXT NOT NULL
  ) STRICT;

  -- Counts that stay of purged records, too coarse to point at a person.
  CREATE TABLE statistic (
    purge TEXT NOT NULL REFERENCES purge (id) DEFERRABLE INITIALLY DEFERRED,
    dataset TEXT NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (purge, dataset)
  ) STRICT, WITHOUT ROWID;

  -- What customers were shown, by digest, and under which wording of a deal it was drafted.
  CREATE TABLE text (
    digest TEXT PRIMARY KEY,
    deal TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ask', 'tell', 'own')),
    bytes BLOB NOT NULL,
    time TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Who was sent a text, when and how: by tag under the workspace's key. The sheet that went out is a remembered file.
  CREATE TABLE batch (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    deal TEXT NOT NULL,
    text TEXT NOT NULL REFERENCES text (digest) DEFERRABLE INITIALLY DEFERRED,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'wechat', 'phone', 'paper')),
    persons INTEGER NOT NULL CHECK (persons > 0),
    time TEXT NOT NULL
  ) STRICT;
  CREATE TABLE asked (
    batch TEXT NOT NULL REFERENCES batch (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    tags BLOB NOT NULL CHECK (length(tags) % 16 = 0),
    PRIMARY KEY (batch, number)
  ) STRICT, WITHOUT ROWID;

  -- Words that this firm added to the vocabulary of answers. They speak of no customer.
  CREATE TABLE answer_word (
    ordinal INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE,
    meaning TEXT NOT NULL,
    person TEXT NOT NULL,
    time TEXT NOT NULL
  ) STRICT;

  -- What a person asked for or was decided about a person, known by tag: heard by the next check.
  CREATE TABLE subject_mark (
    ordinal INTEGER PRIMARY KEY,
    tag BLOB NOT NULL CHECK (length(tag) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('refused', 'withdrawn', 'objection', 'erasure', 'corrected')),
    purpose TEXT,
    request TEXT,
    -- The file that told it, in a row that was rejected or that was purged since.
    dataset TEXT,
    time TEXT NOT NULL
  ) STRICT;
  CREATE INDEX subject_mark_tag ON subject_mark (tag);

  -- The register of requests (PIPL-50).
  CREATE TABLE request (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tag BLOB NOT NULL CHECK (length(tag) = 16),
    kind TEXT NOT NULL,
    requester TEXT NOT NULL,
    verified TEXT NOT NULL,
    received TEXT NOT NULL,
    due TEXT NOT NULL,
    closed TEXT,
    outcome TEXT CHECK (outcome IN ('done', 'refused', 'passed-on')),
    reason TEXT,
    notice TEXT
  ) STRICT;

  -- Signed messages about persons after the handover, and what came back.
  CREATE TABLE notice (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    deal TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes BLOB NOT NULL,
    signature TEXT NOT NULL,
    due TEXT NOT NULL,
    time TEXT NOT NULL,
    completion BLOB,
    completion_signature TEXT,
    completed TEXT
  ) STRICT;

  -- Who was handed over and said no in a way that was learned afterwards: the tag under the deal, for the notice to the buyer.
  CREATE TABLE late_word (
    ordinal INTEGER PRIMARY KEY,
    deal TEXT NOT NULL REFERENCES deal (digest) DEFERRABLE INITIALLY DEFERRED,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('withdrawal', 'objection', 'erasure')),
    found TEXT NOT NULL
  ) STRICT;

  CREATE TABLE deal_end (
    deal TEXT PRIMARY KEY REFERENCES deal (digest) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('aborted')),
    reason TEXT NOT NULL,
    notice TEXT,
    time TEXT NOT NULL
  ) STRICT;

  CREATE TABLE incident (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    facts TEXT NOT NULL,
    opened TEXT NOT NULL,
    closed TEXT
  ) STRICT;
  CREATE TABLE incident_note (
    ordinal INTEGER PRIMARY KEY,
    incident TEXT NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
    facts TEXT NOT NULL,
    person TEXT NOT NULL,
    time TEXT NOT NULL
  ) STRICT;

  -- RFC 3161 time stamps of checkpoints: asked for, and answered.
  CREATE TABLE timestamp (
    ordinal INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    request BLOB NOT NULL,
    response BLOB,
    stamped TEXT,
    authority TEXT,
    time TEXT NOT NULL
  ) STRICT;

  -- A pruned beginning of the log: the events below upto are gone, and range (a compact range of the tree) stands for them.
  CREATE TABLE log_segment (
    ordinal INTEGER PRIMARY KEY,
    upto INTEGER NOT NULL,
    range BLOB NOT NULL,
    note TEXT NOT NULL,
    time TEXT NOT NULL
  ) STRICT;

  -- The house: papers that were signed, who has to do with customers' data, what customers said, what is to be done after a handover, and
  -- what audits found.

  -- A signed paper: its digest is what deals refer to, its bytes are sealed under a key of their own.
  CREATE TABLE paper (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    signed TEXT NOT NULL,
    signer TEXT,
    deal TEXT,
    sealed BLOB NOT NULL,
    time TEXT NOT NULL
  ) STRICT;

  -- Staff, home-visit workers, and firms that handle data for this one: never customers.
  CREATE TABLE people (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    facts TEXT NOT NULL,
    since TEXT NOT NULL,
    gone TEXT
  ) STRICT;

  -- One file of complaints or of answers to the survey, as counts. A complaint itself is a request.
  CREATE TABLE feedback (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('complaints', 'survey')),
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    counts TEXT NOT NULL,
    time TEXT NOT NULL
  ) STRICT;

  CREATE TABLE followup (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    deal TEXT NOT NULL,
    kind TEXT NOT NULL,
    counts TEXT NOT NULL,
    owner TEXT,
    due TEXT NOT NULL,
    done TEXT,
    note TEXT,
    UNIQUE (deal, kind)
  ) STRICT;

  -- A run of the self-audit that was kept, to be compared with the next; and what was found, by whatever run.
  CREATE TABLE audit_round (
    ordinal INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    counts TEXT NOT NULL
  ) STRICT;
  CREATE TABLE finding (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- A point of the self-audit form, or what a person wrote.
    source TEXT NOT NULL CHECK (source IN ('form', 'person')),
    about TEXT NOT NULL,
    owner TEXT,
    due TEXT,
    found TEXT NOT NULL,
    seen TEXT NOT NULL,
    closed TEXT,
    how TEXT
  ) STRICT;

  ALTER TABLE dataset ADD COLUMN state TEXT NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'purged'));
  ALTER TABLE bundle ADD COLUMN check_run TEXT;
  ALTER TABLE bundle ADD COLUMN manifest_signature TEXT;
  ALTER TABLE file ADD COLUMN gone TEXT;

  DROP TRIGGER event_not_deleted;
  CREATE TRIGGER event_not_deleted BEFORE DELETE ON event
  WHEN old.seq >= (SELECT coalesce(max(upto), 0) FROM log_segment)
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  DROP TRIGGER event_gapless;
  CREATE TRIGGER event_gapless BEFORE INSERT ON event
  WHEN new.seq IS NOT max((SELECT coalesce(max(seq) + 1, ${FIRST_SEQ}) FROM event), (SELECT coalesce(max(upto), ${FIRST_SEQ}) FROM log_segment))
  BEGIN SELECT RAISE(ABORT, 'the log has no gaps'); END;
  DROP TRIGGER checkpoint_next;
  CREATE TRIGGER checkpoint_next BEFORE INSERT ON checkpoint
  WHEN new.ordinal IS NOT (SELECT coalesce(max(ordinal) + 1, 1) FROM checkpoint)
    OR new.size < (SELECT coalesce(max(size), 0) FROM checkpoint)
    OR new.size > (SELECT coalesce(max(seq) + 1, ${FIRST_SEQ}) FROM event)
  BEGIN SELECT RAISE(ABORT, 'a checkpoint covers the log as it stands'); END;
  `,
  `
  -- The tables beside the customer list: where this is not null it is the kind of the dataset.
  ALTER TABLE dataset ADD COLUMN further TEXT CHECK (further IN ('orders', 'prepaid', 'services'));
  `,
  `
  -- What somebody found out about two customer numbers that look like one person's, by tag under the workspace's key. The last word counts.
  CREATE TABLE decided_pair (
    ordinal INTEGER PRIMARY KEY,
    first BLOB NOT NULL CHECK (length(first) = 16),
    second BLOB NOT NULL CHECK (length(second) = 16),
    decision TEXT NOT NULL CHECK (decision IN ('one', 'two')),
    person TEXT NOT NULL,
    time TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER decided_pair_kept BEFORE UPDATE ON decided_pair BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
  CREATE TRIGGER decided_pair_not_deleted BEFORE DELETE ON decided_pair BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
  `,
  `
  -- The cabinet of what only a statute keeps: where basis is not null the dataset is one of its drawers, and no part of the customer list.
  ALTER TABLE dataset ADD COLUMN archive_basis TEXT;
  ALTER TABLE dataset ADD COLUMN archive_since TEXT CHECK ((archive_basis IS NULL) = (archive_since IS NULL));
  ALTER TABLE dataset ADD COLUMN archive_until TEXT CHECK ((archive_basis IS NULL) = (archive_until IS NULL));
  `,
  `
  -- How the numbers of those are spelled who said no or asked to be erased, without what two systems spell differently: beside the tag a
  -- fingerprint as a block of AES under the key of the tags. It outlives the records, so that nobody comes back under c001 for C001.
  CREATE TABLE spelling (
    tag BLOB PRIMARY KEY CHECK (length(tag) = 16),
    sealed BLOB NOT NULL CHECK (length(sealed) = 16)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Totals of the customer list that somebody was shown before anything was signed: no cell below ten. Later ones are held against them.
  CREATE TABLE shown_totals (
    ordinal INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    shown_to TEXT NOT NULL,
    totals TEXT NOT NULL,
    time TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER shown_totals_kept BEFORE UPDATE ON shown_totals BEGIN SELECT RAISE(ABORT, 'what was shown stays'); END;
  CREATE TRIGGER shown_totals_not_deleted BEFORE DELETE ON shown_totals BEGIN SELECT RAISE(ABORT, 'what was shown stays'); END;
  `,
  `
  -- Rejected rows that may hold a no of somebody whom they do not name: until they come back corrected, somebody has to look at them.
  ALTER TABLE rejected_row ADD COLUMN unread_no INTEGER NOT NULL DEFAULT 0 CHECK (unread_no IN (0, 1));
  CREATE INDEX rejected_row_unread_no ON rejected_row (dataset, line) WHERE unread_no = 1 AND corrected_by IS NULL;
  `,
  `
  -- Digests of the tables as they were when something was signed last, and a note over all of them.
  CREATE TABLE tables_seal (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    note TEXT NOT NULL,
    digests TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Words that are about somebody else, as somebody found out: of those about persons, or of those that waited for a notice to a buyer.
  CREATE TABLE released_word (
    ordinal INTEGER PRIMARY KEY,
    mark INTEGER UNIQUE,
    late INTEGER UNIQUE,
    time TEXT NOT NULL,
    CHECK ((mark IS NULL) <> (late IS NULL))
  ) STRICT;
  CREATE TRIGGER released_word_kept BEFORE UPDATE ON released_word BEGIN SELECT RAISE(ABORT, 'releases are append-only'); END;
  CREATE TRIGGER released_word_not_deleted BEFORE DELETE ON released_word BEGIN SELECT RAISE(ABORT, 'releases are append-only'); END;
  `,
];
