import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Checkpoint, readCheckpoint } from '../../audit/checkpoint.js';
import { type EventAction, FIRST_SEQ, type LoggedEvent } from '../../audit/event.js';
import { type LogText, linesOf, readPruned, verifyEvents } from '../../audit/events.js';
import type { Anchor, LogResult } from '../../audit/log.js';
import { textOf } from '../../base/bytes.js';
import type { PublicKey } from '../../base/crypto.js';
import { readJson } from '../../base/json.js';
import { openContainer } from '../../bundle/container.js';
import { CHECKPOINT } from '../../bundle/entry-names.js';
import { PACK_CHECKPOINT } from '../../bundle/pack.js';
import { openPack, verifyEvidencePack } from '../../bundle/pack-reading.js';
import type { ClaimedCard } from '../../identity/card.js';
import { fail, HandoverError } from '../../messages/error.js';
import { MAX_REPORT_BYTES, readReport } from '../../report/self-proof.js';
import { readLimited } from '../../store/files.js';
import { openFile } from '../../store/random-access.js';
import { claimedCardAt, ownCard, cardViewOf } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { checkOwnLog, originOf } from '../session/own-log.js';
import { ARCHIVE_CHECKPOINT, ARCHIVE_PRUNED } from './prune-log.js';
import { type KeptTimestamp, keptTimestamps } from './timestamp.js';

/** The longest document that carries a checkpoint is a certificate. */
const ANCHOR_LIMIT = 16 * 1024 * 1024;
const ARCHIVE_LIMIT = 512 * 1024 * 1024;

export interface AuditVerifyResult extends LogResult {
  /** The log's own checkpoints that were compared: the workspace's, or the one beside the events in a file. */
  readonly checkpoints: number;
  /** Events behind the last checkpoint: nobody has signed them yet. */
  readonly unsigned: number;
  /** Checkpoints with the time that an authority stamped on them; they were compared as well. */
  readonly stamped: readonly Pick<KeptTimestamp, 'size' | 'time' | 'authority'>[];
  /** Files that were given as outside anchors, with the size of the log that each one proves. */
  readonly anchors: readonly { readonly file: string; readonly size: number }[];
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
  const outside: Anchor[] = [];
  for (const path of against) outside.push(await anchorAt(path, publicKey, origin));
  const stamps = keptTimestamps(session);
  const stamped = stamps.map(({ note }) => ({
    checkpoint: readCheckpoint(note, { publicKey, origin, document: 'handover.db' }),
    document: 'handover.db',
  }));
  return {
    ...checkOwnLog(session.workspace, [...stamped, ...outside]),
    stamped: stamps.map(({ size, time, authority }) => ({ size, time, authority })),
    anchors: outside.map(({ checkpoint, document }) => ({ file: document, size: checkpoint.size })),
  };
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
  const { publicKey } = found.card;
  const { origin } = readCheckpoint(note, { publicKey, document });
  const anchors: Anchor[] = [];
  for (const other of against) anchors.push(await anchorAt(other, publicKey, origin));
  const result = verifyEvents(events, note, publicKey, { document, anchors, ...pruned });
  const view = cardViewOf(found.card);
  return {
    ...result,
    file: document,
    issuer: { name: view.card.name, fingerprint: view.fingerprint },
    cardGiven: given !== null,
    files: found.files,
    checkpoints: 1,
    stamped: [],
    anchors: anchors.map((anchor) => ({ file: anchor.document, size: anchor.checkpoint.size })),
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
  return { ...readReport(readLimited(path, MAX_REPORT_BYTES, document), given, document), files: null };
}

/** An archive holds no card: whose log it is has to be said. */
function archiveAt(path: string, given: ClaimedCard | null, document: string): FoundLog {
  const card = given ?? fail({ code: 'CLI_OPTION_MISSING', option: '--card', command: 'audit verify' });
  const events = linesOf(readLimited(path, ARCHIVE_LIMIT, document));
  const beside = (suffix: string): Uint8Array =>
    readLimited(`${path}${suffix}`, ANCHOR_LIMIT, `${document}${suffix}`);
  const checkpoint = Buffer.from(beside(ARCHIVE_CHECKPOINT)).toString('utf8');
  if (!existsSync(`${path}${ARCHIVE_PRUNED}`)) return { card, log: { events, checkpoint }, files: null };
  const name = `${document}${ARCHIVE_PRUNED}`;
  const pruned = readPruned(beside(ARCHIVE_PRUNED)) ?? fail({ code: 'PACK_FILE', document, path: name });
  return { card, log: { events, checkpoint, pruned }, files: null };
}

/**
 * The checkpoint of this log in whatever carries one: a bundle or an evidence pack, a receipt, notice, completion or certificate, or a file of
 * its own. A receipt holds two: the buyer's, and the one it answers.
 */
async function anchorAt(path: string, publicKey: PublicKey, origin: string): Promise<Anchor> {
  const document = basename(path);
  const notes = path.endsWith('.zip') ? await checkpointsInArchive(path) : checkpointsInText(path, document);
  const ours = notes.find((note) => note.startsWith(`${origin}\n`));
  if (ours === undefined) return fail({ code: 'ANCHOR_OTHER_LOG', document });
  const checkpoint: Checkpoint = readCheckpoint(ours, { publicKey, origin, document });
  return { checkpoint, document };
}

async function checkpointsInArchive(path: string): Promise<readonly string[]> {
  const file = await openFile(path);
  try {
    const pack = await openPack(file).catch((error: unknown) => {
      if (error instanceof HandoverError) return null;
      throw error;
    });
    if (pack?.names.includes(PACK_CHECKPOINT) === true) return [textOf(await pack.read(PACK_CHECKPOINT))];
    return [textOf(await (await openContainer(file)).read(CHECKPOINT))];
  } finally {
    await file.close();
  }
}

/** The members of signed documents that hold a checkpoint. Its own signature says what it is worth, whatever the document says. */
const CARRIERS = ['bundle_checkpoint', 'checkpoint'];

function checkpointsInText(path: string, document: string): readonly string[] {
  const bytes = readLimited(path, ANCHOR_LIMIT, document);
  if (!path.endsWith('.json')) return [Buffer.from(bytes).toString('utf8')];
  const value = readJson(bytes, { document, limit: ANCHOR_LIMIT });
  const members: readonly [string, unknown][] =
    typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return members.flatMap(([key, note]) => (CARRIERS.includes(key) && typeof note === 'string' ? [note] : []));
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
  return FIRST_SEQ + session.workspace.read.pruned().end;
}

/** Events of the log, oldest first. */
export function auditLog(session: Session, filter: LogFilter): readonly LoggedEvent[] {
  const { action, object, since, last } = filter;
  const found = [...session.workspace.read.events()].filter(
    (event) =>
      (action === null || event.action === action) &&
      (since === null || event.time >= since) &&
      (object === null || Object.values(event.objects).some((id) => id.includes(object))),
  );
  return last === null ? found : found.slice(-last);
}
