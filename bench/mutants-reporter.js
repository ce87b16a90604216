import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/**
 * Tells `mutants.js` of each mutant as it is tested, one line of JSON each, so that what was found is known even if time runs out.
 *
 * @typedef {object} Told
 * @property {string} file
 * @property {number} line
 * @property {string} status
 * @property {string} change  what stands there instead
 */

function reporter() {
  return {
    /** @param {import('@stryker-mutator/api/core').MutantResult} mutant */
    onMutantTested({ fileName, location, status, replacement }) {
      const change = (replacement ?? '').replace(/\s+/g, ' ');
      console.log(JSON.stringify({ file: fileName, line: location.start.line, status, change }));
    },
  };
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Reporter, 'mutants', reporter)];
