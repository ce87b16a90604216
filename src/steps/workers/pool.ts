// Workers: pure stages of the flow, each in a file of stages/, run in a few threads and in this one, in the order of the inputs.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { systemRandom } from '../../base/crypto.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { Problem } from '../../messages/problem.js';
import { buffersOf } from '../../base/transfer.js';
import { type TaskInput, type TaskOutput, type TaskSetup, STAGE_TABLE, type TaskName } from './stages.js';

/** What the main thread says to a worker. */
export type ToWorker =
  | { readonly kind: 'ping' }
  | { readonly kind: 'load'; readonly stage: TaskName }
  | { readonly kind: 'setup'; readonly run: number; readonly stage: TaskName; readonly setup: unknown }
  | { readonly kind: 'input'; readonly run: number; readonly job: number; readonly input: unknown }
  | { readonly kind: 'end'; readonly run: number };

/** What a worker answers. Only problems and names of faults cross over: a library's error may hold a customer's values. */
export type FromWorker =
  | { readonly kind: 'pong' }
  | { readonly kind: 'output'; readonly job: number; readonly output: unknown }
  | { readonly kind: 'problem'; readonly job: number; readonly problem: Problem }
  | { readonly kind: 'fault'; readonly job: number; readonly name: string };

/**
 * Threads for the pure stages. Answers come in the order of the inputs, and only a few inputs are under way at once, so memory does not
 * grow with the file. Small work runs in this thread: starting a worker takes longer than a small shop's whole file.
 */
export interface Pool {
  map<Name extends TaskName>(
    stage: Name,
    setup: TaskSetup<Name>,
    inputs: AsyncIterable<TaskInput<Name>> | Iterable<TaskInput<Name>>,
    where?: WhereToRun,
  ): AsyncGenerator<TaskOutput<Name>, void, undefined>;
  /** Ends the threads; a second time it does nothing. */
  close(): Promise<void>;
}

/** Whether this thread works as well, or has something else to do while there are others. */
export type WhereToRun = 'everywhere' | 'elsewhere';

/** From this much work on, in bytes, a thread is worth starting. */
const THREADS_FROM = 4 * 1024 * 1024;
/** Each thread holds some 80 MB; more than this gains little, because one thread owns the database and the order. */
const THREADS_AT_MOST = 3;

/**
 * @param workBytes about how much will go through the stages, in bytes
 * @param first the stage that comes first, which threads load as they start
 */
export function openPool(workBytes: number, first: TaskName): Pool {
  // This thread works as well, so that every core has one thread and the memory of none is wasted.
  const threads = Math.min(availableParallelism() - 1, THREADS_AT_MOST);
  return workBytes < THREADS_FROM || threads < 1 ? new InlinePool() : new ThreadPool(threads, first);
}

class InlinePool implements Pool {
  async *map<Name extends TaskName>(
    stage: Name,
    setup: TaskSetup<Name>,
    inputs: AsyncIterable<TaskInput<Name>> | Iterable<TaskInput<Name>>,
  ): AsyncGenerator<TaskOutput<Name>, void, undefined> {
    const run = (await STAGE_TABLE[stage]())(setup, systemRandom);
    for await (const input of inputs) {
      yield (await run(input)) as TaskOutput<Name>;
      // So that Ctrl-C is heard between two pages.
      await heardAll();
    }
  }

  async close(): Promise<void> {}
}

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Inputs that it has and has not answered. */
  pending: number;
}

/** Inputs that a thread may have at once: one to work on, one to begin with while its answer travels. */
const PENDING_AT_MOST = 2;

/** Pages of a bundle are small, and nobody hands any out while this thread opens the next part. */
const PENDING_OF_PART = 6;

class ThreadPool implements Pool {
  readonly #threads: readonly Thread[];
  readonly #waiting = new Map<number, Waiting>();
  #runs = 0;
  #jobs = 0;
  #state: 'working' | 'lost' | 'closed' = 'working';

