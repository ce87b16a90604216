import { TableChecks } from './table-check.js';
import { CompactRange } from '../audit/merkle.js';
import type { Brand } from '../base/brand.js';
import type { Sha256 } from '../base/crypto.js';
import { TAG_BYTES } from '../base/tagger.js';
import { fail } from '../messages/error.js';
import { SECRETS } from './entry-names.js';
import type { ManifestPart, ManifestResource } from './manifest.js';
import type { VerifiedBundle, VerifiedContents } from './open.js';
import { compileOpenBundlePage, type OpenedBundlePage, type CompressedPage } from './page-reading.js';
import { openPart, splitPages } from './part.js';
import { recipientsOf } from '../deal/escrow.js';
import { type BundleSecrets, openSecrets } from './secrets.js';
import { tagRoot } from './tags.js';

/*
 * Opening a verified bundle: the steps that only its recipient can do (docs/formats.md, "Opening a bundle").
 */

/** A verified bundle that was made for us. Only {@link addressedTo} makes one. */
export type OurBundle = Brand<VerifiedContents, 'OurBundle'>;

/** Who opens: the digest of our card, and the recipient that belongs to our age identity. */
export interface Recipient {
  readonly card: Sha256;
  readonly recipient: string;
}

/**
 * Step 11. The manifest names our card and our recipient. A bundle that was meant for somebody else and passed on is refused even if
 * we could open it.
 *
 * @throws HandoverError BUNDLE_NOT_FOR_US
 */
export function addressedTo(bundle: VerifiedBundle, us: Recipient): OurBundle {
  const { card, recipient } = bundle.manifest.buyer;
  if (card !== us.card || recipient !== us.recipient) fail({ code: 'BUNDLE_NOT_FOR_US' });
  const contents: VerifiedContents = bundle;
  return contents as OurBundle;
}

/** Step 13. The secrets of the bundle. Throws as openSecrets does. */
export async function openBundleSecrets(bundle: OurBundle, ageIdentity: string): Promise<BundleSecrets> {
  return openSecrets(await bundle.container.read(SECRETS), ageIdentity, bundle.manifest.buyer.recipient);
}

/** A part as it is in the bundle, still encrypted. */
function readPart(bundle: OurBundle, part: ManifestPart): Promise<Uint8Array> {
  return bundle.container.read(part.path);
}

/** What a resource turned out to hold, computed from the opened rows. */
export interface ComputedResource {
  readonly rows: number;
  readonly root: Sha256;
  readonly tagRoot: Sha256;
}

/**
 * Step 14, first half: each part decrypts and comes apart into the pages listed. One part is in memory at a time.
 *
 * @throws HandoverError BUNDLE_KEY, BUNDLE_DECRYPT, BUNDLE_RECIPIENTS, BUNDLE_PAGES
 */
export async function* compressedPages(
  bundle: OurBundle,
  resource: ManifestResource,
  ageIdentity: string,
): AsyncGenerator<CompressedPage, void, undefined> {
  const { manifest, terms } = bundle;
  const recipients = recipientsOf(manifest.buyer.recipient, terms);
  for (const part of resource.parts) {
    const plain = await openPart(await readPart(bundle, part), part.path, ageIdentity, recipients);
    let inPart = 0;
    for (const [i, member] of splitPages(plain, part.pages, part.path).entries()) {
      const rows = part.pages[i]?.rows ?? 0;
      yield { part: part.path, member: new Uint8Array(member), rows, inPart };
      inPart += rows;
    }
  }
}

/**
 * Step 14, in the end: the rows are as many as signed, their commitments give the signed root, and their tags, each once, the signed
 * tag root.
 *
 * @throws HandoverError BUNDLE_ROWS, BUNDLE_ROOT, BUNDLE_TAG_ROOT
 */
export function checkResource(resource: ManifestResource, computed: ComputedResource): void {
  const { name } = resource;
  if (computed.rows !== resource.rows) fail({ code: 'BUNDLE_ROWS', resource: name });
  if (computed.root !== resource.root) fail({ code: 'BUNDLE_ROOT', resource: name });
  if (computed.tagRoot !== resource.tag_root) fail({ code: 'BUNDLE_TAG_ROOT', resource: name });
}

/**
 * All of step 14 for one resource in one thread, giving its pages away on the way.
 *
 * @throws HandoverError those of {@link compressedPages}, compileOpenBundlePage and {@link checkResource}, BUNDLE_TAG_REPEATED
 */
export async function openResource(
  bundle: OurBundle,
  resource: ManifestResource,
  secrets: BundleSecrets,
  ageIdentity: string,
  onPage: (page: OpenedBundlePage) => void = () => {},
  tables: TableChecks = new TableChecks(bundle.manifest),
): Promise<ComputedResource> {
  const table = tables.begin(resource);
  const tree = CompactRange.of(0);
  const tags: Uint8Array[] = [];
  const open = compileOpenBundlePage(resource, secrets);
  for await (const packed of compressedPages(bundle, resource, ageIdentity)) {
    const page = open(packed);
    tree.appendMany(page.leaves);
    tags.push(page.tags);
    if (table === null) tables.addCustomers(page.tags);
    else table.add(page);
    onPage(page);
  }
  table?.end();
  const all = Buffer.concat(tags);
  const computed = {
    rows: all.length / TAG_BYTES,
    root: tree.root(),
    tagRoot: tagRoot(all, resource.name),
  };
  checkResource(resource, computed);
  return computed;
}
