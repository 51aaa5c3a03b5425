import { DEFAULT_MAX_LINE_BYTES } from "@mimolo/protocol/wire";

/** As a collector's ack would have it, but for the id of the run; the heartbeat is a short one, so that waiting for it is short. */
export const TERMS = {
  instance_id: "00000000-0000-4000-8000-000000000000",
  heartbeat_interval_s: 1,
  flush_interval_s: 60,
  max_line_bytes: DEFAULT_MAX_LINE_BYTES,
  cpu_budget_percent: 10,
  memory_mib: 100,
  privacy: [],
  granted: [],
  enforced: [],
  unenforced: [],
} as const;
