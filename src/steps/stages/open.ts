import { type SecretKey, systemRandom } from '../../base/crypto.js';
import { CompactRange } from '../../audit/merkle.js';
import { inflatePage, openPart, splitPages } from '../../bundle/part.js';
import { compileRowReader, leavesOfPage } from '../../bundle/rows.js';
import { sealBytes } from '../../store/sealed-pages.js';
import { owned, type Stage } from '../stage.js';

export interface OpenSetup {
  readonly ageIdentity: string;
  readonly fields: readonly string[];
  readonly leafKey: SecretKey;
  readonly dataset: string;
  readonly key: SecretKey;
}

/** One part of a verified bundle, as it stands in the file. */
export interface OpenInput {
  readonly path: string;
  readonly part: Uint8Array;
  readonly pages: readonly { readonly bytes: number; readonly rows: number }[];
  /** Rows before this part. */
  readonly start: number;
  /** Number of the first page of this part in the dataset. */
  readonly page: number;
}

export interface OpenedPart {
  readonly pages: readonly {
    readonly number: number;
    readonly records: number;
    readonly sealed: Uint8Array;
    readonly tags: Uint8Array;
  }[];
  readonly range: Uint8Array;
}

/** A part of a bundle → pages for the store, sealed again under the buyer's own key, with every row checked and committed. */
export const openStage: Stage<OpenSetup, OpenInput, OpenedPart> = (setup) => {
  const { ageIdentity, fields, leafKey, dataset, key } = setup;
  const readRows = compileRowReader(fields);
  return async ({ path, part, pages, start, page }) => {
    const range = CompactRange.of(start);
    const members = splitPages(await openPart(part, path, ageIdentity), pages, path);
    const stored = members.map((member, i) => {
      const text = inflatePage(member, path);
      const rows = readRows(text, { part: path, start: range.size });
      range.appendMany(leavesOfPage(text, leafKey, range.end));
      const number = page + i;
      const sealed = sealBytes(member, { dataset, number }, key, systemRandom);
      return { number, records: rows.rows, sealed: owned(sealed), tags: owned(rows.tags) };
    });
    return { pages: stored, range: owned(range.toBytes()) };
  };
};
