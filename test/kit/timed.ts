import { test } from 'vitest';

/** A test that looks at the clock. Left out where `npm run mutants` counts every branch, which makes all of it slower. */
export const timed = test.skipIf(process.env['MUTANTS'] === '1');
