import { join } from 'node:path';
import { RANGE_JOB_NAME, RANGES_NAME } from '../../bundle/ranges.js';

/** Where things lie in a folder of ranges, which every worker has or gets its share of. */
export class RangeFolder {
  /** Absolute. */
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** What is to be read. */
  get ranges(): string {
    return join(this.path, RANGES_NAME);
  }

  /** What a worker is told, sealed. */
  get job(): string {
    return join(this.path, RANGE_JOB_NAME);
  }

  /** The folder of what was read. */
  get outputs(): string {
    return join(this.path, 'read');
  }

  /** The pages of a range, sealed. @param range its number from 1 */
  pages(range: number): string {
    return join(this.outputs, `${digits(range)}.age`);
  }

  /** What the worker says of it; written last. */
  said(range: number): string {
    return join(this.outputs, `${digits(range)}.json`);
  }
}

function digits(range: number): string {
  return String(range).padStart(5, '0');
}
