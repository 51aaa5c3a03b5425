/** How a call ended. `code` is `not-running`, `not-offered`, `busy`, `too-large`, `invalid-params`, `timed-out`, `ended`, or the
 *  agent's own. */
export type CallOutcome =
  | { readonly ok: true; readonly data: unknown }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      /** The agent said so itself; else the code is ours. */
      readonly isOwn?: boolean;
    };

/** A call that came to nothing before it was made, or by its agent's silence. */
export function failed(code: string, message: string): CallOutcome {
  return { ok: false, code, message };
}

/** What a plugin says of a call while it is at work on it. */
export interface Progress {
  readonly percent?: number;
  readonly message?: string;
}
