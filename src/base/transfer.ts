/* Byte arrays that change hands: between threads, or to nobody. */

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

/** A port at whose other end is nobody: what is sent is moved there, and gone. */
const nowhere = new MessageChannel().port1;
nowhere.close();

/**
 * Gives up byte arrays that own their buffers, at once. What waits for its turn among pages outlives the young generation, and its memory would
 * come back only when V8 looks through the whole heap: which it then does all the time, or too late. Reading an array afterwards finds it
 * empty.
 */
export function release(...arrays: readonly Uint8Array[]): void {
  nowhere.postMessage(null, [...buffersOf(arrays)]);
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
