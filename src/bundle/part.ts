import type { Random } from '../base/crypto.js';
import { fail } from '../messages/error.js';
import { isSealedFor, openAge, sealAge } from '../base/age.js';

/** A writer closes a part once it holds this much: wrapping and unwrapping its key takes some milliseconds, and one is in memory at a time. */
export const PART_TARGET_BYTES = 4 * 1024 * 1024;

/** One page of a part, as the manifest lists it: the length of its gzip member and its rows. */
export interface PartPage {
  readonly bytes: number;
  readonly rows: number;
}

/** More than a header and the tags of a part that is a little longer than it should be. */
const SLACK = 256 * 1024;

/**
 * Makes one part after another: the gzip members of its pages, one after another, as one stock age file. `age -d` and `gunzip` give the
 * rows. In memory that is used again: a part is some megabytes, and the system is slow to hand out as much.
 */
export class PartSealing {
  readonly #recipients: readonly string[];
  readonly #random: Random;
  #plain = Buffer.allocUnsafeSlow(SLACK);
  #length = 0;
  #sealed = Buffer.alloc(0);

  /** @param random decides the file key, how it is wrapped, and the nonce of the payload */
  constructor(recipients: readonly string[], random: Random) {
    this.#recipients = recipients;
    this.#random = random;
  }

  /** Bytes of the members so far. */
  get bytes(): number {
    return this.#length;
  }

  add(member: Uint8Array): void {
    const length = this.#length + member.length;
    if (length > this.#plain.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, PART_TARGET_BYTES) + SLACK);
      this.#plain.copy(larger, 0, 0, this.#length);
      this.#plain = larger;
    }
    this.#plain.set(member, this.#length);
    this.#length = length;
  }

  /** Ends the part and begins the next. The bytes hold until that one ends. */
  async seal(): Promise<Uint8Array> {
    if (this.#sealed.length < this.#length + SLACK)
      this.#sealed = Buffer.allocUnsafeSlow(this.#length + 2 * SLACK);
    const plain = this.#plain.subarray(0, this.#length);
    this.#length = 0;
    return sealAge(plain, this.#recipients, this.#random, this.#sealed);
  }
}

/** One part of these members. */
export function sealPart(
  members: readonly Uint8Array[],
  recipients: readonly string[],
  random: Random,
): Promise<Uint8Array> {
  const sealing = new PartSealing(recipients, random);
  for (const member of members) sealing.add(member);
  return sealing.seal();
}

/**
 * The gzip members of a part.
 *
 * @param path entry name of the part, for problems.
 * @param recipients whom it has to be encrypted to, and nobody else
 * @throws HandoverError BUNDLE_KEY if our key cannot open it, BUNDLE_DECRYPT if it is not a genuine age file, BUNDLE_RECIPIENTS
 */
export async function openPart(
  part: Uint8Array,
  path: string,
  ageIdentity: string,
  recipients: readonly string[],
): Promise<Uint8Array> {
  const plain = await openAge(part, ageIdentity);
  if (plain === 'no-match') return fail({ code: 'BUNDLE_KEY', entry: path });
  if (plain === 'damaged') return fail({ code: 'BUNDLE_DECRYPT', entry: path });
  if (!isSealedFor(part, recipients)) fail({ code: 'BUNDLE_RECIPIENTS', entry: path });
  return plain;
}

/**
 * Cuts an opened part into the gzip members of its pages.
 *
 * @throws HandoverError BUNDLE_PAGES if the lengths in the manifest do not add up to the part
 */
export function splitPages(
  plain: Uint8Array,
  pages: readonly PartPage[],
  path: string,
): readonly Uint8Array[] {
  const total = pages.reduce((sum, page) => sum + page.bytes, 0);
  if (total !== plain.length) fail({ code: 'BUNDLE_PAGES', part: path });
  let at = 0;
  return pages.map((page) => {
    const member = plain.subarray(at, at + page.bytes);
    at += page.bytes;
    return member;
  });
}
