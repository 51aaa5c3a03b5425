import type { Opened } from "../opened.ts";
import type { RunParts } from "../run-parts.ts";
import { ConfigFollower } from "./follower.ts";

/** The follower of a collector that was just opened. */
export function followConfig(
  parts: RunParts,
  { agents, policy, budgets, desk, say, listeners }: Opened,
): ConfigFollower {
  const { options, clock, events } = parts;
  return new ConfigFollower(options, {
    agents,
    clock,
    events,
    say,
    current: () => parts.current,
    adopt: (next) => {
      parts.adopt(next);
      listeners.planned?.(next.plans);
      agents.arrange(next.plans);
      budgets.settle(next.plans, next.config);
      policy.planned(next.plans, next.config.monitor, clock.wallMs());
      for (const { widget } of agents.each) widget.judgedAnew();
    },
    plan: (written) => parts.effect.planned(written),
    carryConsent: (edit) => desk.carryConsent({ ...edit, by: "api" }),
  });
}
