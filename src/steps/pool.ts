import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { HandoverError } from '../messages/error.js';
import type { Problem } from '../messages/problem.js';
import { buffersOf } from './stage.js';
import { type InputOf, type OutputOf, type SetupOf, STAGE_TABLE, type StageName } from './stages.js';

/** What the main thread says to a worker. */
export type ToWorker =
  | { readonly kind: 'setup'; readonly run: number; readonly stage: StageName; readonly setup: unknown }
  | { readonly kind: 'input'; readonly run: number; readonly job: number; readonly input: unknown };

/** What a worker answers. Only problems and names of faults cross over: a library's error may hold a customer's values. */
export type FromWorker =
  | { readonly kind: 'output'; readonly job: number; readonly output: unknown }
  | { readonly kind: 'problem'; readonly job: number; readonly problem: Problem }
  | { readonly kind: 'fault'; readonly job: number; readonly name: string };

/**
 * Threads for the pure stages. Answers come in the order of the inputs, and only a few inputs are under way at once, so memory does not
 * grow with the file. Small work runs in this thread: starting a worker takes longer than a small shop's whole file.
 */
export interface Pool {
  map<Name extends StageName>(
    stage: Name,
    setup: SetupOf<Name>,
    inputs: AsyncIterable<InputOf<Name>> | Iterable<InputOf<Name>>,
  ): AsyncGenerator<OutputOf<Name>, void, undefined>;
  close(): Promise<void>;
}

/** From this much work on, in bytes, threads are worth starting. */
const THREADS_FROM = 4 * 1024 * 1024;
const THREADS_AT_MOST = 4;

export function openPool(workBytes: number): Pool {
  return workBytes < THREADS_FROM
    ? new InlinePool()
    : new ThreadPool(Math.min(availableParallelism(), THREADS_AT_MOST));
}

class InlinePool implements Pool {
  async *map<Name extends StageName>(
    stage: Name,
    setup: SetupOf<Name>,
    inputs: AsyncIterable<InputOf<Name>> | Iterable<InputOf<Name>>,
  ): AsyncGenerator<OutputOf<Name>, void, undefined> {
    const run = STAGE_TABLE[stage](setup);
    for await (const input of inputs) yield (await run(input)) as OutputOf<Name>;
  }

  async close(): Promise<void> {}
}

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

class ThreadPool implements Pool {
  readonly #workers: Worker[];
  readonly #waiting = new Map<number, Waiting>();
  #runs = 0;
  #jobs = 0;

  constructor(threads: number) {
    this.#workers = Array.from({ length: threads }, () => this.#start());
  }

  async *map<Name extends StageName>(
    stage: Name,
    setup: SetupOf<Name>,
    inputs: AsyncIterable<InputOf<Name>> | Iterable<InputOf<Name>>,
  ): AsyncGenerator<OutputOf<Name>, void, undefined> {
    const run = ++this.#runs;
    for (const worker of this.#workers) this.#say(worker, { kind: 'setup', run, stage, setup });
    const underWay: Promise<unknown>[] = [];
    let next = 0;
    try {
      for await (const input of inputs) {
        const worker = this.#workers[next++ % this.#workers.length];
        if (worker === undefined) throw new Error('a pool has at least one worker');
        const answer = this.#ask(worker, run, input);
        answer.catch(() => undefined);
        underWay.push(answer);
        if (underWay.length >= this.#workers.length * 2) yield (await underWay.shift()) as OutputOf<Name>;
      }
      while (underWay.length > 0) yield (await underWay.shift()) as OutputOf<Name>;
    } finally {
      await Promise.allSettled(underWay);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 192 },
    });
    worker.unref();
    worker.on('message', (message: FromWorker) => this.#hear(message));
    worker.on('error', () => this.#lose());
    worker.on('exit', () => this.#lose());
    return worker;
  }

  #say(worker: Worker, message: ToWorker): void {
    worker.postMessage(message, message.kind === 'input' ? [...buffersOf(message.input)] : []);
  }

  #ask(worker: Worker, run: number, input: unknown): Promise<unknown> {
    const job = ++this.#jobs;
    return new Promise((resolve, reject) => {
      this.#waiting.set(job, { resolve, reject });
      worker.ref();
      this.#say(worker, { kind: 'input', run, job, input });
    });
  }

  #hear(message: FromWorker): void {
    const waiting = this.#waiting.get(message.job);
    this.#waiting.delete(message.job);
    if (message.kind === 'output') waiting?.resolve(message.output);
    else if (message.kind === 'problem') waiting?.reject(new HandoverError(message.problem));
    else waiting?.reject(new Error(`a worker failed: ${message.name}`));
  }

  /** A worker that died takes its answers with it: whoever waits must not wait for ever. */
  #lose(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new Error('a worker ended early'));
    this.#waiting.clear();
  }
}
