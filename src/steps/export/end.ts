import { textOf } from '../../base/bytes.js';
import { existsSync } from 'node:fs';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { openContainer } from '../../bundle/container.js';
import type { SignedDocument } from '../../bundle/document.js';
import { MANIFEST, MANIFEST_SIGNATURE } from '../../bundle/entry-names.js';
import { readManifest } from '../../bundle/manifest.js';
import { HandoverError } from '../../messages/error.js';
import { fileDigest } from '../../store/files.js';
import { openFile } from '../../store/random-access.js';
import type { Session } from '../session/session.js';

/** Logs a bundle that has its final name as exported. @param file digest of the bundle */
export function finishExport(session: Session, id: string, signed: SignedDocument, file: Sha256): void {
  const { resources } = readManifest(signed.bytes);
  const manifestDigest = sha256(signed.bytes);
  session.record(
    {
      action: 'exported',
      objects: { bundle: id, manifest: manifestDigest, file },
      details: {
        resources: resources.map(({ name, rows, root, tag_root, fields }) => ({
          name,
          rows,
          root,
          tag_root,
          fields: fields.map((field) => `${field.name}: ${field.action}`),
        })),
      },
    },
    (write) =>
      write.setBundleState(id, 'exported', {
        sha256: file,
        manifestDigest,
        manifest: signed.bytes,
        manifestSignature: signed.signature,
      }),
  );
}

/**
 * Ends what a killed export began: a bundle that got its final name is complete, because it got it last, and is logged now; anything
 * else was never sent and is given up.
 */
export async function settleExports(session: Session): Promise<void> {
  for (const bundle of session.workspace.read.bundles()) {
    if (bundle.state !== 'began') continue;
    await session.keys();
    const signed = existsSync(bundle.path) ? await manifestAt(bundle.path) : null;
    if (signed !== null && readManifest(signed.bytes).id === bundle.id) {
      finishExport(session, bundle.id, signed, (await fileDigest(bundle.path)).sha256);
    } else {
      session.record({ action: 'export-abandoned', objects: { bundle: bundle.id }, details: {} }, (write) => {
        write.setBundleState(bundle.id, 'abandoned');
        write.removeHandedOver(bundle.id);
      });
    }
  }
}

/** The manifest of a bundle file and its signature; null for a file that is no bundle. */
export async function manifestAt(path: string): Promise<SignedDocument | null> {
  const file = await openFile(path);
  try {
    const container = await openContainer(file);
    const signature = textOf(await container.read(MANIFEST_SIGNATURE));
    return { bytes: await container.read(MANIFEST), signature };
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  } finally {
    await file.close();
  }
}
