import { basename } from 'node:path';
import { EVENT_PROOF_FORMAT, type ProvedEvent, verifyEventProof } from '../../audit/event-proof.js';
import { sha256 } from '../../base/crypto.js';
import { readJson } from '../../base/json.js';
import { openContainer } from '../../bundle/container.js';
import { MANIFEST } from '../../bundle/entry-names.js';
import { type ProvedSubject, SUBJECT_PROOF_FORMAT, verifySubjectProof } from '../../bundle/subject-proof.js';
import type { ClaimedCard } from '../../identity/card.js';
import { fail } from '../../messages/error.js';
import { readSent } from '../../store/files.js';
import { openFile } from '../../store/random-access.js';
import { cardViewOf } from '../session/cards.js';

/** A row or an event of a megabyte, escaped, and what proves it. */
const PROOF_LIMIT = 24 * 1024 * 1024;
const SIGNATURE_LIMIT = 1 << 16;

/** Who vouches for a proof: the owner of a card whose fingerprint is for the reader to compare. */
interface ProofIssuer {
  readonly name: string;
  readonly fingerprint: string;
}

interface Checked {
  readonly file: string;
  readonly issuer: ProofIssuer;
}

export interface CheckedEventProof extends Checked, ProvedEvent {
  readonly proves: 'event';
}

export interface CheckedSubjectProof extends Checked, ProvedSubject {
  readonly proves: 'presence' | 'absence';
  /** The bundle's file that was compared; null without one. */
  readonly bundleFile: string | null;
}

export type CheckedProof = CheckedEventProof | CheckedSubjectProof;

/**
 * Verifies a proof from the file and the issuer's card alone: no key, no network, no database. That the card is the issuer's is what the
 * caller vouches for by naming it; the result shows its fingerprint.
 *
 * @param bundlePath a bundle that a proof about a person has to be about, or null
 * @throws HandoverError the problem of the first step that fails (docs/formats.md, "Proofs"); PROOF_OTHER_BUNDLE
 */
export async function checkProof(
  path: string,
  card: ClaimedCard,
  bundlePath: string | null = null,
): Promise<CheckedProof> {
  const file = basename(path);
  const bytes = readSent(path, PROOF_LIMIT, file);
  const view = cardViewOf(card);
  const issuer = { name: view.card.name, fingerprint: view.fingerprint };
  const format = formatOf(bytes, file);
  if (format === EVENT_PROOF_FORMAT) {
    const { digest, publicKey } = card;
    if (bundlePath !== null) fail({ code: 'PROOF_OTHER_BUNDLE', document: file });
    return { proves: 'event', file, issuer, ...verifyEventProof(bytes, { card: digest, publicKey }, file) };
  }
  if (format !== SUBJECT_PROOF_FORMAT)
    return fail({ code: 'FORMAT_UNKNOWN', document: file, expected: EVENT_PROOF_FORMAT });
  const signature = readSent(`${path}.minisig`, SIGNATURE_LIMIT, `${file}.minisig`);
  const proved = verifySubjectProof(
    { bytes, signature: Buffer.from(signature).toString('utf8') },
    card,
    file,
  );
  if (bundlePath !== null && sha256(await manifestIn(bundlePath)) !== proved.manifestDigest)
    fail({ code: 'PROOF_OTHER_BUNDLE', document: file });
  const bundleFile = bundlePath === null ? null : basename(bundlePath);
  return { proves: proved.proof.kind, file, issuer, bundleFile, ...proved };
}

function formatOf(bytes: Uint8Array, document: string): unknown {
  const value = readJson(bytes, { document, limit: PROOF_LIMIT });
  return typeof value === 'object' && value !== null && 'format' in value ? value['format'] : null;
}

async function manifestIn(path: string): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    return await (await openContainer(file)).read(MANIFEST);
  } finally {
    await file.close();
  }
}
