import type { MonitorConfig } from "../config/index.ts";

/** What of an agent's limits is really held, and what is only declared. */
export interface Enforcement {
  readonly enforced: readonly string[];
  readonly unenforced: readonly string[];
}

const EVERYWHERE = ["environment", "line-size", "process-group"];
const NOWHERE_YET = ["network", "files", "subprocess"];

/** Status, the handshake's ack and every `agent_state` record repeat it, so that a grant never pretends to be a wall: CPU and
 *  memory are held where whole process groups can be metered, a rate where there is one. */
export function enforcementOn(platform: NodeJS.Platform, monitor: MonitorConfig): Enforcement {
  const budgets = ["cpu", "memory"];
  const held = platform === "linux" ? budgets : [];
  const rate = monitor.messages_per_s > 0 || monitor.bytes_per_s > 0;
  return {
    enforced: [...EVERYWHERE, ...held, ...(rate ? ["rate"] : [])],
    unenforced: [...budgets.filter((each) => !held.includes(each)), ...(rate ? [] : ["rate"]), ...NOWHERE_YET],
  };
}
