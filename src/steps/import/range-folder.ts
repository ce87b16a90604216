import { join } from 'node:path';
import { RANGES_NAME } from '../../bundle/ranges.js';
import { JobFolder } from '../workers/job-folder.js';

/** A folder of ranges. */
export class RangeFolder extends JobFolder {
  constructor(path: string) {
    super(path, 'read');
  }

  /** What is to be read. */
  get ranges(): string {
    return join(this.path, RANGES_NAME);
  }

  /** The pages of a range, sealed. @param range its number from 1 */
  pages(range: number): string {
    return this.output(range, 'age');
  }
}
