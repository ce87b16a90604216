import { basename } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import type { Instant } from '../../base/time.js';
import type { Manifest } from '../../bundle/manifest.js';
import {
  openBundle,
  signedManifest,
  type VerificationStep,
  type VerifiedBundle,
  verifyBundle,
} from '../../bundle/open.js';
import type { Terms } from '../../deal/terms.js';
import type { ClaimedCard } from '../../identity/card.js';
import { fingerprint } from '../../identity/fingerprint.js';
import { recognise, type TrustedCard } from '../../identity/trust.js';
import { fail } from '../../messages/error.js';
import { openFile } from '../../store/random-access.js';
import { claimedCardAt, pinnedCard } from '../session/cards.js';
import type { Session } from '../session/session.js';

/** What a verified bundle says to somebody who has neither key nor workspace. */
export interface VerifyResult {
  readonly file: string;
  readonly bundle: string;
  readonly number: number;
  readonly manifestDigest: Sha256;
  readonly created: Instant;
  readonly seller: { readonly name: string; readonly fingerprint: string };
  readonly buyer: string;
  readonly deal: string;
  readonly kind: Terms['kind'];
  readonly environment: Manifest['environment'];
  readonly rows: number;
  readonly fields: readonly string[];
  readonly accounting: Manifest['accounting'][number] | undefined;
  readonly approvers: readonly string[];
  readonly steps: readonly VerificationStep[];
}

/**
 * Verifies a bundle from the file and the sender's card alone: no key, no network, no database (docs/threat-model.md, promise 4). That the card is
 * the sender's is what the caller vouches for by naming it; the result shows its fingerprint.
 *
 * @throws HandoverError the problem of the first step that fails
 */
export async function verify(path: string, cardPath: string, now: Instant): Promise<VerifyResult> {
  const claimed = claimedCardAt(cardPath);
  return verifyWith(path, recognise(claimed, [claimed.digest]), now);
}

/** As {@link verify}, with a card that is pinned in a workspace. */
export async function verifyWith(path: string, seller: TrustedCard, now: Instant): Promise<VerifyResult> {
  const file = await openFile(path);
  try {
    const steps: VerificationStep[] = [];
    const bundle = await verifyBundle(await openBundle(file), { seller, now }, (step) => steps.push(step));
    return verifyResultOf(basename(path), bundle, seller, steps);
  } finally {
    await file.close();
  }
}

function verifyResultOf(
  file: string,
  bundle: VerifiedBundle,
  seller: ClaimedCard,
  steps: readonly VerificationStep[],
): VerifyResult {
  const { manifest, terms, approvals, manifestDigest } = bundle;
  const [resource] = manifest.resources;
  return {
    file,
    bundle: manifest.id,
    number: manifest.number,
    manifestDigest,
    created: manifest.created,
    seller: { name: seller.card.name, fingerprint: fingerprint(seller.digest) },
    buyer: terms.buyer.name,
    deal: terms.id,
    kind: terms.kind,
    environment: manifest.environment,
    rows: resource?.rows ?? 0,
    fields: resource?.fields.map((field) => field.name) ?? [],
    accounting: manifest.accounting[0],
    approvers: approvals.map((approval) => approval.approver.name),
    steps,
  };
}

/**
 * As {@link verify}, with the card of the sender that is pinned in a workspace; one's own bundles count.
 *
 * @throws HandoverError BUNDLE_SENDER_UNKNOWN, and the problem of the first step that fails
 */
export async function verifyAtHome(session: Session, path: string): Promise<VerifyResult> {
  const { info, read } = session.workspace;
  const known = [info.cardDigest, ...read.cards().map((card) => card.digest)];
  const cards = known.map((digest) => pinnedCard(session, digest));
  const file = await openFile(path);
  try {
    const { seller } = await signedManifest(await openBundle(file), cards);
    const card =
      cards.find(({ digest }) => digest === seller.card) ?? fail({ code: 'BUNDLE_SENDER_UNKNOWN' });
    return await verifyWith(path, recognise(card, known), session.now);
  } finally {
    await file.close();
  }
}
