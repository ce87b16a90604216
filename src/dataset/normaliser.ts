import type { FindingCode } from '../messages/findings.js';

/** Reports what is wrong with the cell at hand. */
export type Note = (code: FindingCode) => void;

/** Brings one cell, already cleaned (values.ts) and not empty, into the one form of its kind. */
export type Normaliser = (cell: string, note: Note) => string;

/** `1.38E+10`: what Excel makes of a long number. */
export function isScientific(text: string): boolean {
  return /^\d(\.\d+)?E\+?\d{1,3}$/i.test(text);
}

const REMEMBERED = 4096;
const SHORT = 32;

/**
 * The same normaliser with a memory of cells that it had nothing to say about: a column of dates or counts holds a few hundred different
 * cells, a million times.
 */
export function remembering(normalise: Normaliser): Normaliser {
  const known = new Map<string, string>();
  let silent = true;
  let told: Note = () => undefined;
  const heard: Note = (code) => {
    silent = false;
    told(code);
  };
  return (cell, note) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    silent = true;
    told = note;
    const value = normalise(cell, heard);
    if (silent && cell.length <= SHORT) {
      if (known.size >= REMEMBERED) known.clear();
      // A short part of a text holds on to all of the text; the part of a longer copy, only to the copy.
      known.set(` ${cell}`.slice(1), value);
    }
    return value;
  };
}
