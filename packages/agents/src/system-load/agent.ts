// system-load as an agent. It is passive: it never says anything about work.
import { type Clock, defineAgent, type Runnable, systemClock } from "@mimolo/agent-sdk";
import { AGENTS_VERSION } from "../version.ts";
import { machine, type Readings } from "./readings.ts";
import { SystemLoad } from "./system-load.ts";
import { systemLoadWidget } from "./widget.ts";

/** The agent; `disk_percent` is of the file system that holds `cwd`, by default the agent's own folder: the disk the
 *  evidence lies on. */
export function systemLoadAgent(
  options: { readonly cwd?: string; readonly clock?: Clock; readonly readings?: Readings } = {},
): Runnable {
  const { cwd = ownFolder(), clock = systemClock, readings = machine } = options;
  const load = new SystemLoad({ readings, wallMs: () => clock.wallMs(), diskPath: cwd });
  return defineAgent({
    id: "mimolo.system-load",
    version: AGENTS_VERSION,
    provides: ["system_load.summary.v1"],
    pending: () => 0,
    sample: () => load.sample(),
    widget: async () => systemLoadWidget(await load.glance()),
    widgetTtlSeconds: 10,
    summarize: async () => ({ data: await load.takeSummary(), activity: "passive" }),
  });
}

function ownFolder(): string {
  const folder = process.env["MIMOLO_AGENT_DATA_DIR"];
  return folder === undefined || folder === "" ? process.cwd() : folder;
}
