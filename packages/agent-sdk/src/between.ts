// Which commands wait for their turn. Calls do not, nor the answers and events somebody asked for: all of it may be needed by the
// very command that is under way.
import type { WireCommand } from "@mimolo/protocol/wire";
import type { AgentParts } from "./agent-parts.ts";
import { asError } from "./as-error.ts";

/** Takes such a command; false: it is another. `begun` settles when the agent has begun. */
export function takeBetween(
  command: WireCommand,
  { asking, calls, voice }: Pick<AgentParts, "asking" | "calls" | "voice">,
  begun: () => Promise<void>,
): boolean {
  switch (command.cmd) {
    case "invoke":
      // Without an id nobody could tell what the answer belongs to.
      if (command.id === undefined) return true;
      try {
        calls().take(command.id, command.params, begun());
      } catch (error) {
        // What its author offers cannot even be read: that is this call's answer, and no end of all commands.
        const { message } = asError(error);
        voice.say({ type: "result", id: command.id, ok: false, error: { code: "failed", message } });
      }
      return true;
    case "response":
      asking.now?.requests.answered(command.id, command.params);
      return true;
    case "event":
      asking.now?.subscriptions.delivered(command.params);
      return true;
    default:
      return false;
  }
}

/** Whether the collector has nothing to say after it. */
export function isLast({ cmd, params }: WireCommand): boolean {
  return cmd === "shutdown" || cmd === "reject" || (cmd === "sequence" && params.sequence.includes("shutdown"));
}
