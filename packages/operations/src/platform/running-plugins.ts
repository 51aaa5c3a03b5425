import type { Caller, PluginCall } from "../calls/plugin-call.ts";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";
import type { PluginControl, RunningPlugins } from "../plugins/switch/plugin-control.ts";
import { answered } from "./answered.ts";
import type { Platform } from "./platform.ts";

const embedder: Caller = { kind: "embedder", name: "embedder" };

/** The plugins of a collector, as embedders and the control API ask them. */
export function runningPlugins(
  control: PluginControl,
  { calls, telemetry }: Pick<Platform, "calls" | "telemetry">,
  events: Emitter<CollectorEvents>,
): RunningPlugins {
  const ask = async (idOrLabel: string, call: PluginCall) => answered(call, await calls.invoke(idOrLabel, call));
  return {
    ...control,
    invoke: (idOrLabel, call) => ask(idOrLabel, { ...call, by: call.by ?? embedder }),
    command: async (idOrLabel, command, args = [], by = embedder) => {
      const params = { name: command, args };
      const { plugin_id, data } = await ask(idOrLabel, { interface: "command", method: "execute", params, by });
      const report = { plugin_id, command, args: [...args], result: data };
      events.emit("plugin:command", report);
      return report;
    },
    stats: (id) => telemetry.stats(id),
  };
}
