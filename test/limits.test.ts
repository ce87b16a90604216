import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { EXIT } from '../src/messages/exit.js';
import { Firms } from './kit/firms.js';
import { Served } from './kit/served.js';
import { firstBelow, slowness } from './kit/slowness.js';
import { WORST_READERS as READERS } from './kit/worst-files.js';

/*
 * Files of the worst shapes, as long as each reader takes them, given to every command that reads one: a problem, below two seconds of
 * processor and 256 MB, whatever the shape. Who reads long files has a process of its own.
 */

/** Every other shape where time is short, not the same ones for each reader. */
const isSlow = process.env['SLOW'] === '1';
const MIB = 1024 * 1024;
/** Two seconds, of which a start takes so much. */
const SECONDS = 2 - 0.3;
/** Files of this length leave traces in the memory of whoever has read them. */
const LONG = 16 * MIB;

let firms: Firms;
let served: Served | null = null;
let slow = 1;
beforeAll(async () => {
  firms = await Firms.withDeal();
  slow = await slowness(firms.folder);
  mkdirSync(firms.post('hurt'));
  writeFileSync(firms.post('c.csv'), '客户编号,姓名\n1,张三\n');
});
afterAll(() => {
  stop();
  firms.remove();
});

/** The next command has a new process: this one may still be at work. */
function stop(): void {
  served?.stop();
  served = null;
}

const EXITS: readonly number[] = Object.values(EXIT).filter(
  (exit) => exit !== EXIT.fault && exit !== EXIT.ok,
);

describe.each(
  READERS.map(
    (reader) =>
      [
        reader.argv
          .filter((word) => word !== '--workspace')
          .slice(0, 3)
          .join(' '),
        reader,
      ] as const,
  ),
)('%s', (_, { argv, file, bytes, shapes }) => {
  beforeAll(() => {
    if (bytes >= LONG) stop();
  });

  test.each(isSlow ? shapes : shapes.filter((_shape, i) => i % 2 === file.length % 2))(
    '%s',
    async (shape, make) => {
      const path = firms.post('hurt', file);
      writeFileSync(path, make(bytes));
      const card = firms.cardOf('jia');
      writeFileSync(`${path}.minisig`, readFileSync(`${card}.minisig`));
      writeFileSync(`${path}.checkpoint.txt`, 'x');
      const words = argv.map((word) => (word === 'FILE' ? path : word === 'CARD' ? card : word));
      onTestFailed(stop);
      const reading = served ?? new Served();
      served = reading;
      const ended = await firstBelow(SECONDS * slow, () => reading.run(words, firms.folder));
      expect(EXITS, `${argv.join(' ')}, ${shape}: ${ended.stderr}${ended.stdout}`).toContain(ended.exit);
      expect(ended.peak / MIB, shape).toBeLessThan(256);
      expect(ended.cpu / 1000, shape).toBeLessThan(SECONDS * slow);
    },
  );
});
