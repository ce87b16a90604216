import { type Random, sha256 } from '../../base/crypto.js';
import { partName } from '../../bundle/entry-names.js';
import type { ManifestPart } from '../../bundle/manifest.js';
import { PART_TARGET_BYTES, PartSealing } from '../../bundle/part.js';
import type { SpoolSlice, Spool } from '../../store/spool.js';

/** Gathers pages to parts of some megabytes; each part is encrypted in memory and only then written. */
export class Parts {
  readonly sealed: { readonly entry: ManifestPart; readonly piece: SpoolSlice }[] = [];
  readonly #resource: string;
  readonly #spool: Spool;
  readonly #sealing: PartSealing;
  #pages: { bytes: number; rows: number }[] = [];

  constructor(resource: string, spool: Spool, recipients: readonly string[], random: Random) {
    this.#resource = resource;
    this.#spool = spool;
    this.#sealing = new PartSealing(recipients, random);
  }

  async add(member: Uint8Array, rows: number): Promise<void> {
    this.#sealing.add(member);
    this.#pages.push({ bytes: member.length, rows });
    if (this.#sealing.bytes >= PART_TARGET_BYTES) await this.close();
  }

  /** Ends the part at hand, if there is one. */
  async close(): Promise<void> {
    if (this.#pages.length === 0) return;
    const part = await this.#sealing.seal();
    const piece = await this.#spool.append(part);
    const entry = {
      path: partName(this.#resource, this.sealed.length + 1),
      bytes: piece.bytes,
      sha256: sha256(part),
      rows: this.#pages.reduce((sum, page) => sum + page.rows, 0),
      pages: this.#pages,
    };
    this.sealed.push({ entry, piece });
    this.#pages = [];
  }
}
