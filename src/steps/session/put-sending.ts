import { basename, dirname, join } from 'node:path';
import { utf8 } from '../../base/bytes.js';
import { nameBeside, sendingName, type SendingKind } from '../../bundle/sending.js';
import { publicKeyText } from '../../identity/minisign.js';
import { sendingPage } from '../../report/sending-page.js';
import { writeWhole } from '../../store/files.js';
import { ownCard } from './cards.js';
import type { Session } from './session.js';

/** What is put into one file for the other party. */
export interface Parcel {
  readonly kind: SendingKind;
  /** Where the document lies; the sending comes beside it. */
  readonly path: string;
  readonly document: Uint8Array;
  /** What belongs to it, by what is put behind its name. */
  readonly beside: Readonly<Record<string, Uint8Array | string>>;
}

/** Writes the one file that is sent. @returns its path */
export async function putSending(
  session: Session,
  { kind, path, document, beside }: Parcel,
): Promise<string> {
  const { card, publicKey } = ownCard(session.workspace.info);
  const name = basename(path);
  const page = sendingPage(
    {
      kind,
      document: { name, bytes: document },
      beside: Object.entries(beside).map(([end, content]) => ({
        name: nameBeside(name, end),
        bytes: typeof content === 'string' ? utf8(content) : content,
      })),
    },
    { lang: session.runtime.lang, from: card.name, publicKey: publicKeyText(publicKey) },
  );
  const sending = join(dirname(path), sendingName(name));
  await writeWhole(sending, page, { force: true });
  return sending;
}
