/*
 * DER (ITU-T X.690, the distinguished encoding) as far as time stamps need it: a strict reader and a writer. Every value has one spelling:
 * tags of one byte, definite lengths in their shortest form, nothing left over.
 */

/** The bytes are not DER, or not of the expected shape. Caught where a document is read; it says nothing of what was found. */
export class DerFault extends Error {
  constructor() {
    super('not the expected DER');
  }
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of a context-specific tag: constructed unless said otherwise. */
export function contextTag(number: number, constructed = true): number {
  return (constructed ? 0xa0 : 0x80) | number;
}

/** One value: what its identifier says it is, what is in it, and all of its bytes. */
export interface Der {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly bytes: Uint8Array;
}

/** The one value that the bytes are. @throws DerFault */
export function readDer(bytes: Uint8Array): Der {
  const reader = new DerReader(bytes);
  const value = reader.next();
  reader.end();
  return value;
}

/** Reads a run of values, such as the members of a sequence. Attacker-controlled. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The members of a constructed value. @throws DerFault if it has another tag */
  static of(value: Der, tag: number): DerReader {
    if (value.tag !== tag) throw new DerFault();
    return new DerReader(value.content);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The next value, of whatever tag or of this one. @throws DerFault */
  next(tag?: number): Der {
    const bytes = this.#bytes;
    const start = this.#at;
    const found = bytes[start];
    // 31 in the low bits announces a tag of several bytes, which nothing here has.
    if (found === undefined || (found & 0x1f) === 0x1f || (tag !== undefined && found !== tag))
      throw new DerFault();
    const [length, from] = this.#length(start + 1);
    const end = from + length;
    if (end > bytes.length) throw new DerFault();
    this.#at = end;
    return { tag: found, content: bytes.subarray(from, end), bytes: bytes.subarray(start, end) };
  }

  /** The next value if it has this tag; otherwise nothing is read. @throws DerFault */
  optional(tag: number): Der | null {
    return this.#bytes[this.#at] === tag ? this.next(tag) : null;
  }

  /** The members of the next value. @throws DerFault */
  inner(tag: number = TAG.sequence): DerReader {
    return new DerReader(this.next(tag).content);
  }

  /** The values up to the end. @throws DerFault */
  *rest(): Generator<Der> {
    while (!this.isAtEnd) yield this.next();
  }

  /** @throws DerFault if something is left */
  end(): void {
    if (!this.isAtEnd) throw new DerFault();
  }

  #length(at: number): readonly [length: number, from: number] {
    const first = this.#bytes[at];
    if (first === undefined) throw new DerFault();
    if (first < 0x80) return [first, at + 1];
    const count = first & 0x7f;
    // 0x80 is the indefinite form; nothing here is as long as 2^24 bytes.
    if (count === 0 || count > 3) throw new DerFault();
    let length = 0;
    for (let i = 1; i <= count; i++) length = length * 256 + (this.#bytes[at + i] ?? Number.NaN);
    if (!(length >= 0x80) || length < 256 ** (count - 1)) throw new DerFault();
    return [length, at + 1 + count];
  }
}

/** The contents of an INTEGER that is not negative, without a sign byte. @throws DerFault */
export function unsignedOf(value: Der): Uint8Array {
  const { tag, content } = value;
  const [first = 0xff, second = 0] = content;
  const isMinimal = content.length === 1 || first !== 0 || second >= 0x80;
  if (tag !== TAG.integer || content.length === 0 || first >= 0x80 || !isMinimal) throw new DerFault();
  return first === 0 && content.length > 1 ? content.subarray(1) : content;
}

/** A small INTEGER. @throws DerFault */
export function smallOf(value: Der): number {
  const bytes = unsignedOf(value);
  if (bytes.length > 2) throw new DerFault();
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** An OBJECT IDENTIFIER in dotted form. @throws DerFault */
export function oidOf(value: Der): string {
  const { tag, content } = value;
  if (tag !== TAG.oid || content.length === 0 || content.length > 40) throw new DerFault();
  const arcs: number[] = [];
  let arc = 0;
  for (const [i, byte] of content.entries()) {
    if ((arc === 0 && byte === 0x80) || arc > 2 ** 40) throw new DerFault();
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    } else if (i === content.length - 1) throw new DerFault();
  }
  const [head = 0, ...others] = arcs;
  const root = Math.min(2, Math.floor(head / 40));
  return [root, head - 40 * root, ...others].join('.');
}

/**
 * A UTCTime or GeneralizedTime in UTC as `YYYY-MM-DDTHH:MM:SSZ`, fractions of a second cut off.
 *
 * @throws DerFault if it is of another form; that the day exists is for the caller to see
 */
export function timeOf(value: Der): string {
  const text = Buffer.from(value.content).toString('latin1');
  const form =
    value.tag === TAG.time
      ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d*[1-9])?Z$/
      : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
  const [, year, month, day, hour, minute, second] =
    (value.tag === TAG.time || value.tag === TAG.utcTime ? form.exec(text) : null) ?? [];
  if (year === undefined) throw new DerFault();
  // RFC 5280 section 4.1.2.5.1: two digits from 50 on are of the last century.
  const century = year.length === 4 ? '' : Number(year) >= 50 ? '19' : '20';
  return `${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/** Writes one value from the bytes of its contents. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  const size: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  const head = length < 0x80 ? [length] : [0x80 | size.length, ...size];
  return Buffer.concat([Uint8Array.from([tag, ...head]), ...contents]);
}

/** An INTEGER that is not negative, from its bytes. */
export function derUnsigned(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from++;
  const digits = bytes.subarray(from);
  const sign = (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return der(TAG.integer, sign, digits);
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function derOid(text: string): Uint8Array {
  const [root = 0, second = 0, ...arcs] = text.split('.').map(Number);
  const bytes = [40 * root + second, ...arcs].flatMap((arc) => {
    const digits = [arc % 128];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
      digits.unshift(0x80 | (rest % 128));
    return digits;
  });
  return der(TAG.oid, Uint8Array.from(bytes));
}
