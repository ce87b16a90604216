import { fail } from '../messages/error.js';

/** The format of one file that carries a signed document with its signatures (docs/formats.md, "Sending"). */
export const SENDING_FORMAT = 'handover.sending/1';

/** What is sent from one party to the other, besides bundles. */
export const SENDING_KINDS = ['card', 'deal', 'receipt', 'notice', 'completion'] as const;
export type SendingKind = (typeof SENDING_KINDS)[number];

/** A file inside, byte for byte as it would lie on disk. */
interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Sending {
  readonly kind: SendingKind;
  /** The signed document. */
  readonly document: SentFile;
  /** Its signatures, and what else belongs to it. */
  readonly beside: readonly SentFile[];
}

/** The values of a correction; it replaces `.json` in the name. */
const DATA = '.data.age';

/** How the name of a document ends, and what may lie beside it, by what is put behind its name. */
const CONTENTS: Readonly<Record<SendingKind, { readonly end: string; readonly beside: readonly string[] }>> =
  {
    card: { end: '.card.json', beside: ['.minisig', '.former.minisig'] },
    deal: { end: '.deal.json', beside: ['.seller.minisig', '.buyer.minisig'] },
    receipt: { end: '.receipt.json', beside: ['.minisig'] },
    notice: { end: '.notice.json', beside: ['.minisig', DATA] },
    completion: { end: '.completion.json', beside: ['.minisig'] },
  };

/** A notice with a large correction; whatever a stranger sends is no larger. In bytes. */
export const SENDING_LIMIT = 48 * 1024 * 1024;

/** No kind has more files. */
const MOST_FILES = 3;

const MARK = new RegExp(`^<!-- ${SENDING_FORMAT.replace('/1', '/(\\d{1,4})')} ([a-z]{1,20}) -->$`);
const FILE =
  /^<a class="file" download="([^"&<>]{1,160})" href="data:application\/octet-stream;base64,([A-Za-z0-9+/]*={0,2})">/;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._ ()（）-]*$/u;

/** Whether a file may be a sending: a page that says so near its begin. */
export function looksLikeSending(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 64)).toString('latin1').toLowerCase();
  return text.replace(/^\u00ef\u00bb\u00bf/, '').startsWith('<!doctype html');
}

/**
 * Reads a sending strictly: one mark, files of its kind with the names of its kind, each on a line of its own, and nothing twice. The page
 * around them is for people and may say anything; what counts is what the signatures inside say.
 *
 * @param name of the file, for problems
 * @throws HandoverError FORMAT_UNKNOWN, FORMAT_SHAPE
 */
export function readSending(bytes: Uint8Array, name: string): Sending {
  const lines = textOf(bytes, name).split(/\r?\n/);
  const marks = lines.flatMap((line) => MARK.exec(line) ?? []);
  const [, version, word] = marks;
  if (version === undefined)
    return fail({ code: 'FORMAT_UNKNOWN', document: name, expected: SENDING_FORMAT });
  const kind = SENDING_KINDS.find((each) => each === word);
  if (version !== '1' || kind === undefined)
    return fail({ code: 'FORMAT_UNKNOWN', document: name, expected: SENDING_FORMAT });
  const files = lines.filter((line) => line.startsWith('<a class="file"')).map((line) => fileOn(line, name));
  const [document, ...beside] = files;
  if (
    marks.length !== 3 ||
    document === undefined ||
    files.length > MOST_FILES ||
    !areOfKind(kind, document, beside)
  )
    return fail({ code: 'FORMAT_SHAPE', document: name, path: 'files' });
  return { kind, document, beside };
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail({ code: 'FORMAT_SHAPE', document: name, path: '.' });
  }
}

function fileOn(line: string, sending: string): SentFile {
  const [, name = '', text = ''] = FILE.exec(line) ?? [];
  const bytes = Buffer.from(text, 'base64');
  if (!NAME.test(name) || name.includes('..') || bytes.toString('base64') !== text)
    return fail({ code: 'FORMAT_SHAPE', document: sending, path: 'files' });
  return { name: name.normalize('NFC'), bytes };
}

function areOfKind(kind: SendingKind, document: SentFile, beside: readonly SentFile[]): boolean {
  const { end, beside: ends } = CONTENTS[kind];
  const allowed = ends.map((each) => nameBeside(document.name, each));
  return (
    document.name.endsWith(end) &&
    new Set(beside.map(({ name }) => name)).size === beside.length &&
    beside.every(({ name }) => allowed.includes(name))
  );
}

/** `x.notice.json` with `.minisig` or, in the place of `.json`, `.data.age`. */
export function nameBeside(document: string, end: string): string {
  return end === DATA ? document.replace(/\.json$/, end) : `${document}${end}`;
}

/** Name of the sending of a document: `x.card.json` is sent as `x.card.html`. */
export function sendingName(document: string): string {
  return document.replace(/\.json$/, '.html');
}
