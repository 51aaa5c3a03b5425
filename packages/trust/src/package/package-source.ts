// A package as its reader sees it, whether it is an archive or a folder.

/** One file, read as often as one likes. */
export interface SourceFile {
  readonly size: number;
  /** What the container claims of the bytes; absent: nothing. */
  readonly crc32?: number;
  /** The bytes as they are now; exactly `size`, or it throws. */
  read(): AsyncIterable<Uint8Array>;
}

/** Files by their names, and the folders said aloud; the names are good and differ. */
export interface PackageSource {
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Without a last `/`. */
  readonly folders: ReadonlySet<string>;
  close(): void;
}
