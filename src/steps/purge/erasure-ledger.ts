import { basename, join } from 'node:path';
import { concat } from '../../base/bytes.js';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { fail } from '../../messages/error.js';
import {
  ERASED_LIMIT,
  type SignedErased,
  signErased,
  type VerifiedErased,
  verifyErased,
} from '../../retention/erased.js';
import { readSent, writeWhole } from '../../store/files.js';
import type { Reader } from '../../store/reader.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';

export interface ErasureLedgerFile {
  readonly path: string;
  readonly sha256: Sha256;
  readonly persons: number;
}

/**
 * Writes the erasure ledger of a purge, signed, as `<purge>.erased.json` beside its certificate: a workspace that is restored from an
 * older copy has the records again and the ledger not. Written again, it has the same bytes.
 *
 * @param purge id of a purge whose tags are in the ledger
 * @param folder absolute
 * @throws HandoverError PURGE_UNKNOWN, DISK_FULL and the other problems of writing
 */
export async function writeErasureLedger(
  session: Session,
  purge: string,
  folder: string,
): Promise<ErasureLedgerFile> {
  const { info, read } = session.workspace;
  const stored = read.retention.purge(purge) ?? fail({ code: 'PURGE_UNKNOWN', purge });
  const { identity } = await session.keys();
  const tags = erasedTags(read, purge);
  const { bytes, signature } = signErased(
    { workspace: info.id, purge, planned: stored.time, tags },
    identity.signer,
  );
  const path = join(folder, `${purge}.erased.json`);
  await writeWhole(path, bytes, { force: true });
  await writeWhole(`${path}.minisig`, signature, { force: true });
  return { path, sha256: sha256(bytes), persons: tags.length / TAG_BYTES };
}

/** The tags of everybody whom one purge ended, ascending. */
function erasedTags(read: Reader, purge: string): Uint8Array {
  return concat(...[...read.retention.erased(purge)].map((page) => page.tags));
}

/**
 * Reads an erasure ledger and its signature beside it. Only our own card may have signed.
 *
 * @throws HandoverError the problems of reading a file, and those of verifyErased
 */
export function erasureLedgerAt(session: Session, path: string): VerifiedErased {
  const { info } = session.workspace;
  const name = basename(path);
  const signed: SignedErased = {
    bytes: readSent(path, ERASED_LIMIT, name),
    signature: Buffer.from(readSent(`${path}.minisig`, SIGNATURE_LIMIT, `${name}.minisig`)).toString('utf8'),
  };
  return verifyErased(signed, { workspace: info.id, publicKey: ownCard(info).publicKey });
}

const SIGNATURE_LIMIT = 1 << 16;
