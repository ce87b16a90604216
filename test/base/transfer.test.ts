import { describe, expect, it } from 'vitest';
import { owned, release } from '../../src/base/transfer.js';

describe('memory of pages', () => {
  it('is given up where an array owns it, and only there', () => {
    const page = new Uint8Array(100_000).fill(1);
    const other = new Uint8Array(50_000).fill(2);
    const part = other.subarray(10);
    const small = Buffer.from('shared with other small buffers');
    release(page, part, small);
    expect(page).toHaveLength(0);
    expect(part).toHaveLength(49_990);
    expect(other[0]).toBe(2);
    expect(small.toString()).toBe('shared with other small buffers');
  });

  it('is given up at once, and not when the heap is next looked through', () => {
    const before = process.memoryUsage().arrayBuffers;
    const pages = Array.from({ length: 32 }, () => new Uint8Array(2 ** 20).fill(1));
    expect(process.memoryUsage().arrayBuffers - before).toBeGreaterThan(24 * 2 ** 20);
    release(...pages);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20);
    expect(pages).toHaveLength(32);
  });

  it('is owned by a copy of what shares its buffer', () => {
    const whole = new Uint8Array(100).fill(3);
    const copy = owned(whole.subarray(50));
    release(copy);
    expect(copy).toHaveLength(0);
    expect(whole[50]).toBe(3);
  });
});
