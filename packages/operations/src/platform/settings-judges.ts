import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import type { Agents } from "../agents/agents.ts";
import { offerOf } from "../calls/offer.ts";
import type { CallAnswer, Caller } from "../calls/plugin-call.ts";
import type { PluginCalls } from "../calls/plugin-calls.ts";
import { resolveSecrets } from "../secrets/resolve-secrets.ts";

/** Whoever changes a setting waits so long for the plugin's word. */
const PATIENCE_MS = 3_000;
const HIDDEN = "(a secret)";
const by: Caller = { kind: "collector", name: "collector" };

export interface SettingsJudgesParts {
  readonly agents: Agents;
  readonly calls: Pick<PluginCalls, "invoke">;
  readonly env: NodeJS.ProcessEnv;
}

/** Plugins that look at their settings before they get them. */
export class SettingsJudges {
  readonly #parts: SettingsJudgesParts;

  constructor(parts: SettingsJudgesParts) {
    this.#parts = parts;
  }

  /** What the agent that runs makes of the settings of this plan; `null` when it does not run, or offers no such thing. */
  judged({ label, settings, config }: AgentPlan): Promise<CallAnswer> | null {
    const { agents, env } = this.#parts;
    const agent = agents.find(label);
    if (agent?.isHealthy !== true || offerOf(agent.plan, agent.offers, "config") !== "yes") return null;
    const read = resolveSecrets(settings, config.settings, { env, folder: config.from.folder });
    // What cannot be read is said when the agent is started with it.
    return read.ok ? this.#ask(label, read.settings, read.secrets) : null;
  }

  /** Whatever the plugin says, no secret is in it. */
  async #ask(label: string, config: object, secrets: readonly string[]): Promise<CallAnswer> {
    const call = { interface: "config", method: "validate", params: { config }, timeoutMs: PATIENCE_MS, by } as const;
    const answer = await this.#parts.calls.invoke(label, call);
    const hide = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
    if (!answer.ok) return { ...answer, message: hide(answer.message) };
    return { ...answer, data: textsIn(answer.data, hide) };
  }
}

function textsIn(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((each: unknown) => textsIn(each, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, textsIn(each, change)]));
}
