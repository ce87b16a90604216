import { describe, expect, it } from 'vitest';
import { type Chunk, Chunker, type ChunkSetup } from '../../src/dataset/chunks.js';
import { compileDecode } from '../../src/dataset/encoding.js';
import { problemOf } from './problem-of.js';
import { processorSeconds } from '../kit/effort.js';
import { timed } from '../kit/timed.js';

const MIB = 1024 * 1024;

function cut(setup: Partial<ChunkSetup>, blocks: Iterable<Uint8Array>): { chunks: Chunk[]; text: string } {
  const chunker = new Chunker({ encoding: 'utf-8', bom: 0, delimiter: ',', ...setup });
  const chunks: Chunk[] = [];
  for (const block of blocks) chunks.push(...chunker.push(block));
  chunks.push(...chunker.end());
  const decode = compileDecode(chunker.encoding);
  const text = chunks.map((c) => decode(c.bytes, { firstLine: c.firstLine, delimiter: ',' })).join('');
  return { chunks, text };
}

function* repeated(block: Uint8Array, times: number): Generator<Uint8Array> {
  for (let i = 0; i < times; i++) yield block;
}

function inBlocks(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}

describe('Chunker', () => {
  it('cuts at record ends within the target and numbers lines', () => {
    const { chunks, text } = cut({ target: 12, limit: 100 }, [Buffer.from('a,b\n1,"x\ny"\n2,z\n3,w\n')]);
    expect(text).toBe('a,b\n1,"x\ny"\n2,z\n3,w\n');
    expect(chunks.map((c) => [c.index, c.firstLine, c.kind, Buffer.from(c.bytes).toString()])).toEqual([
      [0, 1, 'quoted', 'a,b\n1,"x\ny"\n'],
      [1, 4, 'plain', '2,z\n3,w\n'],
    ]);
  });

  it('tells plain, quoted and irregular chunks apart', () => {
    const { chunks } = cut({ target: 8, limit: 100 }, [
      Buffer.from('a,bcdef\n"a",bcd\na,b"cde\n"a"b,cd\na,bcdef\n'),
    ]);
    expect(chunks.map((c) => c.kind)).toEqual(['plain', 'quoted', 'irregular', 'irregular', 'plain']);
  });

  it.each(['\n', '\r\n', '\r'])('cuts files whose lines end with %j', (end) => {
    const rows = Array.from({ length: 500 }, (_, i) => `C${i},朱小磊,"莲花路,${i}号"`);
    const file = Buffer.from(rows.join(end) + end);
    for (const size of [1, 7, 64, 5000]) {
      const { chunks, text } = cut({ target: 200, limit: 400 }, inBlocks(file, size));
      expect(text).toBe(file.toString());
      expect(Math.max(...chunks.map((c) => c.bytes.length))).toBeLessThanOrEqual(200);
      for (const c of chunks)
        expect(Buffer.from(c.bytes).toString()).toMatch(new RegExp(`^C${c.firstLine - 1},`));
    }
  });

  it('gives chunks with buffers of their own', () => {
    const block = Buffer.from('a,b\n'.repeat(100));
    const { chunks } = cut({ target: 40 }, [block]);
    const buffers = new Set(chunks.map((c) => c.bytes.buffer));
    expect(buffers.size).toBe(chunks.length);
    for (const c of chunks) expect(c.bytes.buffer.byteLength).toBe(c.bytes.length);
    block.fill(0);
    expect(Buffer.from(chunks[0]?.bytes ?? []).toString()).toBe('a,b\n'.repeat(10));
  });

  it('leaves the byte order mark off, even where it arrives in pieces', () => {
    expect(cut({ bom: 3 }, inBlocks(Buffer.from('\ufeffa,b\n'), 1)).text).toBe('a,b\n');
  });

  it('turns UTF-16 into UTF-8 on the way', () => {
    const text = Array.from({ length: 300 }, (_, i) => `C${i}\t𬱟小磊\t"一\n二上"`).join('\r\n');
    for (const encoding of ['utf-16le', 'utf-16be'] as const) {
      const le = Buffer.from(`\ufeff${text}`, 'utf16le');
      const bytes = encoding === 'utf-16le' ? le : Buffer.from(le).swap16();
      for (const size of [1, 3, 1000]) {
        const got = cut(
          { encoding, bom: 2, delimiter: '\t', target: 300, limit: 600 },
          inBlocks(bytes, size),
        );
        expect(got.text).toBe(text);
        expect(got.chunks.at(-1)?.firstLine).toBeGreaterThan(500);
      }
    }
  });

  it('goes on behind a broken character in UTF-16, which stays to be seen', () => {
    const bytes = Buffer.concat([
      Buffer.from('a\tb\nc\t', 'utf16le'),
      Buffer.from([0x00, 0xd8]),
      Buffer.from('x\n', 'utf16le'),
    ]);
    expect(cut({ encoding: 'utf-16le', delimiter: '\t' }, [bytes]).text).toBe('a\tb\nc\t\ufffdx\n');
  });

  it('is not misled by a pipe inside a character of GB18030', () => {
    // 倈 is 82 7C in GB18030: its second byte is a pipe, and a quote after it opens nothing.
    const bytes = Buffer.concat([
      Buffer.from('a|'),
      Buffer.from([0x82, 0x7c]),
      Buffer.from('"b\nc|d\ne|f\n'),
    ]);
    const { chunks } = cut({ encoding: 'gb18030', delimiter: '|', target: 8, limit: 50 }, [bytes]);
    expect(chunks.map((c) => c.kind)).toEqual(['irregular', 'plain']);
  });
});

