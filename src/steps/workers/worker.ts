import { parentPort } from 'node:worker_threads';
import { systemRandom } from '../../base/crypto.js';
import { HandoverError } from '../../messages/error.js';
import type { FromWorker, ToWorker } from './pool.js';
import { buffersOf } from '../../base/transfer.js';
import { STAGE_TABLE } from './stages.js';

/** The other end of pool.ts: compiles a stage when told to, and runs inputs through it one after another. */
const port = parentPort;
if (port === null) throw new Error('runs as a worker only');

/** What is under way, by the number of its run. */
const runs = new Map<number, (input: unknown) => unknown>();
let queue: Promise<void> = Promise.resolve();

port.on('message', (message: ToWorker) => {
  queue = queue.then(() => handle(message));
});

async function handle(message: ToWorker): Promise<void> {
  if (message.kind === 'ping') {
    answer({ kind: 'pong' });
    return;
  }
  if (message.kind === 'load') {
    await STAGE_TABLE[message.stage]();
    return;
  }
  if (message.kind === 'setup') {
    runs.set(message.run, await compiled(message));
    return;
  }
  if (message.kind === 'end') {
    runs.delete(message.run);
    return;
  }
  const { job, input } = message;
  try {
    const stage = runs.get(message.run);
    if (stage === undefined) throw new Error('no such run');
    answer({ kind: 'output', job, output: await stage(input) });
  } catch (error) {
    if (error instanceof HandoverError) answer({ kind: 'problem', job, problem: error.problem });
    else answer({ kind: 'fault', job, name: error instanceof Error ? error.name : 'unknown' });
  }
}

/** A setup that fails is told with the first answer, since nobody waits for a setup. */
async function compiled(message: Extract<ToWorker, { kind: 'setup' }>): Promise<(input: unknown) => unknown> {
  try {
    return (await STAGE_TABLE[message.stage]())(message.setup, systemRandom);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function answer(message: FromWorker): void {
  port?.postMessage(message, message.kind === 'output' ? [...buffersOf(message.output)] : []);
}
