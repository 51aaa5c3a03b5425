import { SubscribeMessage } from "@mimolo/protocol";
import { ProblemError } from "../problems/problem.ts";
import { fitted } from "../asked/validator.ts";
import { type EventSet, subscriptionOf } from "./event-set.ts";

export interface Subscription {
  readonly token: string | undefined;
  readonly wanted: EventSet;
  readonly resume: number | undefined;
}

export const SAY_FIRST = 'say {"subscribe":["agent:*","segment:*"]}, with "token" where none came before';

/** Reads what a client says. Throws `ProblemError`. */
export function readSubscription(text: string): Subscription {
  const read = fitted(SubscribeMessage, parsed(text), "message");
  if (read.error !== undefined) {
    throw new ProblemError("invalid-parameter", read.error.message, read.error.hint ?? SAY_FIRST);
  }
  const { token, subscribe, resume } = read.value;
  return { token, wanted: subscriptionOf(subscribe), resume };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError("invalid-json", "the message is not JSON", SAY_FIRST);
  }
}
