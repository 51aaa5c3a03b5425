import { at, type Examples, onePage } from "./example.ts";

export const agent = {
  label: "folder-activity",
  plugin_id: "mimolo.folder-activity",
  instance_id: "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
  run_id: "5b1c9a54-2f4e-4bb1-8f0e-3a1f0d9c6e77",
  state: "running",
  health: "ok",
  condition: "free",
  pid: 4711,
  restarts: 0,
  last_heartbeat_at: at,
  cpu_percent: 0.2,
  cpu_budget_percent: 2,
  memory_mib: 38.5,
  verdict: "trusted",
  granted: ["filesystem"],
  enforced: ["filesystem"],
  unenforced: [],
  counters: { lines: 120, bytes: 31_204, refused: {}, dropped: {}, paused_ms: 0, restarts: {}, queued_bytes: 0 },
  widget: true,
};

const file = "/home/ada/project/mimolo.toml";
export const edit = {
  outcome: "reloaded",
  message: "changed folder-activity (agent_flush_interval_s)",
  files: [file],
  at_next_start: [],
  blocked: [],
  overruled: [],
};
const copy = { ...agent, label: "second-folder" };
const stopped = { ...agent, state: "stopped", pid: null };

export const agentExamples: Examples = {
  listAgents: { answer: onePage(agent) },
  getAgent: { answer: agent },
  startAgent: { body: {}, answer: agent },
  stopAgent: { body: {}, answer: stopped },
  restartAgent: { body: {}, answer: agent },
  flushAgent: { body: {}, answer: agent },
  addAgent: {
    body: { label: "second-folder", plugin: "mimolo.folder-activity", watch_dirs: ["./docs"] },
    answer: { ...copy, reload: { ...edit, message: "added second-folder" } },
  },
  duplicateAgent: {
    body: { label: "other-folder" },
    answer: { ...copy, label: "other-folder", reload: { ...edit, message: "added other-folder" } },
  },
  changeAgent: { body: { agent_flush_interval_s: 30 }, answer: { ...agent, reload: edit } },
  removeAgent: { answer: { label: "folder-activity", reload: { ...edit, message: "removed folder-activity" } } },
};
