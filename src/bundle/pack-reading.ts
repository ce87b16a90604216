import { createHash } from 'node:crypto';
import { linesOf, type LogText } from '../audit/events.js';
import { readPruned } from '../audit/merkle.js';
import { textOf } from '../base/bytes.js';
import { type ClaimedCard, readCard } from '../identity/card.js';
import { fail } from '../messages/error.js';
import { type Container, type ContainerKind, openContainer } from './container.js';
import type { RandomAccess } from '../base/random-access.js';
import { checkComment, signedComment } from './document.js';
import { signatureName } from './entry-names.js';
import {
  PACK_CHECKPOINT,
  PACK_EVENTS,
  PACK_INDEX,
  PACK_OWN_CARD,
  PACK_PRUNED,
  type EvidenceIndex,
  packComment,
  readEvidenceIndex,
} from './pack.js';

const INDEX_SIGNATURE = signatureName(PACK_INDEX);

/** The longest entry is a log, of which this much is held while it is read: a quarter of a million events. */
const MAX_ENTRY_BYTES = 128 * 1024 * 1024;

/** A pack holds documents, each of which somebody has read before, and a log. */
const PACK: ContainerKind = {
  isName: (name) => /^(?:[a-z]+\/){0,2}[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/.test(name),
  hasDescriptor: () => null,
  order: () => 0,
  limitOf: () => MAX_ENTRY_BYTES,
};

/** Opens an archive that has the shape of a pack; nothing in it is verified yet. */
export function openPack(file: RandomAccess): Promise<Container> {
  return openContainer(file, PACK);
}

/** What a verified pack shows. */
export interface VerifiedEvidencePack {
  readonly index: EvidenceIndex;
  readonly card: ClaimedCard;
  /** For verifyEvents(). */
  readonly log: LogText;
}

/**
 * Verifies an evidence pack but for the log in it: its index is signed by the card's key, each file is as the index lists it, and none is
 * there besides. The file is attacker-controlled.
 *
 * @param trusted the card of the party whose evidence it is; null takes the one in the pack, for whose owner the reader has to vouch
 * @param document the file's base name, for problems
 * @throws HandoverError BUNDLE_… for a file of another shape; FORMAT_…, JSON_…, SIGNATURE_…, PROOF_OTHER_CARD, PACK_UNSIGNED,
 *   PACK_FILE, and those of `readCard`
 */
export async function verifyEvidencePack(
  file: RandomAccess,
  trusted: ClaimedCard | null,
  document: string,
): Promise<VerifiedEvidencePack> {
  const pack = await openPack(file);
  const has = (path: string): boolean => pack.sizeOf(path) !== undefined;
  if (!has(INDEX_SIGNATURE)) fail({ code: 'PACK_UNSIGNED', document });
  const card = trusted ?? (await cardIn(pack));
  const bytes = await pack.read(PACK_INDEX);
  const signature = textOf(await pack.read(INDEX_SIGNATURE));
  if ((await cardIn(pack)).digest !== card.digest) fail({ code: 'PROOF_OTHER_CARD', document });
  const comment = signedComment({ bytes, signature }, { publicKey: card.publicKey, document: PACK_INDEX });
  const index = readEvidenceIndex(bytes);
  if (index.party.card !== card.digest) fail({ code: 'PROOF_OTHER_CARD', document });
  checkComment(comment, { comment: packComment(index), document: PACK_INDEX });

  const listed = new Map(index.files.map((entry) => [entry.path, entry]));
  const strange = pack.names.find((n) => n !== PACK_INDEX && n !== INDEX_SIGNATURE && !listed.has(n));
  if (strange !== undefined) fail({ code: 'PACK_FILE', document, path: strange });
  for (const entry of listed.values()) {
    const isSame =
      pack.sizeOf(entry.path) === entry.bytes && (await digestIn(pack, entry.path)) === entry.sha256;
    if (!isSame) fail({ code: 'PACK_FILE', document, path: entry.path });
  }

  const pruned = has(PACK_PRUNED) ? readPruned(await pack.read(PACK_PRUNED)) : undefined;
  if (pruned === null) return fail({ code: 'PACK_FILE', document, path: PACK_PRUNED });
  const events = await pack.read(PACK_EVENTS);
  const checkpoint = textOf(await pack.read(PACK_CHECKPOINT));
  return { index, card, log: { events: linesOf(events), checkpoint, ...(pruned && { pruned }) } };
}

/** Block by block: an entry may be long. */
async function digestIn(pack: Container, path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const block of pack.blocks(path)) digest.update(block);
  return digest.digest('hex');
}

/** The card that a pack says is its maker's. */
async function cardIn(pack: Container): Promise<ClaimedCard> {
  const signature = textOf(await pack.read(signatureName(PACK_OWN_CARD)));
  return readCard(await pack.read(PACK_OWN_CARD), signature, PACK_OWN_CARD);
}
