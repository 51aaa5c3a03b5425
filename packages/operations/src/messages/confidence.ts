/** What somebody said to whether it can handle a message. */
export interface Bid<Handler> {
  readonly handler: Handler;
  /** As it was answered: plugins say what they like. */
  readonly said: unknown;
}

export interface Choice<Handler> {
  /** `null`: nobody's confidence is above 0. */
  readonly chosen: { readonly handler: Handler; readonly confidence: number } | null;
  /** Whose answer was no number from 0 to 1; it counted as 0. */
  readonly wrong: readonly Handler[];
}

/** The highest confidence handles it; of equal ones the first in the order given. */
export function choose<Handler>(bids: readonly Bid<Handler>[]): Choice<Handler> {
  let chosen: Choice<Handler>["chosen"] = null;
  const wrong: Handler[] = [];
  for (const { handler, said } of bids) {
    if (typeof said !== "number" || !(said >= 0 && said <= 1)) wrong.push(handler);
    else if (said > (chosen?.confidence ?? 0)) chosen = { handler, confidence: said };
  }
  return { chosen, wrong };
}
