import { join } from 'node:path';
import { LOTS_NAME, type Lot, type SealedLot } from '../../bundle/lots.js';
import { digits, JobFolder } from '../workers/job-folder.js';

/** A lot as it was planned and as it was sealed. */
export interface SealedSource {
  /** From 1. */
  readonly number: number;
  readonly lot: Lot;
  readonly sealed: SealedLot;
}

/** A folder of lots. */
export class LotFolder extends JobFolder {
  constructor(path: string) {
    super(path, 'sealed');
  }

  /** What is to be sealed. */
  get lots(): string {
    return join(this.path, LOTS_NAME);
  }

  /** The folder of what is to be sealed. */
  get inputs(): string {
    return join(this.path, 'lots');
  }

  /** The records of a lot, sealed. @param lot its number from 1 */
  input(lot: number): string {
    return join(this.inputs, `${digits(lot)}.age`);
  }

  /** The parts of a sealed lot, one after another. */
  parts(lot: number): string {
    return this.output(lot, 'parts');
  }

  /** The row leaves and the tags of a sealed lot. */
  index(lot: number): string {
    return this.output(lot, 'index');
  }
}
