import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { readCheckpoint } from '../../audit/checkpoint.js';
import { type EventAction, FIRST_SEQ, type LoggedEvent } from '../../audit/event.js';
import { type LogText, verifyEvents } from '../../audit/events.js';
import type { LogResult } from '../../audit/log.js';
import { readPruned } from '../../audit/merkle.js';
import type { PublicKey } from '../../base/crypto.js';
import { verifyEvidencePack } from '../../bundle/pack-reading.js';
import type { Receipt } from '../../bundle/receipt.js';
import { type ClaimedCard, readCard } from '../../identity/card.js';
import { readPublicKeyText } from '../../identity/minisign.js';
import { fail } from '../../messages/error.js';
import { MAX_REPORT_BYTES, readReport } from '../../report/self-proof.js';
import { linesAt, readSent } from '../../store/files.js';
import { openFile } from '../../store/random-access.js';
import { claimedCardAt, ownCard, cardViewOf } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { checkOwnLog, originOf } from '../session/own-log.js';
import { ANCHOR_LIMIT, anchorAt, type OutsideAnchor } from './anchors.js';
import { ARCHIVE_CHECKPOINT, ARCHIVE_PRUNED } from './prune-log.js';
import { type KeptTimestamp, keptTimestamps } from './timestamp.js';

/** An event is counts and ids; no line of an archive is longer. */
const EVENT_LIMIT = 1024 * 1024;

export interface AuditVerifyResult extends LogResult {
  /** The log's own checkpoints that were compared: the workspace's, or the one beside the events in a file. */
  readonly checkpoints: number;
  /** Events behind the last checkpoint: nobody has signed them yet. */
  readonly unsigned: number;
  /** Checkpoints with the time that an authority stamped on them; they were compared as well. */
  readonly stamped: readonly Pick<KeptTimestamp, 'size' | 'time' | 'authority'>[];
  /** Files that were given as outside anchors, with the size of the log that each one proves. */
  readonly anchors: readonly ComparedAnchor[];
}

/** A file in other hands, as it was compared. */
export interface ComparedAnchor {
  readonly file: string;
  /** Size of the log that its checkpoint proves. */
  readonly size: number;
  /** Number of the event that tells of the document; null where none has to, or none does. */
  readonly event: number | null;
  /** Whether it is a document that should be signed, and no signature lies beside it: only its checkpoint counts. */
  readonly isUnsigned: boolean;
}

/**
 * Recomputes the whole log from its events and compares it with every checkpoint. Needs no passphrase: the card's public key is enough.
 * With `against`, checkpoints that another party kept (in a bundle, a receipt or a file of their own) show what the workspace's own
 * cannot: that its owner rewrote the log or cut its end.
 *
 * @throws HandoverError CHECKPOINT_…, ANCHOR_OTHER_LOG for a file whose checkpoint is of another log
 */
export async function auditVerify(session: Session, against: readonly string[]): Promise<AuditVerifyResult> {
  const { info } = session.workspace;
  const { publicKey } = ownCard(info);
  const origin = originOf(info.id);
  const owner = { card: ownCard(info), origin, keyOf: (party: Receipt['buyer']) => knownKey(session, party) };
  const outside: OutsideAnchor[] = [];
  for (const path of against) outside.push(await anchorAt(path, owner));
  const stamps = keptTimestamps(session);
  const stamped = stamps.map(({ note }) => ({
    checkpoint: readCheckpoint(note, { publicKey, origin, document: 'handover.db' }),
    document: 'handover.db',
  }));
  const result = checkOwnLog(session.workspace, [...stamped, ...outside]);
  return {
    ...result,
    stamped: stamps.map(({ size, time, authority }) => ({ size, time, authority })),
    anchors: outside.map((anchor) => comparedAnchor(anchor, result)),
  };
}

function knownKey({ workspace }: Session, { card }: Receipt['buyer']): PublicKey | null {
  const stored = workspace.read.card(card);
  return stored === undefined ? null : readCard(stored.bytes, stored.signature, 'card.json').publicKey;
}

function comparedAnchor(
  { document: file, checkpoint: { size }, isUnsigned }: OutsideAnchor,
  { told }: LogResult,
): ComparedAnchor {
  return { file, size, isUnsigned, event: told.find(({ document }) => document === file)?.seq ?? null };
}

/** A log that left its workspace, and whose it is. */
export interface AuditFileResult extends AuditVerifyResult {
  readonly file: string;
  readonly issuer: { readonly name: string; readonly fingerprint: string };
  /** Whether the card was named by whoever checks; otherwise it is the one in the file. */
  readonly cardGiven: boolean;
  /** For a pack: how many files its signed index lists. */
  readonly files: number | null;
}

