import type { Opened, RunParts } from "../open-everything.ts";
import { ConfigFollower } from "./follower.ts";

/** The follower of a collector that was just opened. */
export function followConfig(parts: RunParts, { agents, policy, budgets, desk, say }: Opened): ConfigFollower {
  const { options, clock, events } = parts;
  return new ConfigFollower(options, {
    agents,
    clock,
    events,
    say,
    current: () => ({ config: parts.config, plans: parts.plans }),
    adopt: (next) => {
      parts.adopt(next);
      agents.arrange(next.plans);
      budgets.settle(next.plans, next.config.monitor);
      policy.planned(next.plans, next.config.monitor, clock.wallMs());
    },
    plan: (config) => parts.planner.plan(config),
    carryConsent: (edit) => desk.carryConsent({ ...edit, by: "api" }),
  });
}
