import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  looksLikeSending,
  nameBeside,
  readSending,
  SENDING_LIMIT,
  type SendingKind,
} from '../../bundle/sending.js';
import { HandoverError } from '../../messages/error.js';
import { readSent, translateErrno } from '../../store/files.js';

/** A document as it came: alone on disk with its signatures beside it, or with them in one sending. */
export interface CameDocument {
  /** The name it was given when it was signed, or that of the file. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What kind the sending says that it is; null for a file of its own. */
  readonly kind: SendingKind | null;
  /** What belongs to it: `.minisig`, `.seller.minisig`, `.data.age`; null if it did not come. */
  beside(end: string, limit: number): Uint8Array | null;
  /** The same of what has to be there. @throws HandoverError FILE_NOT_FOUND, DOCUMENT_TOO_LARGE */
  required(end: string, limit: number): Uint8Array;
}

/**
 * Opens what somebody sent, under whatever name it arrived.
 *
 * @param limit of the document in bytes
 * @throws HandoverError FILE_NOT_FOUND, DOCUMENT_TOO_LARGE, FORMAT_UNKNOWN, FORMAT_SHAPE and the other problems of reading
 */
export function cameDocument(path: string, limit: number): CameDocument {
  return isSending(path) ? inSending(path, limit) : onDisk(path, limit);
}

function inSending(path: string, limit: number): CameDocument {
  const name = basename(path);
  const { kind, document, beside } = readSending(readSent(path, SENDING_LIMIT, name), name);
  const find = (end: string, most: number): Uint8Array | null => {
    const found = beside.find((file) => file.name === nameBeside(document.name, end));
    if (found !== undefined && found.bytes.length > most)
      throw new HandoverError({ code: 'DOCUMENT_TOO_LARGE', name: found.name, limit: most });
    return found?.bytes ?? null;
  };
  if (document.bytes.length > limit)
    throw new HandoverError({ code: 'DOCUMENT_TOO_LARGE', name: document.name, limit });
  return {
    name: document.name,
    bytes: document.bytes,
    kind,
    beside: find,
    required: (end, most) => find(end, most) ?? missing(nameBeside(document.name, end)),
  };
}

function onDisk(path: string, limit: number): CameDocument {
  const name = basename(path);
  const read = (end: string, most: number): Uint8Array =>
    readSent(nameBeside(path, end), most, nameBeside(name, end));
  return {
    name,
    bytes: readSent(path, limit, name),
    kind: null,
    beside: (end, most) => (existsSync(nameBeside(path, end)) ? read(end, most) : null),
    required: read,
  };
}

function missing(name: string): never {
  throw new HandoverError({ code: 'FILE_NOT_FOUND', name });
}

/** Whether a file is a page that may carry a document. A file that cannot be read is none: whoever reads it next says why. */
export function isSending(path: string): boolean {
  if (!isPlainFile(path)) return false;
  try {
    const file = openSync(path, 'r');
    try {
      const head = new Uint8Array(64);
      return looksLikeSending(head.subarray(0, readSync(file, head)));
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

/** A pipe would be waited for, perhaps for ever, only to know what is in it. */
function isPlainFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What a document says of itself in its first key words. */
const FORMATS: Readonly<Record<string, SendingKind>> = {
  'handover.card': 'card',
  'handover.deal': 'deal',
  'handover.receipt': 'receipt',
  'handover.notice': 'notice',
  'handover.completion': 'completion',
};

/** A document is some kilobytes; only the names of its format are looked for. In bytes. */
const DOCUMENT_LIMIT = 1 << 20;

/** Which kind of document a file holds, by what is in it; null for a bundle, for everything else, and where it cannot be read. */
export function kindOfFile(path: string): SendingKind | null {
  if (!isPlainFile(path)) return null;
  try {
    if (isSending(path)) return inSending(path, SENDING_LIMIT).kind;
    const bytes = readSent(path, DOCUMENT_LIMIT, basename(path));
    const [, format = ''] =
      /"format":\s*"(handover\.[a-z-]+)\/\d+"/.exec(Buffer.from(bytes).toString('utf8')) ?? [];
    return bytes[0] === 0x7b && Object.hasOwn(FORMATS, format) ? (FORMATS[format] ?? null) : null;
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  }
}

/** No folder of exchanged files has more. */
const MOST_LOOKED_AT = 500;

/** The sendings of one kind that lie in a folder, under whatever names. One that cannot be read is left out. */
export function sendingsIn(folder: string, kind: SendingKind, limit: number): readonly CameDocument[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw translateErrno(error, basename(folder));
  }
  return names
    .filter((name) => /\.html?$/i.test(name))
    .slice(0, MOST_LOOKED_AT)
    .flatMap((name) => {
      try {
        const path = join(folder, name);
        return isSending(path) ? [inSending(path, limit)] : [];
      } catch (error) {
        if (error instanceof HandoverError) return [];
        throw error;
      }
    })
    .filter((document) => document.kind === kind);
}
