import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { encodeGb18030 } from '../../src/dataset/gb18030.js';
import { OpenDatabase } from './sqlite.js';

/** Shorter needles turn up in random bytes by chance. */
const LEAST = 6;

/** One way in which a text may stand in bytes. */
interface Needle {
  readonly mark: string;
  readonly how: string;
  readonly bytes: Buffer;
}

/** A mark where it should not be. */
export interface Sighting {
  readonly where: string;
  readonly mark: string;
  readonly how: string;
}

/** Finds marked texts in bytes, however they are written: UTF-8, UTF-16, GB18030, base64, hex, escaped, or packed with gzip or zlib. */
export class Canary {
  /** By their first four bytes as a number. */
  readonly #needles = new Map<number, Needle[]>();
  /** Which first two bytes any needle has: nearly every place is passed over by a look into this. */
  readonly #begins = new Uint8Array(0x10000);
  /** Digests of what was searched without finding anything. */
  readonly #clean = new Set<string>();

  constructor(marks: Iterable<string>) {
    for (const mark of new Set(marks))
      for (const [how, bytes] of spellings(mark)) {
        if (bytes.length < LEAST) throw new Error(`too short a mark to search for: ${mark} as ${how}`);
        const first = bytes.readUInt32LE();
        this.#needles.set(first, [...(this.#needles.get(first) ?? []), { mark, how, bytes }]);
        this.#begins[bytes.readUInt16LE()] = 1;
      }
  }

  /** Each mark once for each way in which it is there. A database is also searched value by value, because its file cuts long ones up. */
  search(where: string, bytes: Uint8Array): Sighting[] {
    return this.#unlessClean(bytes, '', () => {
      const found = this.#direct(where, bytes);
      for (const packed of unpacked(bytes)) found.push(...this.#direct(`${where} (unpacked)`, packed));
      if (Buffer.from(bytes.subarray(0, 15)).toString('latin1') === 'SQLite format 3')
        for (const [place, value] of valuesIn(bytes)) found.push(...this.#value(`${where} ${place}`, value));
      return found;
    });
  }

  #value(where: string, value: Buffer): Sighting[] {
    return this.#unlessClean(value, 'value', () => {
      const found = this.#direct(where, value);
      for (const packed of brotli(value)) found.push(...this.#direct(`${where} (brotli)`, packed));
      return found;
    });
  }

  /** Looks into bytes, unless the very same were looked into in this way and nothing was found: files are searched after every command. */
  #unlessClean(bytes: Uint8Array, how: string, look: () => Sighting[]): Sighting[] {
    const key = `${how} ${createHash('sha256').update(bytes).digest('base64')}`;
    if (this.#clean.has(key)) return [];
    const found = look();
    if (found.length === 0) this.#clean.add(key);
    return found;
  }

  #direct(where: string, bytes: Uint8Array): Sighting[] {
    const hay = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const found = new Set<Needle>();
    for (let at = 0; at + LEAST <= hay.length; at++) {
      if (this.#begins[(hay[at] ?? 0) | ((hay[at + 1] ?? 0) << 8)] === 0) continue;
      for (const needle of this.#needles.get(hay.readUInt32LE(at)) ?? [])
        if (hay.subarray(at, at + needle.bytes.length).equals(needle.bytes)) found.add(needle);
    }
    return [...found].map(({ mark, how }) => ({ where, mark, how }));
  }
}

function spellings(mark: string): [how: string, bytes: Buffer][] {
  const utf8 = Buffer.from(mark);
  const ascii = (text: string) => Buffer.from(text, 'latin1');
  const utf16 = Buffer.from(mark, 'utf16le');
  const escaped = (hex: (code: number) => string) =>
    [...mark]
      .flatMap((c) => c.split('').map((unit) => (unit < '\x7f' ? unit : hex(unit.charCodeAt(0)))))
      .join('');
  const all: [string, Buffer][] = [
    ['UTF-8', utf8],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
    ['GB18030', Buffer.from(encodeGb18030(mark))],
    ['hex', ascii(utf8.toString('hex'))],
    ['HEX', ascii(utf8.toString('hex').toUpperCase())],
    ['JSON escapes', ascii(escaped((code) => `\\u${code.toString(16).padStart(4, '0')}`))],
    ['JSON ESCAPES', ascii(escaped((code) => `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`))],
    ['percent', ascii(encodeURIComponent(mark))],
  ];
  for (const alignment of [0, 1, 2]) {
    const [text, url] = (['base64', 'base64url'] as const).map((form) => aligned(utf8, alignment, form));
    all.push([`base64 at ${alignment}`, ascii(text ?? '')]);
    if (url !== text) all.push([`base64url at ${alignment}`, ascii(url ?? '')]);
  }
  const seen = new Set<string>();
  return all.filter(([, bytes]) => {
    const key = bytes.toString('latin1');
    return !seen.has(key) && seen.add(key);
  });
}