/** Where the log is: in an evidence pack, in a page of a report, or in the archive that a pruning wrote. */
export type LogFile = { readonly kind: 'pack' | 'report' | 'archive'; readonly path: string };

/**
 * Verifies the log of an evidence pack or of a report's page from the file alone: no workspace, no key. Without a card the one in the file is
 * taken, and its fingerprint shown, because everybody can make a card with any name.
 *
 * @throws HandoverError those of `verifyEvidencePack` and `readReport`; ANCHOR_OTHER_LOG
 */
export async function auditVerifyFile(
  { kind, path }: LogFile,
  cardPath: string | null,
  against: readonly string[],
): Promise<AuditFileResult> {
  const document = basename(path);
  const given = cardPath === null ? null : claimedCardAt(cardPath);
  const found =
    kind === 'pack'
      ? await packAt(path, given, document)
      : kind === 'report'
        ? reportAt(path, given, document)
        : archiveAt(path, given, document);
  const { events, checkpoint: note, ...pruned } = found.log;
  const { card } = found;
  const { publicKey } = card;
  const { origin } = readCheckpoint(note, { publicKey, document });
  const keyOf = (party: Receipt['buyer']) => readPublicKeyText(party.signing_key);
  const anchors: OutsideAnchor[] = [];
  for (const other of against) anchors.push(await anchorAt(other, { card, origin, keyOf }));
  const result = verifyEvents(events, note, publicKey, {
    document,
    anchors,
    isToTheEnd: kind !== 'archive',
    ...pruned,
  });
  const view = cardViewOf(found.card);
  return {
    ...result,
    file: document,
    issuer: { name: view.card.name, fingerprint: view.fingerprint },
    cardGiven: given !== null,
    files: found.files,
    checkpoints: 1,
    stamped: [],
    anchors: anchors.map((anchor) => comparedAnchor(anchor, result)),
  };
}

interface FoundLog {
  readonly card: ClaimedCard;
  readonly log: LogText;
  readonly files: number | null;
}

async function packAt(path: string, given: ClaimedCard | null, document: string): Promise<FoundLog> {
  const file = await openFile(path);
  try {
    const { index, card, log } = await verifyEvidencePack(file, given, document);
    return { card, log, files: index.files.length };
  } finally {
    await file.close();
  }
}

function reportAt(path: string, given: ClaimedCard | null, document: string): FoundLog {
  return { ...readReport(readSent(path, MAX_REPORT_BYTES, document), given, document), files: null };
}

/** An archive holds no card: whose log it is has to be said. */
function archiveAt(path: string, given: ClaimedCard | null, document: string): FoundLog {
  const card = given ?? fail({ code: 'CLI_OPTION_MISSING', option: '--card', command: 'audit verify' });
  const events = linesAt(path, EVENT_LIMIT, document);
  const beside = (suffix: string): Uint8Array =>
    readSent(`${path}${suffix}`, ANCHOR_LIMIT, `${document}${suffix}`);
  const checkpoint = Buffer.from(beside(ARCHIVE_CHECKPOINT)).toString('utf8');
  if (!existsSync(`${path}${ARCHIVE_PRUNED}`)) return { card, log: { events, checkpoint }, files: null };
  const name = `${document}${ARCHIVE_PRUNED}`;
  const pruned = readPruned(beside(ARCHIVE_PRUNED)) ?? fail({ code: 'PACK_FILE', document, path: name });
  return { card, log: { events, checkpoint, pruned }, files: null };
}

export interface LogFilter {
  readonly action: EventAction | null;
  /** Part of an id or digest among the objects of an event. */
  readonly object: string | null;
  /** Instants from this on. */
  readonly since: string | null;
  /** The last so many. */
  readonly last: number | null;
}

/** Number of the first event that is there: more than that of the first event that ever was, once the log was pruned. */
export function firstEvent(session: Session): number {
  return FIRST_SEQ + session.workspace.read.log.pruned().end;
}

/** Events of the log, oldest first. */
export function auditLog(session: Session, filter: LogFilter): readonly LoggedEvent[] {
  const { action, object, since, last } = filter;
  const found = [...session.workspace.read.log.events()].filter(
    (event) =>
      (action === null || event.action === action) &&
      (since === null || event.time >= since) &&
      (object === null || Object.values(event.objects).some((id) => id.includes(object))),
  );
  return last === null ? found : found.slice(-last);
}
