/** The folder of an agent's spool, created when it is first written to. Every call is done when it returns; all of them throw
 *  what the file system throws. */
export interface SpoolStore {
  /** What lies in the folder; nothing if there is none yet. */
  list(): readonly { readonly name: string; readonly bytes: number }[];
  /** The file's text from byte `from` on; nothing of a file that is gone. */
  read(name: string, from: number): string;
  /** Appends to the file, creating it; gives the bytes written. All or nothing: what was written of a failed append is cut off
   *  again. Not synced. */
  append(name: string, text: string): number;
  /** Empties the file and gives it another name. */
  renew(name: string, newName: string): void;
  remove(name: string): void;
}
