import { CLOCK_TOLERANCE, type Instant, secondsBetween } from '../base/time.js';
import { fail } from '../messages/error.js';

/** So much may the other side's clock be ahead of ours, in seconds. */
const MOST_AHEAD = 86_400;

/** What a document of the other side says of its time, and what is known here. */
export interface Dated {
  /** File name of the document, for problems. */
  readonly document: string;
  readonly time: Instant;
  /** Our clock. Without it, nothing is ahead of it. */
  readonly now?: Instant | undefined;
  /** The time of what the document rests on, so far as it is known. */
  readonly since?: Instant | null;
}

/**
 * A document of the other side was made neither in the future nor before what it rests on: two honest clocks differ by minutes, and one that is
 * a day ahead moves periods that are counted from the document.
 *
 * @throws HandoverError DATE_AHEAD, DATE_BEFORE
 */
export function checkDate({ document, time, now, since = null }: Dated): void {
  if (now !== undefined && secondsBetween(now, time) > MOST_AHEAD)
    fail({ code: 'DATE_AHEAD', document, time });
  if (since !== null && secondsBetween(time, since) > CLOCK_TOLERANCE)
    fail({ code: 'DATE_BEFORE', document, time, since });
}
