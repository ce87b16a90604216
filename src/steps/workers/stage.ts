import type { Random } from '../../base/crypto.js';

/**
 * A stage is a pure piece of the flow that can run in any thread: compiled once from a setup, then fed inputs. Setup, inputs and outputs
 * are plain data and byte arrays, because they cross threads; byte arrays are handed over, not copied. Randomness crosses none, so each
 * thread has its own.
 */
export type Task<Setup, Input, Output> = (
  setup: Setup,
  random: Random,
) => (input: Input) => Output | Promise<Output>;

/** A byte array that owns its whole buffer, so that it can be handed to another thread. */
export function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !isPooled(buffer)
    ? new Uint8Array(buffer)
    : new Uint8Array(bytes);
}

/** Small Buffers are slices of one shared slab, which must stay with this thread. */
const slab = Buffer.from('x').buffer;
function isPooled(buffer: ArrayBufferLike): boolean {
  return buffer === slab || buffer.byteLength === Buffer.poolSize;
}

/**
 * Gives up byte arrays that own their buffers. What waits for its turn among pages outlives the young generation, and its memory would come
 * back only when V8 looks through the whole heap: which it then does all the time, or too late. Moved to a new owner that nobody holds,
 * it is gone with the next small collection. Reading an array afterwards finds it empty.
 */
export function release(...arrays: readonly Uint8Array[]): void {
  structuredClone(null, { transfer: [...buffersOf(arrays)] });
}

/** The buffers of all arrays of bytes or numbers in `value`, for handing over; a list is looked through only if it holds objects. */
export function buffersOf(value: unknown, found: Set<ArrayBuffer> = new Set()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (
      value.buffer instanceof ArrayBuffer &&
      value.byteLength === value.buffer.byteLength &&
      !isPooled(value.buffer)
    ) {
      found.add(value.buffer);
    }
  } else if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item !== 'object') break;
      buffersOf(item, found);
    }
  } else if (value !== null && typeof value === 'object') {
    for (const item of Object.values(value)) buffersOf(item, found);
  }
  return found;
}
