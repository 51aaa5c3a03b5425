// Which agent answers for a plugin, and whether it can by now.
import type { Clock } from "@mimolo/supervisor";
import type { CollectedAgent } from "../agents/agent.ts";
import type { Agents } from "../agents/agents.ts";
import { nearestName } from "../config/nearest.ts";
import { missingGrants } from "./offer.ts";
import { refused, type Refusal } from "./refusal.ts";

/** From these a process may come up by itself. */
const comingStates: ReadonlySet<string> = new Set(["planned", "starting", "handshaking", "running"]);
/** One that takes longer is not coming. */
const LONGEST_WAIT_MS = 10_000;

export interface CalleesOptions {
  readonly agents: Agents;
  readonly clock: Clock;
  /** Ids of the plugins that are here, whether they run or not, that of `asked` among them if it is here at all. */
  known(asked: string): readonly string[];
  /** The command that grants these to a plugin. */
  grantCommand(pluginId: string, missing: readonly string[]): string;
}

/** The agents of a collector, as those who are called. */
export class Callees {
  readonly #options: CalleesOptions;

  constructor(options: CalleesOptions) {
    this.#options = options;
  }

  /** The agent that answers: of several the one that is asked for, else the first that works, else the first that may soon. */
  choose(idOrLabel: string, label: string | undefined): CollectedAgent | Refusal {
    const { agents } = this.#options;
    const ofPlugin = agents.ofPlugin(idOrLabel);
    const named = ofPlugin.length > 0 ? undefined : agents.find(idOrLabel);
    const candidates = named === undefined ? ofPlugin : [named];
    if (candidates.length === 0) return this.#nobody(idOrLabel);
    if (label === undefined) {
      return candidates.find(({ isHealthy }) => isHealthy) ?? candidates.find(isComing) ?? candidates[0] ?? never();
    }
    const chosen = candidates.find((agent) => agent.label === label);
    if (chosen !== undefined) return chosen;
    const hint = `its agents: ${candidates.map((agent) => agent.label).join(", ")}`;
    return refused("unknown-plugin", `${idOrLabel} has no agent "${label}"`, { hint });
  }

  /** Whether it works: at once for one that does or will not, else as soon as it has come up, or has had its time. */
  ready(agent: CollectedAgent, patienceMs: number): true | Refusal | Promise<true | Refusal> {
    if (agent.isHealthy && agent.life === "active") return true;
    if (!isComing(agent)) return this.#notReady(agent);
    return new Promise((resolve) => {
      const over = new AbortController();
      const look = (isLast: boolean) => {
        const works = agent.isHealthy && agent.life === "active";
        if (!works && isComing(agent) && !isLast) return;
        over.abort();
        off();
        resolve(works || this.#notReady(agent));
      };
      const off = agent.watchLife(() => look(false));
      this.#options.clock.after(Math.min(patienceMs, LONGEST_WAIT_MS), () => look(true), over.signal);
    });
  }

  #nobody(idOrLabel: string): Refusal {
    const known = this.#options.known(idOrLabel);
    if (known.includes(idOrLabel)) {
      const hint = `mimolo plugin load ${idOrLabel} runs it now, mimolo plugin enable ${idOrLabel} for good`;
      return refused("not-running", `${idOrLabel} is here, but no agent runs it`, { hint });
    }
    const labels = [...this.#options.agents.each].map(({ label }) => label);
    const nearest = nearestName(idOrLabel, [...known, ...labels]);
    const hint = nearest === undefined ? "mimolo plugin list shows what is here" : `did you mean ${nearest}?`;
    return refused("unknown-plugin", `there is no plugin "${idOrLabel}" here`, { hint });
  }

  #notReady(agent: CollectedAgent): Refusal {
    const { label, plan, snapshot, life } = agent;
    const missing = missingGrants(plan);
    if (missing.length > 0) {
      const hint = this.#options.grantCommand(plan.pluginId, missing);
      const why = `${plan.pluginId} may not use ${missing.join(", ")}`;
      return refused("refused-by-trust", why, { hint, reason: "not-granted", agent });
    }
    const blocked = agent.status().blocked ?? (snapshot.state === "blocked" ? plan.blocked : null);
    if (blocked !== null && blocked !== undefined) {
      const code = plan.blocked !== null && plan.unmet === null ? "refused-by-trust" : "not-running";
      const reason = code === "refused-by-trust" ? plan.verdict : "blocked";
      return refused(code, `${label} is blocked: ${blocked}`, {
        hint: `mend that, then: mimolo agent start ${label}`,
        reason,
        agent,
      });
    }
    const doing = snapshot.state === "running" ? (agent.trouble ?? `it is ${life}`) : `it is ${snapshot.state}`;
    const hint =
      snapshot.state === "running"
        ? `mimolo logs ${label}`
        : `mimolo agent start ${label}; mimolo logs ${label} has its last words`;
    return refused("not-running", `${label} cannot be called: ${doing}`, { hint, reason: snapshot.state, agent });
  }
}

function isComing({ snapshot, life, trouble }: CollectedAgent): boolean {
  return comingStates.has(snapshot.state) && life !== "suspended" && trouble === null;
}

function never(): never {
  throw new Error("there is no first of none");
}
