import { SubscribeMessage } from "@mimolo/protocol";
import { ProblemError } from "../problem.ts";
import { type EventSet, subscriptionOf } from "./event-set.ts";

export interface Subscription {
  readonly token: string | undefined;
  readonly wanted: EventSet;
  readonly resume: number | undefined;
}

const example = '{"subscribe":["agent:*","segment:*"]}';

/** Reads what a client says. Throws `ProblemError`. */
export function readSubscription(text: string): Subscription {
  const read = SubscribeMessage.safeParse(parsed(text));
  if (!read.success) {
    const sentences = read.error.issues.map(({ path, message }) => `${path.join(".") || "the message"}: ${message}`);
    throw new ProblemError("invalid-parameter", sentences.join("; "), `say ${example}`);
  }
  const { token, subscribe, resume } = read.data;
  return { token, wanted: subscriptionOf(subscribe), resume };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError("invalid-json", "the message is not JSON", `say ${example}`);
  }
}
