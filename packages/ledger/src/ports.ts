/** What the ledger needs from the outside: time and files. Structural, so that any clock of the same shape fits. */

/** Time as the ledger sees it. */
export interface Clock {
  /** Milliseconds since the Unix epoch; may jump. For stamps and for the day a record belongs to. */
  wallMs(): number;
  /** Monotonic milliseconds from an arbitrary zero. For time-outs. */
  ticksMs(): number;
  /** Calls `run` once after `delayMs`; aborting `signal` forgets it. */
  after(delayMs: number, run: () => void, signal: AbortSignal): void;
}

/** One open file. Every method rejects with the system's own error (`code` such as `ENOSPC` or `EIO`). */
export interface OpenFile {
  /** Bytes in the file now. */
  size(): Promise<number>;
  /** Reads at `position` into `into`; answers how many bytes came, 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Writes all chunks, one after the other, from `position` on. */
  write(chunks: readonly Uint8Array[], position: number): Promise<void>;
  /** Resolves when everything written is on the disk. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** Files as the ledger uses them. New files are 0600, new folders 0700. */
export interface FileSystem {
  makeFolder(path: string): Promise<void>;
  /** Names in a folder; none when there is no such folder. */
  list(path: string): Promise<string[]>;
  /** `create` fails when the file is there, `write` and `read` fail with `ENOENT` when it is not. */
  open(path: string, mode: "create" | "write" | "read"): Promise<OpenFile>;
  /** Puts `bytes` at `path` by renaming a finished file over it. */
  replace(path: string, bytes: Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes new names in a folder durable, where the system can. */
  syncFolder(path: string): Promise<void>;
}