  constructor(threads: number, first: TaskName) {
    this.#threads = Array.from({ length: threads }, () => this.#start());
    for (const { worker } of this.#threads) this.#say(worker, { kind: 'load', stage: first });
  }

  async *map<Name extends TaskName>(
    stage: Name,
    setup: TaskSetup<Name>,
    inputs: AsyncIterable<TaskInput<Name>> | Iterable<TaskInput<Name>>,
    where: WhereToRun = 'everywhere',
  ): AsyncGenerator<TaskOutput<Name>, void, undefined> {
    const run = ++this.#runs;
    for (const { worker } of this.#threads) this.#say(worker, { kind: 'setup', run, stage, setup });
    const here = (await STAGE_TABLE[stage]())(setup, systemRandom);
    const pending = stage === 'open' ? PENDING_OF_PART : PENDING_AT_MOST;
    const most = (this.#threads.length + 1) * pending;
    const underWay: Promise<unknown>[] = [];
    const findFree = () => this.#threads.find((thread) => thread.pending < pending);
    try {
      for await (const input of inputs) {
        let free = findFree();
        while (free === undefined && where === 'elsewhere' && underWay.length > 0) {
          yield (await underWay.shift()) as TaskOutput<Name>;
          free = findFree();
        }
        const answer = free === undefined ? runHere(here, input) : this.#ask(free, run, input);
        answer.catch(() => undefined);
        underWay.push(answer);
        // Work in this thread holds up the answers of the others: they are heard before the next input.
        if (free === undefined) await heardAll();
        this.#requireThreads();
        if (underWay.length >= most) yield (await underWay.shift()) as TaskOutput<Name>;
      }
      while (underWay.length > 0) yield (await underWay.shift()) as TaskOutput<Name>;
    } finally {
      await Promise.allSettled(underWay);
      for (const { worker } of this.#threads) this.#say(worker, { kind: 'end', run });
    }
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(): Thread {
    const worker = new Worker(threads.program, {
      eval: threads.isText,
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 192 },
    });
    worker.unref();
    const thread: Thread = { worker, pending: 0 };
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'pong') return;
      thread.pending--;
      this.#hear(message);
    });
    worker.on('error', () => this.#lose());
    worker.on('exit', () => this.#lose());
    return thread;
  }

  #say(worker: Worker, message: ToWorker): void {
    worker.postMessage(message, message.kind === 'input' ? [...buffersOf(message.input)] : []);
  }

  async #ask(thread: Thread, run: number, input: unknown): Promise<unknown> {
    this.#requireThreads();
    const job = ++this.#jobs;
    thread.pending++;
    thread.worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(job, { resolve, reject });
      this.#say(thread.worker, { kind: 'input', run, job, input });
    });
  }

  #hear(message: Exclude<FromWorker, { readonly kind: 'pong' }>): void {
    const waiting = this.#waiting.get(message.job);
    this.#waiting.delete(message.job);
    if (message.kind === 'output') waiting?.resolve(message.output);
    else if (message.kind === 'problem') waiting?.reject(new HandoverError(message.problem));
    else waiting?.reject(new Error(`a worker failed: ${message.name}`));
  }

  /**
   * A worker that died takes its answers with it: whoever waits must not wait for ever. It may have died while nobody waited, so whoever asks
   * next is told as well.
   */
  #lose(): void {
    if (this.#state !== 'working') return;
    this.#state = 'lost';
    for (const waiting of this.#waiting.values()) waiting.reject(new HandoverError({ code: 'WORKER_LOST' }));
    this.#waiting.clear();
  }

  #requireThreads(): void {
    if (this.#state === 'lost') fail({ code: 'WORKER_LOST' });
  }
}

/** Whether a thread can be started here and answers, for whoever looks the installation over. */
export function tryThread(): Promise<boolean> {
  return new Promise((resolve) => {
    const worker = new Worker(threads.program, { eval: threads.isText });
    const end = (isGood: boolean): void => {
      resolve(isGood);
      void worker.terminate();
    };
    worker.on('message', () => end(true));
    worker.on('error', () => end(false));
    worker.on('exit', () => end(false));
    const ping: ToWorker = { kind: 'ping' };
    worker.postMessage(ping);
  });
}

/** What a thread runs: a file beside this one, unless the program has no files. */
let threads: { readonly program: URL | string; readonly isText: boolean } = {
  program: new URL('./worker.js', import.meta.url),
  isText: false,
};

/** Says what a thread runs where the whole program is one file: its text, as a CommonJS script. */
export function runThreadsOn(text: string): void {
  threads = { program: text, isText: true };
}

async function runHere(stage: (input: unknown) => unknown, input: unknown): Promise<unknown> {
  return stage(input);
}

/** Once round the event loop, in which messages of other threads arrive. */
function heardAll(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
