import type { RegisterReport } from "@mimolo/protocol";
import type { Agents } from "./agents/agents.ts";
import { plansNow } from "./agents/plans-now.ts";
import type { RunParts } from "./run-parts.ts";
import { inSlices } from "./plugins/in-slices.ts";
import { registerMeanwhile } from "./register-here.ts";

/** What `mimolo register` shows, of a collector that runs: with how far each plugin has come. Everything else
 *  goes on while it looks around. */
export async function registerRunning(
  { directory, clock, config, plans, planner, options }: RunParts,
  agents: Agents,
): Promise<RegisterReport> {
  const { builtins = [], cwd = process.cwd() } = options;
  return await registerMeanwhile({
    plans: await inSlices(plansNow(plans, agents, planner.ground)),
    states: agents.pluginStates,
    builtins,
    directory,
    paths: config.registry.paths,
    cwd,
    nowMs: clock.wallMs(),
    readings: planner.readings,
  });
}
