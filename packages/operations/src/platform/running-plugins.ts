import type { Caller, PluginCall } from "../calls/plugin-call.ts";
import type { PluginControl, RunningPlugins } from "../plugins/switch/plugin-control.ts";
import { answered } from "./answered.ts";
import type { Platform } from "./platform.ts";

const embedder: Caller = { kind: "embedder", name: "embedder" };

/** The plugins of a collector, as embedders and the control API ask them. */
export function runningPlugins(
  control: PluginControl,
  { calls, telemetry }: Pick<Platform, "calls" | "telemetry">,
): RunningPlugins {
  const ask = async (idOrLabel: string, call: PluginCall) => answered(call, await calls.invoke(idOrLabel, call));
  return {
    ...control,
    invoke: (idOrLabel, call) => ask(idOrLabel, { ...call, by: call.by ?? embedder }),
    command: async (idOrLabel, command, args = [], { by = embedder, ...more } = {}) => {
      const params = { name: command, args };
      const call = { ...more, interface: "command", method: "execute", params, by } as const;
      const { plugin_id, data: result } = await ask(idOrLabel, call);
      return { plugin_id, command, args: [...args], result };
    },
    stats: (id) => telemetry.stats(id),
    paramsSchema: (id) => calls.paramsSchema(id),
  };
}