/** The characters of base64 that depend on the mark alone, when it stands behind so many bytes of a group of three. */
function aligned(bytes: Buffer, alignment: number, form: 'base64' | 'base64url'): string {
  const text = Buffer.concat([Buffer.alloc(alignment), bytes]).toString(form);
  return text.slice(Math.ceil((alignment * 8) / 6), Math.floor(((alignment + bytes.length) * 8) / 6));
}

/** Every text and blob of a database, with its table and column. */
function* valuesIn(bytes: Uint8Array): Generator<readonly [place: string, value: Buffer]> {
  const copy = Buffer.from(bytes);
  // As a database without a write-ahead log, of which there is no copy.
  copy[18] = 1;
  copy[19] = 1;
  const folder = mkdtempSync(join(tmpdir(), 'handover-canary-'));
  try {
    const path = join(folder, 'copy.db');
    writeFileSync(path, copy);
    yield* valuesOf(new OpenDatabase(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* valuesOf(db: OpenDatabase): Generator<readonly [place: string, value: Buffer]> {
  try {
    if (!isSound(db)) return;
    for (const name of db.column(`SELECT name FROM sqlite_schema WHERE type = 'table'`))
      for (const row of db.rows(`SELECT * FROM "${String(name)}"`))
        for (const [column, value] of Object.entries(row)) {
          if (typeof value === 'string') yield [`${name}.${column}`, Buffer.from(value)];
          else if (value instanceof Uint8Array) yield [`${name}.${column}`, Buffer.from(value)];
        }
  } finally {
    db.close();
  }
}

/** A test may have damaged it. */
function isSound(db: OpenDatabase): boolean {
  try {
    return db.value('PRAGMA quick_check') === 'ok';
  } catch {
    return false;
  }
}

/** Brotli has no mark by which it could be found, so it is looked for where a value begins, and behind where a nonce would stand. */
function* brotli(value: Buffer): Generator<Buffer> {
  for (const from of [0, 24]) {
    try {
      const options = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: 1 << 26 };
      yield brotliDecompressSync(value.subarray(from), options);
    } catch {
      // Not brotli after all.
    }
  }
}

/** What comes out of everything in the bytes that begins like gzip or zlib; most of what begins so is chance and gives nothing. */
function* unpacked(bytes: Uint8Array): Generator<Buffer> {
  const hay = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = hay.indexOf('1f8b08', 'hex'); at !== -1; at = hay.indexOf('1f8b08', at + 1, 'hex')) {
    try {
      yield gunzipSync(hay.subarray(at), { finishFlush: 2, maxOutputLength: 1 << 26 });
    } catch {
      // Not gzip after all.
    }
  }
}

/** Characters so rare that only a mark has three of them in a row. */
const RARE = [...'鸑鷟鸧鹓鶵鶄鷉鸊鷛鸜鹆鶗鴂鵷鶢鶋鷞鸘鶂鷁鵁鶄鸀鳿鵕鸃鷾鸸鹣鹙鹲鹱鹮鹬鹫鹩鹨鹧鹦鹥鹤'];
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A customer of whom every value is marked, and of each value what no mask leaves over. */
export interface MarkedCustomer {
  /** By canonical names and a few besides. */
  readonly cells: Readonly<Record<MarkedField, string>>;
  readonly marks: readonly string[];
}

export type MarkedField =
  | 'no'
  | 'name'
  | 'mobile'
  | 'id'
  | 'address'
  | 'lock'
  | 'notes'
  | 'family'
  | 'evidence'
  | 'colour';

/** The n-th marked customer, each with values of their own. */
export function markedCustomer(n: number): MarkedCustomer {
  const rare = (at: number) =>
    [0, 1, 2].map((i) => RARE[(n * 3 + at * 7 + i * (1 + (at % 3))) % RARE.length] ?? '').join('');
  const digits = (at: number, length: number) =>
    String((n + 1) * 7_919_313 + at * 48_271_939)
      .padStart(length, '7')
      .slice(-length);
  const born = `19${60 + (n % 30)}0${1 + (n % 9)}1${n % 10}`;
  const serial = digits(2, 3);
  const first17 = `310196${born}${serial}`;
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  const id = first17 + '10X98765432'.charAt(sum % 11);
  const code = `KH${digits(1, 8)}`;
  const cells = {
    no: code,
    name: `王${rare(1)}`,
    mobile: `138${digits(3, 8)}`,
    id,
    address: `上海市浦东新区映月路${digits(4, 4)}弄${digits(5, 3)}号`,
    lock: `${digits(6, 7)}#`,
    notes: `备注${rare(2)}`,
    family: `母亲${rare(3)}`,
    evidence: `ZJ-${digits(7, 8)}`,
    colour: `色${rare(4)}`,
  };
  return {
    cells,
    marks: [
      code,
      rare(1),
      digits(3, 8),
      id.slice(6),
      `${digits(4, 4)}弄${digits(5, 3)}`,
      cells.lock,
      `备${cells.notes.slice(1)}`,
      rare(2),
      rare(3),
      cells.evidence,
      digits(7, 8),
      rare(4),
    ],
  };
}
