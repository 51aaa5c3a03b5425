import { agentMetrics } from "./agent-metrics.ts";
import { apiMetrics } from "./api-metrics.ts";
import { collectorMetrics } from "./collector-metrics.ts";
import type { Metric } from "./metric.ts";
import { platformMetrics } from "./platform-metrics.ts";
import { processMetrics } from "./process-metrics.ts";

/** Every metric there is; `docs/metrics.md` lists them. */
export const metrics: readonly Metric[] = [
  ...collectorMetrics,
  ...agentMetrics,
  ...platformMetrics,
  ...apiMetrics,
  ...processMetrics,
];
