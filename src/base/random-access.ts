/** A file that can be read at any place. Whoever opens the file hands it in; nothing here knows of paths. */
export interface RandomAccess {
  /** In bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `offset` on, or fewer where the file ends; read into the memory given, if any. */
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
}
