/** One request as it goes out. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** One answer, whatever its status. */
export interface Incoming {
  readonly status: number;
  /** By lower-case name; several of one name are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Whether there was more than was read. */
  readonly truncated: boolean;
}

/** The bounds of one exchange. */
export interface ExchangeBounds {
  /** For all of it, from the first look-up of a name to the last byte. */
  readonly timeoutMs: number;
  /** Of the answer's body; what comes after is not read. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  /** PEM of authorities to believe instead of the common ones. */
  readonly ca?: string | undefined;
}

/** Sends one request and reads its answer; follows nothing, repeats nothing. Rejects with `HttpFault`. */
export type Exchange = (request: Outgoing, bounds: ExchangeBounds) => Promise<Incoming>;
