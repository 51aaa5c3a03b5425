// Who goes before whom: what is needed starts first and ends last.
import type { Clock } from "@mimolo/supervisor";
import { componentsOf } from "../plugins/dependencies/components.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";

/** One that runs a plugin, as far as its order matters. */
export interface Ordered {
  readonly label: string;
  readonly plan: Pick<AgentPlan, "pluginId" | "program">;
}

/** Agents and which of them run what others need. */
export class DependencyOrder<Agent extends Ordered> {
  readonly #byLabel: ReadonlyMap<string, Agent>;
  readonly #byPlugin = new Map<string, Agent[]>();

  constructor(agents: readonly Agent[]) {
    this.#byLabel = new Map(agents.map((agent) => [agent.label, agent]));
    for (const agent of agents) {
      const others = this.#byPlugin.get(agent.plan.pluginId);
      if (others === undefined) this.#byPlugin.set(agent.plan.pluginId, [agent]);
      else others.push(agent);
    }
  }

  /** Those that run what this one needs itself. */
  needs({ plan }: Pick<Agent, "plan">): readonly Agent[] {
    return neededBy(plan).flatMap((id) => this.#byPlugin.get(id) ?? []);
  }

  /** All, each after what it needs, otherwise in the order they came in. */
  get sorted(): readonly Agent[] {
    const needsOf = (label: string) => {
      const agent = this.#byLabel.get(label);
      return agent === undefined ? [] : this.needs(agent).map((need) => need.label);
    };
    const labels = componentsOf([...this.#byLabel.keys()], needsOf).order.flat();
    return labels.flatMap((label) => this.#byLabel.get(label) ?? []);
  }

  /** Ends all: whoever needs others goes before them, and who is not through by then is no longer waited for when the patience is
   *  over. Resolves when every `end` has. */
  async end(end: (agent: Agent) => Promise<void>, { clock, patienceMs }: Patience): Promise<void> {
    const done = new AbortController();
    const over = new Promise<void>((resolve) => clock.after(patienceMs, resolve, done.signal));
    const needing = new Map<Agent, Promise<void>[]>();
    const ends = this.sorted.toReversed().map((agent) => {
      const before = needing.get(agent);
      const ended = before === undefined ? end(agent) : Promise.race([allOf(before), over]).then(() => end(agent));
      for (const need of this.needs(agent)) needing.set(need, [...(needing.get(need) ?? []), ended]);
      return ended;
    });
    try {
      await Promise.all(ends);
    } finally {
      done.abort();
    }
  }
}

/** The ids of the plugins that a plan's own needs. */
export function neededBy({ program }: Ordered["plan"]): readonly string[] {
  return Object.keys(program.manifest?.dependencies ?? {});
}

export interface Patience {
  readonly clock: Clock;
  readonly patienceMs: number;
}

/** Whatever becomes of them. */
async function allOf(ends: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(ends);
}
