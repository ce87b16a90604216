/**
 * How the mutants of docs/testing.md are made and tested. `bench/mutants.js` adds which files to change, and which tests to run.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './bench/mutants-reporter.js'],
  reporters: ['mutants'],
  // The tests to run are named; looking for others by what they import takes long.
  vitest: { configFile: 'vitest.config.ts', related: false },
  // What is done once, while a file is loaded, would need all tests of its folder for each change: tables, schemas, patterns.
  ignoreStatic: true,
  // Nothing is compiled: the tests read the sources.
  ignorePatterns: ['/demo', '/dist'],
  // Stryker would rewrite it by a library that TypeScript 7 no longer has.
  tsconfigFile: 'none',
  disableTypeChecks: false,
  concurrency: 1,
  // Ends the tests at the first failure by ending their process, and with it what is not told yet: test/kit/first-failure.ts does it better.
  disableBail: true,
  allowEmpty: true,
  logLevel: 'warn',
};
