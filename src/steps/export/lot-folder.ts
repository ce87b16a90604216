import { join } from 'node:path';
import { LOT_JOB_NAME, LOTS_NAME, type Lot, type SealedLot } from '../../bundle/lots.js';

/** A lot as it was planned and as it was sealed. */
export interface SealedSource {
  /** From 1. */
  readonly number: number;
  readonly lot: Lot;
  readonly sealed: SealedLot;
}

/** Where things lie in a folder of lots, which every worker has or gets its share of. */
export class LotFolder {
  /** Absolute. */
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** What is to be sealed. */
  get lots(): string {
    return join(this.path, LOTS_NAME);
  }

  /** What a worker is told, sealed. */
  get job(): string {
    return join(this.path, LOT_JOB_NAME);
  }

  /** The folder of what is to be sealed. */
  get inputs(): string {
    return join(this.path, 'lots');
  }

  /** The folder of what was sealed. */
  get outputs(): string {
    return join(this.path, 'sealed');
  }

  /** The records of a lot, sealed. @param lot its number from 1 */
  input(lot: number): string {
    return join(this.inputs, `${digits(lot)}.age`);
  }

  /** The parts of a sealed lot, one after another. */
  parts(lot: number): string {
    return join(this.outputs, `${digits(lot)}.parts`);
  }

  /** The row leaves and the tags of a sealed lot. */
  index(lot: number): string {
    return join(this.outputs, `${digits(lot)}.index`);
  }

  /** What the worker says of it; written last. */
  sealed(lot: number): string {
    return join(this.outputs, `${digits(lot)}.json`);
  }
}

function digits(lot: number): string {
  return String(lot).padStart(5, '0');
}
