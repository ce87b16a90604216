import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/** As `expect(found, what).toEqual(wanted)`, which goes through buffers byte by byte: half of the time of a test that compares many pages. */
export function expectSame(found: unknown, wanted: unknown, what: string): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found, what).toEqual(wanted);
}
