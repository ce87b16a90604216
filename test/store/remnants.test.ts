import { closeSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeGb18030 } from '../../src/dataset/gb18030.js';
import { isDistinctive, spellingsOf, spellingsOfKey } from '../../src/retention/spellings.js';
import { Patterns, scanFolder } from '../../src/store/remnants.js';
import { mediumOf } from '../../src/store/medium.js';

const folder = mkdtempSync(join(tmpdir(), 'handover-remnants-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hold = (file: number): void => closeSync(file);
const scan = (patterns: Patterns, skip: readonly string[] = []) => {
  let told = 0;
  const advance = (bytes: number): void => {
    told += bytes;
  };
  const result = scanFolder(folder, patterns, { skip: new Set(skip), hold, advance });
  expect(told).toBe(result.bytes);
  return result;
};
const values = (...texts: readonly string[]) =>
  new Patterns(texts.map((text) => ({ kind: 'values' as const, bytes: Buffer.from(text) })));

describe('the search', () => {
  test('finds a pattern at the start, at the end, and across the border of two blocks', () => {
    const mark = 'wherever it stands';
    for (const at of [0, 1, 1024 * 1024 - 5, 1024 * 1024, 3 * 1024 * 1024 - 1]) {
      const bytes = Buffer.alloc(at + mark.length + 3, 0xee);
      bytes.write(mark, at);
      writeFileSync(join(folder, 'file'), bytes);
      expect(scan(values(mark)).sightings, String(at)).toEqual([
        { file: 'file', hits: { values: 1, keys: 0, ciphertext: 0 } },
      ]);
    }
    writeFileSync(join(folder, 'file'), `${mark.slice(0, -1)}!`);
    expect(scan(values(mark)).sightings).toEqual([]);
    rmSync(join(folder, 'file'));
  });

  test('agrees with a plain search, for any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.array(fc.uint8Array({ minLength: 8, maxLength: 12 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(380), { maxLength: 5 }),
        (noise, marks, places) => {
          const bytes = Buffer.from(noise);
          for (const [i, at] of places.entries()) Buffer.from(marks[i % marks.length] ?? []).copy(bytes, at);
          const found = new Set<number>();
          new Patterns(marks.map((mark) => ({ kind: 'keys' as const, bytes: mark }))).search(
            bytes,
            bytes.length,
            found,
          );
          const expected = marks.flatMap((mark, i) => (bytes.includes(Buffer.from(mark)) ? [i] : []));
          expect([...found].sort((a, b) => a - b)).toEqual(expected);
        },
      ),
    );
  });

  test('goes into folders, follows no link, leaves out what is named, and counts a pattern once', () => {
    const outside = mkdtempSync(join(tmpdir(), 'handover-outside-'));
    try {
      mkdirSync(join(folder, 'sub', 'sub'), { recursive: true });
      writeFileSync(join(folder, 'sub', 'sub', 'a'), 'the mark the mark');
      writeFileSync(join(folder, 'sub', 'b'), 'the mark');
      writeFileSync(join(folder, 'known'), 'the mark');
      writeFileSync(join(outside, 'c'), 'the mark');
      symlinkSync(join(outside, 'c'), join(folder, 'link'));
      const result = scan(values('the mark', 'the other mark'), [join(folder, 'known')]);
      expect(result).toMatchObject({ files: 2, bytes: 25, patterns: 2, hits: { values: 1 } });
      expect(result.sightings.map(({ file }) => file)).toEqual(['sub/b', 'sub/sub/a']);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});

describe('spellings', () => {
  const address = '上海市浦东新区张江路1弄2号';
  const surroundings = (bytes: Uint8Array) => Buffer.concat([Buffer.from('xy'), bytes, Buffer.from('z')]);
  const utf16 = Buffer.from(address, 'utf16le');
  test.each([
    ['UTF-8', Buffer.from(address)],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
    ['GB18030', Buffer.from(new Uint8Array(encodeGb18030(address)))],
    ['hex', Buffer.from(Buffer.from(address).toString('hex'))],
    ['HEX', Buffer.from(Buffer.from(address).toString('hex').toUpperCase())],
    ['base64', Buffer.from(Buffer.from(address).toString('base64'))],
    ['base64 behind one byte', Buffer.from(Buffer.from(`a${address}`).toString('base64'))],
    ['base64 behind two', Buffer.from(Buffer.from(`ab${address}`).toString('base64'))],
  ])('%s', (_, bytes) => {
    const patterns = new Patterns(
      spellingsOf(address).map((each) => ({ kind: 'values' as const, bytes: each })),
    );
    const found = new Set<number>();
    const all = surroundings(bytes);
    patterns.search(all, all.length, found);
    expect(found.size).toBe(1);
  });

  test('GB18030 is what the platform reads back, for every text without halves of surrogates', () => {
    const decoder = new TextDecoder('gb18030');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        // A few compatibility characters have a code that is read back as another one.
        fc.pre(decoder.decode(encodeGb18030(text)).length === text.length);
        expect(decoder.decode(encodeGb18030(text))).toBe(text);
      }),
    );
    expect(decoder.decode(encodeGb18030('王𠀀龖㐀€ä'))).toBe('王𠀀龖㐀€ä');
  });

  test('too short a value means nothing', () => {
    expect(['C001', '张三', '1234567890', '', '上海'].filter(isDistinctive)).toEqual([]);
    expect(['13800000001', 'KH000217', '上海市'].filter(isDistinctive)).toHaveLength(3);
  });

  test('a key is searched for as it is, in hexadecimal and in base64', () => {
    expect(spellingsOfKey(new Uint8Array(32).map((_, i) => 0xa0 + i))).toHaveLength(6);
  });
});

describe('the medium', () => {
  test('a synchronised folder is known by its name or by what its service leaves', () => {
    for (const name of ['我的坚果云', 'OneDrive - Jia', 'Dropbox', '百度网盘同步']) {
      const dir = join(folder, name, 'jia');
      mkdirSync(dir, { recursive: true });
      expect(mediumOf(dir).services, name).toHaveLength(1);
    }
    const synced = join(folder, 'plain', 'jia');
    mkdirSync(synced, { recursive: true });
    expect(mediumOf(synced).services).toEqual([]);
    mkdirSync(join(folder, 'plain', '.stfolder'));
    expect(mediumOf(synced).services).toEqual(['syncthing']);
  });

  test('a folder that is gone is judged by the nearest one above it', () => {
    expect(mediumOf(join(folder, 'no', 'such', 'folder')).fileSystem).toBe(mediumOf(folder).fileSystem);
  });
});
