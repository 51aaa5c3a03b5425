import { at, type Examples, later, onePage } from "./example.ts";

const stats = {
  plugin_id: "mimolo.system-load",
  executions: 12,
  failures: 0,
  last_execution_at: at,
  avg_execution_time_us: 840,
  p95_us: 1400,
  error_rate: 0,
  throughput_per_min: 0.2,
  cpu_percent: 0.3,
  memory_mib: 36.1,
  io_bytes: 4096,
  health: "ok",
};
const { plugin_id: _, ...figures } = stats;
const rule = {
  name: "note-commits",
  when: { source: "mimolo.git-activity", event: "commit" },
  do: { plugin: "mimolo.http-request", params: { url: "http://127.0.0.1:9000/commits" } },
  runs: 3,
  failures: 0,
  limited: 0,
  cut: 0,
  last_run_at: at,
  trouble: null,
};

export const platformExamples: Examples = {
  sendMessage: {
    body: { type: "greeting", content: { text: "hello" } },
    answer: { to: "acme.inbox-watch", type: "greeting", confidence: 0.9, data: { text: "good morning" } },
  },
  invokePlugin: {
    body: { interface: "action", method: "execute", params: { text: "hello" } },
    answer: {
      plugin_id: "mimolo.system-load",
      label: "system-load",
      interface: "action",
      method: "execute",
      ok: true,
      data: null,
      took_ms: 3.4,
    },
  },
  listRules: { answer: { ...onePage(rule), rules: [rule] } },
  testRules: {
    body: { event: { source: "event", agent: "git-activity", event: "commit" } },
    answer: { rules: [{ name: "note-commits", fires: true, reason: "source and event are as the rule wants them" }] },
  },
  getPluginStats: { answer: stats },
  getTelemetry: { answer: { from: at, to: later, plugins: [stats] } },
  getReport: {
    answer: {
      plugin_id: "mimolo.system-load",
      from: at,
      to: later,
      rows: [{ ...figures, key: at, duration_s: 5400 }],
      totals: { ...figures, duration_s: 5400 },
    },
  },
  queryEvidence: { body: { sql: "select 1 as one" }, answer: [{ one: 1 }] },
};
