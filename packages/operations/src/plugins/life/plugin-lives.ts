// How far each plugin of a collector has come, over all its agents, and who is told.
import type { PluginState } from "@mimolo/protocol";
import type { AgentPlan } from "../../agents/plan/agent-plan.ts";
import type { AgentFacts } from "../../agents/agent-facts.ts";
import type { Emitter } from "../../emitter.ts";
import type { CollectorEvents } from "../../events.ts";
import { pluginStateOf } from "./plugin-state.ts";

/** How many agents of a plugin are that far. */
interface Standing {
  active: number;
  loaded: number;
}

/** The plugins that have or had a process in this run. */
export class PluginLives {
  readonly #events: Pick<Emitter<CollectorEvents>, "emit">;
  readonly #standings = new Map<string, Standing>();

  constructor(events: Pick<Emitter<CollectorEvents>, "emit">) {
    this.#events = events;
  }

  /** An agent's life has gone on; `plugin:…` is told when that was the first or the last agent of its plugin. */
  moved({ plan, life }: Pick<AgentFacts, "plan" | "life">, previous: PluginState, reason: string): void {
    const { pluginId: id } = plan;
    const standing = this.#standings.get(id) ?? { active: 0, loaded: 0 };
    this.#standings.set(id, standing);
    const before = { ...standing };
    standing.active += Number(life === "active") - Number(previous === "active");
    standing.loaded += Number(isLoaded(life)) - Number(isLoaded(previous));
    if (before.active === 0 && standing.active > 0)
      this.#events.emit("plugin:activated", { plugin_id: id, capabilities: capabilitiesOf(plan) });
    if (before.active > 0 && standing.active === 0) this.#events.emit("plugin:deactivated", { plugin_id: id, reason });
    if (before.loaded > 0 && standing.loaded === 0) this.#events.emit("plugin:unloaded", { plugin_id: id });
  }

  /** By plugin: as far as its agents that are here; without any, `unloaded` if one ran before. Others are `discovered`. */
  states(agents: Iterable<Pick<AgentFacts, "plan" | "life">>): ReadonlyMap<string, PluginState> {
    const states = new Map<string, PluginState>();
    for (const id of this.#standings.keys()) states.set(id, "unloaded");
    for (const { plan, life } of agents) {
      const { pluginId: id } = plan;
      states.set(id, pluginStateOf([states.get(id) ?? "discovered", life]));
    }
    return states;
  }
}

function isLoaded(state: PluginState): boolean {
  return state !== "discovered" && state !== "unloaded";
}

function capabilitiesOf({ builtin, program }: AgentPlan): readonly string[] {
  return (builtin ?? program.manifest)?.capabilities ?? [];
}