describe('bounded memory', () => {
  it('names the line and column where an endless quote opened', () => {
    const open = Buffer.from('a,b\n1,x\n2,"never closed\n3,y\n');
    const problem = { code: 'CSV_QUOTE_OPEN', line: 3, column: 2 };
    expect(problemOf(() => cut({}, [open]))).toEqual(problem);
    let pushed = 0;
    const endless = function* () {
      yield open;
      for (;;) {
        pushed += MIB;
        yield Buffer.alloc(MIB, 'row,row\n');
      }
    };
    expect(problemOf(() => cut({}, endless()))).toEqual(problem);
    expect(pushed).toBeLessThanOrEqual(4 * MIB);
  });

  it('refuses a 64 MiB cell early, quoted or not', () => {
    const begin = Buffer.from('a,b\n1,x\n2,');
    const cell = Buffer.alloc(64 * 1024, 'x');
    const blocks = function* (quote: string) {
      yield begin;
      yield Buffer.from(quote);
      yield* repeated(cell, 1024);
      yield Buffer.from(`${quote}\n3,y\n`);
    };
    expect(problemOf(() => cut({}, blocks('')))).toEqual({
      code: 'CSV_RECORD_TOO_LONG',
      line: 3,
      limit: MIB,
    });
    expect(problemOf(() => cut({}, blocks('"')))).toEqual({ code: 'CSV_QUOTE_OPEN', line: 3, column: 2 });
    const whole = Buffer.concat([...blocks('"')]);
    expect(problemOf(() => cut({}, [whole]))).toEqual({ code: 'CSV_QUOTE_OPEN', line: 3, column: 2 });
    expect(
      problemOf(() =>
        cut({ encoding: 'utf-16le' }, repeated(Buffer.from('x'.repeat(1000), 'utf16le'), 10_000)),
      ),
    ).toMatchObject({
      code: 'CSV_RECORD_TOO_LONG',
    });
  });

  timed('stays linear where every cell is quoted and no line ends', async () => {
    const blocks = repeated(Buffer.from('"","a",'.repeat(1000)), 1000);
    const seconds = await processorSeconds(() =>
      expect(problemOf(() => cut({}, blocks))).toMatchObject({ line: 1 }),
    );
    expect(seconds).toBeLessThan(10);
  });
});
