import { join } from 'node:path';
import { JOB_NAME } from '../../bundle/job.js';

/** Where things lie in a folder of work for other machines, which each of them has or gets its share of. */
export class JobFolder {
  /** Absolute. */
  readonly path: string;
  /** The folder of what comes of the parts. */
  readonly outputs: string;

  /** @param outputs name of the folder of what comes of the parts */
  constructor(path: string, outputs: string) {
    this.path = path;
    this.outputs = join(path, outputs);
  }

  /** What a worker is told, sealed. */
  get job(): string {
    return join(this.path, JOB_NAME);
  }

  /** What a worker says of a part; written last. @param part its number from 1 */
  said(part: number): string {
    return this.output(part, 'json');
  }

  protected output(part: number, ending: string): string {
    return join(this.outputs, `${digits(part)}.${ending}`);
  }
}

/** The number of a part, as files are called by it. */
export function digits(part: number): string {
  return String(part).padStart(5, '0');
}
