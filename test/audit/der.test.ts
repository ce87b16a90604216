import { describe, expect, it } from 'vitest';
import {
  DerFault,
  DerReader,
  der,
  derOid,
  derUnsigned,
  oidOf,
  readDer,
  smallOf,
  TAG,
  timeOf,
  unsignedOf,
} from '../../src/audit/der.js';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const hexOf = (of: Uint8Array) => Buffer.from(of).toString('hex');

/** What is read of a value given in hexadecimal, or null if it is refused as no DER. */
function read<T>(hex: string, as: (value: ReturnType<typeof readDer>) => T): T | null {
  try {
    return as(readDer(bytes(hex)));
  } catch (error) {
    if (error instanceof DerFault) return null;
    throw error;
  }
}

describe('a value', () => {
  it.each([
    ['an empty one', '04 00', 0],
    ['of 127 bytes, in the short form', `04 7f ${'00'.repeat(127)}`, 127],
    ['of 128 bytes, in the long form', `04 81 80 ${'00'.repeat(128)}`, 128],
    ['of 256 bytes', `04 82 01 00 ${'00'.repeat(256)}`, 256],
    ['of 65536 bytes', `04 83 01 00 00 ${'00'.repeat(65_536)}`, 65_536],
    ['of nothing', '', null],
    ['without a length', '04', null],
    ['of 127 bytes in the long form', `04 81 7f ${'00'.repeat(127)}`, null],
    ['with a zero before its length', `04 82 00 80 ${'00'.repeat(128)}`, null],
    ['of no definite length', '04 80 00 00', null],
    ['with a length of four bytes', `04 84 00 01 00 00 ${'00'.repeat(65_536)}`, null],
    ['whose length is cut', '04 82 01', null],
    ['cut short by a byte', '04 02 00', null],
    ['with a byte left over', '04 01 00 00', null],
    ['with a tag of several bytes', '1f 01 00', null],
  ])('%s', (_, hex, length) => {
    expect(read(hex, ({ content }) => content.length)).toBe(length);
    if (length !== null) expect(hexOf(der(TAG.octets, new Uint8Array(length)))).toBe(hexOf(bytes(hex)));
  });

  it('is read one after another, if it has the tag that is wanted', () => {
    const reader = new DerReader(bytes('02 01 05 04 01 ff'));
    expect(reader.optional(TAG.octets)).toBeNull();
    expect(() => reader.next(TAG.octets)).toThrow(DerFault);
    expect(hexOf(reader.next(TAG.integer).bytes)).toBe('020105');
    expect(reader.isAtEnd).toBe(false);
    expect(() => reader.end()).toThrow(DerFault);
    expect(reader.optional(TAG.octets)?.content).toEqual(bytes('ff'));
    expect(reader.isAtEnd).toBe(true);
    expect(reader.optional(TAG.octets)).toBeNull();
    expect(reader.end()).toBeUndefined();
  });

  it('has members if it is of their kind', () => {
    const sequence = readDer(bytes('30 06 02 01 05 02 01 06'));
    expect([...DerReader.of(sequence, TAG.sequence).rest()].map(smallOf)).toEqual([5, 6]);
    expect(() => DerReader.of(sequence, TAG.set)).toThrow(DerFault);
    expect(smallOf(new DerReader(sequence.bytes).inner().next())).toBe(5);
    expect(() => new DerReader(sequence.bytes).inner(TAG.set)).toThrow(DerFault);
  });
});

describe('an integer', () => {
  it.each([
    ['02 01 00', '00'],
    ['02 01 7f', '7f'],
    ['02 02 00 80', '80'],
    ['02 02 01 00', '0100'],
    ['02 02 00 7f', null],
    ['02 02 00 00', null],
    ['02 01 80', null],
    ['02 00', null],
    ['04 01 05', null],
  ])('%s is %s', (hex, expected) => {
    expect(read(hex, (value) => hexOf(unsignedOf(value)))).toBe(expected);
    if (expected === null) return;
    expect(hexOf(derUnsigned(bytes(expected)))).toBe(hexOf(bytes(hex)));
    expect(hexOf(derUnsigned(bytes(`0000${expected}`)))).toBe(hexOf(bytes(hex)));
  });

  it.each([
    ['02 01 03', 3],
    ['02 02 01 02', 258],
    ['02 03 00 ff ff', 65_535],
    ['02 03 01 00 00', null],
  ])('%s is small: %s', (hex, expected) => {
    expect(read(hex, smallOf)).toBe(expected);
  });
});

describe('an object identifier', () => {
  it.each([
    ['06 03 2a 03 04', '1.2.3.4'],
    ['06 01 27', '0.39'],
    ['06 01 28', '1.0'],
    ['06 01 4f', '1.39'],
    ['06 01 50', '2.0'],
    ['06 03 55 1d 25', '2.5.29.37'],
    ['06 02 88 37', '2.999'],
    ['06 06 2a 86 48 86 f7 0d', '1.2.840.113549'],
    [`06 28 2a ${'01'.repeat(39)}`, `1.2${'.1'.repeat(39)}`],
    [`06 29 2a ${'01'.repeat(40)}`, null],
    ['06 03 2a 80 01', null],
    ['06 02 2a 86', null],
    ['06 00', null],
    ['04 01 2a', null],
    [`06 09 2a ${'ff'.repeat(7)} 7f`, null],
  ])('%s is %s', (hex, expected) => {
    expect(read(hex, oidOf)).toBe(expected);
    if (expected !== null) expect(hexOf(derOid(expected))).toBe(hexOf(bytes(hex)));
  });
});

describe('a time', () => {
  const time = (tag: number, text: string) => hexOf(der(tag, Buffer.from(text, 'latin1')));
  it.each([
    [TAG.time, '20261120080000Z', '2026-11-20T08:00:00Z'],
    [TAG.time, '20261120080000.5Z', '2026-11-20T08:00:00Z'],
    [TAG.time, '20261120080000.50Z', null],
    [TAG.time, '20261120080000.Z', null],
    [TAG.time, '20261120080000', null],
    [TAG.time, '20261120080000+0800', null],
    [TAG.time, '261120080000Z', null],
    [TAG.utcTime, '261120080000Z', '2026-11-20T08:00:00Z'],
    [TAG.utcTime, '491231235959Z', '2049-12-31T23:59:59Z'],
    [TAG.utcTime, '500101000000Z', '1950-01-01T00:00:00Z'],
    [TAG.utcTime, '20261120080000Z', null],
    [TAG.utcTime, '2611200800Z', null],
    [TAG.utcTime, 'x261120080000Z', null],
    [TAG.utcTime, '261120080000Zx', null],
    [TAG.octets, '261120080000Z', null],
  ])('%i %s is %s', (tag, text, expected) => {
    expect(read(time(tag, text), timeOf)).toBe(expected);
  });
});
