import type { LogLevel, PluginState } from "@mimolo/protocol";
import type { AgentSurroundings } from "../../agents/surroundings.ts";
import type { AgentFacts } from "../../agents/agent-facts.ts";
import { AgentLife, type LifeOwner, type LivingProcess } from "./agent-life.ts";
import { callHook } from "./hooks.ts";
import type { LifeHook } from "./life.ts";

/** Whose life it is. */
export interface LivedAgent extends AgentFacts {
  readonly snapshot: AgentFacts["snapshot"] & { readonly runId: string | null };
  lived(previous: PluginState): void;
  say(runId: string | null, what: Saying): void;
}

interface Saying {
  readonly type: string;
  readonly level: LogLevel;
  readonly code: string;
  readonly message: string;
}

type Around = Pick<AgentSurroundings, "clock" | "hooks" | "lives">;

/** The life of one agent, with what the embedder does on its way. */
export function lifeOf(agent: LivedAgent, process: LivingProcess, around: Around): AgentLife {
  return new AgentLife(around.clock, process, new Owner(agent, around));
}

/** One of these for each agent: closures would cost more. */
class Owner implements LifeOwner {
  readonly #agent: LivedAgent;
  readonly #around: Around;

  constructor(agent: LivedAgent, around: Around) {
    this.#agent = agent;
    this.#around = around;
  }

  moved(previous: PluginState, reason: string): void {
    this.#agent.lived(previous);
    this.#around.lives.moved(this.#agent, previous, reason);
  }

  hook(name: LifeHook): Promise<void> | null {
    const { hooks, clock } = this.#around;
    if (hooks === undefined) return null;
    const { plan, label } = this.#agent;
    const plugin = { pluginId: plan.pluginId, version: plan.version ?? "", label };
    return callHook(hooks, name, plugin, {
      clock,
      trouble: (what) => this.say({ type: "collector", level: "warning", ...what }),
    });
  }

  say(what: Saying): void {
    this.#agent.say(this.#agent.snapshot.runId, what);
  }
}
