import { writeWhole } from '../../store/files.js';
import { type CardView, claimedCardAt, ownCard, viewOf } from '../session/cards.js';
import type { House } from '../session/house.js';

/** What a card file shows, for a person who is about to compare its fingerprint. */
export function viewCard(path: string): CardView {
  return viewOf(claimedCardAt(path));
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
