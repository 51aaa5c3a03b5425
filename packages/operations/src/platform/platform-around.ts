import type { Clock } from "@mimolo/supervisor";
import type { Agents } from "../agents/agents.ts";
import type { Artifacts } from "../artifacts/artifacts.ts";
import type { PluginCalls } from "../calls/plugin-calls.ts";
import type { Causes } from "../causes/causes.ts";
import type { DataDirectory } from "../data-directory.ts";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";
import type { Opened } from "../opened.ts";
import type { RunParts } from "../run-parts.ts";
import type { PluginControl } from "../plugins/switch/plugin-control.ts";
import type { Archive } from "../reading/archive.ts";
import type { Telemetry } from "../telemetry/open-telemetry.ts";
import type { AuditLog } from "../trust/audit-log.ts";

/** What the business of plugins with each other is built upon. */
export interface PlatformAround {
  readonly parts: RunParts;
  readonly opened: Opened;
  readonly agents: Agents;
  readonly clock: Clock;
  readonly directory: DataDirectory;
  readonly events: Emitter<CollectorEvents>;
  /** Writes a line of the collector's own to the diagnostics. */
  readonly say: Opened["say"];
  readonly audit: Pick<AuditLog, "note">;
  readonly causes: Causes;
  readonly calls: PluginCalls;
  readonly archive: Archive;
  readonly telemetry: Telemetry;
  readonly artifacts: Artifacts;
  /** The life of plugins; there once the collector runs. */
  control(): PluginControl;
}
