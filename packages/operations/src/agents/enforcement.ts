import type { ConfinedDimension } from "@mimolo/supervisor";
import type { MonitorConfig } from "../config/index.ts";

/** What of an agent's limits is really held, and what is only declared. */
export interface Enforcement {
  readonly enforced: readonly string[];
  readonly unenforced: readonly string[];
}

const EVERYWHERE = ["environment", "line-size", "process-group"];
/** What a sandbox stands for. */
export const WALLS: readonly ConfinedDimension[] = ["network", "files", "subprocess"];

/** Status, the handshake's ack and every `agent_state` record repeat it, so that a grant never pretends to be a wall: CPU and
 *  memory are held where whole process groups can be metered, a rate where there is one, and what `holds` names by the walls
 *  that this very process was started behind. */
export function enforcementOn(
  platform: NodeJS.Platform,
  monitor: MonitorConfig,
  holds: readonly ConfinedDimension[],
): Enforcement {
  const rate = monitor.messages_per_s > 0 || monitor.bytes_per_s > 0;
  const held = (name: string) => {
    if (name === "cpu" || name === "memory") return platform === "linux";
    return name === "rate" ? rate : holds.some((wall) => wall === name);
  };
  const varying = ["cpu", "memory", "rate", ...WALLS];
  return {
    enforced: [...EVERYWHERE, ...varying.filter(held)],
    unenforced: varying.filter((name) => !held(name)),
  };
}
