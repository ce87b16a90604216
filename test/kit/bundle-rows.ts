import { CompactRange } from '../../src/audit/merkle.js';
import type { SecretKey, Sha256 } from '../../src/base/crypto.js';
import { openContainer } from '../../src/bundle/container.js';
import { MANIFEST, SECRETS } from '../../src/bundle/entry-names.js';
import { readManifest } from '../../src/bundle/manifest.js';
import { inflateBundlePage } from '../../src/bundle/member.js';
import { openPart, splitPages } from '../../src/bundle/part.js';
import { leavesOfPage } from '../../src/bundle/row-tree.js';
import { lineEnds } from '../../src/bundle/rows.js';
import { openSecrets } from '../../src/bundle/secrets.js';
import type { Identity } from '../../src/identity/identity.js';
import { openFile } from '../../src/store/random-access.js';

/** What the customers of a bundle come to. */
interface BundleRows {
  readonly leafKey: SecretKey;
  /** The root in the manifest. */
  readonly said: Sha256;
  /** The root over the rows that were opened. */
  readonly root: Sha256;
  readonly tagRoot: Sha256;
  readonly parts: number;
}

/** Opens a bundle and makes the root over its rows again. @param blinds the leaf key of another bundle; null for its own */
export async function rowsOfBundle(
  path: string,
  identity: Identity,
  blinds: SecretKey | null,
): Promise<BundleRows> {
  const file = await openFile(path);
  try {
    const container = await openContainer(file);
    const [resource] = readManifest(await container.read(MANIFEST)).resources;
    if (resource === undefined) throw new Error('a bundle without rows');
    const { leafKey } = await openSecrets(
      await container.read(SECRETS),
      identity.ageIdentity,
      identity.recipient,
    );
    const tree = CompactRange.of(0);
    for (const part of resource.parts) {
      const plain = await openPart(await container.read(part.path), part.path, identity.ageIdentity, [
        identity.recipient,
      ]);
      for (const [i, member] of splitPages(plain, part.pages, part.path).entries()) {
        const page = inflateBundlePage(member, part.path);
        const rows = part.pages[i]?.rows ?? 0;
        const tags = Buffer.from(
          [...page.toString('utf8').matchAll(/^\{"_tag":"([0-9a-f]{32})"/gm)].map(([, tag]) => tag).join(''),
          'hex',
        );
        tree.appendMany(leavesOfPage(page, { rows, tags, ends: lineEnds(page, rows) }, blinds ?? leafKey));
      }
    }
    return {
      leafKey,
      said: resource.root,
      root: tree.root(),
      tagRoot: resource.tag_root,
      parts: resource.parts.length,
    };
  } finally {
    await file.close();
  }
}
