import type { LogLevel, PluginState } from "@mimolo/protocol";
import type { AgentFacts, AgentSurroundings } from "../../agents/surroundings.ts";
import { AgentLife, type LivingProcess } from "./agent-life.ts";
import { callHook, type HookTrouble } from "./hooks.ts";

/** The life of one agent, with what the embedder does on its way. */
export function lifeOf(
  agent: AgentFacts,
  process: LivingProcess,
  { clock, hooks, lives }: Pick<AgentSurroundings, "clock" | "hooks" | "lives">,
  to: {
    moved(previous: PluginState): void;
    say(what: { type: string; level: LogLevel; code: string; message: string }): void;
  },
): AgentLife {
  const trouble = (what: HookTrouble) => to.say({ type: "collector", level: "warning", ...what });
  return new AgentLife(clock, process, {
    moved(previous, reason) {
      to.moved(previous);
      lives.moved(agent, previous, reason);
    },
    hook(name) {
      if (hooks === undefined) return null;
      const { plan, label } = agent;
      const plugin = { pluginId: plan.pluginId, version: plan.version ?? "", label };
      return callHook(hooks, name, plugin, { clock, trouble });
    },
    say: to.say,
  });
}
