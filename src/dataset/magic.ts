import type { FileKind } from '../messages/problems/dataset.js';

/** The first bytes of what people pick by mistake, with the kind that they announce. */
const MAGIC: readonly (readonly [kind: FileKind, bytes: readonly number[]])[] = [
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['gzip', [0x1f, 0x8b]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['sqlite', [...Buffer.from('SQLite format 3\0')]],
  ['age', [...Buffer.from('age-encryption.org/')]],
  ['age', [...Buffer.from('-----BEGIN AGE')]],
];

const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** Beginnings of text that is no delimited text, in lower case; a byte order mark and blanks may be before them. */
const MARKUP: readonly (readonly [kind: FileKind, start: RegExp])[] = [
  ['html', /^(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body|table|meta|style)\b/s],
  ['html', /^<\?xml[^>]{0,200}\?>\s*(?:<!doctype html|<html\b)/],
  ['xml', /^<\?xml\b|^<workbook\b/],
];

/** The kind of a file that is not delimited text, by its first bytes, or null. A zip that holds a workbook is a workbook. */
export function fileKindOf(head: Uint8Array): FileKind | null {
  const begins = (bytes: readonly number[]) => bytes.every((byte, i) => head[i] === byte);
  if (begins(ZIP)) {
    const names = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 8192)).toString('latin1');
    return names.includes('xl/') || names.includes('[Content_Types].xml') ? 'xlsx' : 'zip';
  }
  const binary = MAGIC.find(([, bytes]) => begins(bytes))?.[0];
  if (binary !== undefined) return binary;
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 2048))
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s*/, '')
    .toLowerCase();
  return MARKUP.find(([, pattern]) => pattern.test(start))?.[0] ?? null;
}
