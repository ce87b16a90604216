/** Where the program begins when it is one executable file. */
import { getAsset } from 'node:sea';
import { inOneFile } from '../dist/cli/one-file.js';

inOneFile(new TextDecoder().decode(getAsset('worker.cjs')));
await import('../bin/handover.js');
