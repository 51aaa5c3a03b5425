// Which commands wait for their turn. Calls do not, nor the answers and events somebody asked for: all of it may be needed by the
// very command that is under way.
import type { WireCommand } from "@mimolo/protocol/wire";
import type { AgentParts } from "./agent-parts.ts";

/** Takes such a command; false: it is another. `begun` settles when the agent has begun. */
export function takeBetween(
  command: WireCommand,
  { asking, calls }: Pick<AgentParts, "asking" | "calls">,
  begun: () => Promise<void>,
): boolean {
  switch (command.cmd) {
    case "invoke":
      // Without an id nobody could tell what the answer belongs to.
      if (command.id !== undefined) calls().take(command.id, command.params, begun());
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
