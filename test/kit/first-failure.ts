import { beforeEach } from 'vitest';

/*
 * Loaded where a change of the program is tested (`npm run mutants`): once a test has failed, the change is noticed, and the others are skipped.
 * Vitest's own `bail` ends the process instead, now and then before the failure was told, and the change then counts as one that nobody noticed.
 */

let hasFailed = false;

beforeEach((context) => {
  if (hasFailed) context.skip();
  context.onTestFailed(() => {
    hasFailed = true;
  });
});
