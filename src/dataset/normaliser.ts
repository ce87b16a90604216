import type { FindingCode } from '../messages/findings.js';

/** Reports what is wrong with the cell at hand. */
export type Note = (code: FindingCode) => void;

/** Brings one cell, already cleaned (values.ts) and not empty, into the one form of its kind. */
export type Normaliser = (cell: string, note: Note) => string;

/** `1.38E+10`: what Excel makes of a long number. */
export function isScientific(text: string): boolean {
  return /^\d(\.\d+)?E\+?\d{1,3}$/i.test(text);
}
