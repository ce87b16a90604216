import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Output } from '../../src/cli/system.js';
import { progressLine, progressOn } from '../../src/cli/progress.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function output(isTTY: boolean): Output & { text: string } {
  return {
    text: '',
    isTTY,
    columns: 80,
    write(more) {
      this.text += more;
    },
  };
}

describe('progress', () => {
  test('says nothing of what is over within a second', () => {
    for (const isTTY of [true, false]) {
      const out = output(isTTY);
      const progress = progressOn(out, 'en', false, () => Date.now());
      progress.start('read', 1000);
      progress.advance(1000, 10);
      vi.advanceTimersByTime(900);
      progress.end();
      progress.end();
      vi.advanceTimersByTime(20_000);
      expect(out.text).toBe('');
    }
  });

  test('writes a plain line every five seconds where there is no terminal', () => {
    const out = output(false);
    const progress = progressOn(out, 'en', false, () => Date.now());
    progress.start('read', 1000);
    progress.advance(250, 2000);
    vi.advanceTimersByTime(5000);
    expect(out.text).toBe('Reading  ██████                     25%  2,000 rows  400 rows/s  0:15 left\n');
    vi.advanceTimersByTime(5000);
    expect(out.text.split('\n')).toHaveLength(3);
    progress.end();
  });

  test('draws a bar on a terminal after a second', () => {
    const out = output(true);
    const progress = progressOn(out, 'zh', false, () => Date.now());
    progress.start('seal', 1000);
    progress.advance(500);
    vi.advanceTimersByTime(1500);
    expect(out.text).toContain('加密并签名');
    expect(out.text).toContain('50%');
    progress.end();
  });

  test.each([
    ['zh', 100, 50, 50, '核验  ████████████               50%  50 行  25 行/秒  还需 0:02'],
    ['en', 100, 100, 7, `Verifying  ${'█'.repeat(24)}  100%  7 rows  4 rows/s`],
    ['en', undefined, 50, 50, 'Verifying  50 rows  25 rows/s'],
    ['en', 0, 0, 0, 'Verifying'],
  ] as const)('in %s, of %j done %d', (lang, total, done, rows, wanted) => {
    const standing = { stage: 'verify', total, began: 0, done, rows, beat: 0 } as const;
    expect(progressLine(standing, 2000, lang, false)).toBe(wanted);
  });
});
