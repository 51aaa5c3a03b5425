import { fanoutCpu } from "./fanout-cpu.ts";
import { floodingHundred } from "./flooding-hundred.ts";
import { heartbeatDelay } from "./heartbeat-delay.ts";
import { monthReport, windowQuery } from "./history.ts";
import { idleThousand } from "./idle-thousand.ts";
import { ingest } from "./ingest.ts";
import { invoke } from "./invoke.ts";
import { restartLatency } from "./restart-latency.ts";
import { sandboxStart } from "./sandbox-start.ts";
import type { Scenario } from "./scenario.ts";
import { sdkAgent } from "./sdk-agent.ts";
import { spawnThousand } from "./spawn-thousand.ts";
import { startApi } from "./start-api.ts";
import { startVersion } from "./start-version.ts";
import { syncCpu } from "./sync-cpu.ts";

/** All that is measured, in order. */
export const scenarios: readonly Scenario[] = [
  ...ingest,
  syncCpu,
  idleThousand,
  spawnThousand,
  sdkAgent,
  sandboxStart,
  startVersion,
  startApi,
  heartbeatDelay,
  floodingHundred,
  restartLatency,
  fanoutCpu,
  invoke,
  windowQuery,
  monthReport,
];

/** Names of all figures. */
export const figureNames: readonly string[] = scenarios.flatMap(({ figures }) => Object.keys(figures));
