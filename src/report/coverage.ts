import type { Lang } from '../messages/lang.js';
import { listWords } from '../messages/screens/list.js';
import { grouped } from './numbers.js';

/** What files cover, and what they leave out, as counts. */
export interface CoverageCounts {
  readonly files: number;
  readonly customers: number;
  readonly replaced: number;
  readonly gone: number;
}

/** `12 customers of 2 files; 1 row replaced, 0 gone`. */
export function coverageText({ files, customers, replaced, gone }: CoverageCounts, lang: Lang): string {
  return listWords[lang].covered(grouped(customers), files, grouped(replaced), grouped(gone));
}
