import { JobFolder } from '../workers/job-folder.js';

/** The folder of a bundle whose parts are opened on other machines. */
export class OpeningFolder extends JobFolder {
  constructor(path: string) {
    super(path, 'opened');
  }

  /** The leaves and the tags of an opened part's pages. @param part its number from 1 */
  index(part: number): string {
    return this.output(part, 'index');
  }
}
