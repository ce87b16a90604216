import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';
import { useMemory } from './test/kit/memory.js';

useMemory();

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
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const found = LONGEST.indexOf(basename(moduleId, '.test.ts'));
      const within = found < 0 ? LONGEST.length : found;
      // A process that serves many files is not ended for one that wants its own.
      return project.name === 'alone' ? within : 1000 + within;
    };
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

/** Stories that run commands in the test's own process and change nothing else of it. */
const STORIES = [
  'test/forged-log.test.ts',
  'test/journey.test.ts',
  'test/law-scenarios.test.ts',
  'test/orders.test.ts',
  'test/vectors.test.ts',
];

/** Files that change what others in the same process would notice: modules, the clock, the environment, programs that they start. */
const ALONE = [
  'test/*.test.ts',
  'test/base/**/*.test.ts',
  'test/identity/**/*.test.ts',
  'test/cli/progress.test.ts',
  'test/report/audit-report.test.ts',
  'test/report/pages.test.ts',
  'test/store/**/*.test.ts',
];

export default defineConfig({
  test: {
    setupFiles: ['test/kit/engine.ts'],
    // When something is taken for stuck, however busy the machine is. No test waits for it.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE, exclude: STORIES } },
      // The sources are loaded once for all of these, and not in a process for each: half of their time was that.
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/*/**/*.test.ts', ...STORIES],
          exclude: ALONE.filter((files) => files !== 'test/*.test.ts'),
          isolate: false,
        },
      },
    ],
  },
});
