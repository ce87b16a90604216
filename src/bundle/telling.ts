import { z } from 'zod';
import type { EventAction, LoggedEvent } from '../audit/event.js';
import type { Sha256 } from '../base/crypto.js';
import { howToRead } from '../base/shape.js';
import type { Manifest } from './manifest.js';
import type { Receipt } from './receipt.js';

/*
 * A document carries a checkpoint from before its own event, because the event names the document by its digest. So whoever holds the
 * document, and its signature, knows an event that the log has to have behind that checkpoint.
 */

/** Whether an event is the one that tells of a certain document. */
export type Telling = (event: LoggedEvent) => boolean;

/** The event of an action that names a document by its digest. @param noun what the event calls it */
export function tellsOf(action: EventAction, noun: string, digest: Sha256): Telling {
  return (event) => event.action === action && event.objects[noun] === digest;
}

/** The event of the export of a bundle, with what it has to repeat of the manifest. */
export function tellsOfBundle(manifest: Sha256, { resources }: Manifest): Telling {
  return tellsOfExport(manifest, resources);
}

/**
 * The event of the export that a receipt answers: under the buyer's signature are the manifest and what came, so the seller cannot have
 * logged anything else.
 */
export function tellsOfAnswered({ manifest, disposition, resources }: Receipt): Telling {
  // Whoever refuses a bundle may not have seen what is in it.
  if (disposition === 'refused') return tellsOf('exported', 'manifest', manifest);
  return tellsOfExport(
    manifest,
    resources.map(({ resource, received, root, tag_root }) => ({
      name: resource,
      rows: received,
      root,
      tag_root,
    })),
  );
}

interface Exported {
  readonly name: string;
  readonly rows: number;
  readonly root: string;
  readonly tag_root: string;
}

/** What the event of an export says of its rows. */
const exportedDetails = z.object({
  resources: z.array(z.object({ name: z.string(), rows: z.int(), root: z.string(), tag_root: z.string() })),
});

function tellsOfExport(manifest: Sha256, resources: readonly Exported[]): Telling {
  const named = tellsOf('exported', 'manifest', manifest);
  return (event) => {
    if (!named(event)) return false;
    const said = exportedDetails.safeParse(event.details, howToRead());
    return (
      said.success &&
      said.data.resources.length === resources.length &&
      resources.every(({ name, rows, root, tag_root }, i) => {
        const other = said.data.resources[i];
        return (
          other?.name === name && other.rows === rows && other.root === root && other.tag_root === tag_root
        );
      })
    );
  };
}
