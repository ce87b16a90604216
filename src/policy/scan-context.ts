import type { ScanCategory } from '../messages/reasons.js';
import { scanHits } from './scan.js';

/** The surroundings of a hit in a text: a few characters around it, so that a person can judge the hit, and not what it says. */
export interface ScanContext {
  readonly category: ScanCategory;
  readonly before: string;
  readonly after: string;
}

const MARK = '▇';
/** Characters on either side. */
const AROUND = 8;

/** The hits of a text with what is around each; other hits, digits and latin words in it are struck out as well. */
export function scanContexts(text: string): readonly ScanContext[] {
  const hits = scanHits(text);
  if (hits.length === 0) return [];
  const masked = [...text].length === text.length ? [...text] : text.split('');
  for (const { at, length } of hits) masked.fill(MARK, at, at + length);
  for (const [i, char] of masked.entries()) if (/[0-9０-９A-Za-z@]/.test(char)) masked[i] = MARK;
  const shown = (from: number, to: number): string =>
    masked
      .slice(Math.max(0, from), Math.max(0, to))
      .join('')
      .replace(/▇+/g, MARK)
      .replace(/[\ud800-\udfff]/g, MARK)
      .replace(/\s+/g, ' ');
  return hits.map(({ category, at, length }) => ({
    category,
    before: shown(at - AROUND, at),
    after: shown(at + length, at + length + AROUND),
  }));
}
