// A lamp: rules and people switch it, other plugins ask how it stands and hear when it changes.
import { type Action, CallError, defineAction } from "@mimolo/agent-sdk";

/** The author's own way to the lamp. */
export interface Bulb {
  isReachable(): boolean;
  set(level: number): Promise<void>;
}

export function lamp(bulb: Bulb): Action<{ level: number; room?: string }> {
  let level = 0;
  return defineAction({
    id: "example.lamp",
    version: "1.0.0",
    params: {
      type: "object",
      properties: { level: { type: "number", minimum: 0, maximum: 100 }, room: { type: "string" } },
      required: ["level"],
      additionalProperties: false,
    },
    execute: async (params, { velocity = 1, publish, log, signal }) => {
      if (!bulb.isReachable()) throw new CallError("not-available", "the lamp does not answer; is it plugged in?");
      await bulb.set(params.level * velocity);
      signal.throwIfAborted(); // too late: nobody waits any more
      level = params.level * velocity;
      publish("lamp.changed", { level }).catch((error: Error) => log.warning(error.message));
      return { level };
    },
    onCommand: {
      level: { description: "How bright the lamp is", run: () => `${level} %` },
    },
    onQuery: { sources: ["level"], query: () => level },
  });
}
