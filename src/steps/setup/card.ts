import { writeWhole } from '../../store/files.js';
import { type CardView, claimedCardAt, ownCard, cardViewOf } from '../session/cards.js';
import { putSending } from '../session/put-sending.js';
import type { Session } from '../session/session.js';

/** What a card file shows, for a person who is about to compare its fingerprint. */
export function viewCard(path: string): CardView {
  return cardViewOf(claimedCardAt(path));
}

/** Writes the party's own card and its signature to `path` and `path.minisig`. */
export async function exportCard(
  session: Session,
  path: string,
  force: boolean,
): Promise<{ readonly path: string } & CardView> {
  const view = cardViewOf(ownCard(session.workspace.info));
  await session.keys();
  await cardFiles(session, path, force);
  session.record({ action: 'card-exported', objects: { card: view.digest }, details: {} }, () => undefined);
  return { path, ...view };
}

/** The two files of the card. Without `force`, a file that is there already stops it. */
async function cardFiles(session: Session, path: string, force: boolean): Promise<void> {
  const { card, cardSignature } = session.workspace.info;
  await writeWhole(path, card, { force });
  await writeWhole(`${path}.minisig`, cardSignature, { force });
  await putOwnCard(session, path);
}

/** The card as one file to send, beside the card. @returns its path */
export function putOwnCard(session: Session, path: string): Promise<string> {
  const { card, cardSignature } = session.workspace.info;
  return putSending(session, { kind: 'card', path, document: card, beside: { '.minisig': cardSignature } });
}
