import type { Collector } from "@mimolo/operations";
import type { Sandbox } from "@mimolo/supervisor";

type Plan = Pick<Collector["plans"][number], "label" | "blocked" | "sandbox">;

/** Whether the agents that are about to run will be held to what they were granted, in one sentence. */
export function sandboxText(plans: readonly Plan[], { bubblewrap, why }: Sandbox): string {
  const running = plans.filter(({ blocked }) => blocked === null);
  if (running.length === 0) return "no agent runs";
  if (bubblewrap === null) return `${why}: what agents touch is declared, not held`;
  const loose = running.filter(({ sandbox }) => sandbox === "off").map(({ label }) => label);
  if (loose.length === 0) return "agents reach only what they were granted";
  if (loose.length === running.length) return "off: what agents touch is declared, not held";
  return `agents reach only what they were granted, but not ${loose.join(", ")} (off)`;
}
