import { readFileSync } from 'node:fs';
import { readDealFile } from '../../src/deal/deal-file.js';
import type { Terms } from '../../src/deal/terms.js';

/** The three example deals of fixtures/deals. */
export const EXAMPLES = ['asset-sale.zh', 'merger.zh', 'operator-change.en'] as const;

export function exampleText(name: (typeof EXAMPLES)[number]): string {
  return readFileSync(new URL(`../../fixtures/deals/${name}.deal.yaml`, import.meta.url), 'utf8');
}

let sample: Terms | null = null;

/** Valid terms to start a case from; `change` edits a copy. */
export function sampleTerms(change: (terms: Terms) => void = () => undefined): Terms {
  sample ??= readDealFile(Buffer.from(exampleText('asset-sale.zh'))).terms;
  if (sample === null) throw new Error('the example deal is not valid');
  const terms = structuredClone(sample);
  change(terms);
  return terms;
}
