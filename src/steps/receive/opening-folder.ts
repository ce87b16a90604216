import { join } from 'node:path';

/** Where things lie in the folder of a bundle whose parts are opened on other machines. */
export class OpeningFolder {
  /** Absolute. */
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** What a worker is told, sealed. */
  get job(): string {
    return join(this.path, OPENING_JOB_NAME);
  }

  /** The folder of what was opened. */
  get outputs(): string {
    return join(this.path, 'opened');
  }

  /** The leaves and the tags of an opened part's pages. @param part its number from 1 */
  index(part: number): string {
    return join(this.outputs, `${digits(part)}.index`);
  }

  /** What the worker says of it; written last. */
  said(part: number): string {
    return join(this.outputs, `${digits(part)}.json`);
  }
}

export const OPENING_JOB_NAME = 'job.age';

function digits(part: number): string {
  return String(part).padStart(5, '0');
}
