import { TAG_BYTES, tagText } from '../base/tagger.js';
import { canonicalJson } from '../base/json.js';
import { fail } from '../messages/error.js';
import { isFurtherTable } from '../messages/tables.js';
import type { Sums } from './accounting.js';
import type { Manifest, ManifestResource } from './manifest.js';
import { addRows, type OpenedBundlePage } from './page-reading.js';
import { TableSums } from './sums.js';

/** Checks the tables beside the customer list while their pages go by: the customers come first in a bundle. */
export class TableChecks {
  readonly #manifest: Manifest;
  readonly #hasTables: boolean;
  readonly #customers = new Set<string>();

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
    this.#hasTables = manifest.resources.some(({ name }) => isFurtherTable(name));
  }

  /** Takes note of the customers of the bundle; nothing where it has no further table. */
  addCustomers(tags: Uint8Array): void {
    if (this.#hasTables) for (const tag of tagsOf(tags)) this.#customers.add(tag);
  }

  /** Begins to check one table; null for the customers. */
  begin(resource: ManifestResource): TableCheck | null {
    if (!isFurtherTable(resource.name)) return null;
    const accounting = this.#manifest.accounting.find((each) => each.resource === resource.name);
    return new TableCheck(resource, resource.name, this.#customers, accounting?.sums?.transfer);
  }
}

/** One table of a bundle. */
export class TableCheck {
  readonly #resource: ManifestResource;
  readonly #table: Parameters<typeof addRows>[0];
  readonly #customers: ReadonlySet<string>;
  readonly #signed: Sums | undefined;
  readonly #sums: TableSums;

  constructor(
    resource: ManifestResource,
    table: Parameters<typeof addRows>[0],
    customers: ReadonlySet<string>,
    signed: Sums | undefined,
  ) {
    this.#resource = resource;
    this.#table = table;
    this.#customers = customers;
    this.#signed = signed;
    this.#sums = new TableSums(table, unchanged(resource));
  }

  /** @throws HandoverError BUNDLE_ORPHAN for a row of somebody who is not among the customers of the bundle */
  add({ page, subjects }: Pick<OpenedBundlePage, 'page' | 'subjects'>): void {
    for (const tag of tagsOf(subjects))
      if (!this.#customers.has(tag)) fail({ code: 'BUNDLE_ORPHAN', resource: this.#resource.name });
    addRows(this.#table, page, (subject, fen, sessions) => {
      this.#sums.add(subject, fen, sessions);
    });
  }

  /** @throws HandoverError BUNDLE_SUMS if the rows do not add up to what was signed */
  end(): Sums {
    const found = this.#sums.end();
    const isSigned =
      this.#signed !== undefined && canonicalJson({ ...found }) === canonicalJson({ ...this.#signed });
    if (!isSigned) fail({ code: 'BUNDLE_SUMS', resource: this.#resource.name });
    return found;
  }
}

/** The fields whose values are in the rows as they were. */
function unchanged({ fields }: Pick<ManifestResource, 'fields'>): readonly string[] {
  return fields.filter(({ action }) => action === 'keep').map(({ name }) => name);
}

function* tagsOf(tags: Uint8Array): Generator<string> {
  for (let i = 0; i < tags.length / TAG_BYTES; i++) yield tagText(tags, i);
}
