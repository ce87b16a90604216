import { describe, expect, it } from 'vitest';
import { judged } from './judge.js';
import { pollutedFiles, TRUTH } from './pollock.js';
import { readBytes } from './read.js';

describe('files as they are polluted in the field', () => {
  it('are read as they are, refused, or their rows put aside; nothing is changed in silence', async () => {
    const silent: string[] = [];
    const outcomes: Record<string, number> = {};
    for (const { name, bytes } of pollutedFiles()) {
      const truth = name === 'only a header' || name === 'nothing' ? [] : TRUTH;
      const outcome = judged(truth, await readBytes('客户.csv', bytes));
      if (outcome.startsWith('silent')) silent.push(`${name}: ${outcome}`);
      const kind = outcome.split(':')[0] ?? '';
      outcomes[kind] = (outcomes[kind] ?? 0) + 1;
    }
    expect(silent).toEqual([]);
    // Whoever refuses everything makes no silent difference either.
    expect(outcomes['refused']).toBeLessThan(20);
    expect(outcomes['equal']).toBeGreaterThan(20);
  }, 60_000);
});
