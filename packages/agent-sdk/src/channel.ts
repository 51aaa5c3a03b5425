/** The two pipes between an agent and its collector. */
export interface Channel {
  /** The next bytes of the collector's commands, `null` at their end. Asked for again only when those were dealt with, so
   *  what is not read yet waits in the pipe, not in memory. */
  read(): Promise<Uint8Array | null>;
  /** Settles when the pipe took all of `lines`; one write at a time. Rejects when nobody is left to read them. */
  write(lines: string): Promise<void>;
}
