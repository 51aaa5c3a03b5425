import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { CollectedAgent } from "../../agents/agent.ts";
import type { Cause } from "../../causes/cause.ts";
import { agentKeys } from "../../config/agent-schema.ts";
import { overDefaults } from "../../config/index.ts";
import { isTable } from "../../config/layer.ts";
import { CollectorError } from "../../error.ts";
import type { PlatformAround } from "../../platform/platform-around.ts";
import { Allowance } from "../allowance.ts";
import { answered, failed, refused } from "../answer.ts";
import { text } from "../check-params.ts";
import { method, type RequestMethod } from "../request-method.ts";
import { withoutSecrets } from "../write-only.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Each change may start agents anew. */
const CHANGES = { perSecond: 1 / 6, burst: 10 };
/** A plugin that changes its own settings is started anew by that, and may do it again. */
const OWN_CHANGES = { perSecond: 1 / 300, burst: 3 };

/** Settings, one's own and those of others. Secrets are references there, and stay so. */
export function configurationMethods(around: PlatformAround): Record<string, RequestMethod> {
  const allowances = new Map<string, Allowance>();
  const mayChange = (label: string, isOwn: boolean) => {
    const nowMs = around.clock.ticksMs();
    const key = `${label} ${isOwn}`;
    let allowance = allowances.get(key);
    if (allowance === undefined) allowances.set(key, (allowance = new Allowance(isOwn ? OWN_CHANGES : CHANGES, nowMs)));
    return allowance.take(nowMs);
  };
  return {
    "config.get": method({
      permission: ({ plugin }, { plan }) => (plugin === undefined || plugin === plan.pluginId ? null : "read-config"),
      params: z.strictObject({ plugin: text(128).optional() }),
      run({ plugin }, { agent }) {
        const id = plugin ?? agent.plan.pluginId;
        if (id === agent.plan.pluginId) return answered({ plugin_id: id, values: agent.plan.settings });
        try {
          return answered(readableBy(agent, around, id));
        } catch (error) {
          return failed(error);
        }
      },
    }),
    "config.set": method({
      permission: "write-config",
      leadsOn: true,
      params: z.strictObject({ plugin: text(128), values: z.record(z.string(), z.unknown()) }),
      async run({ plugin, values }, { agent, cause }) {
        const fault = faultIn(values);
        if (fault !== null) return refused("invalid-params", fault);
        try {
          if (isSetAlready(settingsOf(around, plugin), values)) {
            return answered(readableBy(agent, around, plugin));
          }
          const { pluginId } = agent.plan;
          const isOwn = plugin === pluginId;
          if (!mayChange(agent.label, isOwn)) {
            if (!isOwn)
              return refused("rate-limited", "it changes settings too often", "ten at once, then one in six seconds");
            return refused("loop", "it changes its own settings again and again", "each change starts it anew");
          }
          say(around, agent, `changes settings of ${plugin}: ${Object.keys(values).join(", ")}`);
          if (cause !== undefined) moved(around, plugin, cause);
          await around.control().configure(plugin, { values, by: pluginId });
          return answered(readableBy(agent, around, plugin));
        } catch (error) {
          return failed(error);
        }
      },
    }),
  };
}

/** Of several agents of the plugin those of the first. Throws `CollectorError` `not-installed`. */
function settingsOf({ agents, parts }: PlatformAround, id: string): Settings {
  const agent = agents.all().find(({ plan }) => plan.pluginId === id);
  if (agent !== undefined) return agent.plan.settings;
  const { effect, current } = parts;
  const known = effect.settingsKnown(current.written, [id]).find(({ plugin_id: each }) => each === id);
  if (known === undefined)
    throw new CollectorError("not-installed", `there is no plugin ${id} here`, "mimolo plugin list");
  const kept = effect.overlay.overrides.plugins?.[id] ?? {};
  const all = overDefaults(known.defaults ?? {}, kept);
  return Object.fromEntries(Object.entries(all).filter(([key]) => !agentKeys.has(key)));
}

/** One's own as they are, those of others without what their plugin calls a secret. */
function readableBy({ plan }: CollectedAgent, around: PlatformAround, id: string) {
  const settings = settingsOf(around, id);
  if (id === plan.pluginId) return { plugin_id: id, values: settings };
  const { effect, current } = around.parts;
  const known = effect.settingsKnown(current.written, [id]).find(({ plugin_id: each }) => each === id);
  return { plugin_id: id, values: withoutSecrets(settings, known?.config_schema) };
}

function isSetAlready(now: Settings, values: Settings): boolean {
  return Object.entries(values).every(([key, value]) => value !== null && isDeepStrictEqual(now[key], value));
}

/** What a plugin may not set, for itself or others: what decides how it is held, and what names a secret. */
function faultIn(values: Settings): string | null {
  const ours = Object.keys(values).find((key) => agentKeys.has(key) || key === "__proto__");
  if (ours !== undefined) return `params.values: "${ours}" is no setting of a plugin's own; a person sets it`;
  const [key] = Object.entries(values).find(([, value]) => mayBeReference(value)) ?? [];
  if (key === undefined) return null;
  return `params.values.${key}: a table with "env" or "file" may name a secret; only a person may set that`;
}

/** Piece by piece such a table could be made to be one: what is set is laid over what is there. */
function mayBeReference(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mayBeReference);
  if (!isTable(value)) return false;
  if (typeof value["env"] === "string" || typeof value["file"] === "string") return true;
  return Object.values(value).some(mayBeReference);
}

/** Those agents may start anew by it. */
function moved({ agents, causes }: PlatformAround, plugin: string, cause: Cause): void {
  for (const { label, plan } of agents.all()) {
    if (plan.pluginId === plugin) causes.moved(cause, { label, pluginId: plugin });
  }
}

function say({ say: tell }: PlatformAround, { plan, label }: CollectedAgent, what: string): void {
  tell({ type: "collector", code: "plugin-configures", message: `${plan.pluginId} (${label}) ${what}` });
}
