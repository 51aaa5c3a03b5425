import { z } from "zod";
import { MOST_KEY_CHARACTERS, type PluginData } from "../../plugin-data/plugin-data.ts";
import { answered, refused } from "../answer.ts";
import { text } from "../check-params.ts";
import { method, type RequestMethod } from "../request-method.ts";

/** What a plugin keeps with the collector. */
export function keepingMethods(data: PluginData): Record<string, RequestMethod> {
  const key = text(MOST_KEY_CHARACTERS);
  return {
    "data.get": method({
      permission: "read-data",
      params: z.strictObject({ key }),
      run({ key: name }, { agent }) {
        const found = data.of(agent.plan.pluginId).get(name);
        if (!found.ok) return refused(found.code, found.message);
        return answered({ key: name, value: found.value ?? null });
      },
    }),
    "data.put": method({
      permission: "write-data",
      params: z.strictObject({ key, value: z.unknown().optional() }),
      async run({ key: name, value }, { agent }) {
        const kept = await data.of(agent.plan.pluginId).put(name, value);
        return kept.ok ? answered({ key: name }) : refused(kept.code, kept.message);
      },
    }),
  };
}
