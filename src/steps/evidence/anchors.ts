import { basename } from 'node:path';
import { readCheckpoint } from '../../audit/checkpoint.js';
import type { Anchor } from '../../audit/log.js';
import { textOf, utf8 } from '../../base/bytes.js';
import { type PublicKey, sha256 } from '../../base/crypto.js';
import { type Json, readJson } from '../../base/json.js';
import { COMPLETION_FORMAT } from '../../bundle/completion.js';
import { openContainer } from '../../bundle/container.js';
import { CHECKPOINT, MANIFEST, MANIFEST_SIGNATURE } from '../../bundle/entry-names.js';
import { readManifest } from '../../bundle/manifest.js';
import { NOTICE_FORMAT } from '../../bundle/notice.js';
import { PACK_CHECKPOINT } from '../../bundle/pack.js';
import { openPack } from '../../bundle/pack-reading.js';
import { type Receipt, readReceipt, RECEIPT_FORMAT } from '../../bundle/receipt.js';
import { type Telling, tellsOf, tellsOfAnswered, tellsOfBundle } from '../../bundle/telling.js';
import type { ClaimedCard } from '../../identity/card.js';
import { verifyMinisign } from '../../identity/minisign.js';
import { fail, HandoverError } from '../../messages/error.js';
import { CERTIFICATE_FORMAT } from '../../retention/certificate.js';
import { openFile } from '../../store/random-access.js';
import { cameDocument } from '../session/came-document.js';

/** The longest document that carries a checkpoint is a certificate. */
export const ANCHOR_LIMIT = 16 * 1024 * 1024;

/** A minisign file is some hundred bytes. */
const SIGNATURE_LIMIT = 64 * 1024;

/** Whose log it is that is compared. */
export interface LogOwner {
  readonly card: ClaimedCard;
  readonly origin: string;
  /** The key of another party: of a pinned card, or, where no workspace says who is known, the one that the document names. */
  readonly keyOf: (party: Receipt['buyer']) => PublicKey | null;
}

/** A checkpoint in other hands. */
export interface OutsideAnchor extends Anchor {
  /** Whether it is part of a document that should be signed, and no signature lies beside it. */
  readonly isUnsigned: boolean;
}

/**
 * The checkpoint of this log in whatever carries one: a bundle or an evidence pack, a receipt, notice, completion or certificate, or a file of
 * its own. A receipt holds two: the buyer's, and the one it answers. A document that is signed also says which event has to follow.
 *
 * @throws HandoverError ANCHOR_OTHER_LOG, the CHECKPOINT_ and SIGNATURE_ codes
 */
export async function anchorAt(path: string, owner: LogOwner): Promise<OutsideAnchor> {
  const document = basename(path);
  const {
    notes,
    telling,
    isUnsigned = false,
  } = path.endsWith('.zip') ? await carriedInArchive(path, owner) : carriedInText(path, document, owner);
  const { origin, card } = owner;
  const ours = notes.find((note) => note.startsWith(`${origin}\n`));
  if (ours === undefined) return fail({ code: 'ANCHOR_OTHER_LOG', document });
  const checkpoint = readCheckpoint(ours, { publicKey: card.publicKey, origin, document });
  return { checkpoint, document, isUnsigned, ...(telling === undefined ? {} : { toldBy: telling }) };
}

/** What a file carries. */
interface Carried {
  readonly notes: readonly string[];
  readonly telling?: Telling | undefined;
  readonly isUnsigned?: boolean;
}

async function carriedInArchive(path: string, { card, origin }: LogOwner): Promise<Carried> {
  const file = await openFile(path);
  try {
    const pack = await openPack(file).catch((error: unknown) => {
      if (error instanceof HandoverError) return null;
      throw error;
    });
    if (pack?.names.includes(PACK_CHECKPOINT) === true)
      return { notes: [textOf(await pack.read(PACK_CHECKPOINT))] };
    const container = await openContainer(file);
    const note = textOf(await container.read(CHECKPOINT));
    // Another party's bundle says nothing of this log.
    if (!note.startsWith(`${origin}\n`)) return { notes: [note] };
    const bytes = await container.read(MANIFEST);
    verifyMinisign(bytes, textOf(await container.read(MANIFEST_SIGNATURE)), card.publicKey, MANIFEST);
    const manifest = readManifest(bytes);
    const listed = manifest.files.find((entry) => entry.path === CHECKPOINT)?.sha256;
    if (listed !== sha256(utf8(note))) fail({ code: 'BUNDLE_ENTRY_DIGEST', entry: CHECKPOINT });
    return { notes: [note], telling: tellsOfBundle(sha256(bytes), manifest) };
  } finally {
    await file.close();
  }
}

/** The members of signed documents that hold a checkpoint. Its own signature says what it is worth, whatever the document says. */
const CARRIERS = ['bundle_checkpoint', 'checkpoint'];

function carriedInText(path: string, document: string, owner: LogOwner): Carried {
  const { bytes, name, beside } = cameDocument(path, ANCHOR_LIMIT);
  if (!name.endsWith('.json')) return { notes: [textOf(bytes)] };
  const value = readJson(bytes, { document, limit: ANCHOR_LIMIT });
  const members: readonly [string, Json][] =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const notes = members.flatMap(([key, note]) =>
    CARRIERS.includes(key) && typeof note === 'string' ? [note] : [],
  );
  const format = members.find(([key]) => key === 'format')?.[1];
  const isOurs = notes.some((note) => note.startsWith(`${owner.origin}\n`));
  const signed = isOurs && typeof format === 'string' ? signedBy(format, bytes, owner) : null;
  if (signed === null) return { notes };
  const signature = beside('.minisig', SIGNATURE_LIMIT);
  if (signature === null) return { notes, isUnsigned: true };
  verifyMinisign(bytes, textOf(signature), signed.key, document);
  return { notes, telling: signed.telling };
}

/** Whose signature a document has to have, and the event of this log that then tells of it; null for one that is nobody's known. */
function signedBy(
  format: string,
  bytes: Uint8Array,
  { card, keyOf }: LogOwner,
): { readonly key: PublicKey; readonly telling: Telling } | null {
  if (format === RECEIPT_FORMAT) {
    const receipt = readReceipt(bytes);
    if (receipt.buyer.card === card.digest)
      return { key: card.publicKey, telling: tellsOf('receipted', 'receipt', sha256(bytes)) };
    const key = keyOf(receipt.buyer);
    return key === null ? null : { key, telling: tellsOfAnswered(receipt) };
  }
  const own = OWN_EVENTS[format];
  return own === undefined
    ? null
    : { key: card.publicKey, telling: tellsOf(own.action, own.noun, sha256(bytes)) };
}

/** The events that tell of a party's own documents, by format. */
const OWN_EVENTS: Readonly<
  Record<string, { readonly action: 'notice-sent' | 'notice-completed' | 'purged'; readonly noun: string }>
> = {
  [NOTICE_FORMAT]: { action: 'notice-sent', noun: 'notice' },
  [COMPLETION_FORMAT]: { action: 'notice-completed', noun: 'completion' },
  [CERTIFICATE_FORMAT]: { action: 'purged', noun: 'certificate' },
};
