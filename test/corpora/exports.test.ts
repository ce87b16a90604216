import { expect, it } from 'vitest';
import { EXPORTS } from './exports.js';
import { judged } from './judge.js';
import { readBytes } from './read.js';

it.each(EXPORTS.map((each) => [each.file, each] as const))('%s is read whole', async (_file, made) => {
  const reading = await readBytes(made.file, made.bytes);
  expect(judged(made.truth, reading)).toBe('equal');
});
