import { readFileSync } from 'node:fs';

const BIN = new URL('../bin/handover.js', import.meta.url);

/**
 * What Node is told when it runs the program: the flags in the first line of bin/handover.js, for whoever starts it in another way.
 *
 * @type {readonly string[]}
 */
export const NODE_FLAGS = (readFileSync(BIN, 'utf8').split('\n', 1)[0] ?? '').match(/--\S+/g) ?? [];
