import { existsSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { HASH_BYTES } from '../../audit/merkle.js';
import { type SecretKey, sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import type { ManifestPart, ManifestResource } from '../../bundle/manifest.js';
import {
  OPENED_PART_LIMIT,
  type OpenedPart,
  type OpeningKeys,
  openingKeys,
  openingPlace,
  readOpenedPart,
} from '../../bundle/opening.js';
import { rowLeafCount } from '../../bundle/row-tree.js';
import type { OurBundle } from '../../bundle/unseal.js';
import { fail } from '../../messages/error.js';
import { readPlain } from '../../store/files.js';
import { openBytes, sealBytes } from '../../store/sealed-pages.js';
import { openingPurpose } from '../session/tag-keys.js';
import type { Session } from '../session/session.js';
import type { OpenedRows } from '../workers/stages/open.js';
import { OpeningFolder } from './opening-folder.js';

/** Customers that other machines opened, on their way into the store. */
export interface OpenedHome {
  /** Their pages in order, sealed anew under the key of their dataset. @throws HandoverError OPENED_CHANGED, PAGE_DAMAGED */
  pages(to: { readonly dataset: string; readonly key: SecretKey }): AsyncIterable<OpenedRows>;
  /** Ends the key of the job, and removes what was made with it. */
  remove(): Promise<void>;
}

/**
 * What workers opened of a bundle, each part once and as it was said.
 *
 * @param path folder of the opening, absolute
 * @throws HandoverError OPENED_UNKNOWN, OPENED_MISSING, OPENED_CHANGED, OPENED_OTHER
 */
export async function openedHome(session: Session, bundle: OurBundle, path: string): Promise<OpenedHome> {
  const { manifest, manifestDigest } = bundle;
  const { vault } = await session.keys();
  const id = vault.ids().find((known) => known.startsWith(`${openingPurpose(manifest.id)}-`));
  if (id === undefined) return fail({ code: 'OPENED_UNKNOWN' });
  const keys = openingKeys(vault.get(id));
  const folder = new OpeningFolder(path);
  const [resource] = manifest.resources;
  if (resource === undefined) return fail({ code: 'OPENED_UNKNOWN' });
  const said = resource.parts.map((_, i) => {
    const name = folder.said(i + 1);
    if (!existsSync(name)) return null;
    const opened = readOpenedPart(
      readPlain(name, OPENED_PART_LIMIT, basename(name)),
      keys.macKey,
      basename(name),
    );
    if (opened.manifest !== manifestDigest || opened.part !== i + 1)
      fail({ code: 'OPENED_CHANGED', name: basename(name) });
    return opened;
  });
  const missing = said.flatMap((opened, i) => (opened === null ? [i + 1] : []));
  if (missing.length > 0) fail({ code: 'OPENED_MISSING', parts: missing });
  const opened = said.filter((each) => each !== null);
  return {
    pages: (to) => homePages(session, { folder, keys, opened, resource, bundle: manifest.id }, to),
    remove: async () => {
      vault.destroyKey(id);
      for (const each of [folder.outputs, folder.job]) rmSync(each, { recursive: true, force: true });
    },
  };
}

interface Opened {
  readonly folder: OpeningFolder;
  readonly keys: OpeningKeys;
  readonly opened: readonly OpenedPart[];
  readonly resource: ManifestResource;
  readonly bundle: string;
}

async function* homePages(
  session: Session,
  { folder, keys, opened, resource, bundle }: Opened,
  { dataset, key }: { readonly dataset: string; readonly key: SecretKey },
): AsyncGenerator<OpenedRows, void, undefined> {
  const { random } = session.runtime;
  let number = 0;
  for (const [i, part] of resource.parts.entries()) {
    const said = opened[i] ?? fail({ code: 'OPENED_MISSING', parts: [i + 1] });
    for (const page of pagesIn(folder, said, { ...resource, parts: [part] }, part)) {
      const { records, sealed, tags, leaves } = page;
      const member = openBytes(sealed, { dataset: openingPlace(bundle), number, tags }, keys.pageKey);
      yield {
        number,
        records,
        sealed: sealBytes(member, { dataset, number, tags }, key, random),
        tags: new Uint8Array(tags),
        leaves: new Uint8Array(leaves),
      };
      number++;
    }
  }
}

/** No page grows by being sealed by more than this. */
const SEAL_BYTES = 64;

/** The pages of one part as they came home. @throws HandoverError OPENED_CHANGED */
function* pagesIn(
  folder: OpeningFolder,
  said: OpenedPart,
  resource: ManifestResource,
  part: ManifestPart,
): Generator<Omit<OpenedRows, 'number'>> {
  const [pagesPath, indexPath] = [folder.pages(said.part), folder.index(said.part)];
  const limit = part.pages.reduce((sum, { bytes }) => sum + bytes + SEAL_BYTES, 0);
  const wrong = (path: string) => fail({ code: 'OPENED_CHANGED', name: basename(path) });
  const sealed = readPlain(pagesPath, limit, basename(pagesPath));
  const leafBytes = rowLeafCount(resource) * HASH_BYTES;
  const index = readPlain(indexPath, leafBytes + part.rows * TAG_BYTES, basename(indexPath));
  if (sha256(sealed) !== said.pages) wrong(pagesPath);
  if (sha256(index) !== said.index || index.length !== leafBytes + part.rows * TAG_BYTES) wrong(indexPath);
  const view = new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  let [at, leaf, tag] = [0, 0, leafBytes];
  for (const { rows } of part.pages) {
    if (at + 4 > sealed.length) wrong(pagesPath);
    const end = at + 4 + view.getUint32(at, true);
    if (end > sealed.length) wrong(pagesPath);
    const leaves =
      rowLeafCount({ ...resource, parts: [{ ...part, pages: [{ bytes: 1, rows }] }] }) * HASH_BYTES;
    yield {
      records: rows,
      sealed: sealed.subarray(at + 4, end),
      leaves: index.subarray(leaf, leaf + leaves),
      tags: index.subarray(tag, tag + rows * TAG_BYTES),
    };
    [at, leaf, tag] = [end, leaf + leaves, tag + rows * TAG_BYTES];
  }
  if (at !== sealed.length) wrong(pagesPath);
}
