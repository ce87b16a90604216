import type { BundlePage } from '../../bundle/page-writing.js';
import { fail } from '../../messages/error.js';
import type { Reader } from '../../store/workspace.js';
import type { Preparation } from '../import/preparation.js';
import type { Pool } from '../workers/pool.js';
import type { SealInput, SealSetup } from '../workers/stages/seal.js';
import type { TagTree } from '../workers/tag-tree.js';

/** Where the rows of a bundle come from: the store, the check that is carried out, and what import prepared under it. */
export interface PageSources {
  readonly read: Reader;
  readonly check: string;
  /** Ids of the datasets that the check judged, in order. */
  readonly datasets: readonly string[];
  /** Only for a check of one dataset. */
  readonly prepared: Preparation | null;
}

/** The pages of a bundle, in order: those that import prepared and that still hold, and the others, which threads make meanwhile. */
export class BundlePages {
  readonly #sources: PageSources;
  readonly #pages = new Map<string, { readonly number: number; readonly prepared: Preparation | null }[]>();
  #ready = 0;
  #missing = 0;

  constructor(sources: PageSources) {
    this.#sources = sources;
    for (const dataset of sources.datasets) {
      const pages: { readonly number: number; readonly prepared: Preparation | null }[] = [];
      for (const { number, reasonSets } of sources.read.checkPages(sources.check, dataset)) {
        const rows = countZeros(reasonSets);
        if (rows === 0) continue;
        const prepared = sources.prepared?.has(number, rows) === true ? sources.prepared : null;
        pages.push({ number, prepared });
        if (prepared === null) this.#missing++;
        else this.#ready++;
      }
      this.#pages.set(dataset, pages);
    }
  }

  /** The tags of all pages, if they are those that were prepared: none has to be made, and none lost all of its rows. */
  get tags(): TagTree | null {
    const { prepared } = this.#sources;
    const isSame = this.#missing === 0 && prepared?.size === this.#ready;
    return isSame ? prepared.tags : null;
  }

  /**
   * The pages of one dataset.
   *
   * @throws HandoverError PAGE_DAMAGED, WORKSPACE_DAMAGED, and those of compileMinimise
   */
  async *open(pool: Pool, setup: SealSetup): AsyncGenerator<BundlePage> {
    const pages = this.#pages.get(setup.dataset) ?? [];
    const missing = new Set(pages.flatMap(({ number, prepared }) => (prepared === null ? [number] : [])));
    const made = pool.map('seal', setup, this.#toMake(setup.dataset, missing));
    try {
      for (const { number, prepared } of pages) {
        if (prepared !== null) {
          yield await prepared.page(number);
          continue;
        }
        const next = await made.next();
        if (next.done === true) throw new Error('a page was not made');
        yield next.value;
      }
    } finally {
      await made.return(undefined);
    }
  }

  *#toMake(dataset: string, missing: ReadonlySet<number>): Generator<SealInput> {
    if (missing.size === 0) return;
    const { read, check } = this.#sources;
    for (const { number, reasonSets } of read.checkPages(check, dataset)) {
      if (!missing.has(number)) continue;
      const page = read.page(dataset, number) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
      yield { number, sealed: page.sealed, tags: page.tags, reasonSets: new Uint8Array(reasonSets) };
    }
  }
}

function countZeros(reasonSets: Uint8Array): number {
  let zeros = 0;
  for (const word of new Uint32Array(new Uint8Array(reasonSets).buffer)) if (word === 0) zeros++;
  return zeros;
}
