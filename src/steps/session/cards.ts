import { basename } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import { type Card, type ClaimedCard, readCard } from '../../identity/card.js';
import { fingerprint } from '../../identity/fingerprint.js';
import { fail } from '../../messages/error.js';
import { readLimited, writeWhole } from '../../store/files.js';
import type { WorkspaceInfo } from '../../store/workspace.js';
import type { House } from './house.js';

const CARD_LIMIT = 1 << 20;

export interface CardView {
  readonly card: Card;
  readonly digest: Sha256;
  readonly fingerprint: string;
}

/** Reads a card file and the signature beside it. What it says about its owner is a claim until the fingerprint was compared. */
export function claimedCardAt(path: string): ClaimedCard {
  const name = basename(path);
  const bytes = readLimited(path, CARD_LIMIT, name);
  const signature = Buffer.from(readLimited(`${path}.minisig`, CARD_LIMIT, `${name}.minisig`)).toString(
    'utf8',
  );
  return readCard(bytes, signature, name);
}

/** What a card file shows, for a person who is about to compare its fingerprint. */
export function viewCard(path: string): CardView {
  return viewOf(claimedCardAt(path));
}

export function viewOf(claimed: ClaimedCard): CardView {
  return { card: claimed.card, digest: claimed.digest, fingerprint: fingerprint(claimed.digest) };
}

/** The workspace's own card. */
export function ownCard(info: WorkspaceInfo): ClaimedCard {
  return readCard(info.card, info.cardSignature, 'card.json');
}

/** Writes the party's own card and its signature to `path` and `path.minisig`. */
export async function exportCard(
  house: House,
  path: string,
  force: boolean,
): Promise<{ readonly path: string } & CardView> {
  const view = viewOf(ownCard(house.workspace.info));
  await house.keys();
  await cardFiles(house, path, force);
  house.record({ action: 'card-exported', objects: { card: view.digest }, details: {} }, () => undefined);
  return { path, ...view };
}

/** The two files of the card. Without `force`, a file that is there already stops it. */
async function cardFiles(house: House, path: string, force: boolean): Promise<void> {
  const { card, cardSignature } = house.workspace.info;
  await writeWhole(path, card, { force });
  await writeWhole(`${path}.minisig`, cardSignature, { force });
}

/** A pinned card by digest; one's own counts. @throws HandoverError CARD_UNKNOWN */
export function pinnedCard(house: House, digest: Sha256): ClaimedCard {
  const { info, read } = house.workspace;
  if (digest === info.cardDigest) return ownCard(info);
  const stored = read.card(digest) ?? fail({ code: 'CARD_UNKNOWN', party: digest.slice(0, 12) });
  return readCard(stored.bytes, stored.signature, 'card.json');
}
