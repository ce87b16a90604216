import { startAndEnd } from './process.js';

/** What `handover --version` takes of a processor where limits in seconds were measured, in milliseconds. */
const USUAL = 120;

/**
 * How much slower this machine is just now than where limits were measured, from 1 to 3: the best of three starts. What a shared machine does
 * meanwhile is no fault of a reader, and a reader whose time grows with the square of a file is slower by far more.
 */
export async function slowness(cwd: string): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) best = Math.min(best, (await startAndEnd(['--version'], { cwd })).cpu);
  return Math.min(3, Math.max(1, best / USUAL));
}

/** The first of three runs that took less than so many seconds of processor, or the last of them: a busy moment passes. */
export async function firstBelow<T extends { readonly cpu: number }>(
  seconds: number,
  run: () => Promise<T>,
): Promise<T> {
  let ended = await run();
  for (let i = 0; i < 2 && ended.cpu / 1000 >= seconds; i++) ended = await run();
  return ended;
}
