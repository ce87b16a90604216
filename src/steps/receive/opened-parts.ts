import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { HASH_BYTES } from '../../audit/merkle.js';
import { type SecretKey, sha256 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import type { ManifestPart, ManifestResource } from '../../bundle/manifest.js';
import { OPENED_PART_LIMIT, type OpenedPart, openingKeys, readOpenedPart } from '../../bundle/opening.js';
import { isUnder } from '../../bundle/page-reading.js';
import { rowLeafCount } from '../../bundle/row-tree.js';
import { compressedPages, type OurBundle } from '../../bundle/unseal.js';
import { fail } from '../../messages/error.js';
import { readPlain, removeWhole } from '../../store/files.js';
import { sealBytes } from '../../store/sealed-pages.js';
import { jobSecret } from '../session/job-secret.js';
import { openingPurpose } from '../session/tag-keys.js';
import type { Session } from '../session/session.js';
import type { OpenedRows } from '../workers/stages/open.js';
import { OpeningFolder } from './opening-folder.js';

/** Customers whose rows other machines checked, on their way into the store. */
export interface OpenedHome {
  /** Their pages as they are in the bundle, in order, sealed under the key of their dataset. @throws HandoverError OPENED_CHANGED, BUNDLE_… */
  pages(to: { readonly dataset: string; readonly key: SecretKey }): AsyncIterable<OpenedRows>;
  /** Ends the key of the job, and removes what was made with it. */
  remove(): Promise<void>;
}

/**
 * What workers opened of a bundle, each part once and as it was said.
 *
 * @param path folder of the opening, absolute
 * @throws HandoverError OPENED_UNKNOWN, OPENED_MISSING, OPENED_CHANGED, LOTS_PROGRAM
 */
export async function openedHome(session: Session, bundle: OurBundle, path: string): Promise<OpenedHome> {
  const { manifest, manifestDigest } = bundle;
  const secret = await jobSecret(session, openingPurpose(manifest.id), 'OPENED_UNKNOWN');
  const keys = openingKeys(secret.key);
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
    pages: (to) => homePages(session, { folder, opened, resource, bundle }, to),
    remove: () => endOpening(session, manifest.id, path),
  };
}

/**
 * Ends the key of an opening, and removes what was made with it; nothing where it has ended.
 *
 * @param bundle its id
 * @param path folder of the opening, absolute
 */
export async function endOpening(session: Session, bundle: string, path: string): Promise<void> {
  const { vault } = await session.keys();
  const ids = vault.ids().filter((known) => known.startsWith(`${openingPurpose(bundle)}-`));
  if (ids.length === 0) return;
  const folder = new OpeningFolder(path);
  for (const each of [folder.outputs, folder.job]) removeWhole(each);
  // Last: as long as it is there, a run that was killed is ended by the next.
  vault.destroyKeys(ids);
}

interface Opened {
  readonly folder: OpeningFolder;
  readonly opened: readonly OpenedPart[];
  readonly resource: ManifestResource;
  readonly bundle: OurBundle;
}

/** The signed pages, each under the tags that its worker read in it: no worker decides what is stored (docs/decisions/0091). */
async function* homePages(
  session: Session,
  { folder, opened, resource, bundle }: Opened,
  { dataset, key }: { readonly dataset: string; readonly key: SecretKey },
): AsyncGenerator<OpenedRows, void, undefined> {
  const { identity } = await session.keys();
  const { random } = session.runtime;
  const words = wordsOf(folder, opened, resource);
  let number = 0;
  for await (const page of compressedPages(bundle, resource, identity.ageIdentity)) {
    const { name, tags, leaves } = words.next().value ?? fail({ code: 'OPENED_CHANGED', name: page.part });
    if (!isUnder(page, tags)) fail({ code: 'OPENED_CHANGED', name });
    yield {
      number,
      records: page.rows,
      sealed: sealBytes(page.member, { dataset, number, tags }, key, random),
      tags: new Uint8Array(tags),
      leaves: new Uint8Array(leaves),
    };
    number++;
  }
}

interface WordOnPage extends Pick<OpenedRows, 'leaves' | 'tags'> {
  /** Of the file that says it. */
  readonly name: string;
}

/** What workers said of each page, in order. @throws HandoverError OPENED_CHANGED */
function* wordsOf(
  folder: OpeningFolder,
  opened: readonly OpenedPart[],
  resource: ManifestResource,
): Generator<WordOnPage, undefined> {
  for (const [i, part] of resource.parts.entries()) {
    const said = opened[i] ?? fail({ code: 'OPENED_MISSING', parts: [i + 1] });
    yield* wordsOn(folder, said, resource, part);
  }
}

function* wordsOn(
  folder: OpeningFolder,
  said: OpenedPart,
  resource: ManifestResource,
  part: ManifestPart,
): Generator<WordOnPage> {
  const path = folder.index(said.part);
  const name = basename(path);
  const leavesOf = (pages: ManifestPart['pages']) =>
    rowLeafCount({ ...resource, parts: [{ ...part, pages }] }) * HASH_BYTES;
  const leafBytes = leavesOf(part.pages);
  const length = leafBytes + part.rows * TAG_BYTES;
  const index = readPlain(path, length, name);
  if (sha256(index) !== said.index || index.length !== length) fail({ code: 'OPENED_CHANGED', name });
  let [leaf, tag] = [0, leafBytes];
  for (const page of part.pages) {
    const [leafEnd, tagEnd] = [leaf + leavesOf([page]), tag + page.rows * TAG_BYTES];
    yield { name, leaves: index.subarray(leaf, leafEnd), tags: index.subarray(tag, tagEnd) };
    [leaf, tag] = [leafEnd, tagEnd];
  }
}
