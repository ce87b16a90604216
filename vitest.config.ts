import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { keepMemory, useMemory } from './test/kit/memory.js';

useMemory();
keepMemory();

/** Whether the tests look for changes of the program (`npm run mutants`). */
const IS_MUTANT = process.env['MUTANTS'] === '1';

/** The longest files, longest first: begun early, so that in the end both workers have something to do. */
const LONGEST = [
  'scripts',
  'faults',
  'crash',
  'fuzz',
  'canary',
  'limits',
  'hostile',
  'law-scenarios',
  'journey',
  'ending',
  'exe',
  'pages',
  'walk',
  'package',
  'long-logs',
  'orders',
  'audit-report',
  'guide',
  'explain',
  'timestamp',
  'workbooks',
  'cluster',
  'third-language',
  'routes',
  'latest-word',
  'minimise',
];

/** In the order in which they begin. */
const PROJECTS = ['alone', 'bare', 'together'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const found = LONGEST.indexOf(basename(moduleId, '.test.ts'));
      const within = found < 0 ? LONGEST.length : found;
      // A process that serves many files is not ended for one that wants its own.
      return 1000 * PROJECTS.indexOf(project.name) + within;
    };
    const sorted = files.toSorted((a, b) => place(a) - place(b));
    // A change that is noticed ends the tests: whether it is should be known before the long ones begin.
    return IS_MUTANT ? sorted.reverse() : sorted;
  }
}

/** Files beside the folders that change nothing of their process: what they run there or start leaves it as it was. */
const STORIES = [
  'test/architecture.test.ts',
  'test/doctor-alone.test.ts',
  'test/documents.test.ts',
  'test/exe.test.ts',
  'test/forged-log.test.ts',
  'test/forged-tables.test.ts',
  'test/guide.test.ts',
  'test/guide-deals.test.ts',
  'test/hostile-json.test.ts',
  'test/journey.test.ts',
  'test/law-coverage.test.ts',
  'test/law-scenarios.test.ts',
  'test/limits.test.ts',
  'test/long-logs.test.ts',
  'test/orders.test.ts',
  'test/package.test.ts',
  'test/raw-disk.test.ts',
  'test/schema.test.ts',
  'test/threat-table.test.ts',
  'test/vectors.test.ts',
  'test/walk.test.ts',
];

/** They change nothing either, but must not be beside stories, where keys are derived and signatures verified once (`test/kit/once.ts`). */
const BARE = ['test/base/**/*.test.ts', 'test/identity/**/*.test.ts', 'test/store/**/*.test.ts'];

/** Files that change what others in the same process would notice: modules, the clock, the environment. */
const ALONE = ['test/*.test.ts', 'test/cli/progress.test.ts', 'test/store/platform.test.ts'];

export default defineConfig({
  test: {
    setupFiles: ['test/kit/engine.ts', ...(IS_MUTANT ? ['test/kit/first-failure.ts'] : [])],
    // When something is taken for stuck, however busy the machine is. No test waits for it.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE, exclude: STORIES } },
      // The sources are loaded once for all of these, and not in a process for each: half of their time was that.
      { extends: true, test: { name: 'bare', include: BARE, exclude: ALONE, isolate: false } },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/*/**/*.test.ts', ...STORIES],
          exclude: [...BARE, ...ALONE.filter((files) => files !== 'test/*.test.ts')],
          isolate: false,
        },
      },
    ],
  },
});
