/** The version of the package; test/cli/run.test.ts holds it to package.json. */
export const VERSION = '0.1.0';
