import { growing, type Metric, single } from "./metric.ts";

/** The collector, its ledger and the work it saw. */
export const collectorMetrics: readonly Metric[] = [
  {
    name: "mimolo_collector_info",
    kind: "gauge",
    help: "Always 1; the labels say which collector this is",
    labels: ["version", "mode"],
    *read({ status: { collector } }) {
      yield { labels: { version: collector.version, mode: collector.mode }, value: 1 };
    },
  },
  single("mimolo_uptime_seconds", "Seconds since the collector started", ({ status }) => status.collector.uptime_s),
  growing("mimolo_evidence_records_total", "Records of evidence, those not yet durable included", ({ figures }) => {
    return figures.records;
  }),
  single("mimolo_evidence_committed_seq", "Number of the newest durable record", ({ figures }) => figures.committedSeq),
  single("mimolo_evidence_uncommitted_bytes", "Bytes of evidence that wait for the disk", ({ figures }) => {
    return figures.uncommittedBytes;
  }),
  single("mimolo_evidence_fault", "1 while evidence cannot be written, else 0", ({ status }) => {
    return status.collector.fault === undefined ? 0 : 1;
  }),
  single("mimolo_segments_open", "1 while a segment of work is open, else 0", ({ figures }) => {
    return figures.isAtWork ? 1 : 0;
  }),
  {
    name: "mimolo_worked_today_seconds",
    kind: "gauge",
    help: "Work of the local day that goes on, pauses and gaps left out",
    labels: ["confidence"],
    *read({ figures: { workedTodayMs } }) {
      for (const [confidence, ms] of Object.entries(workedTodayMs)) {
        yield { labels: { confidence }, value: ms / 1_000 };
      }
    },
  },
  single("mimolo_cpu_budget_percent", "What agents may use together, percent of one core", ({ status }) => {
    return status.collector.budget.sum;
  }),
  single("mimolo_cpu_budget_scale", "What all budgets were multiplied with to fit; 1: none was cut", ({ status }) => {
    return status.collector.budget.scale;
  }),
];
