import { newSecretKey } from '../../base/crypto.js';
import { RESOURCE } from '../../bundle/resource.js';
import type { BundlePage } from '../../bundle/page-writing.js';
import type { Terms } from '../../deal/terms.js';
import { Overflow } from '../../store/overflow.js';
import { type SpoolSlice, Spool } from '../../store/spool.js';
import type { Session } from '../session/session.js';
import { dealKeys } from '../session/tag-keys.js';
import { openPrepared, type PreparedPage, type Preparing } from '../workers/prepared-page.js';
import { release } from '../../base/transfer.js';
import { TagTree } from '../workers/tag-tree.js';

/** The pages of a bundle that import makes while it has the records at hand, until export takes those that still hold. */
export class Preparation {
  readonly preparing: Preparing;
  /** The check whose verdicts the pages follow, once there is one. */
  check: string | null = null;
  /** The tags of all pages. */
  readonly tags: TagTree;
  readonly #spool: Spool;
  readonly #overflow: Overflow;
  readonly #pages = new Map<number, Pick<PreparedPage, 'rows' | 'leaves'> & { readonly piece: SpoolSlice }>();
  /** Memory in which one page after another is read. */
  #room = new Uint8Array(0);

  private constructor(preparing: Preparing, spool: Spool, overflow: Overflow) {
    this.preparing = preparing;
    this.#spool = spool;
    this.#overflow = overflow;
    this.tags = new TagTree(RESOURCE, overflow);
  }

  static async begin(session: Session, terms: Terms): Promise<Preparation> {
    const { random } = session.runtime;
    const keys = { ...(await dealKeys(session, terms)), leafKey: newSecretKey(random) };
    const folder = session.path('exchange');
    const spool = await Spool.open(folder);
    return new Preparation({ keys, key: newSecretKey(random) }, spool, new Overflow(folder, random));
  }

  async add(number: number, { rows, leaves, tags, sealed }: PreparedPage): Promise<void> {
    this.tags.add(tags);
    this.#pages.set(number, { rows, leaves, piece: await this.#spool.append(sealed) });
    release(tags, sealed);
  }

  /** Number of pages. */
  get size(): number {
    return this.#pages.size;
  }

  /**
   * Whether the page was prepared and still holds, or has to be made again: settling who is in the file twice only ever adds reasons,
   * so a page of which as many go as before is the same.
   */
  has(number: number, rows: number): boolean {
    return this.#pages.get(number)?.rows === rows;
  }

  /** A page that was prepared. */
  async page(number: number): Promise<BundlePage> {
    const page = this.#pages.get(number);
    if (page === undefined) throw new Error('this page was not prepared');
    const { piece } = page;
    if (this.#room.length < piece.bytes) this.#room = new Uint8Array(2 * piece.bytes);
    const sealed = await this.#spool.whole(piece, this.#room);
    return openPrepared({ ...page, sealed }, number, this.preparing.key);
  }

  /** Removes what was prepared. Never throws. */
  close(): Promise<void> {
    this.#overflow.close();
    return this.#spool.close();
  }
}
