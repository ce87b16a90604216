import { basename } from 'node:path';
import { readCheckpoint } from '../../audit/checkpoint.js';
import {
  MAX_RESPONSE_BYTES,
  NONCE_BYTES,
  readTimestampRequest,
  requireAnswer,
  type Timestamp,
  timestampRequest,
  verifyTimestamp,
} from '../../audit/timestamp.js';
import { sameBytes, utf8 } from '../../base/bytes.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
import type { Instant } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import { readLimited, readSent, requireWritable, type Written, writeWhole } from '../../store/files.js';
import type { StoredTimestamp } from '../../store/log-rows.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { originOf } from '../session/own-log.js';

const CA_LIMIT = 1 << 20;

export interface TimestampRequested {
  readonly path: string;
  /** Null for a trial. */
  readonly sha256: Sha256 | null;
  /** Number of events that the checkpoint covers. */
  readonly size: number;
}

/**
 * Signs the log as it is and writes the request for a time stamp of that checkpoint (RFC 3161). A person takes the file to an authority:
 * nothing here reaches a network.
 *
 * @param path of the file, from the number of events that it covers
 */
export async function requestTimestamp(
  session: Session,
  path: (size: number) => string,
  { force, dryRun }: { readonly force: boolean; readonly dryRun: boolean },
): Promise<TimestampRequested> {
  const { info, read } = session.workspace;
  if (dryRun) {
    const to = path(read.log.eventCount());
    requireWritable(to, { force });
    return { path: to, sha256: null, size: read.log.eventCount() };
  }
  const note = await session.checkpoint();
  const { publicKey } = ownCard(info);
  const { size } = readCheckpoint(note, { publicKey, origin: originOf(info.id), document: 'handover.db' });
  const request = timestampRequest(utf8(note), session.runtime.random(NONCE_BYTES));
  const to = path(size);
  const announce = ({ sha256: digest }: Written): void =>
    session.record(
      { action: 'timestamp-requested', objects: { request: digest }, details: { size } },
      (write) => write.log.addTimestamp({ size, note, request, time: session.now }),
    );
  const written = await writeWhole(to, request, { force, announce });
  return { path: to, sha256: written.sha256, size };
}

export interface TimestampAccepted {
  readonly size: number;
  readonly time: Instant;
  readonly authority: string;
  readonly sha256: Sha256;
  /** Whether this very answer was accepted before. */
  readonly again: boolean;
}

/**
 * Verifies an authority's answer to a request that was made here, and keeps it beside the checkpoint.
 *
 * @param ca path of the certificates that the reader trusts, in PEM
 * @throws HandoverError those of `verifyTimestamp`; TIMESTAMP_IMPRINT, TIMESTAMP_NONCE
 */
export async function acceptTimestamp(
  session: Session,
  { path, ca, dryRun }: { readonly path: string; readonly ca: string; readonly dryRun: boolean },
): Promise<TimestampAccepted> {
  const document = basename(path);
  const response = readSent(path, MAX_RESPONSE_BYTES, document);
  const authorities = Buffer.from(readLimited(ca, CA_LIMIT, basename(ca))).toString('latin1');
  const stamp = verifyTimestamp(response, { authorities, document });
  const asked = answered(session.workspace.read.log.timestamps(), stamp, document);
  const digest = sha256(response);
  const again = asked.response !== null && sameBytes(asked.response, response);
  const { size, ordinal } = asked;
  const { time, authority } = stamp;
  if (!again && !dryRun) {
    await session.keys();
    session.record(
      { action: 'timestamp-accepted', objects: { response: digest }, details: { size, time, authority } },
      (write) => write.log.answerTimestamp(ordinal, response, time, authority),
    );
  }
  return { size, time, authority, sha256: digest, again };
}

/** The request that is answered: the one with the same nonce, or else the one that shows best why none is. */
function answered(asked: readonly StoredTimestamp[], stamp: Timestamp, document: string): StoredTimestamp {
  const queries = asked.map((one) => ({ one, query: readTimestampRequest(one.request) }));
  const isSame = (a: Uint8Array | null, b: Uint8Array): boolean => a !== null && sameBytes(a, b);
  const nearest =
    queries.find(({ query }) => isSame(stamp.nonce, query.nonce) && isSame(stamp.imprint, query.imprint)) ??
    queries.find(({ query }) => isSame(stamp.imprint, query.imprint));
  if (nearest === undefined) return fail({ code: 'TIMESTAMP_IMPRINT', document });
  requireAnswer(stamp, nearest.query, document);
  return nearest.one;
}

/** A checkpoint that an authority has stamped, as it is kept. */
export interface KeptTimestamp {
  readonly size: number;
  readonly note: string;
  readonly time: Instant;
  readonly authority: string;
}

/**
 * The stamped checkpoints of a workspace, each verified once more as far as it can be without the certificates that were trusted when it was
 * accepted.
 *
 * @throws HandoverError those of `verifyTimestamp`; TIMESTAMP_IMPRINT, TIMESTAMP_NONCE
 */
export function keptTimestamps(session: Session): readonly KeptTimestamp[] {
  const document = 'handover.db';
  return session.workspace.read.log.timestamps().flatMap(({ size, note, request, response }) => {
    if (response === null) return [];
    const stamp = verifyTimestamp(response, { authorities: null, document });
    const { nonce } = readTimestampRequest(request);
    requireAnswer(stamp, { imprint: Buffer.from(sha256(utf8(note)), 'hex'), nonce }, document);
    return [{ size, note, time: stamp.time, authority: stamp.authority }];
  });
}
